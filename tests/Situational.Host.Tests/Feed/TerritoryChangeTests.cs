using System.Text.Json;
using Situational.Contracts.Feed;
using Situational.Host.Feed;
using Situational.Host.Tests.Feed.Support;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Feed;

/// <summary>Screens while another version of the territory comes into force.</summary>
public sealed class TerritoryChangeTests : IDisposable
{
    private readonly FakeCity _city = new(side: 3);
    private readonly FakeClock _clock = new();
    private readonly LiveView _view;
    private readonly FakeSilo _silo;

    public TerritoryChangeTests()
    {
        _view = LiveViews.Make(_clock);
        _silo = new FakeSilo(_view);
    }

    public void Dispose() => _view.Dispose();

    [Fact]
    public async Task Grids_AddedAndRemoved_AreOnTheScreenWithTheDigestOfTheNewTerritory()
    {
        using var watch = await WarmAsync("city");
        var picture = Apply(watch, new FeedPicture());
        var first = picture.Epoch;

        _city.Reform(side: 4, version: 2, code => code != FakeCity.Code(0, 1));
        _view.Use(_city.Territory);
        Apply(watch, picture);

        // What stays is as it was, what is gone is gone, what is new is not known yet; and all of this is said.
        Assert.NotEqual(first, picture.Epoch);
        Assert.Equal(2, picture.Territory);
        Assert.Equal(9, picture.Grids.Count);
        Assert.DoesNotContain(FakeCity.Code(0, 1), picture.Grids.Keys);
        Assert.Equal("u1", Assert.Single(picture.Units).Key);
        Assert.Equal(["territory-changing 9/16", "warming 9/16"], picture.Troubles);
        Assert.Equal(15, picture.Totals["grids"]);

        await _silo.SendAsync(_city.Learn());
        _view.Tick();
        Apply(watch, picture);

        Assert.Empty(picture.Troubles);
        Assert.Equal(16, picture.Grids.Count);
        Assert.Equal(_city.Describe(), picture.Describe());
        Assert.Empty(picture.Breaches);
    }

    [Fact]
    public async Task Events_AreStillThereAfterTheTerritoryChanged()
    {
        using var watch = await WarmAsync("city");
        await _silo.SendAsync([_city.Close(_city[FakeCity.Code(1, 1)].Cases.Keys.Single())]);
        var before = Apply(watch, new FeedPicture()).Events.Select(e => e.ToString()).ToList();
        Assert.Equal(3, before.Count);

        _city.Reform(side: 3, version: 2, _ => true);
        _view.Use(_city.Territory);
        await _silo.SendAsync(_city.Learn());
        await LiveViews.AnswerAsync(_view, _city);

        Assert.Equal(before, Apply(watch, new FeedPicture()).Events.Select(e => e.ToString()));
    }

    [Fact]
    public async Task Case_ThatMovesToANewGrid_IsOnTheScreenOnceAndItsOldGridIsNot()
    {
        using var watch = await WarmAsync("city");
        var picture = Apply(watch, new FeedPicture());
        var (id, row) = _city[FakeCity.Code(1, 1)].Cases.Single();

        _city.Reform(side: 4, version: 2, code => code != FakeCity.Code(1, 1));
        _view.Use(_city.Territory);
        Assert.DoesNotContain(id, Apply(watch, picture).Cases.Keys);
        await _silo.SendAsync([_city[FakeCity.Code(3, 3)].Open(row), .. _city.Learn()]);
        _view.Tick();
        Apply(watch, picture);

        Assert.Equal(FakeCity.Code(3, 3), picture.Cases[id].Text(1));
        Assert.Equal(_city.Describe(), picture.Describe());
    }

    [Fact]
    public async Task Case_ThatMovesWhileBothGridsStay_IsNeverTakenAwayByTheOneItLeft()
    {
        using var watch = await WarmAsync("city");
        using var row = _view.Open(new WatchRequest("310000001"));
        var (city, left) = (Apply(watch, new FeedPicture()), Apply(row, new FeedPicture()));
        var (id, open) = _city[FakeCity.Code(1, 1)].Cases.Single();
        var departs = _city[FakeCity.Code(1, 1)].Depart(id);

        await _silo.SendAsync([_city[FakeCity.Code(2, 2)].Open(open)]);
        _view.Cut();
        Apply(watch, city);
        await _silo.SendAsync([departs]);
        _view.Cut();

        Assert.Equal(FakeCity.Code(2, 2), Apply(watch, city).Cases[id].Text(1));
        Assert.DoesNotContain(id, Apply(row, left).Cases.Keys);
        Assert.Equal(_city.Describe(), city.Describe());
    }

    [Fact]
    public async Task Area_ThatVanished_EndsItsWatchesByNameAndIsRefusedFromThenOn()
    {
        using var watch = await WarmAsync("310000002");
        using var other = _view.Open(new WatchRequest("310000001"));
        _ = Read(watch);

        _city.Reform(side: 2, version: 2, _ => true);
        _view.Use(_city.Territory);

        Assert.StartsWith("unknown-area: ", Assert.Throws<WatchRefusedException>(() => Read(watch)).Message, StringComparison.Ordinal);
        Assert.StartsWith("unknown-area: ", Assert.Throws<WatchRefusedException>(() => _view.Open(new WatchRequest("310000002"))).Message, StringComparison.Ordinal);
        Assert.Equal(3, Apply(other, new FeedPicture()).Grids.Count + 1);
    }

    [Fact]
    public async Task Area_ThatGetsANewGrid_ShowsIt()
    {
        using var watch = await WarmAsync("310000001");
        var picture = Apply(watch, new FeedPicture());
        Assert.Equal(3, picture.Grids.Count);

        _city.Reform(side: 4, version: 2, _ => true);
        _view.Use(_city.Territory);
        await _silo.SendAsync(_city.Learn());
        _view.Tick();

        Assert.Equal(_city.Describe("310000001"), Apply(watch, picture).Describe());
        Assert.Equal(4, picture.Grids.Count);
    }

    [Fact]
    public async Task Word_OfANewerTerritory_IsTroubleUntilTheNodeHasItAndOneOfAnOlderIsNot()
    {
        using var watch = await WarmAsync("city");
        var late = _city[FakeCity.Code(2, 2)].Say(changed: true);

        _city.Reform(side: 2, version: 2, _ => true);
        await _silo.SendAsync(_city.Learn());
        Assert.True(_view.TerritoryBehind);
        Assert.Equal([new Trouble("territory-changing", "")], _view.Troubles());
        _view.Use(_city.Territory);
        Assert.Empty(_view.Troubles());
        await _silo.SendAsync([late]);

        Assert.False(_view.TerritoryBehind);
        Assert.Empty(_view.Troubles());
    }

    [Fact]
    public async Task Cases_ThatGoToOtherGrids_AreTroubleUntilAllHaveArrived()
    {
        _city.Unsettled = 3;
        await using var server = await FeedServer.StartAsync(_city, options => options.LeaseMilliseconds = 1_000);
        await Eventually.HoldsAsync(() => Task.FromResult(server.View.Troubles().Contains(new Trouble("cases-moving", "3"))), "nobody says that cases move");
        _city.Unsettled = -1;
        await Eventually.HoldsAsync(() => Task.FromResult(server.View.Troubles().Contains(new Trouble("cases-moving", ""))), "it is not said again");
        _city.Unsettled = 0;
        await Eventually.HoldsAsync(() => Task.FromResult(server.View.Troubles().All(t => t.Code != "cases-moving")), "it is said for ever");
    }

    private async Task<Watch> WarmAsync(string area)
    {
        _view.Use(_city.Territory);
        await _silo.SendAsync([]);
        await LiveViews.AnswerAsync(_view, _city);
        await _silo.SendAsync([.. _city.Move("u1", 31.001, 121.001), _city.Open(31.001, 121.001, 1, out _), _city.Open(31.011, 121.011, 2, out _)]);
        _view.Tick();
        return _view.Open(new WatchRequest(area));
    }

    private List<EncodedFrame> Read(Watch watch)
    {
        var frames = new List<EncodedFrame>();
        _ = _view.Read(watch, frames);
        return frames;
    }

    private FeedPicture Apply(Watch watch, FeedPicture picture)
    {
        // Beats come once there is nothing else.
        for (var frames = Read(watch); frames.Count > 0; frames = Read(watch))
            foreach (var frame in frames)
            {
                using var json = JsonDocument.Parse(frame.Json);
                picture.Apply(json.RootElement);
            }
        return picture;
    }
}
