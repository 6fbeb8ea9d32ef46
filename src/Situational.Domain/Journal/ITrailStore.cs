using System.Runtime.CompilerServices;

namespace Situational.Domain.Journal;

/// <summary>
/// Where units went: thinned points, kept for a number of days. What came in the last 10 s may be lost with the process.
/// Throws <see cref="JournalUnavailableException"/> when the store is away.
/// </summary>
public interface ITrailStore
{
    /// <summary>Keeps points, in any order; one of the same unit and millisecond replaces the one before, unless the trail ends there.</summary>
    Task SaveAsync(IReadOnlyList<TrailPoint> points, CancellationToken cancellationToken);

    /// <summary>A unit's points from <paramref name="from"/> up to and including <paramref name="to"/>, oldest first, at most <paramref name="most"/>.</summary>
    Task<IReadOnlyList<TrailPoint>> OfUnitAsync(
        string unit, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellationToken);

    /// <summary>Each unit's last point from <paramref name="notBefore"/> up to and including <paramref name="at"/>, in any order.</summary>
    IAsyncEnumerable<TrailPoint> AtAsync(DateTimeOffset at, DateTimeOffset notBefore, CancellationToken cancellationToken);

    /// <summary>All units' points after <paramref name="from"/>, up to and including <paramref name="to"/>, oldest first.</summary>
    IAsyncEnumerable<TrailPoint> BetweenAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>When each grid last had a point from <paramref name="notBefore"/> up to and including <paramref name="at"/>, in any order; grids without
    /// one are left out.</summary>
    /// <remarks>A store that can group by grid does so: there are many points, and few grids.</remarks>
    async IAsyncEnumerable<GridHeard> HeardAsync(
        DateTimeOffset at, DateTimeOffset notBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var heard = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await foreach (var point in BetweenAsync(notBefore.AddTicks(-1), at, cancellationToken))
            if (!heard.TryGetValue(point.Grid, out var before) || before < point.At)
                heard[point.Grid] = point.At;
        foreach (var (grid, last) in heard)
            yield return new GridHeard(grid, last);
    }

    /// <summary>Removes points from before a time, at most <paramref name="most"/> at once, and returns how many went.</summary>
    Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken);
}

/// <summary>A point of a unit's trail.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="At">Time of measurement, UTC, whole milliseconds.</param>
/// <param name="Latitude">WGS-84 degrees, kept to a millionth.</param>
/// <param name="Longitude">WGS-84 degrees, kept to a millionth.</param>
/// <param name="AccuracyMeters">Radius of 68 % in metres, NaN if unknown; kept to the metre.</param>
/// <param name="Grid">Code of the grid it was held to be in, or <c>outside</c>.</param>
/// <param name="Ends">True for the place where a unit went off duty: from there on it is not on any map.</param>
public readonly record struct TrailPoint(
    string Unit, DateTimeOffset At, double Latitude, double Longitude, float AccuracyMeters, string Grid, bool Ends = false);

/// <summary>When something was last heard of a grid.</summary>
/// <param name="Grid">The grid's code, or <c>outside</c>.</param>
/// <param name="At">Time of measurement, UTC.</param>
public readonly record struct GridHeard(string Grid, DateTimeOffset At);
