using Situational.Domain.Kpis;

namespace Situational.Domain.Tests.Kpis;

public sealed class RankingTests
{
    [Fact]
    public void Ranking_WhereHighIsGood_GoesByTheLowerBound()
    {
        // lower bounds: 96/101 0.8893, 40/41 0.8740, 30/30 0.8865, 60/101 0.4966
        var ranking = Ranking.Of([Of("a", 40, 41), Of("b", 96, 101), Of("c", 30, 30), Of("d", 60, 101)], highIsGood: true, 30);

        Assert.Equal(["b", "c", "a", "d"], ranking.Ranked.Select(r => r.Area.Area));
        Assert.Equal([1, 2, 3, 4], ranking.Ranked.Select(r => r.Place));
    }

    [Fact]
    public void Ranking_WhereLowIsGood_GoesByTheUpperBound()
    {
        // upper bounds: 0/30 0.1135, 1/100 0.0545, 20/100 0.2888
        var ranking = Ranking.Of([Of("a", 0, 30), Of("b", 1, 100), Of("c", 20, 100)], highIsGood: false, 30);

        Assert.Equal(["b", "a", "c"], ranking.Ranked.Select(r => r.Area.Area));
    }

    [Fact]
    public void Ranking_OfTooFewCases_ListsThemApart()
    {
        var ranking = Ranking.Of([Of("z", 1, 1), Of("y", 29, 29), Of("x", 0, 30), Of("w", 0, 0)], highIsGood: true, 30);

        Assert.Equal("x", Assert.Single(ranking.Ranked).Area.Area);
        Assert.Equal([Of("w", 0, 0), Of("y", 29, 29), Of("z", 1, 1)], ranking.TooFew);
    }

    [Fact]
    public void Ranking_OfEqualCounts_SharesThePlace()
    {
        var ranking = Ranking.Of([Of("d", 10, 40), Of("b", 30, 40), Of("a", 30, 40), Of("c", 20, 40)], highIsGood: true, 1);

        Assert.Equal([("a", 1), ("b", 1), ("c", 3), ("d", 4)], ranking.Ranked.Select(r => (r.Area.Area, r.Place)));
    }

    [Fact]
    public void Ranking_WithoutAMinimum_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => Ranking.Of([], true, 0));

    private static AreaRatio Of(string area, int numerator, int denominator) => new(area, new(numerator, denominator));
}
