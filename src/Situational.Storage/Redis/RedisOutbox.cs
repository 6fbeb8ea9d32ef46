using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Situational.Domain.Journal;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>
/// What grids have appended and the city's keys do not yet hold: idempotency keys to confirm and cases to index. An append writes it with
/// its events, and brings it over right after; what a failure leaves behind is brought over when the grid is next loaded, or by this process
/// as soon as Redis takes it. Bringing over twice changes nothing.
/// </summary>
internal sealed partial class RedisOutbox(RedisStore store, TimeProvider time, ILogger<RedisOutbox> log) : IDisposable
{
    private const int Portion = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, bool> _late = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();
    private int _mending;

    /// <summary>Brings over what an append has just written; on its way, in order, when this returns.</summary>
    public async Task SettleAsync(string grid, IReadOnlyList<OutboxItem> items)
    {
        try
        {
            await BringAsync(grid, items, CancellationToken.None).ConfigureAwait(false);
        }
        catch (JournalUnavailableException)
        {
            MendLater(grid);
        }
        catch (Exception e)
        {
            LogNotSettled(log, grid, e);
            MendLater(grid);
        }
    }

    /// <summary>Brings over what a grid's outbox holds.</summary>
    /// <exception cref="JournalUnavailableException">Redis does not answer or refused.</exception>
    public async Task BringAsync(string grid, IReadOnlyList<OutboxItem> items, CancellationToken cancellationToken)
    {
        for (var from = 0; from < items.Count; from += Portion)
        {
            var portion = items.Skip(from).Take(Portion).ToList();
            var keys = portion.Where(i => i.Field.StartsWith(OutboxItem.Key, StringComparison.Ordinal)).ToList();
            var values = new List<RedisValue>
            {
                store.Keys.StageCasesPrefix, store.Keys.GridCasesPrefix,
                time.GetUtcNow().ToUnixTimeMilliseconds(), keys.Count,
            };
            foreach (var item in keys)
            {
                values.Add(item.Field[OutboxItem.Key.Length..]);
                values.Add(item.Value);
            }
            foreach (var item in portion.Where(i => i.Field.StartsWith(OutboxItem.Case, StringComparison.Ordinal)))
            {
                values.Add(item.Field[OutboxItem.Case.Length..]);
                values.Add(item.Version);
                foreach (var line in item.Value.Split('\n'))
                    values.Add(line);
            }
            await store.RunAsync(
                RedisScript.Settle,
                [store.Keys.ReportKeys, store.Keys.ReportKeyOrder, store.Keys.Numbers, store.Keys.CaseEntries, store.Keys.AllCases],
                [.. values], cancellationToken).ConfigureAwait(false);
            await store.RunAsync(
                RedisScript.Clear, [store.Keys.Outbox(grid)], [portion.Max(i => i.Version), .. portion.Select(i => (RedisValue)i.Field)],
                cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _closing.Cancel();

    private void MendLater(string grid)
    {
        _late[grid] = true;
        if (Interlocked.Exchange(ref _mending, 1) == 0)
            _ = Task.Run(MendAsync);
    }

    private async Task MendAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            await Task.Delay(Pause, time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                foreach (var grid in _late.Keys)
                {
                    var whole = await store.RunAsync(RedisScript.Whole, [store.Keys.Outbox(grid)], [], _closing.Token).ConfigureAwait(false);
                    await BringAsync(grid, OutboxItem.Read(whole.Items(), 0), _closing.Token).ConfigureAwait(false);
                    _late.TryRemove(grid, out _);
                }
            }
            catch (JournalUnavailableException)
            {
                continue;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            Volatile.Write(ref _mending, 0);
            if (_late.IsEmpty || Interlocked.Exchange(ref _mending, 1) != 0)
                return;
        }
    }

    [LoggerMessage(EventId = 50, Level = LogLevel.Error, Message = "What grid {Grid} appended could not be brought to the search; it is tried again.")]
    private static partial void LogNotSettled(ILogger logger, string grid, Exception cause);
}

/// <summary>One thing in a grid's outbox.</summary>
/// <param name="Field"><see cref="Case"/> and a case id, or <see cref="Key"/> and an idempotency key.</param>
/// <param name="Version">The grid's version that wrote it.</param>
/// <param name="Value">A case's entry or a key's record, in lines.</param>
internal sealed record OutboxItem(string Field, long Version, string Value)
{
    public const string Case = "c:";
    public const string Key = "k:";

    /// <summary>Items from fields and values, one after the other.</summary>
    public static List<OutboxItem> Read(RedisResult[] fields, int from)
    {
        var items = new List<OutboxItem>();
        for (var i = from; i + 1 < fields.Length; i += 2)
        {
            var text = fields[i + 1].Text();
            var line = text.IndexOf('\n', StringComparison.Ordinal);
            items.Add(new OutboxItem(fields[i].Text(), long.Parse(text.AsSpan(0, line), CultureInfo.InvariantCulture), text[(line + 1)..]));
        }
        return items;
    }
}
