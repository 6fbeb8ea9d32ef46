using Microsoft.Extensions.Logging;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>The journal on SQLite. What is slow to prepare is prepared on the caller's thread; the writer only writes.</summary>
internal sealed partial class SqliteJournal(SqliteStore store, TimeProvider time, ILogger<SqliteJournal> log) : IJournal
{
    private readonly EventTable _events = new(store.File);
    private readonly CaseTable _cases = new(store.File);

    public async Task<GridHistory> LoadAsync(string grid, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadAsync(session => Load(session, grid), cancellationToken);
        }
        catch (JournalUnavailableException e) when (e.InnerException is { } inner && SqliteFailure.IsDamage(inner))
        {
            throw new JournalDamagedException(store.File, grid, null, "SQLite cannot read it", inner);
        }
    }

    public Task<AppendOutcome> AppendAsync(JournalAppend append, CancellationToken cancellationToken)
    {
        var prepared = PreparedAppend.Of(append, store.Options.SnapshotEvery);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var keptSince = now - store.Options.ReportKeyDays * (long)TimeSpan.MillisecondsPerDay;
        var kept = store.Options.ReportKeysKept;
        return store.WriteAsync(session => Append(session, prepared, now, keptSince, kept), cancellationToken);
    }

    public Task ProbeAsync(CancellationToken cancellationToken) => store.WriteAsync(static session => SnapshotTable.TryRoom(session), cancellationToken);

    public Task<AcceptedReport?> FindReportAsync(string idempotencyKey, CancellationToken cancellationToken) =>
        store.FindAsync(session => ReportKeyTable.Find(session, idempotencyKey), cancellationToken);

    public Task<Case?> FindCaseAsync(string caseId, CancellationToken cancellationToken) =>
        store.FindAsync(session => _cases.Find(session, caseId), cancellationToken);

    public Task<CasePage> SearchAsync(CaseQuery query, CancellationToken cancellationToken)
    {
        var search = CaseSearch.Of(query);
        return store.SearchAsync(session => _cases.Search(session, search), cancellationToken);
    }

    private GridHistory Load(Session session, string grid)
    {
        // One read transaction: the snapshot and the events after it belong together. A failure gives the connection away and the
        // transaction with it, if SQLite has not ended that already: a ROLLBACK would then fail itself and hide the cause.
        session.Run("BEGIN");
        var snapshot = SnapshotTable.Find(session, grid, out var damage);
        if (damage is not null)
            LogSnapshotDamaged(log, grid, damage);
        var history = new GridHistory(snapshot, _events.After(session, grid, snapshot?.Version ?? 0));
        session.Run("ROLLBACK");
        return history;
    }

    private static AppendOutcome Append(Session session, PreparedAppend append, long now, long keptSince, int kept)
    {
        var version = EventTable.VersionOf(session, append.Grid);
        var follows = version == append.ExpectedVersion;
        // A new key, which nearly all are, is looked for and put in its place at once.
        if (append.Report is { } report && !(follows && ReportKeyTable.TryAdd(session, report, now, keptSince, kept))
            && ReportKeyTable.Find(session, report.Key) is { } before)
            return new AppendOutcome.KeyTaken(before);
        if (!follows)
            return new AppendOutcome.VersionConflict(version);
        foreach (var value in append.Events)
            EventTable.Add(session, append.Grid, ++version, value);
        foreach (var id in append.Gone)
            CaseTable.Drop(session, id, append.Grid);
        foreach (var value in append.Cases)
            CaseTable.Put(session, value);
        foreach (var row in append.Past)
            PastTable.Put(session, row);
        if (append.Snapshot is { } snapshot)
            SnapshotTable.Put(session, append.Grid, version, snapshot);
        if (append.Audit is { } entry)
            AuditTable.Add(session, entry);
        return new AppendOutcome.Appended(version);
    }

    [LoggerMessage(EventId = 20, Level = LogLevel.Warning,
        Message = "The snapshot of grid {Grid} is damaged and passed over ({Damage}); its events are read from the first.")]
    private static partial void LogSnapshotDamaged(ILogger logger, string grid, string damage);
}
