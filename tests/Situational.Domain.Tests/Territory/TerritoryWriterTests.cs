using System.Text;
using System.Text.Json;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using Situational.Domain.Territory;
using static Situational.Domain.Tests.Territory.GeoJson;

namespace Situational.Domain.Tests.Territory;

public sealed class TerritoryWriterTests
{
    private const string Hole = "[[0.004,0.004],[0.006,0.004],[0.006,0.006],[0.004,0.006],[0.004,0.004]]";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_Territory_ReadsBackTheSame(bool simulated)
    {
        var json = Collection(
            City, Grid("s", "null", "1", "street"), Grid("b", Polygon(EastSquare), "s"),
            Grid("a", $"{{'type':'MultiPolygon','coordinates':[[{Square},{Hole}],[[[0.05,0],[0.06,0],[0.06,0.01],[0.05,0]]]]}}", "s"))
            .Replace("Area a", "清和“网格”").Replace("{'type':'FeatureCollection'", $"{{'simulated':{(simulated ? "true" : "false")},'type':'FeatureCollection'");
        AssertRoundTrip(TerritoryReader.Read(Bytes(json), new(), 3).Territory!);
    }

    [Fact]
    public void Write_Lattice_ReadsBackTheSame() => AssertRoundTrip(Territories.Lattice());

    [Fact]
    public void Write_Austin_ReadsBackTheSame() => AssertRoundTrip(Territories.Austin());

    [Fact]
    public void Write_SameTerritoryInAnotherOrder_GivesTheSameBytes()
    {
        var one = Collection(City, Grid("1a", Polygon(Square)), Grid("1b", Polygon(EastSquare)));
        var other = Collection(
            Grid("1b", $"{{'type':'MultiPolygon','coordinates':[[[[0.02,0.01],[0.02,0e0],[0.01,-0.0],[0.01,0.01],[0.02,0.010]]]]}}"),
            Grid("1a", Polygon("[[0.01,0.01],[0.01,0],[0,0],[0,0.01],[0.01,0.01]]")), City);

        Assert.Equal(Text(one), Text(other));

        static string Text(string json) => Encoding.UTF8.GetString(TerritoryWriter.Write(TerritoryReader.Read(Bytes(json), new(), 1).Territory!));
    }

    [Fact]
    public void Write_Polygon_WindsShellsLeftAndHolesRight()
    {
        var territory = TerritoryReader.Read(Bytes(Collection(City, Grid("1a", Polygon(Square, Hole)))), new(), 1).Territory!;

        using var json = JsonDocument.Parse(TerritoryWriter.Write(territory));

        var rings = json.RootElement.GetProperty("features")[1].GetProperty("geometry").GetProperty("coordinates");
        Assert.True(IsCounterClockwise(rings[0]));
        Assert.False(IsCounterClockwise(rings[1]));
        Assert.False(json.RootElement.TryGetProperty("simulated", out _));

        static bool IsCounterClockwise(JsonElement ring) =>
            Orientation.IsCCW([.. ring.EnumerateArray().Select(p => new Coordinate(p[0].GetDouble(), p[1].GetDouble()))]);
    }

    private static void AssertRoundTrip(CityTerritory territory)
    {
        var bytes = TerritoryWriter.Write(territory);

        var reading = TerritoryReader.Read(bytes, new() { CheckCoverage = false }, territory.Version);

        Assert.Empty(reading.Faults);
        var back = reading.Territory!;
        Assert.Equal(bytes, TerritoryWriter.Write(back));
        Assert.Equal((territory.Version, territory.Simulated, territory.City.Code), (back.Version, back.Simulated, back.City.Code));
        Assert.Equal(territory.Levels, back.Levels);
        Assert.Equal(territory.Areas.Count, back.Areas.Count);
        foreach (var area in territory.Areas)
        {
            var other = back.Find(area.Code)!;
            Assert.Equal(area with { Geometry = other.Geometry }, other);
            Assert.True(area.Geometry.EqualsExact(other.Geometry));
        }
    }
}
