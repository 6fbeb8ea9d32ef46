using Situational.Domain.Geometry;

namespace Situational.Domain.Coverage;

/// <summary>The way of somebody from one point of a trail to the next.</summary>
/// <param name="FromMs">When they were at the first point, milliseconds since 1970, UTC.</param>
/// <param name="FromLatitude">WGS-84 degrees.</param>
/// <param name="FromLongitude">WGS-84 degrees.</param>
/// <param name="ToMs">When they were at the second point.</param>
/// <param name="ToLatitude">WGS-84 degrees.</param>
/// <param name="ToLongitude">WGS-84 degrees.</param>
public readonly record struct Walk(long FromMs, double FromLatitude, double FromLongitude, long ToMs, double ToLatitude, double ToLongitude)
{
    /// <summary>What of it counts.</summary>
    public WalkKind Judge(in WalkRules rules)
    {
        var seconds = (ToMs - FromMs) / 1000.0;
        if (seconds < 0)
            return WalkKind.Nothing;
        var meters = Distance.Meters(FromLatitude, FromLongitude, ToLatitude, ToLongitude);
        // Who stood still, or seems to have moved because positions are not exact, was there all the time.
        if (meters <= rules.BufferMeters)
            return WalkKind.Way;
        return meters > rules.MaxMetersPerSecond * seconds ? WalkKind.Nothing
            : seconds > rules.MaxGapSeconds ? WalkKind.Ends
            : WalkKind.Way;
    }

    /// <summary>The part until an instant and the part from it on, as if the way was made evenly.</summary>
    /// <param name="atMs">Between its ends.</param>
    public (Walk Before, Walk After) Cut(long atMs)
    {
        var share = ToMs == FromMs ? 0 : (double)(atMs - FromMs) / (ToMs - FromMs);
        var (latitude, longitude) = (FromLatitude + share * (ToLatitude - FromLatitude), FromLongitude + share * (ToLongitude - FromLongitude));
        return (this with { ToMs = atMs, ToLatitude = latitude, ToLongitude = longitude },
            this with { FromMs = atMs, FromLatitude = latitude, FromLongitude = longitude });
    }
}

/// <summary>What of a walk counts.</summary>
public enum WalkKind
{
    /// <summary>Nothing: too fast to be on patrol, or no walk at all.</summary>
    Nothing = 0,

    /// <summary>Its ends: between them nobody knows the way.</summary>
    Ends = 1,

    /// <summary>All of the way.</summary>
    Way = 2,
}
