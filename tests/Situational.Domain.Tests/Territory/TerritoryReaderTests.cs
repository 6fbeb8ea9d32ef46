using NetTopologySuite.Geometries;
using Situational.Domain.Geometry;
using Situational.Domain.Territory;
using Situational.Testing;
using static Situational.Domain.Tests.Territory.GeoJson;

namespace Situational.Domain.Tests.Territory;

public sealed class TerritoryReaderTests
{
    [Fact]
    public void Read_TwoGridsUnderACity_GivesTheTreeAndTheUnion()
    {
        var territory = Accepted(Collection(City, Grid("1b", Polygon(EastSquare)), Grid("1a", Polygon(Square))));

        Assert.Equal(7, territory.Version);
        Assert.False(territory.Simulated);
        Assert.Equal(["city", "grid"], territory.Levels);
        Assert.Equal("1", territory.City.Code);
        Assert.Equal(["1a", "1b"], territory.Grids.Select(g => g.Code));
        Assert.Equal(new Envelope(0, 0.02, 0, 0.01), territory.City.Geometry.EnvelopeInternal);
        Assert.Equal(territory.Grids.Sum(g => EqualArea.SquareMeters(g.Geometry)), EqualArea.SquareMeters(territory.City.Geometry), 3);
    }

    [Fact]
    public void Read_FiveLevels_GivesEachTheUnionOfItsGrids()
    {
        var territory = Accepted(Collection(
            City, Grid("d", "null", "1", "district"), Grid("s", "null", "d", "street"), Grid("c1", "null", "s", "community"),
            Grid("c2", "null", "s", "community"), Grid("a", Polygon(Square), "c1"), Grid("b", Polygon(EastSquare), "c2")));

        Assert.Equal(["city", "district", "street", "community", "grid"], territory.Levels);
        Assert.Equal([0, 1], territory.GridsUnder("s"));
        Assert.Equal([1], territory.GridsUnder("c2"));
        Assert.True(territory.Find("c1")!.Geometry.EqualsTopologically(territory.Grids[0].Geometry));
        Assert.True(territory.Find("d")!.Geometry.EqualsTopologically(territory.City.Geometry));
    }

    [Fact]
    public void Read_StreetAsTheHighestArea_TakesItAsTheRoot()
    {
        var territory = Accepted(Collection(
            "{'type':'Feature','properties':{'code':'s','name':'云溪街道','level':'street'},'geometry':null}", Grid("g", Polygon(Square), "s")));

        Assert.Equal("云溪街道", territory.City.Name);
        Assert.Equal(["street", "grid"], territory.Levels);
    }

    [Fact]
    public void Read_ByteOrderMarkHeightsAndForeignMembers_AreIgnored()
    {
        var json = "{'bbox':[1,2],'features':[" + City.Replace("'type':'Feature'", "'type':'Feature','id':3,'deep':[[[[[{}]]]]]") + ","
            + Grid("1a", Polygon("[[0,0,12.5],[0.01,0,12.5,7],[0.01,0.01,1],[0,0.01],[0,0,12.5]]")) + "],'type':'FeatureCollection'}";
        var plain = Accepted(Collection(City, Grid("1a", Polygon(Square))));

        var reading = TerritoryReader.Read(new byte[] { 0xEF, 0xBB, 0xBF }.Concat(Bytes(json)).ToArray(), new(), 7);

        Assert.Empty(reading.Faults);
        Assert.Equal(TerritoryWriter.Write(plain), TerritoryWriter.Write(reading.Territory!));
    }

    [Fact]
    public void Read_HoleAndMultiPolygon_AreKept()
    {
        const string hole = "[[0.004,0.004],[0.006,0.004],[0.006,0.006],[0.004,0.006],[0.004,0.004]]";
        const string far = "[[[0.05,0],[0.06,0],[0.06,0.01],[0.05,0.01],[0.05,0]]]";
        var reading = Read(Collection(City, Grid("1a", $"{{'type':'MultiPolygon','coordinates':[[{Square},{hole}],{far}]}}"), Grid("1b", Polygon(EastSquare))));

        var shape = Assert.IsType<MultiPolygon>(reading.Territory!.Grids[0].Geometry);
        Assert.Equal(2, shape.NumGeometries);
        Assert.Equal(1, shape.Cast<Polygon>().Sum(p => p.NumInteriorRings));
        var gap = Assert.Single(reading.Warnings);
        Assert.Equal("gap", gap.Kind);
        Assert.InRange(gap.SquareMeters, 49_200, 49_400); // 222.64 m × 221.15 m on the equator
    }

    [Fact]
    public void Read_Simulated_IsKept() =>
        Assert.True(Accepted(Collection(City, Grid("1a", Polygon(Square))).Replace("{'type':'FeatureCollection'", "{'simulated':true,'type':'FeatureCollection'")).Simulated);

    [Fact]
    public void Read_LevelsInTheFile_CountUnlessOptionsSayOthers()
    {
        var json = "{'type':'FeatureCollection','levels':['town','cell'],'features':[" + City.Replace("city", "town") + "," + Grid("1a", Polygon(Square), level: "cell") + "]}";

        Assert.Equal(["town", "cell"], Accepted(json).Levels);
        Assert.Contains(TerritoryReader.Read(Bytes(json), new() { Levels = ["city", "grid"] }, 1).Faults, f => f.Reason == "unknown-level");
    }

    [Fact]
    public void Read_NamesOnly_GeneratesCodesUnderOneCity()
    {
        var json = Collection(
            $"{{'type':'Feature','properties':{{'name':'Blackland','cartodb_id':1}},'geometry':{Polygon(Square)}}}",
            $"{{'type':'Feature','properties':{{'name':'Bouldin','code':17}},'geometry':{Polygon(EastSquare)}}}");

        var reading = TerritoryReader.Read(Bytes(json), new() { NamesOnly = true, CityName = "Austin", CountyCode = "999902" }, 1);

        Assert.Empty(reading.Faults);
        Assert.Equal(("999902", "Austin"), (reading.Territory!.City.Code, reading.Territory.City.Name));
        Assert.Equal(["999902001001001", "999902001001002"], reading.Territory.Grids.Select(g => g.Code));
        Assert.Equal(["Blackland", "Bouldin"], reading.Territory.Grids.Select(g => g.Name));
    }

    [Fact]
    public void Read_NamesOnlyBeyondASequence_RunsOverIntoTheNextCommunity()
    {
        var features = Enumerable.Range(0, 1_000).Select(i =>
        {
            var (west, east) = (i / 1000.0, (i + 1) / 1000.0);
            return FormattableString.Invariant($"{{'type':'Feature','properties':{{'name':'N{i}'}},'geometry':{Polygon($"[[{west},0],[{east},0],[{east},1],[{west},1],[{west},0]]")}}}");
        });

        var reading = TerritoryReader.Read(Bytes(Collection([.. features])), new() { NamesOnly = true }, 1);

        Assert.Empty(reading.Faults);
        Assert.Equal(("999900001001999", "999900001002001"), (reading.Territory!.Grids[998].Code, reading.Territory.Grids[999].Code));
    }

    [Fact]
    public void Read_Austin_GivesSeventyGridsAndNamesOverlapsAndGaps()
    {
        Repository.RequireAustin(Assert.Skip);
        var geoJson = File.ReadAllBytes(Path.Combine(Repository.Austin, "neighborhoods.geojson"));

        var reading = TerritoryReader.Read(geoJson, new() { NamesOnly = true, Repair = true, CityName = "Austin" }, 1);

        Assert.Empty(reading.Faults);
        Assert.Equal(70, reading.Territory!.Grids.Count);
        Assert.All(reading.Territory.Grids, g => Assert.True(g.Geometry.IsValid));
        Assert.Empty(reading.Repairs);
        Assert.Equal(4, reading.Warnings.Count(w => w.Kind == "overlap"));
        Assert.Equal(2, reading.Warnings.Count(w => w.Kind == "gap"));
        Assert.All(reading.Warnings, w => Assert.InRange(w.SquareMeters, 1, 1_200));
    }

    private static TerritoryReading Read(string json) => TerritoryReader.Read(Bytes(json), new(), 7);

    private static CityTerritory Accepted(string json)
    {
        var reading = Read(json);
        Assert.Empty(reading.Faults);
        Assert.Empty(reading.Warnings);
        return reading.Territory!;
    }
}
