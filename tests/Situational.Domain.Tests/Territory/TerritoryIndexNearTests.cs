using NetTopologySuite.Geometries;
using Situational.Domain.Geometry;
using Situational.Domain.Territory;

namespace Situational.Domain.Tests.Territory;

public sealed class TerritoryIndexNearTests
{
    private static readonly GeometryFactory Factory = new(PrecisionModel.Floating.Value, 4326);

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(100)]
    public void AddNear_AnyLine_GivesEveryGridWithinTheDistance(double meters)
    {
        var territory = Territories.Irregular(12, 9, 12, 7);
        var index = new TerritoryIndex(territory);
        var random = new Random(11);
        var most = 0;
        for (var i = 0; i < 500; i++)
        {
            var (lat, lon) = (30.19 + random.NextDouble() * 0.05, 120.09 + random.NextDouble() * 0.07);
            var (lat2, lon2) = (lat + (random.NextDouble() - 0.5) * 0.01, lon + (random.NextDouble() - 0.5) * 0.01);
            if (i % 10 == 0)
                (lat2, lon2) = (lat, lon);
            var found = new List<int>();
            index.AddNear(lat, lon, lat2, lon2, meters, found);

            var scale = MetricScale.At(lat);
            Assert.Equal(found.Count, found.Distinct().Count());
            for (var grid = 0; grid < territory.Grids.Count; grid++)
            {
                var away = Metric(territory.Grids[grid].Geometry, scale).Distance(Metric(Line(lat, lon, lat2, lon2), scale));
                if (away < meters * 0.999)
                    Assert.Contains(grid, found);
                var boxAway = Metric(Factory.ToGeometry(territory.Grids[grid].Geometry.EnvelopeInternal), scale).Distance(Metric(Line(lat, lon, lat2, lon2), scale));
                // A widened box reaches a little further at its corners than to its sides.
                if (boxAway > meters * 1.5)
                    Assert.DoesNotContain(grid, found);
            }
            most = Math.Max(most, found.Count);
        }
        Assert.InRange(most, 2, territory.Grids.Count - 1);
    }

    [Fact]
    public void AddNear_WhatIsNoPlace_GivesNone()
    {
        var index = new TerritoryIndex(Territories.Irregular(2, 2, 4, 0));
        List<int> found = [7];
        index.AddNear(double.NaN, 120.1, 30.2, 120.1, 15, found);
        index.AddNear(30.2, 120.1, 30.2, double.PositiveInfinity, 15, found);
        index.AddNear(-30.2, 10, -30.2, 10.1, 15, found);
        Assert.Equal([7], found);
    }

    private static NetTopologySuite.Geometries.Geometry Line(double lat, double lon, double lat2, double lon2) =>
        lat == lat2 && lon == lon2
            ? Factory.CreatePoint(new Coordinate(lon, lat))
            : Factory.CreateLineString([new(lon, lat), new(lon2, lat2)]);

    private static NetTopologySuite.Geometries.Geometry Metric(NetTopologySuite.Geometries.Geometry geometry, MetricScale scale) =>
        NetTopologySuite.Geometries.Utilities.AffineTransformation.ScaleInstance(scale.MetersPerDegreeLongitude, scale.MetersPerDegreeLatitude).Transform(geometry);
}
