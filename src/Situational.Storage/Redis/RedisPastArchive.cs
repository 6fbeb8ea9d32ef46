using System.Runtime.CompilerServices;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using Situational.Storage.Upkeep;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>Reads all past rows, and takes them in.</summary>
internal sealed class RedisPastArchive(RedisStore store)
{
    private const string Forgotten = "past-kept";

    private readonly RedisKeys _keys = store.Keys;

    /// <summary>Since when the past is kept, once some of it was forgotten.</summary>
    public async IAsyncEnumerable<ArchiveItem> Kept([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var since = (await store.RunAsync(RedisScript.Rows, [_keys.Numbers], [Forgotten], cancellationToken).ConfigureAwait(false)).Items()[0];
        if (since.Text().Length > 0)
            yield return new ArchiveItem.PastKept(RedisPast.Ticks(since));
    }

    /// <summary>All rows.</summary>
    public async IAsyncEnumerable<ArchiveItem> Rows([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var grids in store.NamesAsync(_keys.Grids, cancellationToken).ConfigureAwait(false))
            foreach (var grid in grids)
            {
                var answer = (await store.RunAsync(
                    RedisScript.PastBetween, [_keys.PastNow(grid), _keys.Past(grid)], [RedisPast.Ticks(0), RedisPast.Ticks(DateTime.MaxValue.Ticks)],
                    cancellationToken).ConfigureAwait(false)).Items();
                for (var i = 0; i + RedisPast.Parts <= answer.Length; i += RedisPast.Parts)
                {
                    var open = answer[i + 3].Text() == "o";
                    var until = await UntilAsync(grid, answer[i].Text(), open, answer[i + 2].Text(), cancellationToken).ConfigureAwait(false);
                    if (until != RedisPast.Ticks(answer[i + 1]))
                        yield return new ArchiveItem.Past(answer[i].Text(), RedisPast.Ticks(answer[i + 1]), until, open, RedisAnswer.ToRow(answer[i + 4].Bytes()));
                }
            }
    }

    /// <summary>Notes since when the past is kept.</summary>
    public Task KeepAsync(long since, CancellationToken cancellationToken) =>
        store.RunAsync(RedisScript.FillRows, [_keys.Numbers], [Forgotten, RedisPast.Ticks(since)], cancellationToken);

    /// <summary>Takes rows in.</summary>
    /// <exception cref="JournalDamagedException">One is not what was written.</exception>
    public async Task FillAsync(IReadOnlyList<ArchiveItem.Past> rows, CancellationToken cancellationToken)
    {
        foreach (var group in rows.GroupBy(GridOf, StringComparer.Ordinal))
            await store.RunAsync(
                RedisScript.FillPast, [_keys.PastNow(group.Key), _keys.Past(group.Key)], [.. group.SelectMany(ValuesOf)],
                cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes when the first row begins, with a grid that has a history.</summary>
    public Task NoteAsync(string grid, long first, CancellationToken cancellationToken) =>
        store.RunAsync(RedisScript.RegisterGrid, [_keys.Grids, _keys.Numbers], [grid, RedisPast.Ticks(first)], cancellationToken);

    /// <summary>The grid of a row.</summary>
    /// <inheritdoc cref="FillAsync"/>
    public string GridOf(ArchiveItem.Past row)
    {
        var damage = StoredPast.Read(row.Row, row.Id, row.From, out var read);
        return damage is null ? read!.Grid : throw new JournalDamagedException(store.Place, null, null, $"a past row of case {row.Id}: {damage}");
    }

    /// <summary>Until when a row held: that of a case which left holds no longer than until it came where it went, also before its grid heard.</summary>
    private async ValueTask<long> UntilAsync(string grid, string id, bool open, string until, CancellationToken cancellationToken)
    {
        if (!open)
            return 0;
        if (until.Length == 0
            && (await store.RunAsync(RedisScript.Rows, [_keys.PastLeaving(grid)], [id], cancellationToken).ConfigureAwait(false)).Items()[0].Text() is { Length: > 0 } leaving)
            until = await RedisPast.CameAsync(store, id, leaving, store.NewDeadline(), cancellationToken).ConfigureAwait(false);
        return until.Length == 0 ? StoredPast.Never : RedisPast.Ticks(until);
    }

    private static RedisValue[] ValuesOf(ArchiveItem.Past row) =>
    [
        row.Id, row.Open ? "o" : "e", RedisPast.Ticks(row.From),
        // How a case ended goes with the rows that were followed: whether it was opened again is not known here.
        row.Until == StoredPast.Never ? "" : RedisPast.Ticks(row.Open ? row.Until : row.From), row.Row.ToValue(),
    ];
}
