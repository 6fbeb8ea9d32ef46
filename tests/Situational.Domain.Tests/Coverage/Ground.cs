using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using Situational.Domain.Coverage;
using Situational.Domain.Geometry;
using Situational.Domain.Territory;

namespace Situational.Domain.Tests.Coverage;

/// <summary>
/// Grids and trails named in metres from a corner, and what plain NetTopologySuite says of them: trails buffered, united and cut with the grid.
/// </summary>
internal static class Ground
{
    public const double South = 30.25, West = 120.15;

    public static readonly MetricScale Scale = MetricScale.At(South);
    public static readonly GeometryFactory Factory = new(PrecisionModel.Floating.Value, 4326);

    public static (double Latitude, double Longitude) At(double east, double north) =>
        (South + north / Scale.MetersPerDegreeLatitude, West + east / Scale.MetersPerDegreeLongitude);

    public static Area Grid(NetTopologySuite.Geometries.Geometry shape, string code = "g") => new(code, code, "grid", "c", shape);

    public static Polygon Square(double east, double north, double side, params LinearRing[] holes) =>
        Factory.CreatePolygon(Ring((east, north), (east + side, north), (east + side, north + side), (east, north + side)), holes);

    public static LinearRing Ring(params (double East, double North)[] corners) =>
        Factory.CreateLinearRing([.. corners.Append(corners[0]).Select(c => Coordinate(At(c.East, c.North)))]);

    /// <summary>A walk in metres, as the coordinates that a test marks.</summary>
    public static (double Latitude, double Longitude)[] Trail(params (double East, double North)[] points) => [.. points.Select(p => At(p.East, p.North))];

    public static int Mark(this WalkedCells cells, IReadOnlyList<(double Latitude, double Longitude)> trail, double radius = 15)
    {
        var fresh = 0;
        for (var i = 1; i < trail.Count; i++)
            fresh += cells.Mark(trail[i - 1].Latitude, trail[i - 1].Longitude, trail[i].Latitude, trail[i].Longitude, radius);
        return fresh;
    }

    /// <summary>Share of the walkable part that lies within the radius of a trail, and the length of the line around what was walked of it, metres.</summary>
    public static (double Share, double EdgeMeters, double SquareMeters) Exact(
        NetTopologySuite.Geometries.Geometry walkable, IEnumerable<IReadOnlyList<(double Latitude, double Longitude)>> trails, double radius = 15)
    {
        var scale = MetricScale.At(walkable.EnvelopeInternal.Centre.Y);
        var plane = AffineTransformation.ScaleInstance(scale.MetersPerDegreeLongitude, scale.MetersPerDegreeLatitude);
        var ground = plane.Transform(walkable);
        var buffers = trails.Select(t => (NetTopologySuite.Geometries.Geometry)(t.Count > 1 && t.Distinct().Count() > 1
            ? Factory.CreateLineString([.. t.Select(Coordinate)])
            : Factory.CreatePoint(Coordinate(t[0])))).Select(line => plane.Transform(line))
            .Where(line => line.EnvelopeInternal.Distance(ground.EnvelopeInternal) < radius).Select(line => line.Buffer(radius, 32)).ToArray();
        var walked = NetTopologySuite.Operation.Union.UnaryUnionOp.Union(buffers)?.Intersection(ground) ?? Factory.CreatePolygon();
        return (walked.Area / ground.Area, walked.Length + ground.Length, ground.Area);
    }

    private static Coordinate Coordinate((double Latitude, double Longitude) at) => new(at.Longitude, at.Latitude);
}
