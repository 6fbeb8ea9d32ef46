namespace Situational.Domain.Patrols;

/// <summary>How trails are thinned: of two neighbours that are not apart, one is enough.</summary>
/// <param name="Meters">Points that far from each other are apart. Default 20.</param>
/// <param name="MaxMs">Points that far from each other in time are apart, wherever they lie: milliseconds, default 300,000.</param>
/// <param name="MinMs">Points nearer to each other in time are never apart: milliseconds, default 2,000.</param>
public readonly record struct TrailRules(double Meters = 20, long MaxMs = 300_000, long MinMs = 2_000)
{
    // On a sphere of the mean radius; thinning needs no better.
    private const double MetersPerMillionth = 0.111195;

    /// <summary>The rules when nothing else is said.</summary>
    public static TrailRules Default { get; } = new(20);

    /// <summary>Whether both of two points are worth keeping.</summary>
    public bool AreApart(in TrailMark one, in TrailMark other)
    {
        var between = Math.Abs(one.AtMs - other.AtMs);
        if (between < MinMs)
            return false;
        if (between >= MaxMs)
            return true;
        var north = (one.Latitude6 - other.Latitude6) * MetersPerMillionth;
        var east = ((double)one.Longitude6 - other.Longitude6) * MetersPerMillionth;
        var square = Meters * Meters;
        if (north * north >= square)
            return true;
        // Meridians are nowhere farther apart than at the equator; most fixes of who stands still need no cosine.
        if (north * north + east * east < square)
            return false;
        east *= Math.Cos(double.DegreesToRadians(one.Latitude6 / 1e6));
        return north * north + east * east >= square;
    }
}
