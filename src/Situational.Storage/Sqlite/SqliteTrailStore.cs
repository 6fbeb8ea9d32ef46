using System.Runtime.CompilerServices;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>Trails on SQLite. Points are durable when their save returns; who saves seldom loses what came between.</summary>
internal sealed class SqliteTrailStore(SqliteStore store) : ITrailStore
{
    /// <summary>Points that one write request carries at most, so that reports never wait behind a long one.</summary>
    private const int Portion = 250;

    private readonly TrailTable _trails = new(store.File);

    public async Task SaveAsync(IReadOnlyList<TrailPoint> points, CancellationToken cancellationToken)
    {
        for (var from = 0; from < points.Count; from += Portion)
        {
            var some = new TrailPoint[Math.Min(points.Count - from, Portion)];
            for (var i = 0; i < some.Length; i++)
                some[i] = points[from + i];
            var runs = TrailRun.Of(some);
            _trails.Remember(await store.WriteAsideAsync(session => _trails.Add(session, some, runs), cancellationToken));
        }
    }

    public Task<IReadOnlyList<TrailPoint>> OfUnitAsync(
        string unit, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return store.SearchAsync<IReadOnlyList<TrailPoint>>(session => _trails.OfUnit(session, unit, from, to, most), cancellationToken);
    }

    public async IAsyncEnumerable<TrailPoint> AtAsync(
        DateTimeOffset at, DateTimeOffset notBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var point in await store.SearchAsync(session => _trails.At(session, at, notBefore), cancellationToken))
            yield return point;
    }

    public async IAsyncEnumerable<TrailPoint> BetweenAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = TrailPiece.SlotOf(to);
        for (var slot = TrailPiece.SlotOf(from); slot <= last; slot++)
        {
            var begin = slot;
            if (await store.SearchAsync(session => _trails.Next(session, begin, last), cancellationToken) is not var (found, points))
                yield break;
            points.Sort(static (one, other) => one.At != other.At ? one.At.CompareTo(other.At) : string.CompareOrdinal(one.Unit, other.Unit));
            foreach (var point in points)
                if (point.At > from && point.At <= to)
                    yield return point;
            slot = found;
        }
    }

    public async IAsyncEnumerable<GridHeard> HeardAsync(
        DateTimeOffset at, DateTimeOffset notBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (grid, last) in await store.SearchAsync(session => _trails.Heard(session, at, notBefore), cancellationToken))
            yield return new GridHeard(grid, last);
    }

    public async Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var gone = 0;
        while (gone < most)
        {
            var portion = Math.Min(Portion, most - gone);
            var removed = await store.WriteAsideAsync(session => TrailTable.Forget(session, before, portion), cancellationToken);
            gone += removed;
            if (removed < portion)
                break;
        }
        while (await store.WriteAsideAsync(TrailTable.ForgetHour, cancellationToken)) { }
        return gone;
    }
}
