using Situational.Domain.Catalogue;

namespace Situational.Domain.Tests.Catalogue;

public sealed class SpotRulesTests
{
    private static readonly string[] Cases = [.. Enumerable.Range(1, 20_000).Select(n => $"110101001001{n % 80 + 1:000}-{n}")];

    // Five in a hundred of 20,000 are 1,000, with a standard deviation of 31; the draw is the same every time.
    [Fact]
    public void IsRechecked_DefaultShare_TakesAboutFiveInAHundred() => Assert.InRange(Cases.Count(new SpotRules().IsRechecked), 880, 1_120);

    [Fact]
    public void IsRechecked_TheSameCase_IsAlwaysAnsweredTheSame()
    {
        // Those of the first hundred whose SHA-256 of seed, line feed and id begins below 0.05, worked out elsewhere: other machines and later versions
        // must draw the same.
        Assert.Equal(["110101001001031-30", "110101001001063-62", "110101001001020-99"], Cases[..100].Where(new SpotRules().IsRechecked));
    }

    [Fact]
    public void IsRechecked_AnotherSeed_TakesOthers()
    {
        var one = Cases.Where(new SpotRules().IsRechecked).ToHashSet();
        var other = Cases.Where(new SpotRules { RecheckSeed = "another" }.IsRechecked).ToHashSet();
        // By chance 50 are in both.
        Assert.InRange(one.Intersect(other).Count(), 10, 110);
    }

    [Fact]
    public void IsRechecked_AGreaterShare_KeepsThoseOfTheSmaller()
    {
        var few = Cases.Where(new SpotRules { RecheckShare = 0.05 }.IsRechecked).ToHashSet();
        Assert.True(few.IsSubsetOf(Cases.Where(new SpotRules { RecheckShare = 0.2 }.IsRechecked)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 20_000)]
    public void IsRechecked_NoneOrAll_TakesNoneOrAll(double share, int taken) =>
        Assert.Equal(taken, Cases.Count(new SpotRules { RecheckShare = share }.IsRechecked));
}
