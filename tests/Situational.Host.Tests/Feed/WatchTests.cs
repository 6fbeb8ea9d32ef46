using System.Text.Json;
using Situational.Contracts.Feed;
using Situational.Domain.Patrols;
using Situational.Grains.Messages;
using Situational.Host.Feed;
using Situational.Host.Tests.Feed.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Feed;

/// <summary>Cursors, logs and snapshots: what a screen gets that reads at its own pace.</summary>
public sealed class WatchTests
{
    [Trait("Fault", "8")]
    [Fact]
    public async Task Change_BetweenSnapshotAndFirstDelta_IsNeverLost()
    {
        // 10,000 watches that begin while another thread changes the city, each followed to the end of its run.
        const int Runs = 100;
        const int WatchesPerRun = 100;
        var random = new Random(7);
        for (var run = 0; run < Runs; run++)
        {
            var city = new FakeCity(side: 2);
            using var view = await WarmAsync(city);
            var silo = new FakeSilo(view) { Sequence = 1 };
            var seed = random.Next();
            using var go = new ManualResetEventSlim();
            var changing = Task.Run(async () =>
            {
                var moves = new Random(seed);
                go.Wait();
                for (var i = 0; i < 150; i++)
                {
                    await silo.SendAsync(Step(city, moves));
                    if (moves.Next(2) == 0)
                        view.Cut();
                }
                view.Cut();
            });
            var screens = new List<(Watch Watch, FeedPicture Picture)>();
            go.Set();
            for (var i = 0; i < WatchesPerRun; i++)
            {
                var watch = view.Open(new WatchRequest("city"));
                var picture = new FeedPicture();
                screens.Add((watch, picture));
                Follow(view, watch, picture);
            }
            await changing;

            var truth = city.Describe();
            foreach (var (watch, picture) in screens)
            {
                Follow(view, watch, picture);
                Assert.Equal(truth, picture.Describe());
                Assert.False(picture.Lost);
                Assert.Empty(picture.Breaches);
                watch.Dispose();
            }
        }
    }

    [Trait("Fault", "6")]
    [Theory]
    [InlineData(20, 4_000_000)]
    [InlineData(10_000, 10_000)]
    public async Task Screen_ThatFallsBehindTheLog_GetsASnapshotAndTheLogStaysBounded(int frames, int bytes)
    {
        var city = new FakeCity(side: 3);
        using var view = await WarmAsync(city, options => (options.LogFrames, options.LogBytes) = (frames, bytes));
        var silo = new FakeSilo(view) { Sequence = 1 };
        using var slow = view.Open(new WatchRequest("city"));
        var picture = new FeedPicture();
        Follow(view, slow, picture);

        var random = new Random(1);
        for (var i = 0; i < 1_000; i++)
        {
            await silo.SendAsync(Step(city, random));
            view.Cut();
            Assert.InRange(slow.Channel.Log.Count, 1, frames);
            Assert.InRange(slow.Channel.Log.Bytes, 1, bytes);
        }

        Assert.True(slow.Channel.Log.First > 0, "the oldest frames are gone");
        Assert.Equal(1, picture.Snapshots);
        Follow(view, slow, picture);
        Assert.Equal(2, picture.Snapshots);
        Assert.Equal(0, picture.Deltas);
        Assert.Equal(city.Describe(), picture.Describe());
    }

    [Fact]
    public void Log_IsBoundedInBytes()
    {
        var log = new FrameLog(maxFrames: 1_000, maxBytes: 10_000);

        for (var i = 1; i <= 100; i++)
        {
            log.Append(new EncodedFrame(i, i - 1, new byte[900]));
            Assert.InRange(log.Bytes, 900, 10_000);
        }

        Assert.Equal((11, 100), (log.Count, log.End));
        log.Append(new EncodedFrame(101, 100, new byte[50_000]));
        Assert.Equal((1, 101), (log.Count, log.End));
    }

    [Fact]
    public async Task Since_OfARevisionStillInTheLog_IsAnsweredWithTheMissingDeltas()
    {
        var city = new FakeCity();
        using var view = await WarmAsync(city);
        var silo = new FakeSilo(view) { Sequence = 1 };
        var picture = new FeedPicture();
        using (var first = view.Open(new WatchRequest("city")))
            Follow(view, first, picture);
        for (var i = 0; i < 5; i++)
        {
            await silo.SendAsync(city.Move($"u{i}", 31.001, 121.001));
            view.Cut();
        }

        using var again = view.Open(new WatchRequest("city", picture.Cursor));
        Follow(view, again, picture);

        Assert.Equal((1, 5), (picture.Snapshots, picture.Deltas));
        Assert.Equal(city.Describe(), picture.Describe());
    }

    [Fact]
    public async Task Since_OfThePresentRevision_IsAnsweredWithABeatAtOnce()
    {
        var city = new FakeCity();
        using var view = await WarmAsync(city);
        var picture = new FeedPicture();
        using var first = view.Open(new WatchRequest("city"));
        Follow(view, first, picture);

        for (var i = 0; i < 3; i++)
        {
            using var again = view.Open(new WatchRequest("city", picture.Cursor));
            Follow(view, again, picture);
        }

        Assert.Equal((1, 0, 3), (picture.Snapshots, picture.Deltas, picture.Beats));
        Follow(view, first, picture);
        Assert.Equal(4, picture.Beats);
    }

    [Theory]
    [InlineData("another", 0)]
    [InlineData(null, 12_345)]
    public async Task Since_ThatTheServerDoesNotKnow_IsAnsweredWithASnapshot(string? epoch, long ahead)
    {
        var city = new FakeCity();
        using var view = await WarmAsync(city);
        var picture = new FeedPicture();
        using var first = view.Open(new WatchRequest("city"));
        Follow(view, first, picture);

        using var again = view.Open(new WatchRequest("city", new WatchCursor(epoch ?? picture.Epoch!, picture.Revision + ahead)));
        var fresh = new FeedPicture();
        Follow(view, again, fresh);

        Assert.Equal((1, 0), (fresh.Snapshots, fresh.Deltas));
    }

    [Fact]
    public async Task Since_OfAnotherAreasStream_IsAnsweredWithASnapshot()
    {
        var city = new FakeCity();
        using var view = await WarmAsync(city);
        var picture = new FeedPicture();
        using var first = view.Open(new WatchRequest("city"));
        Follow(view, first, picture);
        using var other = view.Open(new WatchRequest("310000001", picture.Cursor));

        Follow(view, other, picture);

        Assert.Equal(2, picture.Snapshots);
        Assert.Equal(city.Describe("310000001"), picture.Describe());
    }

    [Trait("Fault", "9")]
    [Fact]
    public async Task Screens_FiveHundredAtOnceWhileTheCityChanges_ShareOneSnapshot()
    {
        var city = new FakeCity(side: 9);
        using var view = await WarmAsync(city);
        var silo = new FakeSilo(view) { Sequence = 1 };
        for (var i = 0; i < 2_000; i++)
            await silo.SendAsync(city.Move($"u{i}", 31.0 + i % 89 * 0.001, 121.0 + i % 83 * 0.001));
        view.Cut();
        var screens = new List<(Watch Watch, FeedPicture Picture)>();

        for (var i = 0; i < 500; i++)
        {
            var watch = view.Open(new WatchRequest(i % 2 == 0 ? "city" : "310000"));
            var picture = new FeedPicture();
            Follow(view, watch, picture);
            screens.Add((watch, picture));
            if (i % 10 == 0)
            {
                await silo.SendAsync(city.Move($"u{i}", 31.05, 121.05));
                view.Cut();
            }
        }

        Assert.Equal(1, view.SnapshotsBuilt);
        Assert.Equal(1, view.Channels);
        var truth = city.Describe();
        foreach (var (watch, picture) in screens)
        {
            Follow(view, watch, picture);
            Assert.Equal(truth, picture.Describe());
            watch.Dispose();
        }
    }

    [Fact]
    public async Task Channels_ThatNobodyWatches_AreFewAndKeptForAWhileThenDropped()
    {
        var clock = new FakeClock();
        var city = new FakeCity();
        using var view = await WarmAsync(city, time: clock);
        for (var i = 0; i < 50; i++)
            view.Open(new WatchRequest("city", Box: [31, 121, 31.01, 121.01 + i * 0.001])).Dispose();
        view.Tick();
        Assert.Equal(16, view.Channels);

        clock.Advance(TimeSpan.FromSeconds(20));
        view.Tick();

        Assert.Equal(0, view.Channels);
    }

    [Fact]
    public async Task Channel_BeyondTheBound_TakesThePlaceOfOneThatNobodyWatches()
    {
        var city = new FakeCity();
        using var view = await WarmAsync(city, options => options.Channels = 2);
        using var watched = view.Open(new WatchRequest("310000000"));
        view.Open(new WatchRequest("310000001")).Dispose();

        using var third = view.Open(new WatchRequest("310000002"));

        Assert.Equal(2, view.Channels);
        Assert.Throws<WatchRefusedException>(() => view.Open(new WatchRequest("310000003")));
    }

    [Fact]
    public async Task Unit_ThatCrossesAnAreaOrABox_IsGoneThereAndComesBack()
    {
        var city = new FakeCity(side: 3);
        using var view = await WarmAsync(city);
        var silo = new FakeSilo(view) { Sequence = 1 };
        using var row = view.Open(new WatchRequest("310000000"));
        using var box = view.Open(new WatchRequest("city", Box: [31.0, 121.0, 31.005, 121.005]));
        var (inRow, inBox) = (new FeedPicture(), new FeedPicture());
        var random = new Random(11);

        for (var i = 0; i < 2_000; i++)
        {
            await silo.SendAsync(Step(city, random));
            if (i % 3 == 0)
                view.Cut();
            if (i % 7 == 0)
            {
                Follow(view, row, inRow);
                Follow(view, box, inBox);
            }
        }
        view.Cut();
        Follow(view, row, inRow);
        Follow(view, box, inBox);

        Assert.Equal(city.Describe("310000000"), inRow.Describe());
        Assert.Equal(city.Describe(inBox: (lat, lon) => lat is >= 31.0 and <= 31.005 && lon is >= 121.0 and <= 121.005), inBox.Describe());
    }

    [Fact]
    public async Task Unit_ThatCallsForHelpFromNobodyKnowsWhere_IsInEachBoxUntilThereIsAPlace()
    {
        var city = new FakeCity(side: 3);
        using var view = await WarmAsync(city);
        var silo = new FakeSilo(view) { Sequence = 1 };
        using var box = view.Open(new WatchRequest("city", Box: [31.0, 121.0, 31.005, 121.005]));
        var inBox = new FeedPicture();

        await silo.SendAsync(city.Move("u", 0, 0, UnitState.Gone, sosAtMs: FakeCity.StartMs));
        view.Cut();
        Follow(view, box, inBox);
        Assert.Equal(["u"], inBox.Units.Keys);

        await silo.SendAsync(city.Move("u", 31.02, 121.02, sosAtMs: FakeCity.StartMs));
        view.Cut();
        Follow(view, box, inBox);
        Assert.Empty(inBox.Units);
    }

    private static async Task<LiveView> WarmAsync(FakeCity city, Action<FeedOptions>? configure = null, TimeProvider? time = null)
    {
        var view = LiveViews.Make(time ?? TimeProvider.System, configure);
        view.Use(city.Territory);
        await new FakeSilo(view).SendAsync([]);
        await LiveViews.AnswerAsync(view, city);
        view.Tick();
        return view;
    }

    private static List<GridChange> Step(FakeCity city, Random random) =>
        city.Move($"u{random.Next(20)}", 31.0 - 0.002 + random.NextDouble() * 0.034, 121.0 - 0.002 + random.NextDouble() * 0.034, (UnitState)random.Next(4));

    // Reads until there is nothing more, as a screen does.
    private static void Follow(LiveView view, Watch watch, FeedPicture picture)
    {
        var frames = new List<EncodedFrame>();
        do
        {
            frames.Clear();
            _ = view.Read(watch, frames);
            foreach (var frame in frames)
            {
                using var json = JsonDocument.Parse(frame.Json);
                picture.Apply(json.RootElement);
            }
        }
        while (frames.Count > 0);
    }
}
