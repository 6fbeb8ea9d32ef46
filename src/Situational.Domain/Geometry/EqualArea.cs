using NetTopologySuite.Geometries;

namespace Situational.Domain.Geometry;

/// <summary>
/// Areas on the WGS-84 ellipsoid by Lambert's cylindrical equal-area projection (Snyder, Map Projections, equations 3-12 and 10-14): exact
/// but for the edges, which are straight on the projection instead of on the map.
/// </summary>
public static class EqualArea
{
    private static readonly double Eccentricity = Math.Sqrt(Wgs84.EccentricitySquared);

    /// <summary>Area of the polygons in a geometry, square metres, holes taken off; 0 for points and lines.</summary>
    /// <param name="geometry">In degrees, x = longitude and y = latitude.</param>
    public static double SquareMeters(NetTopologySuite.Geometries.Geometry geometry)
    {
        if (geometry is Polygon polygon)
        {
            var area = OfRing(polygon.ExteriorRing);
            for (var i = 0; i < polygon.NumInteriorRings; i++)
                area -= OfRing(polygon.GetInteriorRingN(i));
            return area;
        }
        var sum = 0.0;
        if (geometry is GeometryCollection collection)
            foreach (var part in collection.Geometries)
                sum += SquareMeters(part);
        return sum;
    }

    private static double OfRing(LineString ring)
    {
        var sequence = ring.CoordinateSequence;
        if (sequence.Count < 4)
            return 0;
        // Relative to the first vertex, so that small rings far from the origin lose no digits.
        var (originX, originY) = (sequence.GetX(0), Northing(sequence.GetY(0)));
        var twice = 0.0;
        double x = 0, y = 0;
        for (var i = 1; i < sequence.Count; i++)
        {
            var nextX = double.DegreesToRadians(sequence.GetX(i) - originX) * Wgs84.SemiMajorAxisMeters;
            var nextY = Northing(sequence.GetY(i)) - originY;
            twice += x * nextY - nextX * y;
            (x, y) = (nextX, nextY);
        }
        return Math.Abs(twice) / 2;
    }

    private static double Northing(double latitude)
    {
        var sine = Math.Sin(double.DegreesToRadians(latitude));
        var q = (1 - Wgs84.EccentricitySquared) * (sine / (1 - Wgs84.EccentricitySquared * sine * sine)
            + Math.Atanh(Eccentricity * sine) / Eccentricity);
        return Wgs84.SemiMajorAxisMeters * q / 2;
    }
}
