using Microsoft.Extensions.Logging;
using Situational.Domain.Cases;
using Situational.Domain.Journal;

namespace Situational.Storage.Redis;

/// <summary>The journal on Redis.</summary>
internal sealed partial class RedisJournal(
    RedisStore store, RedisGrids grids, RedisReportKeys keys, RedisOutbox outbox, RedisCases cases, RedisCaseSearch search, TimeProvider time, ILogger<RedisJournal> log) : IJournal
{
    public long Generation => store.Restarts;

    public async Task<GridHistory> LoadAsync(string grid, CancellationToken cancellationToken)
    {
        var left = new List<OutboxItem>();
        var history = await grids.LoadAsync(grid, left, cancellationToken).ConfigureAwait(false);
        if (left.Count == 0)
            return history;
        outbox.Add(grid, left);
        await outbox.FlushAsync(store.NewDeadline(), cancellationToken).ConfigureAwait(false);
        return history;
    }

    public async Task<AppendOutcome> AppendAsync(JournalAppend append, CancellationToken cancellationToken)
    {
        var prepared = RedisAppend.Of(append, store.Options.SnapshotEvery);
        var begun = time.GetTimestamp();
        var deadline = store.NewDeadline();
        while (true)
        {
            var id = Guid.NewGuid().ToString("N");
            var key = append.Report is { } report ? new KeyRecord(id, prepared.Grid, report) : null;
            if (key is not null && await keys.ReserveAsync(key, deadline, cancellationToken).ConfigureAwait(false) is { } before)
                return new AppendOutcome.KeyTaken(before);
            AppendOutcome? outcome;
            try
            {
                outcome = await grids.AppendAsync(prepared, id, key, deadline, cancellationToken).ConfigureAwait(false);
            }
            catch (JournalUnavailableException e) when (key is not null && !e.OutcomeUnknown)
            {
                _ = keys.ReleaseAsync(key);
                throw;
            }
            switch (outcome)
            {
                case AppendOutcome.Appended:
                    outbox.Add(prepared.Grid, prepared.ItemsOf(id, key));
                    StorageMeter.CommitSeconds.Record(time.GetElapsedTime(begun).TotalSeconds);
                    return outcome;
                case AppendOutcome.VersionConflict conflict:
                    if (key is not null)
                        _ = keys.ReleaseAsync(key);
                    if (conflict.ActualVersion < append.ExpectedVersion)
                        NoteLoss(append, conflict.ActualVersion);
                    return outcome;
                case null:
                    // The key went to another append while this one was under way: ask again who has it.
                    break;
                default:
                    throw new InvalidOperationException($"{outcome}");
            }
        }
    }

    public Task ProbeAsync(CancellationToken cancellationToken) => store.RunAsync(RedisScript.Probe, [store.Keys.Probe], [], cancellationToken);

    public Task<AcceptedReport?> FindReportAsync(string idempotencyKey, CancellationToken cancellationToken) =>
        keys.FindAsync(idempotencyKey, cancellationToken);

    public async Task<Case?> FindCaseAsync(string caseId, CancellationToken cancellationToken)
    {
        var found = await cases.FindAsync(caseId, cancellationToken).ConfigureAwait(false);
        if (found is null or { Hops: 0 })
            return found;
        // Where a case that moved lies now stands in the city's keys, which follow the appends of its grids.
        await outbox.FlushAsync(store.NewDeadline(), cancellationToken).ConfigureAwait(false);
        return await cases.FindAsync(caseId, cancellationToken).ConfigureAwait(false);
    }

    public Task<CasePage> SearchAsync(CaseQuery query, CancellationToken cancellationToken) => search.SearchAsync(query, cancellationToken);

    private void NoteLoss(JournalAppend append, long actual)
    {
        StorageMeter.Lost.Add(1);
        LogLoss(log, append.Grid, actual, append.ExpectedVersion);
    }

    [LoggerMessage(EventId = 60, Level = LogLevel.Critical,
        Message = "The store has version {Actual} of grid {Grid} and had acknowledged {Expected}: it lost what came between. The grid is to be read again and goes on from there.")]
    private static partial void LogLoss(ILogger logger, string grid, long actual, long expected);
}
