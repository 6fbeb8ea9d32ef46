using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;
using Situational.Cli.Demo;

namespace Situational.Cli.Tests.Demo;

public sealed class DemoStreetTests
{
    private static readonly GeometryFactory Factory = new();

    [Theory]
    [InlineData(7)]
    [InlineData(1)]
    [InlineData(20261122)]
    public void Build_AnySeed_CutsEightyGridsOfAtMostAFifthOfASquareKilometre(int seed)
    {
        var street = DemoStreet.Build(seed);

        var areas = Grids(street).Select(SquareMeters).ToList();

        Assert.Equal(80, areas.Count);
        Assert.All(areas, m2 => Assert.InRange(m2, 80_000, 200_000));
        Assert.True(areas.Max() / areas.Min() > 1.2, "the grids are irregular");
    }

    [Theory]
    [InlineData(7)]
    [InlineData(42)]
    public void Build_AnySeed_LeavesNoOverlapAndNoGap(int seed)
    {
        var grids = Grids(DemoStreet.Build(seed)).ToList();

        var union = CascadedPolygonUnion.Union([.. grids]);

        Assert.All(grids, g => Assert.True(g.IsValid));
        Assert.Empty(Assert.IsType<Polygon>(union).InteriorRings);
        Assert.Equal(grids.Sum(g => g.Area), union.Area, union.Area * 1e-9);
    }

    [Fact]
    public void CommunityOf_EveryGrid_GivesEightCommunitiesOfTenConnectedGrids()
    {
        var street = DemoStreet.Build(7);
        var communities = Cells().GroupBy(c => DemoStreet.CommunityOf(c.Column, c.Row)).ToList();

        Assert.Equal(8, communities.Count);
        Assert.All(communities, community =>
        {
            Assert.Equal(10, community.Count());
            Assert.IsType<Polygon>(CascadedPolygonUnion.Union([.. community.Select(c => (Geometry)ToPolygon(street, c.Column, c.Row))]));
        });
    }

    [Fact]
    public void ToGeoJson_SameSeed_IsTheSameAndSaysThatItIsSimulated()
    {
        var first = DemoTerritory.ToGeoJson(DemoStreet.Build(7));
        var second = DemoTerritory.ToGeoJson(DemoStreet.Build(7));
        var other = DemoTerritory.ToGeoJson(DemoStreet.Build(8));

        using var json = JsonDocument.Parse(first);
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        Assert.True(json.RootElement.GetProperty("simulated").GetBoolean());
        Assert.Equal(1 + 8 + 80, json.RootElement.GetProperty("features").GetArrayLength());
    }

    [Fact]
    public void Walker_OneHour_StaysOnTheStreetAndNeverJumps()
    {
        var street = DemoStreet.Build(7);
        var walker = new Walker(street, 3, 1, 11);
        var start = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
        var outline = CascadedPolygonUnion.Union([.. Grids(street)]).Buffer(0.0003);
        var fixes = Enumerable.Range(0, 4 * 3600).Select(i => walker.Step(0.25, start.AddSeconds(i * 0.25))).OfType<Contracts.Http.FixRequest>().ToList();

        Assert.True(fixes.Count > 300);
        Assert.All(fixes, f => Assert.True(outline.Covers(new Point(f.Lon, f.Lat))));
        Assert.All(fixes.Zip(fixes.Skip(1)), pair => Assert.True(
            DemoStreet.Meters(new GeoPoint(pair.First.Lat, pair.First.Lon), new GeoPoint(pair.Second.Lat, pair.Second.Lon))
            < 25 + 12 * (pair.Second.At - pair.First.At).TotalSeconds));
        Assert.True(fixes.Select(f => (Math.Round(f.Lat, 3), Math.Round(f.Lon, 3))).Distinct().Count() > 10, "it gets about");
    }

    private static IEnumerable<(int Column, int Row)> Cells() =>
        from row in Enumerable.Range(0, DemoStreet.Rows)
        from column in Enumerable.Range(0, DemoStreet.Columns)
        select (column, row);

    private static IEnumerable<Polygon> Grids(DemoStreet street) => Cells().Select(c => ToPolygon(street, c.Column, c.Row));

    private static Polygon ToPolygon(DemoStreet street, int column, int row) =>
        Factory.CreatePolygon([.. street.Ring(column, row).Select(p => new Coordinate(p.Longitude, p.Latitude))]);

    private static double SquareMeters(Polygon polygon)
    {
        const double metersPerDegree = 111_195;
        return polygon.Area * metersPerDegree * metersPerDegree * Math.Cos(DemoStreet.CenterLatitude * Math.PI / 180);
    }
}
