using System.ComponentModel.DataAnnotations;
using Situational.Domain.Cases;

namespace Situational.Grains.Options;

/// <summary>What grids allow. Section <c>Situational:Grids</c>.</summary>
public sealed class GridOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Situational:Grids";

    /// <summary>Open cases that one grid may hold; a report beyond is refused. 1 to 1,000,000, default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxOpenCases { get; set; } = GridDecisions.DefaultMaxOpenCases;

    /// <summary>Units that one grid lists; units beyond stay with their squads but are not seen, unless they call for help. 1 to 1,000,000, default 50,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxUnits { get; set; } = 50_000;

    /// <summary>Minutes without report or unit after which a grid is silent. 1 to 525,600, default 30.</summary>
    [Range(1, 525_600)]
    public int SilenceMinutes { get; set; } = 30;

    /// <summary>Seconds after which a grid drops a unit that its squad no longer says; squads say all their units every 30 s. 60 to 86,400, default 150.</summary>
    [Range(60, 86_400)]
    public int UnitLeaseSeconds { get; set; } = 150;
}
