namespace Situational.Domain.Geometry;

/// <summary>Distances over ground between WGS-84 points.</summary>
public static class Distance
{
    /// <summary>
    /// Great-circle distance in metres by the haversine formula on the sphere of <see cref="Wgs84.MeanRadiusMeters"/>; within 0.6 % of the
    /// ellipsoid's. Takes the short way across the antimeridian. NaN if any coordinate is not finite.
    /// </summary>
    /// <param name="latitude1">Degrees.</param>
    /// <param name="longitude1">Degrees.</param>
    /// <param name="latitude2">Degrees.</param>
    /// <param name="longitude2">Degrees.</param>
    public static double Meters(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        var sinHalfLatitude = Math.Sin(double.DegreesToRadians(latitude2 - latitude1) / 2);
        var sinHalfLongitude = Math.Sin(double.DegreesToRadians(longitude2 - longitude1) / 2);
        var haversine = sinHalfLatitude * sinHalfLatitude
            + Math.Cos(double.DegreesToRadians(latitude1)) * Math.Cos(double.DegreesToRadians(latitude2)) * sinHalfLongitude * sinHalfLongitude;
        // Rounding can carry antipodes just beyond 1, where the arcsine has no value.
        return 2 * Wgs84.MeanRadiusMeters * Math.Asin(Math.Min(1, Math.Sqrt(haversine)));
    }
}
