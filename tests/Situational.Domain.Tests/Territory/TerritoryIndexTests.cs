using NetTopologySuite.Geometries;
using Situational.Domain.Territory;

namespace Situational.Domain.Tests.Territory;

public sealed class TerritoryIndexTests
{
    private const int RandomPoints = 100_000;
    private const int BoundaryPoints = 10_000;

    [Theory]
    [InlineData("lattice")]
    [InlineData("street")]
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

    private static CityTerritory Named(string name) => name switch
    {
        "lattice" => Territories.Lattice(),
        "street" => Territories.Irregular(10, 8, 24, leaveOut: 9),
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
