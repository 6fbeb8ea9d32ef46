using System.Globalization;
using System.Runtime.CompilerServices;
using Situational.Domain.Journal;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>
/// The past on Redis. Each grid answers for itself, many asked at the same time: a city of 7,300 grids takes as many short scripts, none of
/// which holds up an append.
/// </summary>
internal sealed class RedisPastStore(RedisStore store) : IPastStore
{
    /// <summary>Grids asked at the same time.</summary>
    private const int AtOnce = 128;

    /// <summary>Rows held at a time, about: to order them, every grid is asked for each piece of time.</summary>
    private const int Portion = 100_000;

    public async IAsyncEnumerable<PastCase> AtAsync(DateTimeOffset at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var moment = RedisPast.Ticks(at.UtcTicks);
        // While a case moves, the grid that it leaves may have been asked before, and the one where it comes after.
        var told = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var (grid, answer) in AskAsync(RedisScript.PastAt, [moment], cancellationToken).ConfigureAwait(false))
            for (var i = 0; i + 3 < answer.Length; i += 4)
                if (!await HadArrivedAsync(answer[i].Text(), answer[i + 2].Text(), moment, cancellationToken).ConfigureAwait(false)
                    && told.Add(answer[i].Text()))
                    yield return RedisPast.Read(answer[i], answer[i + 1], answer[i + 3], store.Place, grid);
    }

    public async IAsyncEnumerable<PastCase> ChangesAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (begin, last) = (from.UtcTicks, to.UtcTicks);
        var piece = TimeSpan.TicksPerDay;
        if (await KeptSinceAsync(cancellationToken).ConfigureAwait(false) is not { } since)
            yield break;
        while (begin < last)
        {
            // Before the past is known there is next to nothing.
            var step = Math.Max(piece, since.UtcTicks - begin);
            var end = last - begin > step ? begin + step : last;
            var rows = new List<(PastCase Row, bool Holds)>();
            await foreach (var (grid, answer) in AskAsync(
                RedisScript.PastBetween, [RedisPast.Ticks(begin), RedisPast.Ticks(end)], cancellationToken).ConfigureAwait(false))
                for (var i = 0; i + RedisPast.Parts <= answer.Length; i += RedisPast.Parts)
                    rows.Add((RedisPast.Read(answer[i], answer[i + 1], answer[i + 4], store.Place, grid), answer[i + 2].Text().Length == 0));
            var told = rows.OrderBy(one => one.Row.From).ThenBy(one => one.Row.Id, StringComparer.Ordinal).ThenBy(one => one.Holds).ToArray();
            for (var i = 0; i < told.Length; i++)
                // A case may have come to a grid in the very moment of its last row in the one that it leaves and that has not heard: it was not there any more.
                if (i + 1 == told.Length || told[i].Row.Id != told[i + 1].Row.Id || told[i].Row.From != told[i + 1].Row.From)
                    yield return told[i].Row;
            begin = end;
            piece = rows.Count > Portion ? Math.Max(piece / 2, TimeSpan.TicksPerSecond) : rows.Count < Portion / 2 ? Longer(piece) : piece;
        }
    }

    public async Task<DateTimeOffset?> KeptSinceAsync(CancellationToken cancellationToken) =>
        await KeepAsync("", cancellationToken).ConfigureAwait(false) is { Length: > 0 } since
            ? new DateTimeOffset(long.Parse(since, CultureInfo.InvariantCulture), TimeSpan.Zero)
            : null;

    public async Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var gone = 0;
        if ((await KeepAsync(RedisPast.Ticks(before.UtcTicks), cancellationToken).ConfigureAwait(false)).Length == 0)
            return 0;
        await foreach (var grids in store.NamesAsync(store.Keys.Grids, cancellationToken).ConfigureAwait(false))
            foreach (var grid in grids)
            {
                gone += (int)(await store.RunAsync(
                    RedisScript.PastForget, [store.Keys.PastNow(grid), store.Keys.Past(grid)], [RedisPast.Ticks(before.UtcTicks), most - gone],
                    cancellationToken).ConfigureAwait(false)).Number();
                if (gone >= most)
                    return gone;
            }
        return gone;
    }

    /// <summary>Whether a case that leaves a grid was already where it goes: the grid that it left may not have heard.</summary>
    private async ValueTask<bool> HadArrivedAsync(string id, string leaving, string moment, CancellationToken cancellationToken) =>
        leaving.Length > 0
        && await RedisPast.CameAsync(store, id, leaving, store.NewDeadline(), cancellationToken).ConfigureAwait(false) is { Length: > 0 } there
        && string.CompareOrdinal(there, moment) <= 0;

    private static long Longer(long piece) => piece > long.MaxValue / 4 ? piece : 4 * piece;

    private async Task<string> KeepAsync(string since, CancellationToken cancellationToken) =>
        (await store.RunAsync(RedisScript.PastKept, [store.Keys.Numbers], [since], cancellationToken).ConfigureAwait(false)).Text();

    /// <summary>Asks every grid; none that has no history answers with anything.</summary>
    private async IAsyncEnumerable<(string Grid, RedisResult[] Answer)> AskAsync(
        RedisScript script, RedisValue[] values, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var grids in store.NamesAsync(store.Keys.Grids, cancellationToken).ConfigureAwait(false))
            foreach (var some in grids.Chunk(AtOnce))
            {
                var answers = await Task.WhenAll(some.Select(grid => store.RunAsync(
                    script, [store.Keys.PastNow(grid), store.Keys.Past(grid), store.Keys.PastLeaving(grid)], values, cancellationToken))).ConfigureAwait(false);
                for (var i = 0; i < some.Length; i++)
                    yield return (some[i], answers[i].Items());
            }
    }
}
