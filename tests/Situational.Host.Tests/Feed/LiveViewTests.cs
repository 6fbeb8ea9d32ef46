using System.Text;
using System.Text.Json;
using Situational.Contracts.Feed;
using Situational.Domain.Patrols;
using Situational.Host.Feed;
using Situational.Host.Tests.Feed.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Feed;

/// <summary>The live view without sockets, under a clock that the test moves.</summary>
public sealed class LiveViewTests : IDisposable
{
    private readonly FakeCity _city = new(side: 3);
    private readonly FakeClock _clock = new();
    private readonly LiveView _view;
    private readonly FakeSilo _silo;

    public LiveViewTests()
    {
        _view = LiveViews.Make(_clock);
        _silo = new FakeSilo(_view);
    }

    public void Dispose() => _view.Dispose();

    [Fact]
    public async Task View_ThatStarts_SaysHowWarmItIsUntilAllGridsAreHeard()
    {
        Assert.Contains(new Trouble("no-territory", ""), _view.Troubles());

        _view.Use(_city.Territory);
        Assert.Equal([new Trouble("warming", "0/10")], _view.Troubles());
        await _silo.SendAsync(_city.SayAll().Take(4));
        Assert.Equal([new Trouble("warming", "4/10")], _view.Troubles());
        await LiveViews.AnswerAsync(_view, _city);

        Assert.Empty(_view.Troubles());
    }

    [Fact]
    public async Task View_ThatStartsOver_GivesItsScreensSnapshotsAndSaysSoForAWhile()
    {
        await WarmAsync();
        using var watch = _view.Open(new WatchRequest("city"));
        var frames = new List<EncodedFrame>();
        _ = _view.Read(watch, frames);
        frames.Clear();

        _view.StartOver();
        _ = _view.Read(watch, frames);

        using var frame = JsonDocument.Parse(Assert.Single(frames).Json);
        Assert.Equal(FrameKind.Snapshot, frame.RootElement.GetProperty("kind").GetString());
        Assert.Contains("view-fault", frame.RootElement.GetProperty("trouble").EnumerateArray().Select(t => t.GetProperty("code").GetString()));
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.DoesNotContain(_view.Troubles(), t => t.Code == "view-fault");
    }

    [Fact]
    public async Task Gap_IsFilledByAskingThatGridOnce()
    {
        await WarmAsync();
        _city.Move("lost", 31.001, 121.001);

        for (var i = 0; i < 5; i++)
            await _silo.SendAsync(_city.Move($"u{i}", 31.001, 121.001));

        Assert.Equal(1, await LiveViews.AnswerAsync(_view, _city));
        Assert.Equal(["lost", "u0", "u1", "u2", "u3", "u4"], _view.Units(null, 10, null).Select(u => u.Id));
    }

    [Fact]
    public async Task Answer_ThatIsOlderThanWhatWasHeardMeanwhile_IsAskedForAgain()
    {
        await WarmAsync();
        _city.Move("lost", 31.001, 121.001);
        await _silo.SendAsync(_city.Move("u1", 31.001, 121.001));
        Assert.True(_view.Asks.TryRead(out var slot));
        var answer = await _city.StateAsync(slot.Code, CancellationToken.None);
        _city.Move("lost too", 31.001, 121.001);
        await _silo.SendAsync(_city.Move("u2", 31.001, 121.001));

        _view.Answer(slot, answer);

        Assert.Equal(1, await LiveViews.AnswerAsync(_view, _city));
        Assert.Equal(4, _view.Units(null, 10, null).Count);
    }

    [Fact]
    public async Task Answer_OfAnActivationThatNumbersLower_IsAskedForOnceMoreAndEndsTheAsking()
    {
        await WarmAsync();
        _city.Move("lost", 31.001, 121.001);
        await _silo.SendAsync(_city.Move("u1", 31.001, 121.001));
        _city[FakeCity.Code(0, 0)].Restart(activation: 77, revision: 3);

        Assert.Equal(2, await LiveViews.AnswerAsync(_view, _city));
        Assert.Equal(["lost", "u1"], _view.Units(null, 10, null).Select(u => u.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Grid_ThatLivesOnWithLowerNumbers_IsInThePictureAfterOneAsk(bool whole)
    {
        await WarmAsync();
        var grid = _city[FakeCity.Code(0, 0)];
        var restarted = grid.Restart(activation: 77, revision: 3);
        var moved = _city.Move("u", 31.001, 121.001)[0];

        await _silo.SendAsync([whole ? restarted : moved]);

        Assert.Equal(1, await LiveViews.AnswerAsync(_view, _city));
        Assert.Equal("u", Assert.Single(_view.Units(null, 10, null)).Id);
    }

    [Fact]
    public async Task Grid_OfWhichAnEndedActivationSpeaksLate_StaysAsItIsAndIsAskedOnce()
    {
        await WarmAsync();
        var grid = _city[FakeCity.Code(0, 0)];
        var late = grid.Say();
        await _silo.SendAsync([grid.Restart(activation: 77, revision: grid.Revision + 100), .. _city.Move("u", 31.001, 121.001)]);

        _clock.Advance(TimeSpan.FromSeconds(25));
        await _silo.SendAsync([late]);

        Assert.Equal("u", Assert.Single(_view.Units(null, 10, null)).Id);
        Assert.Equal(1, await LiveViews.AnswerAsync(_view, _city));
        Assert.Equal("u", Assert.Single(_view.Units(null, 10, null)).Id);
    }

    [Fact]
    public async Task Answer_ThatFails_IsAskedForAgain()
    {
        await WarmAsync();
        _city.Move("lost", 31.001, 121.001);
        await _silo.SendAsync(_city.Move("u1", 31.001, 121.001));
        Assert.True(_view.Asks.TryRead(out var slot));

        _view.Answer(slot, null);

        Assert.Equal(1, await LiveViews.AnswerAsync(_view, _city));
        Assert.Equal(2, _view.Units(null, 10, null).Count);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-1)]
    public async Task Message_ThatDoesNotFollowTheSilosLast_LetsTheViewAskEverything(long skip)
    {
        await WarmAsync();
        _city.Move("lost", 31.011, 121.011);
        _silo.Sequence += skip;

        await _silo.SendAsync([]);

        Assert.Equal(10, await LiveViews.AnswerAsync(_view, _city));
        Assert.Equal("lost", Assert.Single(_view.Units(null, 10, null)).Id);
    }

    [Fact]
    public async Task Silo_ThatIsSilentForFiveSeconds_IsTrouble()
    {
        await WarmAsync();
        using var watch = Open("city", out _);

        _clock.Advance(TimeSpan.FromSeconds(5.5));
        _view.Tick();

        var beat = Assert.Single(Read(watch));
        Assert.Equal(("beat", "silo-silent"), (Kind(beat), Troubles(beat)));
        await _silo.SendAsync([]);
        _view.Tick();
        Assert.Equal(("beat", ""), (Kind(beat = Assert.Single(Read(watch))), Troubles(beat)));
    }

    [Fact]
    public async Task Silo_ThatIsGoneWhileAnotherLives_IsForgottenAfterAMinute()
    {
        await WarmAsync();
        var other = new FakeSilo(_view, "silo-2");

        for (var second = 0; second <= 62; second++)
        {
            await other.SendAsync(_city.SayAll());
            _clock.Advance(TimeSpan.FromSeconds(1));
            if (second == 30)
                Assert.Equal([new Trouble("silo-silent", "1")], _view.Troubles());
        }

        Assert.Empty(_view.Troubles());
    }

    [Fact]
    public async Task Grids_ThatDoNotSpeakForNinetySeconds_AreTroubleWhateverTheWallClockSays()
    {
        await WarmAsync();

        for (var second = 0; second < 95; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await _silo.SendAsync(second == 80 ? _city.SayAll().Skip(3) : []);
            if (second == 20)
                _clock.StepWallClock(TimeSpan.FromHours(-1));
            if (second == 85)
                Assert.Empty(_view.Troubles());
        }

        Assert.Equal([new Trouble("grids-unheard", "3/10")], _view.Troubles());
    }

    [Fact]
    public async Task Store_ThatIsAwayOrAGridThatCouldNotLoad_IsTrouble()
    {
        await WarmAsync();

        await _silo.SendAsync([], storeAway: true);
        Assert.Equal([new Trouble("store-away", "")], _view.Troubles());
        _city[FakeCity.Code(1, 1)].Loaded = false;
        await _silo.SendAsync([_city[FakeCity.Code(1, 1)].Say(changed: true)]);

        Assert.Equal([new Trouble("store-away", "1/10")], _view.Troubles());
    }

    [Fact]
    public async Task Store_ThatLostHistory_IsTroubleWhileAnyGridSaysSo()
    {
        await WarmAsync();
        var grids = new[] { _city[FakeCity.Code(1, 1)], _city[FakeCity.Code(2, 0)] };
        for (var said = 2; said >= 0; said--)
        {
            for (var i = 0; i < grids.Length; i++)
                grids[i].Lost = i < said ? 7 : 0;
            await _silo.SendAsync([.. grids.Select(grid => grid.Say(changed: true))]);
            Assert.Equal(said == 0 ? [] : [new Trouble("history-lost", $"{said}")], _view.Troubles());
        }
    }

    [Fact]
    public async Task Grid_WhoseHistoryIsNotRead_HasNoRiskOnTheFeedUntilItIs()
    {
        await WarmAsync();
        using var watch = Open("city", out var snapshot);
        var grid = _city[FakeCity.Code(1, 1)];
        Assert.Equal(4, Risk(snapshot, grid.Code));

        grid.Loaded = false;
        await _silo.SendAsync([grid.Say(changed: true)]);
        _view.Cut();
        Assert.Equal(0, Risk(Assert.Single(Read(watch)), grid.Code));
        using var late = Open("310000001", out var fresh);
        Assert.Equal(0, Risk(fresh, grid.Code));
        grid.Loaded = true;
        await _silo.SendAsync([grid.Say(changed: true)]);
        _view.Cut();
        Assert.Equal(4, Risk(Assert.Single(Read(watch)), grid.Code));
    }

    [Trait("Fault", "15")]
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Frames_WhileTheWallClockIsSetByAnHour_AreStampedByTheTimeThatPassed(int hours)
    {
        await WarmAsync();
        using var watch = Open("city", out var frame);
        var before = At(frame);
        _clock.StepWallClock(TimeSpan.FromHours(hours));

        for (var beat = 0; beat < 60; beat++)
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            _view.Tick();
            var at = At(Assert.Single(Read(watch)));
            Assert.InRange(at - before, hours > 0 ? 2_000 : 1_960, hours > 0 ? 4_000 : 2_000);
            before = at;
        }
        // The way to the wall clock is gone in the end, and no further.
        _clock.Advance(TimeSpan.FromHours(60));
        _view.Tick();
        Assert.InRange(At(Assert.Single(Read(watch))) - _clock.GetUtcNow().ToUnixTimeMilliseconds(), -1, 1);
    }

    [Fact]
    public async Task Screen_ThatHearsNothing_GetsABeatEveryTwoSeconds()
    {
        await WarmAsync();
        using var watch = Open("city", out var snapshot);

        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1_900));
            await _silo.SendAsync([]);
            _view.Tick();
            Assert.Empty(Read(watch));
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            _view.Tick();
            var beat = Assert.Single(Read(watch));
            Assert.Equal(("beat", snapshot.Revision), (Kind(beat), beat.Revision));
        }
    }

    [Fact]
    public async Task Territory_ThatComesIntoForce_GoesOnInTheSameStreamWithASnapshot()
    {
        using var watch = Open("city", out var before);
        await LiveViews.AnswerAsync(_view, _city);

        _view.Use(_city.Territory);
        await LiveViews.AnswerAsync(_view, _city);
        var frames = Read(watch);

        Assert.Equal(["snapshot"], frames.Select(Kind));
        Assert.NotEqual(Text(before, "epoch"), Text(frames[0], "epoch"));
        Assert.Equal(_city.Describe(), Picture(frames).Describe());
        Assert.Equal(1, _view.Screens);
    }

    [Fact]
    public async Task Questions_AreAnsweredFromThePicture()
    {
        await WarmAsync();
        await _silo.SendAsync(
            [.. _city.Move("b", 31.001, 121.001), .. _city.Move("a", 31.011, 121.001, UnitState.Gone), .. _city.Move("c", 30.0, 120.0, UnitState.Late),
             _city.Open(31.001, 121.001, 1, out _)]);

        Assert.Equal(["a", "b", "c"], _view.Units(null, 10, null).Select(u => u.Id));
        Assert.Equal(["b"], _view.Units(null, 1, "a").Select(u => u.Id));
        Assert.Equal(["b"], _view.Units("310000000", 10, null).Select(u => u.Id));
        Assert.Empty(_view.Units("nowhere", 10, null));
        Assert.Equal(FeedNames.Outside, _view.Units(null, 10, "b")[0].Grid);
        var sums = _view.Area("city")!.Sums;
        Assert.Equal((1, 1, 1, 1, 9), (sums.Live, sums.Late, sums.Gone, sums.Red, sums.Grids));
        Assert.Equal((1, 0, 0, 1, 3), (_view.Area("310000000")!.Sums is var row ? (row.Live, row.Late, row.Gone, row.Red, row.Grids) : default));
        Assert.Null(_view.Area("nowhere"));
        Assert.Equal(1, _view.TerritoryVersion);
    }

    [Fact]
    public async Task Text_ThatIsNoText_DoesNotStopTheFeed()
    {
        await WarmAsync();
        using var watch = Open("city", out _);

        await _silo.SendAsync([.. _city.Move("bad\ud800", 31.001, 121.001), .. _city.Move("good\u202e<b>", 31.001, 121.001)]);
        _view.Cut();

        var delta = Assert.Single(Read(watch));
        using var json = JsonDocument.Parse(delta.Json);
        Assert.Equal(2, json.RootElement.GetProperty("units").GetArrayLength());
    }

    private async Task WarmAsync()
    {
        _view.Use(_city.Territory);
        await _silo.SendAsync([]);
        await LiveViews.AnswerAsync(_view, _city);
        _view.Tick();
    }

    private Watch Open(string area, out EncodedFrame snapshot)
    {
        var watch = _view.Open(new WatchRequest(area));
        snapshot = Assert.Single(Read(watch));
        return watch;
    }

    private List<EncodedFrame> Read(Watch watch)
    {
        var frames = new List<EncodedFrame>();
        _ = _view.Read(watch, frames);
        return frames;
    }

    private static FeedPicture Picture(IEnumerable<EncodedFrame> frames)
    {
        var picture = new FeedPicture();
        foreach (var frame in frames)
        {
            using var json = JsonDocument.Parse(frame.Json);
            picture.Apply(json.RootElement);
        }
        Assert.Empty(picture.Breaches);
        return picture;
    }

    private static string Kind(EncodedFrame frame) => Text(frame, "kind");

    private static string Text(EncodedFrame frame, string name)
    {
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(frame.Json.Span));
        return json.RootElement.GetProperty(name).GetString()!;
    }

    private static long At(EncodedFrame frame)
    {
        using var json = JsonDocument.Parse(frame.Json);
        return json.RootElement.GetProperty("at").GetInt64();
    }

    private static int Risk(EncodedFrame frame, string grid)
    {
        using var json = JsonDocument.Parse(frame.Json);
        return json.RootElement.GetProperty("grids").EnumerateArray().Single(g => g[0].GetString() == grid)[2].GetInt32();
    }

    private static string Troubles(EncodedFrame frame)
    {
        using var json = JsonDocument.Parse(frame.Json);
        return string.Join(' ', json.RootElement.GetProperty("trouble").EnumerateArray().Select(t => t.GetProperty("code").GetString()));
    }
}
