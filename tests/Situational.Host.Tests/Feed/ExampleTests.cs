using System.Text;
using System.Text.Json;
using Situational.Contracts.Feed;
using Situational.Domain.Patrols;
using Situational.Host.Feed;
using Situational.Host.Tests.Feed.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Feed;

/// <summary>Every message of the feed as docs/feed.md and the front end's fixtures show it.</summary>
public sealed class ExampleTests
{
    [Fact]
    public async Task Frames_AreAsTheContractShowsThem()
    {
        var city = new FakeCity(side: 2);
        var clock = new FakeClock();
        using var view = LiveViews.Make(clock, node: "9f2c41d07be3");
        var silo = new FakeSilo(view);
        using var early = view.Open(new WatchRequest("city"));
        var before = Frame(view, early);
        early.Dispose();

        view.Use(city.Territory);
        await silo.SendAsync(city.SayAll());
        await silo.SendAsync(
            [.. city.Move("u-01", 31.0051234, 121.0049999), .. city.Move("u-02", 31.012, 121.015, UnitState.Late, battery: 76), .. city.Move("u-03", 30.5, 121.5, UnitState.Gone, sosAtMs: FakeCity.StartMs + 30_000),
             city.Open(31.015, 121.005, 1, out var first), city.Open(31.002, 121.012, 3, out var second)]);
        await silo.SendAsync([city.Advance(second, row => row with { Stage = 4, DueAtMs = FakeCity.StartMs + 3_600_000, Level = 1, Whistle = "emergency", Called = 3, Arrived = 1, WhistledAtMs = FakeCity.StartMs + 60_000, Assignee = "unit:u-02" })]);
        view.Tick();
        using var watch = view.Open(new WatchRequest("city"));
        var snapshot = Frame(view, watch);

        clock.Advance(TimeSpan.FromMilliseconds(850));
        city[FakeCity.Code(1, 1)].Silent = true;
        var silent = city[FakeCity.Code(1, 1)].Say(changed: true);
        await silo.SendAsync([.. city.Move("u-01", 31.0052, 121.0105, UnitState.Live, FixMarks.Jump, battery: 12), .. city.Move("u-03", 30.5, 121.5, UnitState.Gone), city.Close(first), silent,
            city.Advance(second, row => row with { Level = 2, Escalations = 1, Arrived = 2 })]);
        view.Cut();
        var delta = Frame(view, watch);
        clock.Advance(TimeSpan.FromSeconds(2));
        await silo.SendAsync([], storeAway: true);
        view.Tick();
        var beat = Frame(view, watch);
        using var row = view.Open(new WatchRequest("310000000"));
        Frame(view, row);
        await silo.SendAsync(city.Move("u-01", 31.0152, 121.0105));
        view.Cut();
        var gone = Frame(view, row);
        var unreadGrid = city[FakeCity.Code(0, 1)];
        unreadGrid.Loaded = false;
        unreadGrid.Cases.Clear();
        await silo.SendAsync([unreadGrid.Say(changed: true)], storeAway: true);
        view.Tick();
        _ = Frames(view, row);
        await silo.SendAsync([unreadGrid.Say(changed: true)], storeAway: true);
        view.Cut();
        var unread = Frame(view, row);

        foreach (var (name, frame) in new[] { ("snapshot", snapshot), ("delta", delta), ("beat", beat), ("snapshot-before-territory", before), ("delta-gone", gone), ("delta-unread", unread) })
        {
            Examples.InPage(name, frame);
            Examples.InFile(name, frame);
        }
    }

    [Fact]
    public void Requests_AreAsTheContractShowsThem()
    {
        var since = new WatchRequest("310000", new WatchCursor("9f2c41d07be3-2", 1), "all", [31.0, 121.0, 31.01, 121.02]);
        var json = JsonSerializer.Serialize(since, JsonSerializerOptions.Web);

        Examples.InPage("watch", $$"""{"type":4,"invocationId":"1","target":"{{FeedNames.WatchMethod}}","arguments":[{"area":"city"}]}""");
        Examples.InPage("watch-since", $$"""{"type":4,"invocationId":"2","target":"{{FeedNames.WatchMethod}}","arguments":[{{json}}]}""");
        Assert.Equal(new ChannelKey("310000", true, new FrameBox(31_000_000, 121_000_000, 31_010_000, 121_020_000)), ChannelKey.Parse(since));
    }

    [Fact]
    public void Digests_AreAsTheFrontEndComputesThem()
    {
        var examples = new List<object>();
        foreach (var (code, revision) in new[]
        {
            ("outside", 0L), ("310000000001", 1L), ("310000000001", 2L), ("网格一", FakeCity.StartMs), ("a", uint.MaxValue), ("a", uint.MaxValue + 2L),
            ("440306001001001", (1L << 53) - 1), (new string('x', 300), 7L),
        })
            examples.Add(new object[] { code, revision, FeedDigest.Format(FeedDigest.Mix(code, revision)) });

        Examples.InFile("digests", JsonSerializer.Serialize(examples, JsonSerializerOptions.Web));
    }

    [Fact]
    public async Task Refusals_AreAsTheContractShowsThem()
    {
        await using var server = await FeedServer.StartAsync(new FakeCity());
        await using var connection = new HubConnection();
        await connection.OpenAsync(new Uri(server.Address, FeedNames.HubPath), "Authorization", "Bearer wall", CancellationToken.None);
        await connection.ShakeHandsAsync(CancellationToken.None);

        await connection.SendAsync("""{"type":4,"invocationId":"1","target":"Watch","arguments":[{"area":"nowhere"}]}""", CancellationToken.None);

        using var answer = await HubTests.CompletionAsync(connection);
        Examples.InPage("refused", answer.RootElement.GetRawText());
    }

    private static string Frame(LiveView view, Watch watch) => Encoding.UTF8.GetString(Assert.Single(Frames(view, watch)).Json.Span);

    private static List<EncodedFrame> Frames(LiveView view, Watch watch)
    {
        var frames = new List<EncodedFrame>();
        _ = view.Read(watch, frames);
        return frames;
    }
}
