using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using Situational.Domain.Geometry;
using Situational.Domain.Territory;

namespace Situational.Domain.Coverage;

/// <summary>What of the city can be walked: all of it but what is known not to be, such as lakes. Immutable, safe for all threads.</summary>
public sealed class WalkableGround
{
    private readonly STRtree<Polygon> _unwalkable = new();

    /// <summary>Takes polygons away.</summary>
    /// <param name="unwalkable">Polygons and multipolygons in degrees, x = longitude; valid.</param>
    public WalkableGround(IEnumerable<NetTopologySuite.Geometries.Geometry> unwalkable)
    {
        foreach (var shape in unwalkable)
            for (var i = 0; i < shape.NumGeometries; i++)
                if (shape.GetGeometryN(i) is Polygon { IsEmpty: false } polygon)
                    _unwalkable.Insert(polygon.EnvelopeInternal, polygon);
        // A tree that is built can be asked by all threads at once.
        _unwalkable.Build();
    }

    /// <summary>Nothing is known to be unwalkable.</summary>
    public static WalkableGround Everything { get; } = new([]);

    /// <summary>The walkable part of a grid: polygons, or empty.</summary>
    public NetTopologySuite.Geometries.Geometry Of(Area grid)
    {
        var there = _unwalkable.Query(grid.Geometry.EnvelopeInternal);
        if (there.Count == 0)
            return grid.Geometry;
        var walkable = grid.Geometry;
        foreach (var polygon in there)
            walkable = Shapes.PolygonsOf(OverlayNGRobust.Overlay(walkable, polygon, SpatialFunction.Difference));
        return walkable;
    }

    /// <summary>Area of the walkable part of a grid, square metres.</summary>
    public double SquareMetersOf(Area grid) => EqualArea.SquareMeters(Of(grid));
}
