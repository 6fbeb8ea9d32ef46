using System.ComponentModel.DataAnnotations;

namespace Situational.Host.Ingest;

/// <summary>Settings of the doors through which positions and reports come, section <c>Situational:Ingest</c>.</summary>
internal sealed class IngestOptions
{
    /// <summary>The section they are read from.</summary>
    public const string Section = "Situational:Ingest";

    /// <summary>Squad of units for which nobody names one.</summary>
    public const string UnassignedSquad = "unassigned";

    /// <summary>What becomes of unknown units. Default: <see cref="Enrolment.ByFix"/>.</summary>
    public Enrolment Enrolment { get; set; } = Enrolment.ByFix;

    /// <summary>Units that can be enrolled, 1 to 1,000,000. Default: 50,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxUnits { get; set; } = 50_000;

    /// <summary>Requests with positions that are worked on at once, 1 to 1,000; more are told to come back. Default: 128.</summary>
    [Range(1, 1_000)]
    public int MaxPositionRequests { get; set; } = 128;

    /// <summary>Requests with reports and actions on cases that are worked on at once, 1 to 10,000; more are told to come back. Default: 512.</summary>
    [Range(1, 10_000)]
    public int MaxReportRequests { get; set; } = 512;

    /// <summary>Photos that are taken in at once, and given out at once, 1 to 1,000; each may hold 16 MiB of memory. More are told to come back.
    /// Default: 8.</summary>
    [Range(1, 1_000)]
    public int MaxPhotoRequests { get; set; } = 8;

    /// <summary>Seconds in which a whole photo must arrive, 1 to 600. Default: 120, for 8 MiB over a weak mobile link.</summary>
    [Range(1, 600)]
    public int PhotoSeconds { get; set; } = 120;

    /// <summary>Exports, and lists of more than 100 cases, that are written at once, 1 to 100; more are told to come back. Default: 4.</summary>
    [Range(1, 100)]
    public int MaxExports { get; set; } = 4;

    /// <summary>Seconds in which a whole body must arrive, 1 to 300. Default: 30.</summary>
    [Range(1, 300)]
    public int BodySeconds { get; set; } = 30;
}
