using System.Globalization;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using Situational.Domain.Geometry;

namespace Situational.Domain.Territory;

/// <summary>Cuts a boundary into a regular lattice of square grids, for a city that starts without grids.</summary>
public static class GridLattice
{
    /// <summary>Smallest edge of a grid, metres.</summary>
    public const double MinSizeMeters = 10;

    /// <summary>Pieces at the boundary that are smaller than this are left out, square metres.</summary>
    public const double MinPieceSquareMeters = 1;

    // Corners lie on a raster of about 1 mm, so that neighbours share them exactly and files stay short.
    private const int CornerDecimals = 8;

    /// <summary>
    /// Cuts it. Squares are laid from the boundary's south-west corner, rows from the south, and clipped to the boundary; their edges are as
    /// long as said at the boundary's middle latitude. Codes are generated in that order, names are row and column.
    /// </summary>
    /// <param name="boundary">A valid polygon or multipolygon in WGS-84, x = longitude and y = latitude; it becomes the city's shape.</param>
    /// <param name="sizeMeters">Edge of a square in metres, at least <see cref="MinSizeMeters"/>.</param>
    /// <param name="cityName">Name of the city.</param>
    /// <param name="countyCode">Six digits that begin every code, and the city's own code.</param>
    /// <param name="version">Version of the territory, from 1.</param>
    /// <exception cref="ArgumentException">The boundary is empty, invalid or not made of polygons, or gives more areas than <see cref="TerritoryReader.MaxAreas"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size is too small or not a number.</exception>
    public static CityTerritory Cut(
        NetTopologySuite.Geometries.Geometry boundary, double sizeMeters, string cityName, string countyCode, int version)
    {
        if (!(sizeMeters >= MinSizeMeters) || !double.IsFinite(sizeMeters))
            throw new ArgumentOutOfRangeException(nameof(sizeMeters), sizeMeters, $"A grid's edge is at least {MinSizeMeters} m.");
        if (boundary is not IPolygonal || boundary.IsEmpty || !boundary.IsValid)
            throw new ArgumentException("The boundary must be a valid polygon or multipolygon.", nameof(boundary));
        var extent = boundary.EnvelopeInternal;
        if (Math.Max(Math.Abs(extent.MinY), Math.Abs(extent.MaxY)) > TerritoryReader.MaxLatitude || extent.Width >= Wgs84.MaxLongitude)
            throw new ArgumentException("The boundary must lie away from the poles and the antimeridian.", nameof(boundary));
        if (EqualArea.SquareMeters(boundary) / (sizeMeters * sizeMeters) > TerritoryReader.MaxAreas)
            throw TooMany();

        var scale = MetricScale.At(extent.Centre.Y);
        var (stepX, stepY) = (sizeMeters / scale.MetersPerDegreeLongitude, sizeMeters / scale.MetersPerDegreeLatitude);
        var columns = (int)Math.Ceiling(extent.Width / stepX);
        var rows = (int)Math.Ceiling(extent.Height / stepY);
        List<Area> areas = [new(countyCode, cityName, TerritoryReadOptions.DefaultLevels[0], null, Shapes.Normalize(boundary))];
        for (var row = 0; row < rows; row++)
        {
            // Only the boundary's part in this row meets the row's squares: long thin boundaries stay cheap.
            var (south, north) = (Corner(extent.MinY, stepY, row), Corner(extent.MinY, stepY, row + 1));
            var strip = Clip(boundary, new(extent.MinX, extent.MaxX, south, north));
            if (strip.IsEmpty)
                continue;
            var prepared = PreparedGeometryFactory.Prepare(strip);
            for (var column = 0; column < columns; column++)
            {
                var square = new Envelope(Corner(extent.MinX, stepX, column), Corner(extent.MinX, stepX, column + 1), south, north);
                if (!square.Intersects(strip.EnvelopeInternal))
                    continue;
                var cell = Shapes.Factory.ToGeometry(square);
                var piece = prepared.Covers(cell) ? cell : prepared.Intersects(cell) ? Clip(strip, square) : Shapes.Factory.CreatePolygon();
                if (EqualArea.SquareMeters(piece) < MinPieceSquareMeters)
                    continue;
                if (areas.Count >= TerritoryReader.MaxAreas)
                    throw TooMany();
                areas.Add(new(
                    AreaCode.Generate(countyCode, areas.Count - 1), string.Create(CultureInfo.InvariantCulture, $"{row + 1}-{column + 1}"),
                    TerritoryReadOptions.DefaultLevels[^1], countyCode, Shapes.Normalize(Shapes.Valid(piece))));
            }
        }
        return new(version, [TerritoryReadOptions.DefaultLevels[0], TerritoryReadOptions.DefaultLevels[^1]], areas);

        ArgumentException TooMany() => new($"The lattice would have more than {TerritoryReader.MaxAreas} areas; use larger squares.", nameof(sizeMeters));
    }

    private static double Corner(double origin, double step, int index) => Math.Round(origin + index * step, CornerDecimals);

    private static NetTopologySuite.Geometries.Geometry Clip(NetTopologySuite.Geometries.Geometry geometry, Envelope to) =>
        Shapes.PolygonsOf(OverlayNGRobust.Overlay(geometry, Shapes.Factory.ToGeometry(to), SpatialFunction.Intersection));
}
