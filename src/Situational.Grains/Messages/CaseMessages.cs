using System.Collections.Immutable;

namespace Situational.Grains.Messages;

/// <summary>A report for the grid it lies in; limits were checked at the door.</summary>
/// <param name="Key">Idempotency key.</param>
/// <param name="Fingerprint">SHA-256 of the request's meaning in hexadecimal.</param>
/// <param name="Category">Category code.</param>
/// <param name="Severity">A <see cref="Domain.Cases.Severity"/>.</param>
/// <param name="Description">What was seen.</param>
/// <param name="Latitude">WGS-84 degrees.</param>
/// <param name="Longitude">WGS-84 degrees.</param>
/// <param name="Source">Kind of source.</param>
/// <param name="ReporterName">Personal data.</param>
/// <param name="ReporterPhone">Personal data.</param>
/// <param name="Photos">Addresses.</param>
[GenerateSerializer, Immutable, Alias("situational.report-command")]
public sealed record ReportCommand(
    [property: Id(0)] string Key, [property: Id(1)] string Fingerprint, [property: Id(2)] string Category, [property: Id(3)] byte Severity,
    [property: Id(4)] string Description, [property: Id(5)] double Latitude, [property: Id(6)] double Longitude, [property: Id(7)] string Source,
    [property: Id(8)] string? ReporterName, [property: Id(9)] string? ReporterPhone, [property: Id(10)] ImmutableArray<string> Photos);

/// <summary>How a report ended.</summary>
public enum ReportVerdict
{
    /// <summary>A new case, durable.</summary>
    Opened = 0,

    /// <summary>The same key and body as before: the same case.</summary>
    Repeated = 1,

    /// <summary>The same key with another body.</summary>
    KeyMisused = 2,

    /// <summary>The store is away; nothing was written.</summary>
    StoreAway = 3,

    /// <summary>The grid has reached its bound of open cases; nothing was written.</summary>
    GridFull = 4,
}

/// <summary>Answer to a report.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Case">The case; null unless opened or repeated. A repeated one may live in another grid: then only its id is known.</param>
/// <param name="CaseId">The case's id; null unless opened or repeated.</param>
[GenerateSerializer, Immutable, Alias("situational.report-receipt")]
public sealed record ReportReceipt(
    [property: Id(0)] ReportVerdict Verdict, [property: Id(1)] CaseDetail? Case, [property: Id(2)] string? CaseId);

/// <summary>An action on a case.</summary>
public enum CaseAction
{
    /// <summary>reported → handling.</summary>
    Start = 0,

    /// <summary>reported or handling → closed.</summary>
    Close = 1,
}

/// <summary>A command to a case.</summary>
[GenerateSerializer, Immutable, Alias("situational.case-command")]
public sealed record CaseCommand([property: Id(0)] string CaseId, [property: Id(1)] CaseAction Action, [property: Id(2)] string? Note);

/// <summary>How an action ended.</summary>
public enum CaseVerdict
{
    /// <summary>Done, durable.</summary>
    Done = 0,

    /// <summary>No such open case in this grid.</summary>
    Unknown = 1,

    /// <summary>The case's stage does not allow it.</summary>
    NotAllowed = 2,

    /// <summary>The store is away; nothing was written.</summary>
    StoreAway = 3,
}

/// <summary>Answer to an action.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Case">The case as it now is, if it is open or was just closed.</param>
/// <param name="Allowed">What the case's stage would have allowed.</param>
[GenerateSerializer, Immutable, Alias("situational.case-receipt")]
public sealed record CaseReceipt(
    [property: Id(0)] CaseVerdict Verdict, [property: Id(1)] CaseDetail? Case, [property: Id(2)] ImmutableArray<CaseAction> Allowed);

/// <summary>A case in full but for personal data.</summary>
[GenerateSerializer, Immutable, Alias("situational.case-detail")]
public sealed record CaseDetail(
    [property: Id(0)] string Id, [property: Id(1)] string Grid, [property: Id(2)] int TerritoryVersion, [property: Id(3)] string Category,
    [property: Id(4)] byte Severity, [property: Id(5)] byte Stage, [property: Id(6)] string Description, [property: Id(7)] double Latitude,
    [property: Id(8)] double Longitude, [property: Id(9)] string Source, [property: Id(10)] ImmutableArray<string> Photos,
    [property: Id(11)] DateTimeOffset ReportedAt, [property: Id(12)] DateTimeOffset UpdatedAt, [property: Id(13)] DateTimeOffset? StartedAt,
    [property: Id(14)] DateTimeOffset? ClosedAt, [property: Id(15)] string? Note);
