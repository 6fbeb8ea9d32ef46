using Situational.Domain.Patrols;

namespace Situational.Domain.Tests.Patrols;

public sealed class TrailEndTests
{
    private const long Begun = 1_790_000_000_000;
    private static readonly TrailRules Rules = TrailRules.Default;

    [Theory]
    [InlineData(0, 30, 1_999, false)]
    [InlineData(0, 30, 2_000, true)]
    [InlineData(0, 19, 60_000, false)]
    [InlineData(0, 21, 60_000, true)]
    [InlineData(60, 19, 60_000, false)]
    [InlineData(60, 21, 60_000, true)]
    [InlineData(60, 0, 299_999, false)]
    [InlineData(60, 0, 300_000, true)]
    public void AreApart_ByDistanceAndTime_IsJudgedOnTheGround(double latitude, double east, long ms, bool apart)
    {
        var one = Mark(Begun, latitude, 0);
        var other = Mark(Begun + ms, latitude, east);
        Assert.Equal(apart, Rules.AreApart(in one, in other));
        Assert.Equal(apart, Rules.AreApart(in other, in one));
    }

    [Fact]
    public void Keep_AWalkAtFourMetersEverySecond_KeepsEveryFifthFix()
    {
        var trail = new TrailEnd();
        var kept = new List<long>();
        for (var i = 0; i < 60; i++)
            if (Keep(ref trail, Mark(Begun + i * 1_000, 30, i * 4.01)))
                kept.Add(i);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => i * 5L), kept);
    }

    [Fact]
    public void Keep_SomeoneWhoStandsStill_HasAPointEveryFiveMinutes()
    {
        var trail = new TrailEnd();
        var kept = Enumerable.Range(0, 1_201).Count(i => Keep(ref trail, Mark(Begun + i * 1_000, 30, i % 3)));
        Assert.Equal(5, kept);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Keep_ABacklogAfterALiveFix_IsThinnedLikeAWalk(bool newestFirst)
    {
        var trail = new TrailEnd();
        Assert.True(Keep(ref trail, Mark(Begun, 30, 0)));
        Assert.True(Keep(ref trail, Mark(Begun + 3_600_000, 30, 40_000)));
        var backlog = Enumerable.Range(1, 600).Select(i => Mark(Begun + i * 1_000, 30, i * 4.01)).ToList();
        if (newestFirst)
            backlog.Reverse();
        var live = 0;
        var kept = new List<TrailMark>();
        foreach (var mark in backlog)
        {
            if (Keep(ref trail, mark))
                kept.Add(mark);
            // Meanwhile it walks on.
            if (Keep(ref trail, Mark(Begun + 3_600_000 + ++live * 10_000, 30, 40_000 + live * 25)))
                Assert.Equal(Begun + 3_600_000 + live * 10_000, trail.Newest.AtMs);
        }
        Assert.InRange(kept.Count, 115, 121);
        kept.Sort((a, b) => a.AtMs.CompareTo(b.AtMs));
        for (var i = 1; i < kept.Count; i++)
            Assert.True(Rules.AreApart(kept[i - 1], kept[i]));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1_999, true)]
    [InlineData(2_000, false)]
    public void IsTooSoon_ByTheTimeSinceTheNewest_IsNeverSaidOfWhatWouldBeKept(long ms, bool soon)
    {
        var trail = new TrailEnd();
        Assert.False(trail.IsTooSoon(Begun, in Rules));
        Keep(ref trail, Mark(Begun, 30, 0));
        Assert.Equal(soon, trail.IsTooSoon(Begun + ms, in Rules));
        if (soon)
            Assert.False(Keep(ref trail, Mark(Begun + ms, 30, 500)));
    }

    [Fact]
    public void Keep_APointBetweenTwo_NamesBoth()
    {
        var trail = new TrailEnd();
        var (first, last) = (Mark(Begun, 30, 0), Mark(Begun + 60_000, 30, 200));
        Keep(ref trail, first);
        Keep(ref trail, last);
        var between = Mark(Begun + 30_000, 30, 100);
        Assert.True(trail.Keep(in between, in Rules, always: false, out var before, out var after));
        Assert.Equal((first, last), (before, after));
        Assert.Equal(last, trail.Newest);
        Assert.False(Keep(ref trail, between));
        Assert.False(Keep(ref trail, Mark(Begun + 59_000, 30, 199)));
        Assert.False(Keep(ref trail, last));
    }

    [Fact]
    public void Keep_TheNewestWhereSomethingHappened_IsKeptHoweverNearItIs()
    {
        var trail = new TrailEnd();
        Keep(ref trail, Mark(Begun, 30, 0));
        var crossed = Mark(Begun + 1_000, 30, 1);
        Assert.False(Keep(ref trail, crossed));
        Assert.True(trail.Keep(in crossed, in Rules, always: true, out var before, out var after));
        Assert.Equal((Begun, false), (before.AtMs, after.Exists));
    }

    private static bool Keep(ref TrailEnd trail, TrailMark mark) => trail.Keep(in mark, in Rules, always: false, out _, out _);

    private static TrailMark Mark(long atMs, double latitude, double eastMeters) => new(
        atMs, (int)Math.Round(latitude * 1e6), (int)Math.Round(120e6 + eastMeters / (0.111195 * Math.Cos(double.DegreesToRadians(latitude)))), true);
}
