using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Situational.Contracts.Feed;
using Situational.Domain.Patrols;
using Situational.Grains.Messages;
using Situational.Host.Feed;
using Situational.Host.Tests.Feed.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Feed;

/// <summary>Whatever happens and whoever watches what: deltas one on another give what a snapshot gives.</summary>
public sealed class FoldTests
{
    private const int Side = 6;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    public async Task Deltas_OfRandomChanges_FoldToTheFreshSnapshotOfEachChannel(int seed, bool gridsWait)
    {
        var random = new Random(seed);
        var city = new FakeCity(Side);
        var clock = new FakeClock();
        using var view = LiveViews.Make(clock, options =>
        {
            options.AllLogBytes = 1_000_000;
            options.GridRowsAtOnce = gridsWait ? 0 : 1_000_000_000;
        });
        view.Use(city.Territory);
        var silo = new FakeSilo(view);
        await silo.SendAsync([]);
        await LiveViews.AnswerAsync(view, city);
        var screens = Enumerable.Range(0, 40).Select(_ => new Screen(view, Ask(random))).ToList();
        var cases = new List<string>();

        for (var cut = 0; cut < 120; cut++)
        {
            for (var changes = random.Next(1, 60); changes > 0; changes--)
                await silo.SendAsync(Happen(city, random, cases));
            view.Cut();
            clock.Advance(TimeSpan.FromMilliseconds(random.Next(100, 400)));
            if (cut % 5 == 0)
                view.Tick();
            // Some read at once, some when much has come together, some begin only now.
            foreach (var screen in screens)
                if (random.Next(4) != 0)
                    screen.Read();
            if (cut % 10 == 0)
                screens.Add(new Screen(view, Ask(random)));
        }

        clock.Advance(TimeSpan.FromSeconds(4));
        view.Tick();
        using var other = LiveViews.Make(clock);
        other.Use(city.Territory);
        await new FakeSilo(other).SendAsync([]);
        await LiveViews.AnswerAsync(other, city);
        foreach (var screen in screens)
        {
            screen.Read();
            var fresh = new Screen(other, screen.Request);
            fresh.Read();
            Assert.Equal((1, 0), (fresh.Picture.Snapshots, fresh.Picture.Deltas));
            Assert.Equal(fresh.Picture.Describe(), screen.Picture.Describe());
            Assert.Equal(Truth(city, screen.Request), screen.Picture.Describe());
            Assert.Empty(screen.Picture.Breaches);
            Assert.False(screen.Picture.Lost);
        }
        Assert.True(screens.Sum(s => s.Picture.Deltas) > 1_000, "pictures come of deltas");
        Assert.Equal(screens.Count, screens.Sum(s => s.Picture.Snapshots));
    }

    [Fact]
    public async Task Frame_OnTheWire_IsTheTextThatAJsonWriterWouldWrite()
    {
        var city = new FakeCity(Side);
        using var view = LiveViews.Make(TimeProvider.System);
        view.Use(city.Territory);
        var silo = new FakeSilo(view);
        await silo.SendAsync([]);
        await LiveViews.AnswerAsync(view, city);
        using var watch = view.Open(new WatchRequest("city", Box: [31, 121, 31.03, 121.03]));
        var frames = new List<EncodedFrame>();
        _ = view.Read(watch, frames);
        var random = new Random(8);
        var cases = new List<string>();
        for (var i = 0; i < 200; i++)
            await silo.SendAsync(Happen(city, random, cases));
        view.Cut();
        _ = view.Read(watch, frames);
        var options = Options.Create(new JsonHubProtocolOptions());
        var (plain, direct) = (new JsonHubProtocol(options), new FrameHubProtocol(options));

        Assert.Equal(["snapshot", "delta"], frames.Select(f => JsonDocument.Parse(f.Json).RootElement.GetProperty("kind").GetString()));
        foreach (var frame in frames)
            foreach (var id in (string[])["1", "a-b_c", "odd \"id\" 号"])
            {
                var message = new StreamItemMessage(id, frame);
                Assert.Equal(Encoding.UTF8.GetString(plain.GetMessageBytes(message).Span), Encoding.UTF8.GetString(direct.GetMessageBytes(message).Span));
            }
        Assert.Equal(plain.GetMessageBytes(PingMessage.Instance).ToArray(), direct.GetMessageBytes(PingMessage.Instance).ToArray());
    }

    [Fact]
    public async Task Grid_ThatWasOnlyHeardAgain_WaitsWhileManyWatchAndIsSaidInTheEnd()
    {
        var city = new FakeCity(Side);
        var clock = new FakeClock();
        using var view = LiveViews.Make(clock, options => options.GridRowsAtOnce = 0);
        view.Use(city.Territory);
        var silo = new FakeSilo(view);
        await silo.SendAsync([]);
        await LiveViews.AnswerAsync(view, city);
        await silo.SendAsync(city.Move("u", 31.001, 121.001));
        var first = new Screen(view, new WatchRequest("city"));
        first.Read();
        string Row() => first.Picture.Grids[FakeCity.Code(0, 0)].ToString();
        var said = Row();

        await silo.SendAsync(city.Move("u", 31.002, 121.002));
        view.Cut();
        first.Read();
        var second = new Screen(view, new WatchRequest("city"));
        second.Read();
        Assert.Equal((said, 1), (Row(), first.Picture.Deltas));
        Assert.Contains("31002000", first.Picture.Units["u"].ToString(), StringComparison.Ordinal);
        Assert.Equal(first.Picture.Describe(), second.Picture.Describe());

        // What a person would see of it does not wait.
        await silo.SendAsync([city.Open(31.002, 121.002, 1, out _)]);
        view.Cut();
        first.Read();
        Assert.Equal(city.Describe(), first.Picture.Describe());

        await silo.SendAsync(city.Move("u", 31.003, 121.003));
        view.Cut();
        clock.Advance(TimeSpan.FromSeconds(4));
        view.Tick();
        first.Read();
        second.Read();
        Assert.Equal(city.Describe(), first.Picture.Describe());
        Assert.Equal(city.Describe(), second.Picture.Describe());
        Assert.Empty(first.Picture.Breaches);
        Assert.Empty(second.Picture.Breaches);
    }

    [Fact]
    public async Task Logs_OfAllChannelsTogether_KeepNoMoreThanTheBound()
    {
        var city = new FakeCity(Side);
        using var view = LiveViews.Make(TimeProvider.System, options => options.AllLogBytes = 1_000_000);
        view.Use(city.Territory);
        var silo = new FakeSilo(view);
        await silo.SendAsync([]);
        await LiveViews.AnswerAsync(view, city);
        using var busy = view.Open(new WatchRequest("city"));
        using var quiet = view.Open(new WatchRequest("310000005"));
        await silo.SendAsync(city.Move("still", 31.055, 121.005));
        view.Cut();
        Assert.Equal(1, quiet.Channel.Log.Count);
        var screen = new FeedPicture();
        Screen.Follow(view, quiet, screen);

        for (var cut = 0; cut < 400; cut++)
        {
            for (var i = 0; i < 40; i++)
                await silo.SendAsync(city.Move($"u{i}", 31.001 + cut * 1e-5, 121.001));
            view.Cut();
        }
        view.Tick();

        // What happened where little happens would keep alive all that happened elsewhere at the time.
        Assert.Equal(0, quiet.Channel.Log.Count);
        Assert.InRange(busy.Channel.Log.Count, 1, 256);
        await silo.SendAsync(city.Move("still", 31.056, 121.005));
        view.Cut();
        Screen.Follow(view, quiet, screen);
        Assert.Equal((1, 1), (screen.Snapshots, screen.Deltas));
        Assert.Equal(city.Describe("310000005"), screen.Describe());
    }

    private static WatchRequest Ask(Random random)
    {
        var area = random.Next(3) switch { 0 => "city", 1 => $"310000{random.Next(Side):D3}", _ => FakeCity.Code(random.Next(Side), random.Next(Side)) };
        double[]? box = null;
        if (random.Next(3) > 0)
        {
            var (south, west) = (30.99 + random.Next(60) * 0.001, 120.99 + random.Next(60) * 0.001);
            box = [south, west, south + random.Next(30) * 0.001, west + random.Next(30) * 0.001];
        }
        return new WatchRequest(area, Units: random.Next(6) == 0 ? "none" : "all", Box: box);
    }

    private static List<GridChange> Happen(FakeCity city, Random random, List<string> cases)
    {
        var what = random.Next(100);
        if (what < 4)
        {
            var opened = city.Open(31 + random.NextDouble() * 0.06, 121 + random.NextDouble() * 0.06, random.Next(1, 5), out var id);
            cases.Add(id);
            return [opened];
        }
        if (what < 8 && cases.Count > 0)
        {
            var id = cases[random.Next(cases.Count)];
            if (what < 6)
                return [city.Advance(id, row => row with { Level = (byte)random.Next(4), Escalations = (byte)random.Next(2) })];
            cases.Remove(id);
            return [city.Close(id)];
        }
        var unit = $"u{random.Next(80)}";
        if (what < 10)
            return city.Move(unit, 0, 0, UnitState.Gone, sosAtMs: FakeCity.StartMs);
        return city.Move(unit, 30.99 + random.NextDouble() * 0.08, 120.99 + random.NextDouble() * 0.08, (UnitState)random.Next(4));
    }

    private static string Truth(FakeCity city, WatchRequest request)
    {
        static long Micro(double degrees) => (long)Math.Round(degrees * 1e6);
        return city.Describe(
            request.Area == "city" ? "310000" : request.Area, request.Units == "all",
            request.Box is not [var south, var west, var north, var east] ? null : (latitude, longitude) =>
                (latitude == 0 && longitude == 0)
                || (Micro(latitude) >= Micro(south) && Micro(latitude) <= Micro(north) && Micro(longitude) >= Micro(west) && Micro(longitude) <= Micro(east)));
    }

    private sealed class Screen(LiveView view, WatchRequest request)
    {
        private readonly Watch _watch = view.Open(request);

        public WatchRequest Request => request;

        public FeedPicture Picture { get; } = new();

        public void Read() => Follow(view, _watch, Picture);

        public static void Follow(LiveView view, Watch watch, FeedPicture picture)
        {
            var frames = new List<EncodedFrame>();
            do
            {
                frames.Clear();
                _ = view.Read(watch, frames);
                foreach (var frame in frames)
                {
                    using var json = JsonDocument.Parse(frame.Json);
                    Assert.Equal(frame.Length, frame.Json.Length);
                    picture.Apply(json.RootElement);
                }
            }
            while (frames.Count > 0);
        }
    }
}
