using System.Globalization;
using Situational.Domain.Geometry;
using Situational.Domain.Territory;
using static Situational.Domain.Tests.Territory.GeoJson;

namespace Situational.Domain.Tests.Territory;

[Trait("Fault", "Bad input: geometry")]
public sealed class TerritoryRepairTests
{
    private static readonly TerritoryReadOptions Repair = new() { Repair = true };

    [Fact]
    public void Read_BowtieWithRepair_IsMendedAndListed()
    {
        var reading = TerritoryReader.Read(Bytes(Collection(City, Grid("1a", Polygon("[[0,0],[0.01,0.01],[0.01,0],[0,0.01],[0,0]]")))), Repair, 1);

        var repair = Assert.Single(reading.Repairs);
        Assert.Equal((1, "1a"), (repair.Feature, repair.Area));
        Assert.Contains("intersects itself at latitude 0.005, longitude 0.005", repair.Text);
        var shape = reading.Territory!.Grids[0].Geometry;
        Assert.True(shape.IsValid);
        Assert.Equal(2, shape.NumGeometries);
        Assert.Equal(0.01 * 0.01 / 2, shape.Area, 12);
    }

    [Fact]
    public void Read_UnclosedRingWithRepair_IsClosedAndListed()
    {
        var reading = TerritoryReader.Read(Bytes(Collection(City, Grid("1a", Polygon("[[0,0],[0.01,0],[0.01,0.01],[0,0.01]]")))), Repair, 1);

        Assert.Contains("Closed a ring", Assert.Single(reading.Repairs).Text);
        Assert.Equal(0.0001, reading.Territory!.Grids[0].Geometry.Area, 12);
    }

    [Fact]
    public void Read_LineWithRepair_IsStillRefused()
    {
        var reading = TerritoryReader.Read(Bytes(Collection(City, Grid("1a", Polygon("[[0,0],[1,1],[0.5,0.5],[0,0]]")))), Repair, 1);

        Assert.Null(reading.Territory);
        Assert.Contains("could not be mended", Assert.Single(reading.Faults).Text);
    }

    [Fact]
    public void Read_ScribbleWithRepair_IsRefusedInsteadOfTakingForever()
    {
        var random = new Random(3);
        var positions = Enumerable.Range(0, 5_000)
            .Select(_ => string.Create(CultureInfo.InvariantCulture, $"[{random.NextDouble()},{random.NextDouble()}]")).ToList();
        positions.Add(positions[0]);

        var reading = TerritoryReader.Read(Bytes(Collection(City, Grid("1a", Polygon($"[{string.Join(',', positions)}]")))), Repair, 1);

        Assert.Contains("too often to be mended", Assert.Single(reading.Faults).Text);
    }

    [Fact]
    public void Read_CombsAcrossEachOther_AreRefusedInsteadOfTakingForever()
    {
        // 1,100 teeth from the south across 1,100 from the west: 4.8 million crossings.
        const int teeth = 1_100;
        var (upright, lying) = (new List<string>(), new List<string>());
        for (var i = 0; i < teeth; i++)
            foreach (var (along, across) in new[] { (i, 0), (i + 0.5, 1) })
            {
                upright.Add(FormattableString.Invariant($"[{along / teeth},{across}]"));
                lying.Add(FormattableString.Invariant($"[{across},{along / teeth}]"));
            }
        string Comb(List<string> line, string corner) => Polygon($"[{string.Join(',', line)},{corner},{line[0]}]");

        var reading = TerritoryReader.Read(Bytes(Collection(City, Grid("1a", Comb(upright, "[1,-1],[0,-1]")), Grid("1b", Comb(lying, "[-1,1],[-1,0]")))), new(), 1);

        Assert.Equal("too-entangled", Assert.Single(reading.Faults).Reason);
    }

    [Fact]
    public void Read_OverlapAndGap_AreWarningsWithSquareMeters()
    {
        // On 30° N: the second grid begins 10⁻⁴° (9.65 m) early and ends so much too early before the third.
        string Strip(double west, double east) => FormattableString.Invariant($"[[{west},30],[{east},30],[{east},30.01],[{west},30.01],[{west},30]]");
        const string roof = "[[120,30.01],[120.03,30.01],[120.03,30.02],[120,30.02],[120,30.01]]";
        const string floor = "[[120,29.99],[120.03,29.99],[120.03,30],[120,30],[120,29.99]]";

        var reading = TerritoryReader.Read(Bytes(Collection(
            City, Grid("1a", Polygon(Strip(120, 120.01))), Grid("1b", Polygon(Strip(120.0099, 120.0199))), Grid("1c", Polygon(Strip(120.02, 120.03))),
            Grid("1d", Polygon(roof)), Grid("1e", Polygon(floor)))), new(), 1);

        Assert.Empty(reading.Faults);
        var overlap = Assert.Single(reading.Warnings, w => w.Kind == "overlap");
        var gap = Assert.Single(reading.Warnings, w => w.Kind == "gap");
        Assert.Equal(["1a", "1b"], overlap.Grids);
        var scale = MetricScale.At(30.005);
        var expected = 0.0001 * scale.MetersPerDegreeLongitude * 0.01 * scale.MetersPerDegreeLatitude;
        Assert.InRange(overlap.SquareMeters, expected * 0.9999, expected * 1.0001);
        Assert.InRange(gap.SquareMeters, expected * 0.9999, expected * 1.0001);
        Assert.Contains("10695 m²", overlap.Text);
        Assert.Contains("belong to 1a", overlap.Text);
    }

    [Fact]
    public void Read_CityShapeLargerThanItsGrids_WarnsOfTheRest()
    {
        var city = City.Replace("'geometry':null", "'geometry':" + Polygon("[[0,0],[0.03,0],[0.03,0.01],[0,0.01],[0,0]]"));

        var reading = TerritoryReader.Read(Bytes(Collection(city, Grid("1a", Polygon(Square)), Grid("1b", Polygon(EastSquare)))), new(), 1);

        var gap = Assert.Single(reading.Warnings);
        Assert.Equal("gap", gap.Kind);
        Assert.InRange(gap.SquareMeters, 1_230_000, 1_232_000); // 1113.2 m × 1105.7 m
    }

    [Fact]
    public void Read_ManyOverlaps_ListsSomeAndCountsTheRest()
    {
        var features = new List<string> { City };
        for (var i = 0; i < 40; i++)
            features.Add(Grid($"1-{i}", Polygon(Square)));

        var reading = TerritoryReader.Read(Bytes(Collection([.. features])), new(), 1);

        Assert.Equal(TerritoryReader.MaxWarnings + 1, reading.Warnings.Count);
        Assert.Equal("more", reading.Warnings[^1].Kind);
        Assert.StartsWith($"{40 * 39 / 2 - TerritoryReader.MaxWarnings} more overlaps", reading.Warnings[^1].Text);
    }

    [Fact]
    public void Read_WithoutCoverageCheck_GivesNoWarnings()
    {
        var json = Bytes(Collection(City, Grid("1a", Polygon(Square)), Grid("1b", Polygon(Square))));

        Assert.Single(TerritoryReader.Read(json, new(), 1).Warnings);
        Assert.Empty(TerritoryReader.Read(json, new() { CheckCoverage = false }, 1).Warnings);
    }
}
