using Situational.Host.Tests.Feed.Support;

namespace Situational.Host.Tests.Feed;

/// <summary>What the live view missed, and what came too late, heals by asking.</summary>
public sealed class LiveViewGapTests : LiveViewUnderTest
{
    [Fact]
    public async Task Gap_IsFilledByAskingThatGridOnce()
    {
        await WarmAsync();
        City.Move("lost", 31.001, 121.001);

        for (var i = 0; i < 5; i++)
            await Silo.SendAsync(City.Move($"u{i}", 31.001, 121.001));

        Assert.Equal(1, await LiveViews.AnswerAsync(View, City));
        Assert.Equal(["lost", "u0", "u1", "u2", "u3", "u4"], View.Units(null, 10, null).Select(u => u.Id));
    }

    [Fact]
    public async Task Answer_ThatIsOlderThanWhatWasHeardMeanwhile_IsAskedForAgain()
    {
        await WarmAsync();
        City.Move("lost", 31.001, 121.001);
        await Silo.SendAsync(City.Move("u1", 31.001, 121.001));
        Assert.True(View.Asks.TryRead(out var slot));
        var answer = await City.StateAsync(slot.Code, CancellationToken.None);
        City.Move("lost too", 31.001, 121.001);
        await Silo.SendAsync(City.Move("u2", 31.001, 121.001));

        View.Answer(slot, answer);

        Assert.Equal(1, await LiveViews.AnswerAsync(View, City));
        Assert.Equal(4, View.Units(null, 10, null).Count);
    }

    [Fact]
    public async Task Answer_OfAnActivationThatNumbersLower_IsAskedForOnceMoreAndEndsTheAsking()
    {
        await WarmAsync();
        City.Move("lost", 31.001, 121.001);
        await Silo.SendAsync(City.Move("u1", 31.001, 121.001));
        City[FakeCity.Code(0, 0)].Restart(activation: 77, revision: 3);

        Assert.Equal(2, await LiveViews.AnswerAsync(View, City));
        Assert.Equal(["lost", "u1"], View.Units(null, 10, null).Select(u => u.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Grid_ThatLivesOnWithLowerNumbers_IsInThePictureAfterOneAsk(bool whole)
    {
        await WarmAsync();
        var grid = City[FakeCity.Code(0, 0)];
        var restarted = grid.Restart(activation: 77, revision: 3);
        var moved = City.Move("u", 31.001, 121.001)[0];

        await Silo.SendAsync([whole ? restarted : moved]);

        Assert.Equal(1, await LiveViews.AnswerAsync(View, City));
        Assert.Equal("u", Assert.Single(View.Units(null, 10, null)).Id);
    }

    [Fact]
    public async Task Grid_OfWhichAnEndedActivationSpeaksLate_StaysAsItIsAndIsAskedOnce()
    {
        await WarmAsync();
        var grid = City[FakeCity.Code(0, 0)];
        var late = grid.Say();
        await Silo.SendAsync([grid.Restart(activation: 77, revision: grid.Revision + 100), .. City.Move("u", 31.001, 121.001)]);

        Clock.Advance(TimeSpan.FromSeconds(25));
        await Silo.SendAsync([late]);

        Assert.Equal("u", Assert.Single(View.Units(null, 10, null)).Id);
        Assert.Equal(1, await LiveViews.AnswerAsync(View, City));
        Assert.Equal("u", Assert.Single(View.Units(null, 10, null)).Id);
    }

    [Fact]
    public async Task Answer_ThatFails_IsAskedForAgain()
    {
        await WarmAsync();
        City.Move("lost", 31.001, 121.001);
        await Silo.SendAsync(City.Move("u1", 31.001, 121.001));
        Assert.True(View.Asks.TryRead(out var slot));

        View.Answer(slot, null);

        Assert.Equal(1, await LiveViews.AnswerAsync(View, City));
        Assert.Equal(2, View.Units(null, 10, null).Count);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-1)]
    public async Task Message_ThatDoesNotFollowTheSilosLast_LetsTheViewAskEverything(long skip)
    {
        await WarmAsync();
        City.Move("lost", 31.011, 121.011);
        Silo.Sequence += skip;

        await Silo.SendAsync([]);

        Assert.Equal(10, await LiveViews.AnswerAsync(View, City));
        Assert.Equal("lost", Assert.Single(View.Units(null, 10, null)).Id);
    }
}
