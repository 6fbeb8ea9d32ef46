using System.Text.Json;
using Situational.Contracts.Feed;
using Situational.Domain.Patrols;
using Situational.Host.Tests.Feed.Support;

namespace Situational.Host.Tests.Feed;

/// <summary>What screens and the API get of the live view.</summary>
public sealed class LiveViewTests : LiveViewUnderTest
{
    [Trait("Fault", "15")]
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Frames_WhileTheWallClockIsSetByAnHour_AreStampedByTheTimeThatPassed(int hours)
    {
        await WarmAsync();
        using var watch = Open("city", out var frame);
        var before = At(frame);
        Clock.StepWallClock(TimeSpan.FromHours(hours));

        for (var beat = 0; beat < 60; beat++)
        {
            Clock.Advance(TimeSpan.FromSeconds(2));
            View.Tick();
            var at = At(Assert.Single(Read(watch)));
            Assert.InRange(at - before, hours > 0 ? 2_000 : 1_960, hours > 0 ? 4_000 : 2_000);
            before = at;
        }
        // The way to the wall clock is gone in the end, and no further.
        Clock.Advance(TimeSpan.FromHours(60));
        View.Tick();
        Assert.InRange(At(Assert.Single(Read(watch))) - Clock.GetUtcNow().ToUnixTimeMilliseconds(), -1, 1);
    }

    [Fact]
    public async Task Screen_ThatHearsNothing_GetsABeatEveryTwoSeconds()
    {
        await WarmAsync();
        using var watch = Open("city", out var snapshot);

        for (var i = 0; i < 3; i++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(1_900));
            await Silo.SendAsync([]);
            View.Tick();
            Assert.Empty(Read(watch));
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            View.Tick();
            var beat = Assert.Single(Read(watch));
            Assert.Equal(("beat", snapshot.Revision), (Kind(beat), beat.Revision));
        }
    }

    [Fact]
    public async Task Territory_ThatComesIntoForce_GoesOnInTheSameStreamWithASnapshot()
    {
        using var watch = Open("city", out var before);
        await LiveViews.AnswerAsync(View, City);

        View.Use(City.Territory);
        await LiveViews.AnswerAsync(View, City);
        var frames = Read(watch);

        Assert.Equal(["snapshot"], frames.Select(Kind));
        Assert.NotEqual(Text(before, "epoch"), Text(frames[0], "epoch"));
        Assert.Equal(City.Describe(), Picture(frames).Describe());
        Assert.Equal(1, View.Screens);
    }

    [Fact]
    public async Task Questions_AreAnsweredFromThePicture()
    {
        await WarmAsync();
        await Silo.SendAsync(
            [.. City.Move("b", 31.001, 121.001), .. City.Move("a", 31.011, 121.001, UnitState.Gone), .. City.Move("c", 30.0, 120.0, UnitState.Late),
             City.Open(31.001, 121.001, 1, out _)]);

        Assert.Equal(["a", "b", "c"], View.Units(null, 10, null).Select(u => u.Id));
        Assert.Equal(["b"], View.Units(null, 1, "a").Select(u => u.Id));
        Assert.Equal(["b"], View.Units("310000000", 10, null).Select(u => u.Id));
        Assert.Empty(View.Units("nowhere", 10, null));
        Assert.Equal(FeedNames.Outside, View.Units(null, 10, "b")[0].Grid);
        var sums = View.Area("city")!.Sums;
        Assert.Equal((1, 1, 1, 1, 9), (sums.Live, sums.Late, sums.Gone, sums.Red, sums.Grids));
        Assert.Equal((1, 0, 0, 1, 3), (View.Area("310000000")!.Sums is var row ? (row.Live, row.Late, row.Gone, row.Red, row.Grids) : default));
        Assert.Null(View.Area("nowhere"));
        Assert.Equal(1, View.TerritoryVersion);
    }

    [Fact]
    public async Task Text_ThatIsNoText_DoesNotStopTheFeed()
    {
        await WarmAsync();
        using var watch = Open("city", out _);

        await Silo.SendAsync([.. City.Move("bad\ud800", 31.001, 121.001), .. City.Move("good\u202e<b>", 31.001, 121.001)]);
        View.Cut();

        var delta = Assert.Single(Read(watch));
        using var json = JsonDocument.Parse(delta.Json);
        Assert.Equal(2, json.RootElement.GetProperty("units").GetArrayLength());
    }
}
