namespace Situational.Domain.Geometry;

/// <summary>The WGS-84 ellipsoid and the ranges of its coordinates (NIMA TR8350.2).</summary>
public static class Wgs84
{
    /// <summary>Semi-major axis, metres.</summary>
    public const double SemiMajorAxisMeters = 6_378_137.0;

    /// <summary>Flattening, without unit.</summary>
    public const double Flattening = 1 / 298.257223563;

    /// <summary>Square of the first eccentricity, without unit.</summary>
    public const double EccentricitySquared = Flattening * (2 - Flattening);

    /// <summary>Mean radius (2a + b) / 3 of IUGG, metres: the sphere of <see cref="Distance"/>.</summary>
    public const double MeanRadiusMeters = SemiMajorAxisMeters * (1 - Flattening / 3);

    /// <summary>Least and greatest latitude are minus and plus this, degrees.</summary>
    public const double MaxLatitude = 90;

    /// <summary>Least and greatest longitude are minus and plus this, degrees.</summary>
    public const double MaxLongitude = 180;

    /// <summary>Whether both are finite and in range, bounds included.</summary>
    /// <param name="latitude">Degrees.</param>
    /// <param name="longitude">Degrees.</param>
    public static bool IsInRange(double latitude, double longitude) =>
        Math.Abs(latitude) <= MaxLatitude && Math.Abs(longitude) <= MaxLongitude;
}
