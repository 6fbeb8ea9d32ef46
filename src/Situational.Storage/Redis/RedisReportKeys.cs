using Situational.Domain.Journal;

namespace Situational.Storage.Redis;

/// <summary>
/// Idempotency keys, which hold across all grids while an append holds within one. An append reserves its key in the city's slot, is written
/// with the key's record in its grid's outbox, and the key is confirmed after that. A reservation whose append was not written (its process
/// died, or Redis refused) is no obstacle: whoever meets it asks the grid, waits a moment for an append under way, then has the grid refuse
/// that append for good and takes the key over. So of two appends with one key, whatever happens, at most one is written.
/// </summary>
internal sealed class RedisReportKeys(RedisStore store, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Reserves a key.</summary>
    /// <returns>Null when it is the append's; else the report that took it.</returns>
    /// <exception cref="JournalUnavailableException">Redis does not answer or refused.</exception>
    public async Task<AcceptedReport?> ReserveAsync(KeyRecord record, RedisDeadline deadline, CancellationToken cancellationToken)
    {
        var key = record.Report.Key;
        var instead = "";
        RedisDeadline? met = null;
        var patience = Patience();
        while (true)
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var answer = (await store.RunAsync(
                RedisScript.Reserve, [store.Keys.ReportKeys, store.Keys.ReportKeyOrder, store.Keys.Numbers],
                [
                    key, record.ToText(), record.Append, now, now - store.Options.ReportKeyDays * (long)TimeSpan.MillisecondsPerDay,
                    store.Options.ReportKeysKept, instead,
                ], deadline, cancellationToken).ConfigureAwait(false)).Items();
            if (answer[0].Text() == "mine")
                return null;
            var other = KeyRecord.Parse(key, answer[1].Text(), 2, store.Place);
            if (answer[0].Text() == "taken")
                return other.Report;
            met ??= store.NewDeadline();
            var waited = met.Value.Spent >= patience;
            if (await AskGridAsync(other, refuse: waited, deadline, cancellationToken).ConfigureAwait(false) is { } written)
                return written;
            if (waited)
                instead = other.Append;
            else
                await Task.Delay(Look, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The report accepted under a key, or null.</summary>
    public async Task<AcceptedReport?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var deadline = store.NewDeadline();
        for (var last = false; ; last = true)
        {
            var found = (await store.RunAsync(RedisScript.Rows, [store.Keys.ReportKeys], [key], deadline, cancellationToken).ConfigureAwait(false)).Items()[0].Text();
            if (found.Length == 0)
                return null;
            var record = KeyRecord.Parse(key, found, 2, store.Place);
            if (found[0] == 'c')
                return record.Report;
            if (await AskGridAsync(record, refuse: false, deadline, cancellationToken).ConfigureAwait(false) is { } written)
                return written;
            // Between the two looks it may have been confirmed and have left the grid's outbox.
            if (last)
                return null;
        }
    }

    /// <summary>Gives a key back whose append was not written. Nothing depends on its coming through.</summary>
    public async Task ReleaseAsync(KeyRecord record)
    {
        try
        {
            await store.RunAsync(
                RedisScript.Release, [store.Keys.ReportKeys, store.Keys.ReportKeyOrder], [record.Report.Key, record.Append],
                store.NewDeadline(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (JournalUnavailableException)
        {
            // The reservation stays; whoever meets it takes it over.
        }
    }

    /// <summary>The report if the append that reserved the key was written; null if not, and if so asked it never will be.</summary>
    private async Task<AcceptedReport?> AskGridAsync(KeyRecord record, bool refuse, RedisDeadline deadline, CancellationToken cancellationToken)
    {
        var answer = (await store.RunAsync(
            RedisScript.Fence, [store.Keys.Outbox(record.Grid), store.Keys.Fenced(record.Grid), store.Keys.Head(record.Grid)],
            [record.Report.Key, record.Append, refuse ? "1" : "0"], deadline, cancellationToken).ConfigureAwait(false)).Items();
        if (answer[0].Text() == "written")
            return KeyRecord.Parse(record.Report.Key, answer[1].Text(), 1, store.Place).Report;
        return null;
    }

    /// <summary>How long an append under way may keep a key from another; not the same for two that meet.</summary>
    private static TimeSpan Patience() => TimeSpan.FromMilliseconds(Random.Shared.Next(400, 800));
}
