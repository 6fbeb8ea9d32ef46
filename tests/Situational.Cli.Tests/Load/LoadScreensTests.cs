using Situational.Cli.Load;
using Situational.Contracts.Feed;

namespace Situational.Cli.Tests.Load;

/// <summary>Screens hold the server to docs/feed.md over a real socket.</summary>
public sealed class LoadScreensTests
{
    private static readonly Ground City = Ground.Read(LoadCity.Squares(100));
    private readonly LoadWindow _window = new(long.MaxValue);

    [Fact]
    public async Task Screen_ThatLosesTheThread_WatchesAgainFromWhereItStands()
    {
        await using var feed = await ScriptedFeed.StartAsync();
        var screens = await StartAsync(feed);
        await feed.SayAsync(Frame(1, "delta", 5, "\"previous\":4,", 3));

        Assert.Equal("""{"type":5,"invocationId":"1"}""", await feed.HearAsync());
        Assert.Contains("""
            "since":{"epoch":"e","revision":1}
            """.Trim(), await feed.HearAsync());
        // what is still under way of the old watch is left alone
        await feed.SayAsync(Frame(1, "delta", 6, "\"previous\":5,", 4));
        await feed.SayAsync(Frame(2, "delta", 2, "\"previous\":1,", 2));
        await feed.SayAsync(Frame(2, "beat", 2, "", 2));
        await UntilAsync(() => screens.Tally.Beats == 1);
        await screens.EndAsync();

        var result = screens.Result(1);
        Assert.Equal((1, 1, 1, 0), (result.Gaps, result.Resyncs, result.Deltas, result.DigestFaults));
        Assert.Equal((1, 1, 1), (result.Count, result.Ready, result.CutToScreen.Count));
    }

    [Fact]
    public async Task Screen_ThatFindsATamperedFrame_WatchesAgainFromTheBeginning()
    {
        await using var feed = await ScriptedFeed.StartAsync();
        var screens = await StartAsync(feed);
        await feed.SayAsync(Frame(1, "delta", 2, "\"previous\":1,", 2).Replace("[\"g\",2", "[\"g\",3", StringComparison.Ordinal));

        Assert.Contains("\"type\":5", await feed.HearAsync());
        Assert.DoesNotContain("since", await feed.HearAsync());
        await screens.EndAsync();

        Assert.Equal((1, 1, 0), (screens.Tally.DigestFaults, screens.Tally.Resyncs, screens.Tally.Deltas));
    }

    [Fact]
    public async Task Screen_ThatIsCut_ComesBackAndGoesOn()
    {
        await using var feed = await ScriptedFeed.StartAsync();
        var screens = await StartAsync(feed);

        feed.Cut();
        Assert.Contains("\"protocol\":\"json\"", await feed.HearAsync());
        await feed.SayAsync("{}");
        Assert.Contains("\"revision\":1", await feed.HearAsync());
        await screens.EndAsync();

        Assert.Equal(1, screens.Tally.Lost);
    }

    [Fact]
    public async Task Screen_WhoseWatchIsRefused_SaysWhy()
    {
        await using var feed = await ScriptedFeed.StartAsync();
        var screens = await StartAsync(feed);

        await feed.SayAsync("""{"type":3,"invocationId":"1","error":"bad-box: no"}""");
        await UntilAsync(() => screens.Tally.Refused.ContainsKey("bad-box: no"));
        await screens.EndAsync();
    }

    private async Task<LoadScreens> StartAsync(ScriptedFeed feed)
    {
        var target = await LoadTarget.FindAsync(feed.Address, "key", false, default);
        var screens = new LoadScreens(target, _window, new ScreensPlan(1, "city", 1, 1, []), City, null, TimeProvider.System);
        _window.Open();
        var starting = screens.StartAsync(default);
        Assert.Equal("""{"protocol":"json","version":1}""", await feed.HearAsync());
        await feed.SayAsync("{}");
        Assert.StartsWith("""{"type":4,"invocationId":"1","target":"Watch","arguments":[{"area":"city","box":[31.""", await feed.HearAsync());
        await feed.SayAsync(Frame(1, "snapshot", 1, "", 1));
        await starting;
        return screens;
    }

    private static string Frame(int invocation, string kind, long revision, string previous, long grid) =>
        $$"""{"type":2,"invocationId":"{{invocation}}","item":{"kind":"{{kind}}","epoch":"e","revision":{{revision}},{{previous}}"at":1,"digest":"{{FeedDigest.Format(FeedDigest.Mix("g", grid))}}","territory":1,{{(kind == "beat" ? "" : $"\"grids\":[[\"g\",{grid},4]],")}}"totals":{},"trouble":[]} }""";

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
            await Task.Delay(5, deadline.Token);
    }
}
