using System.Text.Json;
using Situational.Contracts.Feed;
using Situational.Host.Feed;
using Situational.Host.Tests.Feed.Support;

namespace Situational.Host.Tests.Feed;

/// <summary>What the live view says when its picture may not be whole or true.</summary>
public sealed class LiveViewTroubleTests : LiveViewUnderTest
{
    [Fact]
    public async Task View_ThatStarts_SaysHowWarmItIsUntilAllGridsAreHeard()
    {
        Assert.Contains(new Trouble("no-territory", ""), View.Troubles());

        View.Use(City.Territory);
        Assert.Equal([new Trouble("warming", "0/10")], View.Troubles());
        await Silo.SendAsync(City.SayAll().Take(4));
        Assert.Equal([new Trouble("warming", "4/10")], View.Troubles());
        await LiveViews.AnswerAsync(View, City);

        Assert.Empty(View.Troubles());
    }

    [Fact]
    public async Task View_ThatStartsOver_GivesItsScreensSnapshotsAndSaysSoForAWhile()
    {
        await WarmAsync();
        using var watch = View.Open(new WatchRequest("city"));
        var frames = new List<EncodedFrame>();
        _ = View.Read(watch, frames);
        frames.Clear();

        View.StartOver();
        _ = View.Read(watch, frames);

        using var frame = JsonDocument.Parse(Assert.Single(frames).Json);
        Assert.Equal(FrameKind.Snapshot, frame.RootElement.GetProperty("kind").GetString());
        Assert.Contains("view-fault", frame.RootElement.GetProperty("trouble").EnumerateArray().Select(t => t.GetProperty("code").GetString()));
        Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.DoesNotContain(View.Troubles(), t => t.Code == "view-fault");
    }

    [Fact]
    public async Task Silo_ThatIsSilentForFiveSeconds_IsTrouble()
    {
        await WarmAsync();
        using var watch = Open("city", out _);

        Clock.Advance(TimeSpan.FromSeconds(5.5));
        View.Tick();

        var beat = Assert.Single(Read(watch));
        Assert.Equal(("beat", "silo-silent"), (Kind(beat), Troubles(beat)));
        await Silo.SendAsync([]);
        View.Tick();
        Assert.Equal(("beat", ""), (Kind(beat = Assert.Single(Read(watch))), Troubles(beat)));
    }

    [Fact]
    public async Task Silo_ThatIsGoneWhileAnotherLives_IsForgottenAfterAMinute()
    {
        await WarmAsync();
        var other = new FakeSilo(View, "silo-2");

        for (var second = 0; second <= 62; second++)
        {
            await other.SendAsync(City.SayAll());
            Clock.Advance(TimeSpan.FromSeconds(1));
            if (second == 30)
                Assert.Equal([new Trouble("silo-silent", "1")], View.Troubles());
        }

        Assert.Empty(View.Troubles());
    }

    [Fact]
    public async Task Grids_ThatDoNotSpeakForNinetySeconds_AreTroubleWhateverTheWallClockSays()
    {
        await WarmAsync();

        for (var second = 0; second < 95; second++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Silo.SendAsync(second == 80 ? City.SayAll().Skip(3) : []);
            if (second == 20)
                Clock.StepWallClock(TimeSpan.FromHours(-1));
            if (second == 85)
                Assert.Empty(View.Troubles());
        }

        Assert.Equal([new Trouble("grids-unheard", "3/10")], View.Troubles());
    }

    [Fact]
    public async Task Store_ThatIsAwayOrAGridThatCouldNotLoad_IsTrouble()
    {
        await WarmAsync();

        await Silo.SendAsync([], storeAway: true);
        Assert.Equal([new Trouble("store-away", "")], View.Troubles());
        City[FakeCity.Code(1, 1)].Loaded = false;
        await Silo.SendAsync([City[FakeCity.Code(1, 1)].Say(changed: true)]);

        Assert.Equal([new Trouble("store-away", "1/10")], View.Troubles());
    }

    [Fact]
    public async Task Store_ThatLostHistory_IsTroubleWhileAnyGridSaysSo()
    {
        await WarmAsync();
        var grids = new[] { City[FakeCity.Code(1, 1)], City[FakeCity.Code(2, 0)] };
        for (var said = 2; said >= 0; said--)
        {
            for (var i = 0; i < grids.Length; i++)
                grids[i].Lost = i < said ? 7 : 0;
            await Silo.SendAsync([.. grids.Select(grid => grid.Say(changed: true))]);
            Assert.Equal(said == 0 ? [] : [new Trouble("history-lost", $"{said}")], View.Troubles());
        }
    }

    [Fact]
    public async Task Grid_WhoseHistoryIsNotRead_HasNoRiskOnTheFeedUntilItIs()
    {
        await WarmAsync();
        using var watch = Open("city", out var snapshot);
        var grid = City[FakeCity.Code(1, 1)];
        Assert.Equal(4, Risk(snapshot, grid.Code));

        grid.Loaded = false;
        await Silo.SendAsync([grid.Say(changed: true)]);
        View.Cut();
        Assert.Equal(0, Risk(Assert.Single(Read(watch)), grid.Code));
        using var late = Open("310000001", out var fresh);
        Assert.Equal(0, Risk(fresh, grid.Code));
        grid.Loaded = true;
        await Silo.SendAsync([grid.Say(changed: true)]);
        View.Cut();
        Assert.Equal(4, Risk(Assert.Single(Read(watch)), grid.Code));
    }
}
