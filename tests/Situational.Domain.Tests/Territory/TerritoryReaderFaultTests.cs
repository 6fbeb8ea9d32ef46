using System.Text;
using Situational.Domain.Territory;
using static Situational.Domain.Tests.Territory.GeoJson;

namespace Situational.Domain.Tests.Territory;

public sealed class TerritoryReaderFaultTests
{
    private const string Bowtie = "[[0,0],[0.01,0.01],[0.01,0],[0,0.01],[0,0]]";
    private static readonly string Good = Grid("1a", Polygon(Square));

    public static TheoryData<string, string> BadFiles => new()
    {
        { "not-json", "" },
        { "not-json", "city" },
        { "not-json", Collection(City, Good)[..^1] },
        { "not-json", Collection(City, Good) + "x" },
        { "not-json", Collection(City, Good)[..120] },
        { "not-json", Collection(City, Good.Replace("Area", "\\ud800")) },
        { "not-json", new string('[', 100) + new string(']', 100) },
        { "not-a-feature-collection", "[]" },
        { "not-a-feature-collection", "null" },
        { "not-a-feature-collection", Good },
        { "not-a-feature-collection", "{'type':'FeatureCollection'}" },
        { "not-a-feature-collection", "{'type':'FeatureCollection','features':{}}" },
        { "not-a-feature-collection", "{'type':1,'features':[]}" },
        { "no-areas", Collection() },
        { "duplicate-member", "{'type':'FeatureCollection','features':[],'features':[]}" },
        { "wrong-type", "{'simulated':'yes','type':'FeatureCollection','features':[{}]}" },
        { "levels", "{'levels':['grid'],'type':'FeatureCollection','features':[{}]}" },
        { "levels", "{'levels':['a','b','a'],'type':'FeatureCollection','features':[{}]}" },
        { "levels", "{'levels':['1','2','3','4','5','6','7'],'type':'FeatureCollection','features':[{}]}" },
        { "levels", "{'levels':[1,2],'type':'FeatureCollection','features':[{}]}" },
        { "other-reference-system", "{'crs':{'type':'name','properties':{'name':'urn:ogc:def:crs:EPSG::3857'}},'type':'FeatureCollection','features':[{}]}" },
        { "no-root", Collection(Grid("a", Polygon(Square), "b"), Grid("b", "null", "a", "city")) },
        { "no-root", Collection("{'type':'Feature','properties':{'code':'g','name':'G','level':'grid'},'geometry':" + Polygon(Square) + "}") },
        { "no-grids", Collection(City, Grid("s", Polygon(Square), "1", "street")) },
        { "crosses-antimeridian", Collection(City, Grid("a", Polygon("[[179,0],[179.9,0],[179.9,1],[179,0]]")), Grid("b", Polygon("[[-179,0],[-179.9,0],[-179.9,1],[-179,0]]"))) },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void Read_BadFile_IsRefusedWithTheReason(string reason, string json) => AssertRefused(json, reason, null);

    public static TheoryData<string, string> BadSecondFeatures => new()
    {
        { "wrong-type", "17" },
        { "wrong-type", "{'type':'Featur'}" },
        { "wrong-type", "{'type':'Feature','properties':null,'geometry':null}" },
        { "wrong-type", Good.Replace("'1a'", "12") },
        { "wrong-type", Good.Replace("'Area 1a'", "[]") },
        { "wrong-type", Good.Replace("'grid'", "true") },
        { "wrong-type", Good.Replace("'parent':'1'", "'parent':1") },
        { "missing-code", Good.Replace("'code':'1a',", "") },
        { "missing-code", Good.Replace("'1a'", "null") },
        { "bad-code", Good.Replace("'1a'", "''") },
        { "bad-code", Good.Replace("'1a'", "'a b'") },
        { "bad-code", Good.Replace("'1a'", "'../x'") },
        { "bad-code", Good.Replace("'1a'", "'outside'") },
        { "bad-code", Good.Replace("'1a'", "'" + new string('1', 65) + "'") },
        { "missing-name", Good.Replace("'name':'Area 1a',", "") },
        { "bad-name", Good.Replace("'Area 1a'", "''") },
        { "bad-name", Good.Replace("'Area 1a'", "'a\\u0007'") },
        { "bad-name", Good.Replace("'Area 1a'", "'" + new string('n', 101) + "'") },
        { "missing-level", Good.Replace("'level':'grid',", "") },
        { "unknown-level", Good.Replace("'grid'", "'cell'") },
        { "duplicate-member", Good.Replace("'code':'1a'", "'code':'1a','code':'1b'") },
        { "duplicate-member", Good.Replace("'geometry':", "'geometry':null,'geometry':") },
        { "duplicate-member", Good.Replace("'coordinates':", "'coordinates':[],'coordinates':") },
        { "duplicate-code", Good.Replace("'1a'", "'1'") },
        { "missing-parent", Good.Replace("'parent':'1'", "'parent':'2'") },
        { "missing-parent", Good.Replace(",'parent':'1'", "") },
        { "several-roots", City.Replace("'1'", "'2'") },
        { "cyclic-parent", Good.Replace("'parent':'1'", "'parent':'1a'") },
        { "parent-not-above", Good.Replace("'grid'", "'city'") },
        { "empty-geometry", Grid("1a", "null") },
        { "empty-geometry", Grid("1a", "{'type':'Polygon','coordinates':[]}") },
        { "empty-geometry", Grid("1a", "{'type':'MultiPolygon','coordinates':[]}") },
        { "empty-geometry", Grid("1a", Polygon("[]")) },
        { "empty-geometry", Grid("1a", "null", "1", "street") },
        { "geometry-type", Grid("1a", "{'type':'Point','coordinates':[0,0]}") },
        { "geometry-type", Grid("1a", "{'coordinates':[]}") },
        { "wrong-type", Grid("1a", "[]") },
        { "wrong-type", Grid("1a", "{'type':'Polygon'}") },
        { "wrong-type", Grid("1a", "{'type':'Polygon','coordinates':[7]}") },
        { "wrong-type", Grid("1a", "{'type':'MultiPolygon','coordinates':[{}]}") },
        { "wrong-type", Grid("1a", Polygon("[0,0]")) },
        { "wrong-type", Grid("1a", Polygon("[[0,0],[1],[1,1],[0,0]]")) },
        { "wrong-type", Grid("1a", Polygon("[[0,0],['1',0],[1,1],[0,0]]")) },
        { "wrong-type", Grid("1a", Polygon("[[0,0,null],[1,0],[1,1],[0,0]]")) },
        { "unclosed-ring", Grid("1a", Polygon("[[0,0],[1,0],[1,1],[0,1]]")) },
        { "too-few-positions", Grid("1a", Polygon("[[0,0],[1,0],[0,0]]")) },
        { "self-intersection", Grid("1a", Polygon(Bowtie)) },
        { "hole-outside-shell", Grid("1a", Polygon(Square, "[[5,5],[6,5],[6,6],[5,5]]")) },
        { "nested-shells", Grid("1a", $"{{'type':'MultiPolygon','coordinates':[[{Square}],[[[0.001,0.001],[0.002,0.001],[0.002,0.002],[0.001,0.001]]]]}}") },
        { "coordinates-out-of-range", Grid("1a", Polygon("[[0,0],[181,0],[181,91],[0,0]]")) },
        { "coordinates-out-of-range", Grid("1a", Polygon("[[0,0],[1e999,0],[1,1],[0,0]]")) },
        { "coordinates-out-of-range", Grid("1a", Polygon("[[13394000,3400000],[13394100,3400000],[13394100,3400100],[13394000,3400000]]")) },
        { "coordinates-swapped", Grid("1a", Polygon("[[30.2,120.1],[30.2,120.2],[30.3,120.2],[30.2,120.1]]")) },
        { "coordinates-swapped", Grid("1a", Polygon("[[30.2,-97.7],[30.2,-97.8],[30.3,-97.8],[30.2,-97.7]]")) },
        { "coordinates-swapped", Grid("1a", Polygon("[[43.8,87.6],[43.8,87.7],[43.9,87.7],[43.8,87.6]]")) },
        { "too-near-pole", Grid("1a", Polygon("[[86,85.2],[87,85.2],[87,85.3],[86,85.2]]")) },
        { "crosses-antimeridian", Grid("1a", Polygon("[[-179,0],[179,0],[179,1],[-179,1],[-179,0]]")) },
    };

    [Trait("Fault", "Bad input: geometry")]
    [Theory]
    [MemberData(nameof(BadSecondFeatures))]
    public void Read_BadFeature_IsNamedWithTheReason(string reason, string feature) =>
        AssertRefused(Collection(City, feature, Grid("1z", Polygon(EastSquare))), reason, 1);

    [Fact]
    public void Read_CycleOfThree_NamesEveryAreaOnItAndNoOther()
    {
        var faults = Faults(Collection(City, Grid("a", "null", "c", "district"), Grid("b", "null", "a", "street"), Grid("c", "null", "b", "community"), Grid("g", Polygon(Square), "c")));

        Assert.Equal([1, 2, 3], faults.Where(f => f.Reason == "cyclic-parent").Select(f => f.Feature));
        Assert.Equal(3, faults.Count);
    }

    [Trait("Fault", "Bad input: numbers")]
    [Fact]
    public void Read_SwappedCoordinates_SaysSo() =>
        Assert.Contains("look swapped", Assert.Single(Faults(Collection(City, Grid("1a", Polygon("[[30.2,120.1],[30.2,120.2],[30.3,120.2],[30.2,120.1]]"))))).Text);

    [Fact]
    public void Read_DuplicateCode_NamesBothFeatures()
    {
        var fault = Assert.Single(Faults(Collection(City, Good, Grid("1a", Polygon(EastSquare)))));
        Assert.Equal((2, "1a", "duplicate-code"), (fault.Feature, fault.Area, fault.Reason));
        Assert.Contains("feature 1", fault.Text);
    }

    [Fact]
    public void Read_TooManyAreas_IsRefused()
    {
        var feature = City.Replace('\'', '"');
        var json = "{\"type\":\"FeatureCollection\",\"features\":[" + string.Join(',', Enumerable.Repeat(feature, TerritoryReader.MaxAreas + 1)) + "]}";

        var fault = Assert.Single(TerritoryReader.Read(Encoding.UTF8.GetBytes(json), new(), 1).Faults);

        Assert.Equal("too-many-areas", fault.Reason);
        Assert.Contains("50,000", fault.Text);
    }

    [Fact]
    public void Read_TooManyBytes_IsRefused() =>
        Assert.Equal("too-large", Assert.Single(TerritoryReader.Read(new byte[TerritoryReader.MaxBytes + 1], new(), 1).Faults).Reason);

    [Fact]
    public void Read_ManyFaults_ListsSomeAndCountsTheRest()
    {
        var faults = Faults(Collection([.. Enumerable.Range(0, 250).Select(_ => "{}")]));

        Assert.Equal(TerritoryReader.MaxFaults + 1, faults.Count);
        Assert.Equal(("more-faults", "150 more faults are not listed."), (faults[^1].Reason, faults[^1].Text));
    }

    [Theory]
    [InlineData("12345", "City", "county-code")]
    [InlineData("12345x", "City", "county-code")]
    [InlineData("123456", "", "city-name")]
    public void Read_NamesOnlyWithBadOptions_IsRefused(string county, string city, string reason)
    {
        var options = new TerritoryReadOptions { NamesOnly = true, CountyCode = county, CityName = city };
        Assert.Equal(reason, Assert.Single(TerritoryReader.Read(Bytes(Collection(Good)), options, 1).Faults).Reason);
    }

    [Trait("Fault", "Bad input: geometry")]
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Read_DamagedFiles_NeverThrow(int seed)
    {
        var random = new Random(seed);
        var whole = Bytes(Collection(City, Grid("1b", Polygon(EastSquare, "[[0.014,0.004],[0.016,0.004],[0.016,0.006],[0.014,0.004]]")), Good)
            .Replace("{'type':'FeatureCollection'", "{'simulated':true,'levels':['city','grid'],'type':'FeatureCollection'"));
        var spare = "0123456789-.e[]{},:\"\\u d8truefalsn\u00e9\ud83d\ude00"u8.ToArray();
        var accepted = 0;
        for (var i = 0; i < 5_000; i++)
        {
            var file = whole[..(random.Next(4) == 0 ? random.Next(whole.Length) : whole.Length)].ToList();
            for (var k = random.Next(1, 4); k > 0 && file.Count > 0; k--)
            {
                var at = random.Next(file.Count);
                switch (random.Next(3))
                {
                    case 0: file[at] = spare[random.Next(spare.Length)]; break;
                    case 1: file.RemoveAt(at); break;
                    default: file.Insert(at, spare[random.Next(spare.Length)]); break;
                }
            }
            var options = new TerritoryReadOptions { Repair = random.Next(2) == 0, NamesOnly = random.Next(2) == 0 };
            var reading = TerritoryReader.Read(file.ToArray(), options, 1);
            Assert.Equal(reading.Territory is null, reading.Faults.Count > 0);
            accepted += reading.Territory is null ? 0 : 1;
        }
        Assert.InRange(accepted, 50, 4_900);
    }

    private static IReadOnlyList<TerritoryFault> Faults(string json) => TerritoryReader.Read(Bytes(json), new(), 1).Faults;

    private static void AssertRefused(string json, string reason, int? feature)
    {
        var reading = TerritoryReader.Read(Bytes(json), new(), 1);
        Assert.Null(reading.Territory);
        Assert.Contains(reading.Faults, f => f.Reason == reason && (feature is null || f.Feature == feature));
        Assert.All(reading.Faults, f => Assert.True(f.Text.Length is > 10 and < 500 && f.Text.EndsWith('.') || f.Reason is "not-json", f.Text));
    }
}
