namespace Situational.Domain.Geometry;

/// <summary>
/// Metres per degree around one latitude on the WGS-84 ellipsoid: the local plane in which distances and areas of a city are measured.
/// Over 10 km the plane is off by less than 1 in 1,000 up to 60° of latitude.
/// </summary>
/// <param name="MetersPerDegreeLatitude">Metres of one degree northwards: 110,574 at the equator, 111,694 at a pole.</param>
/// <param name="MetersPerDegreeLongitude">Metres of one degree eastwards: 111,320 at the equator, 0 at a pole.</param>
public readonly record struct MetricScale(double MetersPerDegreeLatitude, double MetersPerDegreeLongitude)
{
    /// <summary>The scale at a latitude.</summary>
    /// <param name="latitude">Degrees, -90 to 90.</param>
    public static MetricScale At(double latitude)
    {
        // Radii of curvature: in the meridian a(1-e²)/(1-e²sin²φ)^1.5, across it a/√(1-e²sin²φ).
        var (sine, cosine) = Math.SinCos(double.DegreesToRadians(latitude));
        var w = 1 - Wgs84.EccentricitySquared * sine * sine;
        var across = Wgs84.SemiMajorAxisMeters / Math.Sqrt(w);
        var meridian = across * (1 - Wgs84.EccentricitySquared) / w;
        return new(double.DegreesToRadians(meridian), double.DegreesToRadians(across * cosine));
    }

    /// <summary>Square metres of one square degree.</summary>
    public double SquareMetersPerSquareDegree => MetersPerDegreeLatitude * MetersPerDegreeLongitude;

    /// <summary>Distance in metres for differences in degrees.</summary>
    public double Meters(double latitudeDifference, double longitudeDifference)
    {
        var north = latitudeDifference * MetersPerDegreeLatitude;
        var east = longitudeDifference * MetersPerDegreeLongitude;
        return Math.Sqrt(north * north + east * east);
    }
}
