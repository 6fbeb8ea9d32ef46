using Situational.Domain.Geometry;

namespace Situational.Domain.Territory;

/// <summary>
/// Answers which grid owns a point, from a raster of cells in front of the outlines. Immutable, safe for all threads; no answer about a point allocates.
/// </summary>
public sealed class TerritoryIndex
{
    /// <summary>Up to here, metres, the local plane is exact enough; beyond it the great circle to the nearest place counts.</summary>
    private const double PlaneLimitMeters = 10_000;

    private readonly GridOutlines _outlines;
    private readonly CellTable _cells;
    private readonly double _centreLongitude;
    private readonly Lazy<GridBoxes> _boxes;

    /// <summary>Prepares the index.</summary>
    public TerritoryIndex(CityTerritory territory)
    {
        Territory = territory;
        _outlines = new(territory.Grids);
        _cells = CellTableBuilder.Build(_outlines);
        _centreLongitude = _outlines.Extent.IsNull ? 0 : _outlines.Extent.Centre.X;
        _boxes = new(() => new(_outlines));
    }

    /// <summary>The territory it answers for.</summary>
    public CityTerritory Territory { get; }

    /// <summary>
    /// Ordinal of the grid that owns the point, or -1: of several that cover it, borders included, the one with the lowest code. -1 also for
    /// coordinates that are not finite.
    /// </summary>
    /// <param name="latitude">WGS-84 degrees.</param>
    /// <param name="longitude">WGS-84 degrees.</param>
    public int Locate(double latitude, double longitude) => _cells.Locate(longitude, latitude);

    /// <summary>How far outside a grid the point lies, in metres over ground; 0 inside or on its border, NaN if a coordinate is not finite.</summary>
    /// <param name="ordinal">The grid's place in <see cref="CityTerritory.Grids"/>.</param>
    /// <param name="latitude">WGS-84 degrees.</param>
    /// <param name="longitude">WGS-84 degrees.</param>
    public double OutsideByMeters(int ordinal, double latitude, double longitude)
    {
        if (!double.IsFinite(latitude) || !double.IsFinite(longitude))
            return double.NaN;
        if (_outlines.Covers(ordinal, longitude, latitude))
            return 0;
        longitude = OnThisSide(longitude);
        var (square, x, y) = _outlines.NearestOnBorder(ordinal, longitude, latitude, ScaleFor(latitude));
        return Meters(square, latitude, longitude, y, x);
    }

    /// <summary>The nearest grid to a point and its distance in metres over ground; ordinal -1 and infinity if there is no grid or a coordinate is not finite.</summary>
    /// <param name="latitude">WGS-84 degrees.</param>
    /// <param name="longitude">WGS-84 degrees.</param>
    public (int Ordinal, double Meters) Nearest(double latitude, double longitude)
    {
        var owner = Locate(latitude, longitude);
        if (owner >= 0)
            return (owner, 0);
        if (_outlines.Count == 0 || !double.IsFinite(latitude) || !double.IsFinite(longitude))
            return (-1, double.PositiveInfinity);
        longitude = OnThisSide(longitude);
        var scale = ScaleFor(latitude);

        // The grid whose box is nearest gives a distance that excludes nearly all others by their boxes alone.
        var (best, bestBox) = (0, double.PositiveInfinity);
        for (var grid = 0; grid < _outlines.Count; grid++)
            if (SquareToBox(grid, latitude, longitude, scale) is var box && box < bestBox)
                (best, bestBox) = (grid, box);
        var nearest = _outlines.NearestOnBorder(best, longitude, latitude, scale);
        for (var grid = 0; grid < _outlines.Count; grid++)
        {
            if (grid == best || SquareToBox(grid, latitude, longitude, scale) > nearest.SquareMeters)
                continue;
            var other = _outlines.NearestOnBorder(grid, longitude, latitude, scale);
            if (other.SquareMeters < nearest.SquareMeters || (other.SquareMeters == nearest.SquareMeters && grid < best))
                (best, nearest) = (grid, other);
        }
        return (best, Meters(nearest.SquareMeters, latitude, longitude, nearest.Latitude, nearest.Longitude));
    }

    /// <summary>
    /// Adds the ordinals of the grids whose box, widened by so many metres to each side, the straight line between two points touches:
    /// every grid that comes within that distance of it is among them. In no order; none for coordinates that are not finite.
    /// </summary>
    /// <param name="fromLatitude">WGS-84 degrees.</param>
    /// <param name="fromLongitude">WGS-84 degrees.</param>
    /// <param name="toLatitude">WGS-84 degrees.</param>
    /// <param name="toLongitude">WGS-84 degrees.</param>
    /// <param name="meters">How far from the line, 0 or more.</param>
    /// <param name="ordinals">Where they are added; what it holds stays.</param>
    public void AddNear(
        double fromLatitude, double fromLongitude, double toLatitude, double toLongitude, double meters, ICollection<int> ordinals) =>
        _boxes.Value.AddNear(fromLatitude, fromLongitude, toLatitude, toLongitude, meters, ordinals);

    private static double Meters(double planeSquare, double latitude, double longitude, double nearestLatitude, double nearestLongitude)
    {
        var meters = Math.Sqrt(planeSquare);
        return meters <= PlaneLimitMeters ? meters : Distance.Meters(latitude, longitude, nearestLatitude, nearestLongitude);
    }

    // A point beyond the antimeridian is nearer by the other way round.
    private double OnThisSide(double longitude) =>
        longitude - _centreLongitude > Wgs84.MaxLongitude ? longitude - 2 * Wgs84.MaxLongitude
        : longitude - _centreLongitude < -Wgs84.MaxLongitude ? longitude + 2 * Wgs84.MaxLongitude
        : longitude;

    // Halfway to the territory, where it lies north or south of it.
    private MetricScale ScaleFor(double latitude) =>
        MetricScale.At((latitude + Math.Clamp(latitude, _outlines.Extent.MinY, _outlines.Extent.MaxY)) / 2);

    private double SquareToBox(int grid, double latitude, double longitude, MetricScale scale)
    {
        var bounds = _outlines.Bounds(grid);
        var east = (longitude - Math.Clamp(longitude, bounds[0], bounds[2])) * scale.MetersPerDegreeLongitude;
        var north = (latitude - Math.Clamp(latitude, bounds[1], bounds[3])) * scale.MetersPerDegreeLatitude;
        return east * east + north * north;
    }
}
