using System.Collections.Immutable;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Domain.Kpis;

namespace Situational.Domain.Tests.Kpis;

public sealed class KpiCountTests
{
    // In version 2 community b is given grid g2, and g4 appears.
    private static readonly AreaTree[] Versions =
    [
        Trees.Of(1, ("city", null), ("a", "city"), ("b", "city"), ("g1", "a"), ("g2", "a"), ("g3", "b")),
        Trees.Of(2, ("city", null), ("a", "city"), ("b", "city"), ("g1", "a"), ("g2", "b"), ("g3", "b"), ("g4", "b")),
    ];

    [Fact]
    public void Case_OfAnOldVersion_CountsInTheAreasOfItsTime()
    {
        var sheet = Count(Case("g2", 1), Case("g2", 2), Case("g4", 2));

        Assert.Equal((1, 2, 2, 3), (sheet.Of("a").Cases, sheet.Of("b").Cases, sheet.Of("g2").Cases, sheet.Of("city").Cases));
        Assert.Equal([("g2", 1)], sheet.ChildrenOf("a", KpiRate.OnTheSpot).Select(c => (c.Area, c.Ratio.Denominator)));
        Assert.Equal([("g2", 1), ("g4", 1)], sheet.ChildrenOf("b", KpiRate.OnTheSpot).Select(c => (c.Area, c.Ratio.Denominator)));
    }

    [Fact]
    public void Case_WhoseAreaIsNotKnown_IsUnplaced()
    {
        var sheet = Count(Case("g4", 1), Case("g1", 7), Case("g1", 1));

        Assert.Equal((1, 2), (sheet.Of("city").Cases, sheet.Unplaced));
    }

    [Fact]
    public void Case_OutsideThePeriod_CountsNowhere()
    {
        var sheet = Count(
            Facts.Open(200), Facts.Open(300), Facts.Ended(10, 99.9), Case("nowhere", 1) with { ReportedAt = Facts.At(201) });

        Assert.Equal((0, 0, 0), (sheet.Of("city").Cases, sheet.Of("city").Excluded, sheet.Unplaced));
        Assert.Equal((2, 0), (Count(Facts.Open(199.9), Facts.Ended(10, 100)).Of("city").Cases, sheet.Of("city").Cases));
    }

    [Fact]
    public void Figures_OfAnArea_AreTheSumOfItsChildren()
    {
        var random = new Random(42);
        var facts = Enumerable.Range(0, 4_000).Select(_ => Draw(random)).ToList();
        var sheet = Count(facts);

        foreach (var area in new[] { "city", "a", "b" })
            foreach (var rate in Enum.GetValues<KpiRate>())
                Assert.Equal(sheet.Of(area)[rate], sheet.ChildrenOf(area, rate).Aggregate(default(Ratio), (sum, c) => sum + c.Ratio));
        Assert.Equal(sheet.Of("city").Cases, sheet.Of("a").Cases + sheet.Of("b").Cases);
        Assert.Equal(sheet.Of("city").Excluded, sheet.Of("a").Excluded + sheet.Of("b").Excluded);
        foreach (var time in Enum.GetValues<KpiTime>())
            Assert.Equal(sheet.Of("city")[time].Count, sheet.Of("a")[time].Count + sheet.Of("b")[time].Count);
        Assert.All(sheet.Of("city").Rates, rate => Assert.InRange(rate.Denominator, 1, int.MaxValue));
        Assert.All(sheet.Of("city").Rates, rate => Assert.InRange(rate.Numerator, 1, rate.Denominator - 1));
        Assert.All(sheet.Of("city").Times, time => Assert.InRange(time.Count, 1, int.MaxValue));
    }

    [Fact]
    public void Figures_OfTheSameCases_DoNotDependOnTheirOrder()
    {
        var random = new Random(43);
        var facts = Enumerable.Range(0, 500).Select(_ => Draw(random)).ToArray();
        var before = Count(facts).Of("city");

        random.Shuffle(facts);
        var after = Count(facts).Of("city");

        Assert.Equal(before.Rates, after.Rates.AsEnumerable());
        Assert.Equal(before.Times, after.Times.AsEnumerable());
    }

    private static KpiSheet Count(params IEnumerable<CaseFact> facts)
    {
        var count = new KpiCount(Facts.Period);
        foreach (var fact in facts)
            count.Add(fact, Versions.FirstOrDefault(v => v.Version == fact.TerritoryVersion));
        return count.ToSheet();
    }

    private static CaseFact Case(string grid, int version) => Facts.Open(150) with { Grid = grid, TerritoryVersion = version };

    /// <summary>Any case: the stages in any order, which the figures do not care about.</summary>
    private static CaseFact Draw(Random random)
    {
        var version = random.Next(1, 3);
        var reported = random.NextDouble() * 220;
        var path = ImmutableArray.CreateBuilder<StageEntry>();
        var at = reported;
        for (var i = random.Next(1, 12); i > 0; i--, at += random.NextDouble() * 20)
            path.Add(new(i == 1 ? (Stage)random.Next(1, 13) : (Stage)random.Next(1, 12), Facts.At(at)));
        var last = path[^1];
        return new(
            "x-1", version == 1 ? "g" + random.Next(1, 4) : "g" + random.Next(1, 5), version, "litter", Severity.Red, last.Stage, Facts.At(reported),
            last.Stage.IsOpen() ? null : last.At, random.Next(4) == 0 ? null : Facts.At(reported + random.NextDouble() * 80), null,
            last.Stage == Stage.Suspended, 0, random.Next(2), random.Next(3), random.Next(2) == 0, random.Next(3) switch { 0 => null, var n => n == 1 },
            path.ToImmutable(),
            [.. Enumerable.Range(0, random.Next(3)).Select(_ => Facts.Muster(
                (MusterState)random.Next(1, 8), random.NextDouble() * 220, random.Next(2) == 0 ? 1 : null, random.Next(2) == 0, random.Next(2) == 0))]);
    }
}
