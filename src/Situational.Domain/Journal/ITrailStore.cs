namespace Situational.Domain.Journal;

/// <summary>
/// Where units went: thinned points, kept for a number of days. What came in the last 10 s may be lost with the process.
/// Throws <see cref="JournalUnavailableException"/> when the store is away.
/// </summary>
public interface ITrailStore
{
    /// <summary>Keeps points, in any order; one of the same unit and millisecond replaces the one before.</summary>
    Task SaveAsync(IReadOnlyList<TrailPoint> points, CancellationToken cancellationToken);

    /// <summary>A unit's points from <paramref name="from"/> up to and including <paramref name="to"/>, oldest first, at most <paramref name="most"/>.</summary>
    Task<IReadOnlyList<TrailPoint>> OfUnitAsync(
        string unit, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellationToken);

    /// <summary>Each unit's last point from <paramref name="notBefore"/> up to and including <paramref name="at"/>, in any order.</summary>
    IAsyncEnumerable<TrailPoint> AtAsync(DateTimeOffset at, DateTimeOffset notBefore, CancellationToken cancellationToken);

    /// <summary>All units' points after <paramref name="from"/>, up to and including <paramref name="to"/>, oldest first.</summary>
    IAsyncEnumerable<TrailPoint> BetweenAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

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
