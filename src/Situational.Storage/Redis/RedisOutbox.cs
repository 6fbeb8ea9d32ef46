using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Situational.Domain.Journal;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>
/// What grids have appended and the city's keys do not yet hold: idempotency keys to confirm and cases to index. An append writes it with
/// its events; here it is brought over, in the order of the appends and many at a time. What a failure leaves behind is brought over when
/// its grid is next loaded, or by this process as soon as Redis takes it. Bringing over twice changes nothing.
/// </summary>
internal sealed partial class RedisOutbox : IDisposable
{
    /// <summary>Items that one script carries at most.</summary>
    private const int Portion = 500;

    /// <summary>Appends that may wait; of more only the grids are noted.</summary>
    private const int Capacity = 8_192;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly ConcurrentDictionary<string, bool> _late = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();
    private readonly RedisStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private int _mending;

    public RedisOutbox(RedisStore store, TimeProvider time, ILogger<RedisOutbox> log)
    {
        _store = store;
        _time = time;
        _log = log;
        _ = Task.Run(RunAsync);
    }

    /// <summary>Has items brought over, after those before.</summary>
    public void Add(string grid, IReadOnlyList<OutboxItem> items)
    {
        if (items.Count > 0 && !_queue.Writer.TryWrite(new Waiting(grid, items, _store.Generation, null)))
            MendLater(grid);
    }

    /// <summary>Returns when all that was added before was brought over or has failed: who reads after that sees what was acknowledged before.</summary>
    /// <exception cref="JournalUnavailableException">It takes too long.</exception>
    public async Task FlushAsync(RedisDeadline deadline, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var left = deadline.Left > TimeSpan.Zero ? deadline.Left : TimeSpan.Zero;
            await _queue.Writer.WriteAsync(new Waiting("", [], 0, done), cancellationToken).AsTask().WaitAsync(left, _time, cancellationToken).ConfigureAwait(false);
            await done.Task.WaitAsync(left, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or ChannelClosedException)
        {
            throw new JournalUnavailableException("Redis does not answer.", e);
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _queue.Writer.TryComplete();
    }

    private async Task RunAsync()
    {
        var batch = new List<Waiting>();
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var count = 0;
            while (count < Portion && _queue.Reader.TryRead(out var waiting))
            {
                batch.Add(waiting);
                count += waiting.Items.Count;
            }
            try
            {
                await BringAsync(batch).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                if (e is not JournalUnavailableException)
                    LogNotSettled(_log, e);
                foreach (var waiting in batch)
                    if (waiting.Items.Count > 0)
                        MendLater(waiting.Grid);
            }
            foreach (var waiting in batch)
                waiting.Done?.TrySetResult();
            batch.Clear();
        }
    }

    private async Task BringAsync(List<Waiting> batch)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                foreach (var written in batch.Where(waiting => waiting.Items.Count > 0).GroupBy(waiting => waiting.Generation))
                    await BringAsync(written.Key, [.. written]).ConfigureAwait(false);
                return;
            }
            catch (JournalUnavailableException e) when (e.OutcomeUnknown && attempt < 3)
            {
                // Redis may be another one than before, which lost its last second: what there is to bring over, its grids know now.
                for (var i = 0; i < batch.Count; i++)
                    if (batch[i].Items.Count > 0)
                        batch[i] = batch[i] with { Items = await ReadAsync(batch[i].Grid).ConfigureAwait(false), Generation = _store.Generation };
            }
    }

    private async Task BringAsync(long generation, List<Waiting> batch)
    {
        var items = batch.SelectMany(waiting => waiting.Items).ToList();
        for (var from = 0; from < items.Count; from += Portion)
            await SettleAsync(generation, items.GetRange(from, Math.Min(Portion, items.Count - from))).ConfigureAwait(false);
        await Task.WhenAll(batch.Select(waiting => _store.RunAsync(
            RedisScript.Clear, [_store.Keys.Outbox(waiting.Grid)],
            [waiting.Items.Max(i => i.Version), .. waiting.Items.Select(i => (RedisValue)i.Field)], CancellationToken.None))).ConfigureAwait(false);
    }

    private async Task<List<OutboxItem>> ReadAsync(string grid) => OutboxItem.Read(
        (await _store.RunAsync(RedisScript.Whole, [_store.Keys.Outbox(grid)], [], CancellationToken.None).ConfigureAwait(false)).Items(), 0);

    private Task SettleAsync(long generation, List<OutboxItem> items)
    {
        var keys = items.Where(i => i.Is(OutboxItem.Key)).ToList();
        var audit = items.Where(i => i.Is(OutboxItem.Audit)).ToList();
        var cases = items.Where(i => i.Is(OutboxItem.Case)).ToList();
        var values = new List<RedisValue> { _store.Keys.IndexPrefix, keys.Count, audit.Count, cases.Count };
        foreach (var item in keys.Concat(audit))
        {
            values.Add(item.Name);
            values.Add(item.Value);
        }
        foreach (var item in cases)
        {
            var entry = CaseEntry.Parse(item.Value);
            values.AddRange([item.Name, item.Version, entry.Due, entry.Until, entry.Fact, entry.Lines]);
        }
        var names = _store.Keys;
        return _store.RunOnAsync(
            generation, RedisScript.Settle,
            [names.ReportKeys, names.Numbers, names.CaseNumbers, names.CaseEntries, names.CaseFacts, names.AuditEntries], [.. values], CancellationToken.None);
    }

    private void MendLater(string grid)
    {
        _late[grid] = true;
        if (!_closing.IsCancellationRequested && Interlocked.Exchange(ref _mending, 1) == 0)
            _ = Task.Run(MendAsync);
    }

    private async Task MendAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            await Task.Delay(Pause, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                foreach (var grid in _late.Keys)
                {
                    var items = await ReadAsync(grid).ConfigureAwait(false);
                    _late.TryRemove(grid, out _);
                    Add(grid, items);
                }
            }
            catch (JournalUnavailableException)
            {
                continue;
            }
            catch (Exception e)
            {
                LogNotSettled(_log, e);
                continue;
            }
            Volatile.Write(ref _mending, 0);
            if (_late.IsEmpty || Interlocked.Exchange(ref _mending, 1) != 0)
                return;
        }
    }

    [LoggerMessage(EventId = 50, Level = LogLevel.Error, Message = "What grids appended could not be brought to the search; it is tried again.")]
    private static partial void LogNotSettled(ILogger logger, Exception cause);

    /// <param name="Grid">The grid; empty for none.</param>
    /// <param name="Items">What to bring over.</param>
    /// <param name="Generation">The connection on which it was written or read: another one may lead to a Redis that lost it.</param>
    /// <param name="Done">Completed when it was brought over or has failed.</param>
    private sealed record Waiting(string Grid, IReadOnlyList<OutboxItem> Items, long Generation, TaskCompletionSource? Done);
}
