using System.Globalization;
using System.Runtime.CompilerServices;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>Trails on Redis. Points are as durable as Redis is told to be when their save returns; who saves seldom loses what came between.</summary>
internal sealed class RedisTrailStore(RedisStore store) : ITrailStore
{
    /// <summary>Points that one script carries at most, so that reports never wait behind a long one.</summary>
    private const int Portion = 1_000;

    /// <summary>Units or slots that one script looks at, at most.</summary>
    private const int Look = 500;

    private readonly RedisTrailGrids _grids = new(store);

    public async Task SaveAsync(IReadOnlyList<TrailPoint> points, CancellationToken cancellationToken)
    {
        for (var from = 0; from < points.Count; from += Portion)
        {
            var some = new TrailPoint[Math.Min(points.Count - from, Portion)];
            for (var i = 0; i < some.Length; i++)
                some[i] = points[from + i];
            var runs = TrailRun.Of(some);
            for (int first = 0, end; first < runs.Count; first = end)
            {
                for (end = first + 1; end < runs.Count && runs[end].Slot == runs[first].Slot;)
                    end++;
                await SaveAsync(some, runs, first, end, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async Task<IReadOnlyList<TrailPoint>> OfUnitAsync(
        string unit, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var found = new List<TrailPoint>();
        var piece = new List<TrailPoint>();
        var (first, last) = await WithinAsync(from, to, cancellationToken).ConfigureAwait(false);
        for (; first <= last && found.Count < most; first += Look)
        {
            var page = (await store.RunAsync(
                RedisScript.Trail, [], [SlotPrefix, unit, first, Math.Min(last, first + Look - 1)], cancellationToken).ConfigureAwait(false)).Items();
            for (var i = 0; i + 1 < page.Length; i += 2)
            {
                piece.Clear();
                await _grids.ReadAsync(unit, page[i].Number(), page[i + 1].Bytes(), piece, cancellationToken).ConfigureAwait(false);
                foreach (var point in piece)
                    if (point.At >= from && point.At <= to && found.Count < most)
                        found.Add(point);
            }
        }
        return found;
    }

    public async IAsyncEnumerable<TrailPoint> AtAsync(
        DateTimeOffset at, DateTimeOffset notBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (first, last) = await WithinAsync(notBefore, at, cancellationToken).ConfigureAwait(false);
        if (last < first)
            yield break;
        var all = (await store.RunAsync(RedisScript.Sizes, [store.Keys.TrailUnits], [], cancellationToken).ConfigureAwait(false)).Items()[0].Number();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<TrailPoint>();
        for (var hour = TrailPiece.HourOf(last); hour >= TrailPiece.HourOf(first) && done.Count < all; hour--)
        {
            var low = Math.Max(first, hour * TrailPiece.SlotsAnHour);
            var high = Math.Min(last, (hour + 1) * TrailPiece.SlotsAnHour - 1);
            await foreach (var units in store.NamesAsync(store.Keys.TrailHour(hour), cancellationToken).ConfigureAwait(false))
                foreach (var some in units.Where(unit => !done.Contains(unit)).Chunk(Look))
                    await FindLastAsync(some, high, low, at, notBefore, found, cancellationToken).ConfigureAwait(false);
            foreach (var point in found)
            {
                done.Add(point.Unit);
                yield return point;
            }
            found.Clear();
        }
    }

    public async IAsyncEnumerable<TrailPoint> BetweenAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var slot in SlotsAsync(store, TrailPiece.SlotOf(from), TrailPiece.SlotOf(to), cancellationToken).ConfigureAwait(false))
        {
            var points = await OfSlotAsync(slot, cancellationToken).ConfigureAwait(false);
            points.Sort(static (one, other) => one.At != other.At ? one.At.CompareTo(other.At) : string.CompareOrdinal(one.Unit, other.Unit));
            foreach (var point in points)
                if (point.At > from && point.At <= to)
                    yield return point;
        }
    }

    public async IAsyncEnumerable<GridHeard> HeardAsync(
        DateTimeOffset at, DateTimeOffset notBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (first, last) = await WithinAsync(notBefore, at, cancellationToken).ConfigureAwait(false);
        if (last < first)
            yield break;
        var heard = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        HeardHour.Hear(heard, await OfSlotAsync(last, cancellationToken).ConfigureAwait(false), at, notBefore);
        for (var hour = TrailPiece.HourOf(last); hour >= TrailPiece.HourOf(first); hour--)
        {
            var whole = (await store.RunAsync(RedisScript.Whole, [store.Keys.TrailHeard(hour)], [], cancellationToken).ConfigureAwait(false)).Items();
            var numbers = new int[whole.Length / 2];
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = (int)whole[2 * i].Number();
            await _grids.NamesAsync(numbers, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < numbers.Length; i++)
                if (_grids.FindName(numbers[i]) is { } grid
                    && HeardHour.LastBefore(hour, whole[2 * i + 1].Bytes(), last) is { } when && when >= notBefore)
                    HeardHour.Hear(heard, grid, when);
        }
        foreach (var (grid, when) in heard)
            yield return new GridHeard(grid, when);
    }

    public async Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var gone = 0;
        var end = TrailPiece.SlotOf(before);
        await foreach (var slot in SlotsAsync(store, long.MinValue, end, cancellationToken).ConfigureAwait(false))
        {
            var hour = TrailPiece.HourOf(slot);
            var keep = slot < end ? TrailPiece.SlotMs : before.ToUnixTimeMilliseconds() - slot * TrailPiece.SlotMs;
            var cursor = "0";
            do
            {
                var answer = (await store.RunAsync(
                    RedisScript.ForgetTrails,
                    [store.Keys.TrailSlots, store.Keys.TrailSlot(slot), store.Keys.TrailHour(hour), store.Keys.TrailHeard(hour)],
                    [slot, hour * TrailPiece.SlotsAnHour, (hour + 1) * TrailPiece.SlotsAnHour - 1, keep, most - gone, cursor], cancellationToken)
                    .ConfigureAwait(false)).Items();
                gone += (int)answer[0].Number();
                cursor = answer[1].Text();
            }
            while (cursor != "0" && gone < most);
            if (gone >= most)
                break;
        }
        return gone;
    }

    /// <summary>Slots that have points, in their order.</summary>
    public static async IAsyncEnumerable<long> SlotsAsync(
        RedisStore store, long from, long to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RedisValue first = from == long.MinValue ? "-inf" : from;
        while (true)
        {
            var page = (await store.RunAsync(
                RedisScript.Between, [store.Keys.TrailSlots], [first, to, Look], cancellationToken).ConfigureAwait(false)).Items();
            foreach (var slot in page)
                yield return slot.Number();
            if (page.Length < Look)
                yield break;
            first = page[^1].Number() + 1;
        }
    }

    private string SlotPrefix => store.Keys.TrailPrefix + "slot:";

    private async Task SaveAsync(TrailPoint[] points, IReadOnlyList<TrailRun> runs, int first, int end, CancellationToken cancellationToken)
    {
        var slot = runs[first].Slot;
        var hour = TrailPiece.HourOf(slot);
        var marks = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = runs[first].From; i < runs[end - 1].To; i++)
            marks[points[i].Grid] = Math.Max(marks.GetValueOrDefault(points[i].Grid), HeardHour.MarkOf(slot, points[i].At));
        for (var tries = 0; tries < 3; tries++)
        {
            var numbers = await _grids.NumbersAsync(marks.Keys, cancellationToken).ConfigureAwait(false);
            var values = new List<RedisValue>(3 + 3 * marks.Count + 2 * (end - first)) { slot, HeardHour.PlaceOf(slot), marks.Count };
            foreach (var (grid, mark) in marks)
            {
                values.Add(numbers[grid]);
                values.Add(grid);
                values.Add(mark);
            }
            for (var run = first; run < end; run++)
            {
                var added = new byte[(runs[run].To - runs[run].From) * TrailPiece.PointBytes];
                for (var i = runs[run].From; i < runs[run].To; i++)
                    TrailPiece.Write(slot, points[i], numbers[points[i].Grid], added.AsSpan((i - runs[run].From) * TrailPiece.PointBytes));
                values.Add(runs[run].Unit);
                values.Add(added);
            }
            var kept = await store.RunAsync(
                RedisScript.SaveTrails,
                [
                    store.Keys.TrailSlots, store.Keys.TrailSlot(slot), store.Keys.TrailHour(hour), store.Keys.TrailHeard(hour), store.Keys.TrailGrids,
                    store.Keys.TrailGridNames, store.Keys.TrailUnits,
                ], [.. values], cancellationToken).ConfigureAwait(false);
            if (kept.Number() == 1)
                return;
            _grids.Forget();
        }
        throw new JournalUnavailableException("Redis gives the numbers of grids to others.");
    }

    /// <summary>Finds units' last points within an hour's slots.</summary>
    private async Task FindLastAsync(
        string[] units, long high, long low, DateTimeOffset at, DateTimeOffset notBefore, List<TrailPoint> found, CancellationToken cancellationToken)
    {
        var piece = new List<TrailPoint>();
        while (units.Length > 0 && high >= low)
        {
            RedisValue[] values = [SlotPrefix, high, low, .. units.Select(unit => (RedisValue)unit)];
            var answer = (await store.RunAsync(RedisScript.TrailLasts, [], values, cancellationToken).ConfigureAwait(false)).Items();
            var later = new List<string>();
            for (var i = 0; i < units.Length; i++)
            {
                if (answer[2 * i].Text() is not { Length: > 0 } slot)
                    continue;
                piece.Clear();
                await _grids.ReadAsync(
                    units[i], long.Parse(slot, CultureInfo.InvariantCulture), answer[2 * i + 1].Bytes(), piece, cancellationToken).ConfigureAwait(false);
                var last = piece.FindLastIndex(point => point.At <= at);
                if (last < 0)
                    later.Add(units[i]);
                else if (piece[last].At >= notBefore)
                    found.Add(piece[last]);
            }
            // Only in the slot of the moment itself can all points come after it.
            units = [.. later];
            high = Math.Min(high, TrailPiece.SlotOf(at)) - 1;
        }
    }

    private async Task<List<TrailPoint>> OfSlotAsync(long slot, CancellationToken cancellationToken)
    {
        var points = new List<TrailPoint>();
        var whole = (await store.RunAsync(RedisScript.Whole, [store.Keys.TrailSlot(slot)], [], cancellationToken).ConfigureAwait(false)).Items();
        for (var i = 0; i + 1 < whole.Length; i += 2)
            await _grids.ReadAsync(whole[i].Text(), slot, whole[i + 1].Bytes(), points, cancellationToken).ConfigureAwait(false);
        return points;
    }

    /// <summary>The slots of a span, no further than there are any; the last before the first when there is none.</summary>
    private async Task<(long First, long Last)> WithinAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var first = (await store.RunAsync(RedisScript.Range, [store.Keys.TrailSlots], [0, 1], cancellationToken).ConfigureAwait(false)).Items();
        var last = (await store.RunAsync(RedisScript.Range, [store.Keys.TrailSlots], [-1, 1], cancellationToken).ConfigureAwait(false)).Items();
        return first.Length == 0 || last.Length == 0
            ? (0, -1)
            : (Math.Max(first[0].Number(), TrailPiece.SlotOf(from)), Math.Min(last[0].Number(), TrailPiece.SlotOf(to)));
    }
}
