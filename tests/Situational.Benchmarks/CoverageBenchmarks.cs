using BenchmarkDotNet.Attributes;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using Situational.Domain.Coverage;
using Situational.Domain.Geometry;
using Situational.Domain.Territory;

namespace Situational.Benchmarks;

/// <summary>
/// What was walked of a grid of 500 m, after each of 512 segments of 14 m that a unit walks within it: marked on cells, against the buffer of
/// the segment united with what was walked before. Time and bytes are for one segment and the share after it.
/// </summary>
[MemoryDiagnoser]
public class CoverageBenchmarks
{
    private const int Segments = 512;
    private const double Side = 500, Step = 14, Radius = 15, South = 30.25, West = 120.15;

    private static readonly MetricScale Scale = MetricScale.At(South);

    private readonly (double X, double Y)[] _walk = new (double, double)[Segments + 1];
    private Area _grid = null!;
    private Geometry _plane = null!;
    private CoverageRaster _raster = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        var (x, y, heading) = (Side / 2, Side / 2, 0.0);
        for (var i = 0; i <= Segments; i++)
        {
            _walk[i] = (x, y);
            heading += (random.NextDouble() - 0.5) * 0.8;
            (x, y) = (x + Step * Math.Cos(heading), y + Step * Math.Sin(heading));
            if (x is < 0 or > Side || y is < 0 or > Side)
            {
                (x, y) = (Math.Clamp(x, 0, Side), Math.Clamp(y, 0, Side));
                heading += Math.PI / 2;
            }
        }
        var factory = new GeometryFactory();
        _plane = factory.ToGeometry(new Envelope(0, Side, 0, Side));
        _grid = new("g", "g", "grid", "c", factory.ToGeometry(new Envelope(Longitude(0), Longitude(Side), Latitude(0), Latitude(Side))));
        _raster = new(_grid, WalkableGround.Everything);
    }

    /// <summary>Cells of 5 m.</summary>
    [Benchmark(OperationsPerInvoke = Segments)]
    public double Cells()
    {
        var cells = new WalkedCells(_raster);
        var share = 0.0;
        for (var i = 1; i <= Segments; i++)
        {
            cells.Mark(Latitude(_walk[i - 1].Y), Longitude(_walk[i - 1].X), Latitude(_walk[i].Y), Longitude(_walk[i].X), Radius);
            share = cells.Share;
        }
        return share;
    }

    /// <summary>NetTopologySuite, one union after the other.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Segments)]
    public double Unions()
    {
        Geometry walked = new GeometryFactory().CreatePolygon();
        var share = 0.0;
        for (var i = 1; i <= Segments; i++)
        {
            var segment = new LineString([new(_walk[i - 1].X, _walk[i - 1].Y), new(_walk[i].X, _walk[i].Y)]);
            var within = OverlayNGRobust.Overlay(segment.Buffer(Radius, 8), _plane, SpatialFunction.Intersection);
            walked = OverlayNGRobust.Overlay(walked, within, SpatialFunction.Union);
            share = walked.Area / _plane.Area;
        }
        return share;
    }

    /// <summary>Making the raster of the grid, as when its grain wakes.</summary>
    [Benchmark]
    public CoverageRaster Raster() => new(_grid, WalkableGround.Everything);

    private static double Latitude(double north) => South + north / Scale.MetersPerDegreeLatitude;

    private static double Longitude(double east) => West + east / Scale.MetersPerDegreeLongitude;
}
