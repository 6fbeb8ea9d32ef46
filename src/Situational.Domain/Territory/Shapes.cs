using NetTopologySuite.Geometries;
using NetTopologySuite.Noding;

namespace Situational.Domain.Territory;

/// <summary>What is done to shapes when a territory is made.</summary>
internal static class Shapes
{
    /// <summary>Most crossings of edges for which an overlay is computed: its cost grows with them, up to the square of the edges.</summary>
    public const int MaxCrossings = 2_000;

    public static GeometryFactory Factory { get; } = new(PrecisionModel.Floating.Value, 4326);

    /// <summary>The polygons of a geometry, lines and points left out.</summary>
    public static NetTopologySuite.Geometries.Geometry PolygonsOf(NetTopologySuite.Geometries.Geometry geometry)
    {
        var polygons = NetTopologySuite.Geometries.Utilities.PolygonExtracter.GetPolygons(geometry).Cast<Polygon>().Where(p => !p.IsEmpty).ToArray();
        return polygons.Length == 1 ? polygons[0] : Factory.CreateMultiPolygon(polygons);
    }

    /// <summary>The shape itself, or mended if rounding in an overlay has spoilt it: what is stored must be readable again.</summary>
    public static NetTopologySuite.Geometries.Geometry Valid(NetTopologySuite.Geometries.Geometry geometry) =>
        geometry.IsValid ? geometry : PolygonsOf(NetTopologySuite.Geometries.Utilities.GeometryFixer.Fix(geometry));

    /// <summary>The same shape in the one form in which it is kept: least vertex first, parts in order, one part as a polygon.</summary>
    public static NetTopologySuite.Geometries.Geometry Normalize(NetTopologySuite.Geometries.Geometry geometry)
    {
        var normal = geometry is MultiPolygon { NumGeometries: 1 } ? geometry.GetGeometryN(0).Copy() : geometry.Copy();
        normal.Normalize();
        return normal;
    }

    /// <summary>How often edges of the geometries cross each other elsewhere than at their ends, counted up to a limit.</summary>
    public static int CountCrossings(NetTopologySuite.Geometries.Geometry geometry, int limit)
    {
        var counter = new CrossingCounter(limit);
        new MCIndexNoder(counter).ComputeNodes(SegmentStringUtil.ExtractSegmentStrings(geometry));
        return counter.Count;
    }

    private sealed class CrossingCounter(int limit) : ISegmentIntersector
    {
        private readonly NetTopologySuite.Algorithm.RobustLineIntersector _intersector = new();

        public int Count { get; private set; }

        public bool IsDone => Count >= limit;

        public void ProcessIntersections(ISegmentString e0, int segIndex0, ISegmentString e1, int segIndex1)
        {
            if (IsDone || (e0 == e1 && segIndex0 == segIndex1))
                return;
            _intersector.ComputeIntersection(
                e0.Coordinates[segIndex0], e0.Coordinates[segIndex0 + 1], e1.Coordinates[segIndex1], e1.Coordinates[segIndex1 + 1]);
            if (_intersector.HasIntersection && _intersector.IsInteriorIntersection())
                Count++;
        }
    }
}
