using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Situational.Grains.Messages;

/// <summary>Who does something.</summary>
/// <param name="Id">Id of the person, unit, department or system.</param>
/// <param name="Role">A <see cref="Domain.Cases.Role"/>.</param>
/// <param name="From">From which address.</param>
[GenerateSerializer, Immutable, Alias("situational.actor")]
public sealed record ActorStatement([property: Id(0)] string Id, [property: Id(1)] byte Role, [property: Id(2)] string? From);

/// <summary>The newest fix of a unit that says it is near.</summary>
[GenerateSerializer, Immutable, Alias("situational.near-fix")]
public sealed record NearFix(
    [property: Id(0)] string Unit, [property: Id(1)] double Latitude, [property: Id(2)] double Longitude,
    [property: Id(3)] DateTimeOffset MeasuredAt);

/// <summary>What was fixed on the spot.</summary>
/// <param name="Unit">Id of the unit that fixed it.</param>
/// <param name="Note">What was done.</param>
/// <param name="Photos">Ids or addresses of photos of the result.</param>
/// <param name="FoundAt">When it was found, if said.</param>
/// <param name="FixedAt">When it was fixed, if said.</param>
/// <param name="Near">The unit's newest fix, if one is known.</param>
[GenerateSerializer, Immutable, Alias("situational.spot-statement")]
public sealed record SpotStatement(
    [property: Id(0)] string Unit, [property: Id(1)] string Note, [property: Id(2)] ImmutableArray<string> Photos,
    [property: Id(3)] DateTimeOffset? FoundAt, [property: Id(4)] DateTimeOffset? FixedAt, [property: Id(5)] NearFix? Near);

/// <summary>A report for the grid it lies in; limits were checked at the door.</summary>
/// <param name="Key">Idempotency key.</param>
/// <param name="Fingerprint">SHA-256 of the request's meaning in hexadecimal.</param>
/// <param name="Category">Category code; one of the catalogue.</param>
/// <param name="Severity">A <see cref="Domain.Cases.Severity"/>.</param>
/// <param name="Description">What was seen.</param>
/// <param name="Latitude">WGS-84 degrees.</param>
/// <param name="Longitude">WGS-84 degrees.</param>
/// <param name="Source">Kind of source.</param>
/// <param name="ReporterName">Personal data.</param>
/// <param name="ReporterPhone">Personal data.</param>
/// <param name="Photos">Ids or addresses.</param>
/// <param name="By">Who reports.</param>
/// <param name="Device">Id of the reporting device, if said.</param>
/// <param name="Spot">Set when it was fixed on the spot.</param>
[GenerateSerializer, Immutable, Alias("situational.report-command")]
public sealed record ReportCommand(
    [property: Id(0)] string Key, [property: Id(1)] string Fingerprint, [property: Id(2)] string Category, [property: Id(3)] byte Severity,
    [property: Id(4)] string Description, [property: Id(5)] double Latitude, [property: Id(6)] double Longitude, [property: Id(7)] string Source,
    [property: Id(8)] string? ReporterName, [property: Id(9)] string? ReporterPhone, [property: Id(10)] ImmutableArray<string> Photos,
    [property: Id(11)] ActorStatement? By = null, [property: Id(12)] string? Device = null, [property: Id(13)] SpotStatement? Spot = null)
{
    /// <summary>Open cases of the same category near the place in other grids.</summary>
    [Id(14)] public ImmutableArray<CaseBeyond> Beyond { get; init; } = [];
}

/// <summary>An open case near a report, in another grid.</summary>
[GenerateSerializer, Immutable, Alias("situational.case-beyond")]
public readonly record struct CaseBeyond(
    [property: Id(0)] string Id, [property: Id(1)] double Latitude, [property: Id(2)] double Longitude, [property: Id(3)] long ReportedAtMs);

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

    /// <summary>It joined an open case, durable.</summary>
    Joined = 5,

    /// <summary>Another grid contains the place by now; nothing was written, ask that one.</summary>
    Elsewhere = 6,

    /// <summary>Something in it is wrong; nothing was written.</summary>
    Faulty = 7,
}

/// <summary>Answer to a report.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Case">The case; null unless opened, joined or repeated. A repeated one may live in another grid: then only its id is known.</param>
/// <param name="CaseId">The case's id; null unless opened, joined or repeated.</param>
/// <param name="Field">Name of the faulty field.</param>
/// <param name="Fault">What is wrong with it; for <see cref="ReportVerdict.Elsewhere"/> the other grid's code.</param>
[GenerateSerializer, Immutable, Alias("situational.report-receipt")]
public sealed record ReportReceipt(
    [property: Id(0)] ReportVerdict Verdict, [property: Id(1)] CaseDocument? Case, [property: Id(2)] string? CaseId,
    [property: Id(3)] string? Field = null, [property: Id(4)] string? Fault = null);

/// <summary>A step with a case. What a step needs stands in docs/cases.md.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Step">A <see cref="Domain.Cases.CaseStep"/>.</param>
/// <param name="By">Who takes it.</param>
[GenerateSerializer, Immutable, Alias("situational.case-command")]
public sealed record CaseCommand([property: Id(0)] string CaseId, [property: Id(1)] byte Step, [property: Id(2)] ActorStatement By)
{
    /// <summary>Idempotency key, if the caller gave one.</summary>
    [Id(3)] public string? Key { get; init; }

    /// <summary>SHA-256 of the request's meaning in hexadecimal, with <see cref="Key"/>.</summary>
    [Id(4)] public string? Fingerprint { get; init; }

    /// <summary>The revision that the caller saw.</summary>
    [Id(5)] public long? IfRevision { get; init; }

    /// <summary>What is said.</summary>
    [Id(6)] public string? Note { get; init; }

    /// <summary>Why.</summary>
    [Id(7)] public string? Reason { get; init; }

    /// <summary>A <see cref="Domain.Cases.AssigneeKind"/>; 0 for none.</summary>
    [Id(8)] public byte AssigneeKind { get; init; }

    /// <summary>To whom.</summary>
    [Id(9)] public string? Assignee { get; init; }

    /// <summary>Photos of the result.</summary>
    [Id(10)] public ImmutableArray<string> Photos { get; init; } = [];

    /// <summary>When a suspension ends.</summary>
    [Id(11)] public DateTimeOffset? Until { get; init; }

    /// <summary>A <see cref="Domain.Cases.Severity"/>; 0 for none.</summary>
    [Id(12)] public byte Severity { get; init; }

    /// <summary>Code of the rating's kind.</summary>
    [Id(13)] public string? RatingKind { get; init; }

    /// <summary>The rating, 1 to 5.</summary>
    [Id(14)] public int? Score { get; init; }

    /// <summary>Id of the other case, for a merge.</summary>
    [Id(15)] public string? Other { get; init; }

    /// <summary>The newest fix of the unit that acts.</summary>
    [Id(16)] public NearFix? Near { get; init; }

    /// <summary>Code of the whistle's kind.</summary>
    [Id(17)] public string? WhistleKind { get; init; }

    /// <summary>Codes of the departments called.</summary>
    [Id(18)] public ImmutableArray<string> Departments { get; init; } = [];

    /// <summary>Number of the whistle, for a muster.</summary>
    [Id(19)] public int? Whistle { get; init; }

    /// <summary>Code of the department that answers.</summary>
    [Id(20)] public string? Department { get; init; }

    /// <summary>A <see cref="Domain.Cases.MusterState"/>; 0 for none.</summary>
    [Id(21)] public byte Muster { get; init; }

    /// <summary>Code of the department proposed instead.</summary>
    [Id(22)] public string? CounterProposal { get; init; }
}

/// <summary>How a step ended.</summary>
public enum CaseVerdict
{
    /// <summary>Done, durable; or done before under the same key.</summary>
    Done = 0,

    /// <summary>No such case in this grid.</summary>
    Unknown = 1,

    /// <summary>The case's stage or the actor's role does not allow it.</summary>
    NotAllowed = 2,

    /// <summary>The store is away; nothing was written.</summary>
    StoreAway = 3,

    /// <summary>The case changed since the caller saw it.</summary>
    Stale = 4,

    /// <summary>Something that the step needs is missing or wrong.</summary>
    Faulty = 5,

    /// <summary>The case lies in another grid, or is on its way there.</summary>
    Elsewhere = 6,

    /// <summary>The key was used before with another body.</summary>
    KeyMisused = 7,
}

/// <summary>Answer to a step.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Case">The case as it now stands, if it is known.</param>
/// <param name="Allowed">What this actor could do with it now: <see cref="Domain.Cases.CaseStep"/>s.</param>
/// <param name="Field">Name of the faulty field.</param>
/// <param name="Fault">Why not; for <see cref="CaseVerdict.Elsewhere"/> the other grid's code.</param>
[GenerateSerializer, Immutable, Alias("situational.case-receipt")]
public sealed record CaseReceipt(
    [property: Id(0)] CaseVerdict Verdict, [property: Id(1)] CaseDocument? Case, [property: Id(2)] ImmutableArray<byte> Allowed,
    [property: Id(3)] string? Field = null, [property: Id(4)] string? Fault = null);

/// <summary>
/// A case in full, as the journal writes it. Carries personal data: never on the feed, never in logs. Within a silo the case itself goes along, so
/// that nobody reads there what was written a moment before.
/// </summary>
/// <param name="Json">UTF-8, as <see cref="Domain.Cases.CaseJson"/> writes it.</param>
[GenerateSerializer, Immutable, Alias("situational.case-document")]
public sealed record CaseDocument([property: Id(0)] ImmutableArray<byte> Json)
{
    [NonSerialized]
    private readonly Domain.Cases.Case? _case;

    private CaseDocument(Domain.Cases.Case one)
        : this(ImmutableCollectionsMarshal.AsImmutableArray(Domain.Cases.CaseJson.Write(one))) => _case = one;

    /// <summary>Writes a case.</summary>
    public static CaseDocument Of(Domain.Cases.Case one) => new(one);

    /// <summary>Reads it.</summary>
    public Domain.Cases.Case ToCase() => _case ?? Domain.Cases.CaseJson.Read(Json.AsSpan());
}

/// <summary>What one grid hands over to another.</summary>
/// <param name="FromGrid">Code of the grid that hands over.</param>
/// <param name="Kind">A <see cref="Domain.Cases.HandoverKind"/>.</param>
/// <param name="TerritoryVersion">Version of the territory.</param>
/// <param name="Case">The case as it stood before.</param>
/// <param name="Into">Id of the case that goes on, for a merge.</param>
/// <param name="By">Who caused it.</param>
[GenerateSerializer, Immutable, Alias("situational.handover")]
public sealed record HandoverMessage(
    [property: Id(0)] string FromGrid, [property: Id(1)] byte Kind, [property: Id(2)] int TerritoryVersion, [property: Id(3)] CaseDocument Case,
    [property: Id(4)] string? Into, [property: Id(5)] ActorStatement By);

/// <summary>How a handover ended.</summary>
public enum HandoverVerdict
{
    /// <summary>Written down, now or before.</summary>
    Taken = 0,

    /// <summary>It cannot be taken: the case to join has ended or is not here.</summary>
    Refused = 1,

    /// <summary>Not now: the store is away or the grid is busy with the same; offer it again.</summary>
    Later = 2,
}
