using BenchmarkDotNet.Attributes;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using Situational.Domain.Territory;

namespace Situational.Benchmarks;

/// <summary>
/// Which grid owns a point: the territory index against NetTopologySuite's STRtree and IndexedPointInAreaLocator, over 1,200 bent polygons
/// of 40 vertices and random points in them. Time and bytes are for one point.
/// </summary>
[MemoryDiagnoser]
public class LocateBenchmarks
{
    private const int Columns = 40, Rows = 30, VerticesPerEdge = 10, Points = 65_536;
    private const double West = 120.1, South = 30.2, StepDegrees = 0.004;

    private readonly (double Latitude, double Longitude)[] _points = new (double, double)[Points];
    private TerritoryIndex _index = null!;
    private STRtree<int> _tree = null!;
    private IndexedPointInAreaLocator[] _locators = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        var territory = Territory(random);
        _index = new(territory);
        _tree = new();
        for (var i = 0; i < territory.Grids.Count; i++)
            _tree.Insert(territory.Grids[i].Geometry.EnvelopeInternal, i);
        _tree.Build();
        _locators = [.. territory.Grids.Select(g => new IndexedPointInAreaLocator(g.Geometry))];
        for (var i = 0; i < Points; i++)
            _points[i] = (South + random.NextDouble() * Rows * StepDegrees, West + random.NextDouble() * Columns * StepDegrees);
    }

    /// <summary>The index.</summary>
    [Benchmark(OperationsPerInvoke = Points)]
    public int Index()
    {
        var sum = 0;
        foreach (var (latitude, longitude) in _points)
            sum += _index.Locate(latitude, longitude);
        return sum;
    }

    /// <summary>The usual way with NetTopologySuite.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Points)]
    public int TreeAndLocators()
    {
        var sum = 0;
        foreach (var (latitude, longitude) in _points)
        {
            var coordinate = new Coordinate(longitude, latitude);
            var owner = int.MaxValue;
            foreach (var i in _tree.Query(new Envelope(coordinate)))
                if (i < owner && _locators[i].Locate(coordinate) != Location.Exterior)
                    owner = i;
            sum += owner == int.MaxValue ? -1 : owner;
        }
        return sum;
    }

    private static CityTerritory Territory(Random random)
    {
        var nodes = new Coordinate[Columns * VerticesPerEdge + 1, Rows * VerticesPerEdge + 1];
        for (var x = 0; x < nodes.GetLength(0); x++)
            for (var y = 0; y < nodes.GetLength(1); y++)
                nodes[x, y] = new(
                    West + (x + 0.6 * (random.NextDouble() - 0.5)) * StepDegrees / VerticesPerEdge,
                    South + (y + 0.6 * (random.NextDouble() - 0.5)) * StepDegrees / VerticesPerEdge);
        List<Area> areas = [new("999900", "City", "city", null, new Polygon(null))];
        for (var i = 0; i < Columns * Rows; i++)
        {
            var (left, bottom) = (i % Columns * VerticesPerEdge, i / Columns * VerticesPerEdge);
            var ring = new Coordinate[4 * VerticesPerEdge + 1];
            for (var k = 0; k < VerticesPerEdge; k++)
            {
                ring[k] = nodes[left + k, bottom];
                ring[VerticesPerEdge + k] = nodes[left + VerticesPerEdge, bottom + k];
                ring[2 * VerticesPerEdge + k] = nodes[left + VerticesPerEdge - k, bottom + VerticesPerEdge];
                ring[3 * VerticesPerEdge + k] = nodes[left, bottom + VerticesPerEdge - k];
            }
            ring[^1] = ring[0];
            areas.Add(new($"999900001{i:000000}", $"{i}", "grid", "999900", new Polygon(new LinearRing(ring))));
        }
        return new(1, ["city", "grid"], areas);
    }
}
