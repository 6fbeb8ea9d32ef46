using NetTopologySuite.Geometries;
using Situational.Domain.Geometry;
using Situational.Domain.Territory;

namespace Situational.Domain.Tests.Territory;

public sealed class TerritoryIndexDistanceTests
{
    private static readonly GeometryFactory Factory = new();

    [Theory]
    [InlineData(30.005, 120.0101, 9.649)] // east of the border: 1e-4° × 96,490 m
    [InlineData(30.005, 119.9999, 9.649)]
    [InlineData(30.0101, 120.005, 11.085)] // north: 1e-4° × 110,852 m
    [InlineData(29.9999, 119.9999, 14.697)] // south-west of the corner
    [InlineData(30.005, 120.005, 0)]
    [InlineData(30.01, 120.01, 0)]
    [InlineData(30.0, 120.003, 0)]
    public void OutsideByMeters_NearTheGrid_IsTheDistanceOverGround(double latitude, double longitude, double meters)
    {
        var index = new TerritoryIndex(Boxes(new Envelope(120, 120.01, 30, 30.01)));

        Assert.InRange(index.OutsideByMeters(0, latitude, longitude), meters - 0.005, meters + 0.005);
        Assert.InRange(index.Nearest(latitude, longitude).Meters, meters - 0.005, meters + 0.005);
    }

    [Fact]
    public void OutsideByMeters_InAHole_IsTheDistanceToTheHolesBorder()
    {
        var ring = Factory.ToGeometry(new Envelope(120, 120.01, 30, 30.01)).Difference(Factory.ToGeometry(new Envelope(120.004, 120.006, 30.004, 30.006)));
        var index = new TerritoryIndex(Of(ring));

        Assert.Equal(-1, index.Locate(30.005, 120.0042));
        Assert.InRange(index.OutsideByMeters(0, 30.005, 120.0042), 19.29, 19.31);
        Assert.Equal((0, 0.0), index.Nearest(30.004, 120.005));
    }

    [Theory]
    [InlineData(31.2304, 121.4737)] // Shanghai
    [InlineData(-33.86, 151.21)]
    [InlineData(30.28, -97.72)]
    [InlineData(90, 0)]
    [InlineData(-90, 45)]
    public void Nearest_FarAway_IsTheGreatCircle(double latitude, double longitude)
    {
        var index = new TerritoryIndex(Boxes(new Envelope(120, 120.01, 30, 30.01)));
        var toCentre = Distance.Meters(latitude, longitude, 30.005, 120.005);

        Assert.InRange(index.Nearest(latitude, longitude).Meters, toCentre - 1_000, toCentre + 1_000);
        Assert.Equal(index.Nearest(latitude, longitude).Meters, index.OutsideByMeters(0, latitude, longitude));
    }

    [Fact]
    public void Nearest_AcrossTheAntimeridian_GoesTheShortWay()
    {
        var index = new TerritoryIndex(Boxes(new Envelope(179.9, 180, -17, -16.9)));

        Assert.InRange(index.Nearest(-16.95, -179.99).Meters, 1_064, 1_067); // 0.01° at 16.95° S
        Assert.Equal(0, index.Locate(-16.95, 180));
        Assert.Equal(-1, index.Locate(-16.95, -180));
    }

    [Fact]
    public void Nearest_SeveralAsNear_IsTheLowestCode()
    {
        var index = new TerritoryIndex(Boxes(new Envelope(120.02, 120.03, 30, 30.01), new Envelope(120.02, 120.03, 30.01, 30.02), new Envelope(120, 120.01, 30, 30.01)));

        Assert.Equal(0, index.Nearest(30.01, 120.04).Ordinal);
        Assert.Equal(2, index.Nearest(30.01, 120.0149).Ordinal);
    }

    [Fact]
    public void Nearest_RandomPoints_IsTheLeastOfAllDistances()
    {
        var territory = Territories.Irregular(8, 6, 16, leaveOut: 3);
        var index = new TerritoryIndex(territory);
        var random = new Random(5);
        for (var i = 0; i < 2_000; i++)
        {
            var (latitude, longitude) = (30.18 + random.NextDouble() * 0.064, 120.08 + random.NextDouble() * 0.072);
            var (ordinal, meters) = index.Nearest(latitude, longitude);
            var distances = Enumerable.Range(0, territory.Grids.Count).Select(g => index.OutsideByMeters(g, latitude, longitude)).ToArray();
            Assert.Equal(distances.Min(), meters);
            Assert.Equal(meters, distances[ordinal]);

            // NetTopologySuite measures the same on the plane stretched to metres.
            var scale = MetricScale.At(latitude);
            var stretched = territory.Grids[ordinal].Geometry.Copy();
            stretched.Apply(new NetTopologySuite.Geometries.Utilities.AffineTransformation(scale.MetersPerDegreeLongitude, 0, 0, 0, scale.MetersPerDegreeLatitude, 0));
            var expected = stretched.Distance(new Point(longitude * scale.MetersPerDegreeLongitude, latitude * scale.MetersPerDegreeLatitude));
            Assert.InRange(meters, expected * 0.9995 - 0.001, expected * 1.0005 + 0.001);
        }
    }

    [Theory]
    [InlineData(double.NaN, 120)]
    [InlineData(30, double.NaN)]
    [InlineData(double.PositiveInfinity, 120)]
    [InlineData(30, double.NegativeInfinity)]
    public void Anything_NotFinite_IsNowhere(double latitude, double longitude)
    {
        var index = new TerritoryIndex(Boxes(new Envelope(120, 120.01, 30, 30.01)));

        Assert.Equal(-1, index.Locate(latitude, longitude));
        Assert.True(double.IsNaN(index.OutsideByMeters(0, latitude, longitude)));
        Assert.Equal((-1, double.PositiveInfinity), index.Nearest(latitude, longitude));
    }

    [Fact]
    public void Anything_InATerritoryWithoutGrids_IsNowhere()
    {
        var index = new TerritoryIndex(Of());

        Assert.Equal(-1, index.Locate(30, 120));
        Assert.Equal((-1, double.PositiveInfinity), index.Nearest(30, 120));
    }

    private static CityTerritory Boxes(params Envelope[] boxes) => Of([.. boxes.Select(b => Factory.ToGeometry(b))]);

    private static CityTerritory Of(params NetTopologySuite.Geometries.Geometry[] grids) => new(
        1, ["city", "grid"], [new("1", "City", "city", null, Factory.CreatePolygon()), .. grids.Select((g, i) => new Area($"2{i:000}", $"N{i}", "grid", "1", g))]);
}
