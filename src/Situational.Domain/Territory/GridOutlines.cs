using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using Situational.Domain.Geometry;

namespace Situational.Domain.Territory;

/// <summary>
/// The outlines of all grids in flat arrays, in the order of their ordinals, with the exact point-in-polygon test of NetTopologySuite's
/// RayCrossingCounter over them. Immutable; nothing here allocates once it is built.
/// </summary>
internal sealed class GridOutlines
{
    private readonly double[] _vertices; // longitude, latitude, ...; each ring closed
    private readonly int[] _rings; // first vertex of each ring, and the end
    private readonly int[] _gridRings; // first ring of each grid, and the end
    private readonly double[] _bounds; // west, south, east, north of each grid

    public GridOutlines(IReadOnlyList<Area> grids)
    {
        var vertices = new List<double>();
        List<int> rings = [0], gridRings = [0];
        _bounds = new double[grids.Count * 4];
        for (var i = 0; i < grids.Count; i++)
        {
            var geometry = grids[i].Geometry;
            for (var part = 0; part < geometry.NumGeometries; part++)
            {
                if (geometry.GetGeometryN(part) is not Polygon { IsEmpty: false } polygon)
                    continue;
                Add(polygon.ExteriorRing);
                for (var hole = 0; hole < polygon.NumInteriorRings; hole++)
                    Add(polygon.GetInteriorRingN(hole));
            }
            gridRings.Add(rings.Count - 1);
            var envelope = geometry.EnvelopeInternal;
            Extent.ExpandToInclude(envelope);
            (_bounds[4 * i], _bounds[4 * i + 1], _bounds[4 * i + 2], _bounds[4 * i + 3]) = (envelope.MinX, envelope.MinY, envelope.MaxX, envelope.MaxY);
        }
        (_vertices, _rings, _gridRings) = ([.. vertices], [.. rings], [.. gridRings]);

        void Add(LineString ring)
        {
            var sequence = ring.CoordinateSequence;
            for (var i = 0; i < sequence.Count; i++)
            {
                vertices.Add(sequence.GetX(i));
                vertices.Add(sequence.GetY(i));
            }
            rings.Add(vertices.Count / 2);
        }
    }

    /// <summary>How many grids.</summary>
    public int Count => _gridRings.Length - 1;

    /// <summary>What all grids lie in.</summary>
    public Envelope Extent { get; } = new();

    /// <summary>Longitude and latitude of each vertex in turn.</summary>
    public ReadOnlySpan<double> Vertices => _vertices;

    /// <summary>First ring of a grid; that of the next grid ends it.</summary>
    public int FirstRing(int grid) => _gridRings[grid];

    /// <summary>First vertex of a ring; that of the next ring ends it.</summary>
    public int FirstVertex(int ring) => _rings[ring];

    /// <summary>West, south, east and north of a grid, degrees.</summary>
    public ReadOnlySpan<double> Bounds(int grid) => _bounds.AsSpan(4 * grid, 4);

    /// <summary>Whether the point lies in the grid or on its border.</summary>
    public bool Covers(int grid, double longitude, double latitude)
    {
        var bounds = Bounds(grid);
        if (!(longitude >= bounds[0] && latitude >= bounds[1] && longitude <= bounds[2] && latitude <= bounds[3]))
            return false;
        var crossings = 0;
        for (var ring = _gridRings[grid]; ring < _gridRings[grid + 1]; ring++)
            if (IsOnOrCrosses(_rings[ring], _rings[ring + 1] - 1, longitude, latitude, ref crossings))
                return true;
        return (crossings & 1) != 0;
    }

    /// <summary>
    /// True if the point is on one of the edges from vertex to vertex; else counts those that a ray eastwards from the point crosses. The
    /// rule for edges that end on the ray, and the sign of near-degenerate triangles, are NetTopologySuite's, so both always agree.
    /// </summary>
    /// <param name="first">First vertex of the chain of edges.</param>
    /// <param name="last">Its last vertex.</param>
    /// <param name="x">Longitude, degrees.</param>
    /// <param name="y">Latitude, degrees.</param>
    /// <param name="crossings">Counted up.</param>
    public bool IsOnOrCrosses(int first, int last, double x, double y, ref int crossings)
    {
        var chain = _vertices.AsSpan(2 * first, 2 * (last - first + 1));
        double x1 = chain[0], y1 = chain[1];
        for (var i = 2; i + 1 < chain.Length; i += 2)
        {
            double x2 = chain[i], y2 = chain[i + 1];
            if (y1 > y != y2 > y)
            {
                if (x1 > x && x2 > x)
                {
                    crossings++;
                }
                else if (x1 >= x || x2 >= x)
                {
                    var side = Side(x1, y1, x2, y2, x, y);
                    if (side == 0)
                        return true;
                    if (side > 0 == y2 > y1)
                        crossings++;
                }
            }
            else if (y2 == y && (x2 == x || (y1 == y && x >= Math.Min(x1, x2) && x <= Math.Max(x1, x2))))
            {
                return true;
            }
            (x1, y1) = (x2, y2);
        }
        return false;
    }

    /// <summary>Nearest place on a grid's border on the local plane: its squared distance in square metres, and where it is in degrees.</summary>
    public (double SquareMeters, double Longitude, double Latitude) NearestOnBorder(int grid, double longitude, double latitude, MetricScale scale)
    {
        var (best, bestX, bestY) = (double.PositiveInfinity, double.NaN, double.NaN);
        var (kx, ky) = (scale.MetersPerDegreeLongitude, scale.MetersPerDegreeLatitude);
        for (var ring = _gridRings[grid]; ring < _gridRings[grid + 1]; ring++)
        {
            double x1 = (_vertices[2 * _rings[ring]] - longitude) * kx, y1 = (_vertices[2 * _rings[ring] + 1] - latitude) * ky;
            for (var i = _rings[ring] + 1; i < _rings[ring + 1]; i++)
            {
                double x2 = (_vertices[2 * i] - longitude) * kx, y2 = (_vertices[2 * i + 1] - latitude) * ky;
                double dx = x2 - x1, dy = y2 - y1, length = dx * dx + dy * dy;
                var along = length > 0 ? Math.Clamp(-(x1 * dx + y1 * dy) / length, 0, 1) : 0;
                double nearX = x1 + along * dx, nearY = y1 + along * dy, square = nearX * nearX + nearY * nearY;
                if (square < best)
                {
                    (double fromX, double fromY) = (_vertices[2 * i - 2], _vertices[2 * i - 1]);
                    (best, bestX, bestY) = (square, fromX + along * (_vertices[2 * i] - fromX), fromY + along * (_vertices[2 * i + 1] - fromY));
                }
                (x1, y1) = (x2, y2);
            }
        }
        return (best, bestX, bestY);
    }

    private static int Side(double x1, double y1, double x2, double y2, double x, double y)
    {
        // Shewchuk's filter: beyond this bound rounding cannot have changed the sign.
        const double errorFactor = 1e-15;
        var left = (x1 - x) * (y2 - y);
        var right = (y1 - y) * (x2 - x);
        var determinant = left - right;
        return Math.Abs(determinant) > errorFactor * (Math.Abs(left) + Math.Abs(right))
            ? Math.Sign(determinant)
            : CGAlgorithmsDD.OrientationIndex(x1, y1, x2, y2, x, y);
    }
}
