using NetTopologySuite.Geometries;
using Situational.Domain.Territory;

namespace Situational.Domain.Tests.Territory;

public sealed class TerritoryIndexTests
{
    private const int RandomPoints = 100_000;
    private const int BoundaryPoints = 10_000;

    [Trait("Fault", "12")]
    [Theory]
    [InlineData("lattice")]
    [InlineData("street")]
    [InlineData("demo")]
    [InlineData("austin")]
    public void Locate_AnyPoint_AgreesWithNetTopologySuite(string name)
    {
        var territory = Named(name);
        var index = new TerritoryIndex(territory);
        var grids = territory.Grids.Select(g => g.Geometry).ToArray();
        var random = new Random(20261122);

        var found = 0;
        foreach (var point in RandomIn(territory, random).Concat(AlongBorders(territory, random)).Concat(Vertices(territory)))
        {
            var expected = Array.FindIndex(grids, g => g.EnvelopeInternal.Covers(point.Coordinate) && g.Covers(point));
            if (index.Locate(point.Y, point.X) != expected)
                Assert.Fail($"{point.Y:R}, {point.X:R}: index {index.Locate(point.Y, point.X)}, NetTopologySuite {expected}");
            found += expected >= 0 ? 1 : 0;
        }
        Assert.InRange(found, RandomPoints / 4, int.MaxValue);
    }

    [Trait("Fault", "12")]
    [Fact]
    public void Locate_SharedBordersAndVertices_BelongToTheLowerCode()
    {
        // Four squares around one vertex; the lowest code lies north-east.
        var codes = new[] { "4", "3", "2", "1" };
        List<Area> areas = [new("0", "City", "city", null, new Polygon(null))];
        for (var i = 0; i < 4; i++)
        {
            var (x, y) = (120 + i % 2 * 0.01, 30 + i / 2 * 0.01);
            areas.Add(new(codes[i], codes[i], "grid", "0", GeometryFactory.Default.ToGeometry(new Envelope(x, x + 0.01, y, y + 0.01))));
        }
        var territory = new CityTerritory(1, ["city", "grid"], areas);
        var index = new TerritoryIndex(territory);

        Assert.Equal("1", Owner(30.01, 120.01));
        Assert.Equal("1", Owner(30.015, 120.01));
        Assert.Equal("2", Owner(30.01, 120.005));
        Assert.Equal("3", Owner(30.005, 120.01));
        Assert.Equal("4", Owner(30, 120));

        string Owner(double latitude, double longitude) => territory.Grids[index.Locate(latitude, longitude)].Code;
    }

    [Fact]
    public void Locate_GridsOverEachOther_StaysBoundedAndGivesTheLowestCode()
    {
        var random = new Random(9);
        List<Area> areas = [new("0", "City", "city", null, new Polygon(null))];
        for (var i = 0; i < 3_000; i++)
        {
            var centre = new Coordinate(120 + random.NextDouble() * 0.001, 30 + random.NextDouble() * 0.001);
            areas.Add(new($"1{i:0000}", "N", "grid", "0", new Point(centre).Buffer(0.02, 6)));
        }
        var territory = new CityTerritory(1, ["city", "grid"], areas);

        var index = new TerritoryIndex(territory);

        for (var i = 0; i < 2_000; i++)
        {
            var point = new Point(119.975 + random.NextDouble() * 0.05, 29.975 + random.NextDouble() * 0.05);
            var expected = -1;
            for (var g = 0; g < territory.Grids.Count && expected < 0; g++)
                if (territory.Grids[g].Geometry.EnvelopeInternal.Covers(point.Coordinate) && territory.Grids[g].Geometry.Covers(point))
                    expected = g;
            Assert.Equal(expected, index.Locate(point.Y, point.X));
        }
    }

    [Fact]
    public void LocateAndOutsideBy_AnyPoint_AllocateNothing()
    {
        var territory = Named("street");
        var index = new TerritoryIndex(territory);
        var random = new Random(11);
        var points = RandomIn(territory, random).Concat(AlongBorders(territory, random)).Concat(Vertices(territory))
            .Select(p => (p.Y, p.X)).ToArray();
        var before = Work();

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var after = Work();
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        Assert.Equal(before, after);
        Assert.Equal(0, allocated);

        double Work()
        {
            var sum = 0.0;
            foreach (var (latitude, longitude) in points)
                sum += index.Locate(latitude, longitude) + index.OutsideByMeters(3, latitude, longitude);
            return sum;
        }
    }

    [Fact]
    public void Locate_FromManyThreads_AnswersAsFromOne()
    {
        var territory = Named("street");
        var index = new TerritoryIndex(territory);
        var points = RandomIn(territory, new Random(13)).ToArray();
        var expected = points.Select(p => index.Locate(p.Y, p.X)).ToArray();

        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < points.Length; i++)
                Assert.Equal(expected[i], index.Locate(points[i].Y, points[i].X));
        });
    }

    private static CityTerritory Named(string name) => name switch
    {
        "lattice" => Territories.Lattice(),
        "street" => Territories.Irregular(10, 8, 24, leaveOut: 9),
        "demo" => Territories.DemoStreet(),
        _ => Territories.Austin(),
    };

    private static IEnumerable<Point> RandomIn(CityTerritory territory, Random random)
    {
        var extent = Extent(territory);
        extent.ExpandBy(extent.Width * 0.02);
        for (var i = 0; i < RandomPoints; i++)
            yield return new(extent.MinX + random.NextDouble() * extent.Width, extent.MinY + random.NextDouble() * extent.Height);
    }

    private static IEnumerable<Point> AlongBorders(CityTerritory territory, Random random)
    {
        for (var i = 0; i < BoundaryPoints; i++)
        {
            var ring = territory.Grids[random.Next(territory.Grids.Count)].Geometry.Coordinates;
            var at = random.Next(ring.Length - 1);
            var along = random.NextDouble();
            var (x, y) = (ring[at].X + along * (ring[at + 1].X - ring[at].X), ring[at].Y + along * (ring[at + 1].Y - ring[at].Y));
            for (var k = i % 4; k > 0; k--)
                (x, y) = (random.Next(2) == 0 ? Math.BitIncrement(x) : Math.BitDecrement(x), random.Next(2) == 0 ? Math.BitIncrement(y) : Math.BitDecrement(y));
            yield return i % 5 == 0 ? new(x + (random.NextDouble() - 0.5) * 1e-9, y) : new(x, y);
        }
    }

    private static IEnumerable<Point> Vertices(CityTerritory territory) =>
        territory.Grids.SelectMany(g => g.Geometry.Coordinates).Select(c => new Point(c.X, c.Y));

    private static Envelope Extent(CityTerritory territory)
    {
        var extent = new Envelope();
        foreach (var grid in territory.Grids)
            extent.ExpandToInclude(grid.Geometry.EnvelopeInternal);
        return extent;
    }
}
