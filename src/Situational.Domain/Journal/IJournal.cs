using Situational.Domain.Cases;

namespace Situational.Domain.Journal;

/// <summary>
/// The journal: append-only events per grid, snapshots, and the projections written in the same transaction.
/// Safe for all threads. A store that cannot be reached or written throws <see cref="JournalUnavailableException"/>;
/// then nothing was acknowledged, and the same append may be sent again.
/// </summary>
public interface IJournal
{
    /// <summary>
    /// Rises when the store may have lost what it acknowledged: whoever holds what it read before reads it again. Does not go down while the
    /// process lives; always 0 of a store that loses nothing, as is the default.
    /// </summary>
    long Generation => 0;

    /// <summary>The grid's newest snapshot, if any, and every event after it, in order.</summary>
    /// <exception cref="JournalDamagedException">The grid's history is not what was written.</exception>
    Task<GridHistory> LoadAsync(string grid, CancellationToken cancellationToken);

    /// <summary>Appends all events or none; returns only when they are durable.</summary>
    Task<AppendOutcome> AppendAsync(JournalAppend append, CancellationToken cancellationToken);

    /// <summary>Tries to write: returns when a write of nothing was durable, and throws like <see cref="AppendAsync"/> when none can be.</summary>
    Task ProbeAsync(CancellationToken cancellationToken);

    /// <summary>The report or action accepted under that idempotency key, or null.</summary>
    Task<AcceptedReport?> FindReportAsync(string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>The case of that id as of its newest event, open or ended, wherever it lies now, or null.</summary>
    Task<Case?> FindCaseAsync(string caseId, CancellationToken cancellationToken);

    /// <summary>A page of the cases that match.</summary>
    /// <exception cref="FormatException"><see cref="CaseQuery.Cursor"/> is none that a page of this query gave.</exception>
    Task<CasePage> SearchAsync(CaseQuery query, CancellationToken cancellationToken);
}

/// <summary>What <see cref="IJournal.LoadAsync"/> returns.</summary>
/// <param name="Snapshot">The state to start from, or null for an empty one.</param>
/// <param name="Events">Events after the snapshot, oldest first.</param>
public sealed record GridHistory(GridState? Snapshot, IReadOnlyList<GridEvent> Events);

/// <summary>One append to one grid.</summary>
/// <param name="Grid">The grid's code.</param>
/// <param name="ExpectedVersion">The grid's version before the append; any other refuses it.</param>
/// <param name="Events">At least one event, oldest first.</param>
/// <param name="Cases">The changed cases as they stand after the events: the case projection's new rows.</param>
/// <param name="Report">The idempotency key this append answers, or null.</param>
/// <param name="StateAfter">The state after the events, from which the store takes a snapshot when one is due.</param>
public sealed record JournalAppend(
    string Grid, long ExpectedVersion, IReadOnlyList<GridEvent> Events, IReadOnlyList<Case> Cases, AcceptedReport? Report, GridState StateAfter)
{
    /// <summary>Cases whose row this grid gives up, with the grid that has it now.</summary>
    public IReadOnlyList<MovedCase> Gone { get; init; } = [];

    /// <summary>What the audit trail keeps of it, written in the same transaction; null when the system did it by itself.</summary>
    public AuditEntry? Audit { get; init; }
}

/// <summary>A case that lies in another grid now.</summary>
public sealed record MovedCase(string CaseId, string Grid);

/// <summary>What was accepted under an idempotency key.</summary>
/// <param name="Key">The client's key, 1 to 128 visible ASCII characters.</param>
/// <param name="Fingerprint">SHA-256 of the request's meaning in hexadecimal; the same key with another one is a client's fault.</param>
/// <param name="CaseId">The case that was opened, joined or acted upon.</param>
public sealed record AcceptedReport(string Key, string Fingerprint, string CaseId);

/// <summary>How an append ended.</summary>
public abstract record AppendOutcome
{
    /// <summary>Durable; the grid now has that version.</summary>
    public sealed record Appended(long Version) : AppendOutcome;

    /// <summary>Nothing written: the grid has another version than expected.</summary>
    public sealed record VersionConflict(long ActualVersion) : AppendOutcome;

    /// <summary>Nothing written: the key was taken before, perhaps by the same report.</summary>
    public sealed record KeyTaken(AcceptedReport Before) : AppendOutcome;
}
