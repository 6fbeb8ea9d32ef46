using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Situational.Contracts.Feed;
using Situational.Host.Tests.Feed.Support;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Feed;

/// <summary>Screens that hang, servers that restart: on real sockets, judged by what arrives and what is kept, not by the clock.</summary>
[Collection(Alone.Name)]
public sealed class FaultTests
{
    /// <summary>
    /// Changes flow all the time and a screen stalls for longer than a server that waits for it would stand still (a plain awaited
    /// broadcast: 10 s). The others' longest wait for a delta stays far below that, and what is kept below what a queue would have kept.
    /// </summary>
    [Trait("Fault", "6")]
    [Fact]
    public async Task Screen_ThatStallsAmongFifty_DelaysNobodyCostsNoGrowingMemoryAndThenGetsASnapshot()
    {
        var city = new FakeCity(side: 9);
        await using var server = await FeedServer.StartAsync(city, options => options.LogFrames = 16);
        using var traffic = new Traffic(server, units: 500, seed: 21, cases: false);
        await traffic.DriveAsync(fixesPerSecond: 10_000, TimeSpan.FromSeconds(0.5));
        var screens = new List<FeedScreen>();
        try
        {
            for (var i = 0; i < 50; i++)
                screens.Add(await FeedScreen.StartAsync(server.Screen() with { ReceiveBufferBytes = i == 0 ? 16 * 1024 : 0 }));
            var stalled = screens[0];
            var others = screens.Skip(1).ToList();
            using var probe = server.View.Open(new WatchRequest("city"));
            await traffic.DriveAsync(fixesPerSecond: 2_000, TimeSpan.FromSeconds(2));
            stalled.Stall();
            var begun = Stopwatch.GetTimestamp();
            var waits = others.Select(DeltaWaits.Of).ToList();
            var from = others.Select(s => s.Look(p => p.Snapshots)).ToList();

            var kept = 0L;
            while (Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(16))
            {
                await traffic.DriveAsync(fixesPerSecond: 2_000, TimeSpan.FromSeconds(0.5));
                kept = Math.Max(kept, probe.Channel.Log.Bytes);
                Assert.InRange(probe.Channel.Log.Count, 1, 16);
            }
            var longest = waits.Max(w => w.End());
            var revision = probe.Channel.Revision;
            foreach (var screen in others)
                await screen.WaitAsync(p => p.Revision >= revision);

            Assert.True(longest < TimeSpan.FromSeconds(8), $"a screen waited {longest} for a delta");
            Assert.Equal(from, others.Select(s => s.Look(p => p.Snapshots)));
            var sent = waits[0].Bytes;
            Assert.InRange(kept, 1, sent / 4);
            var before = stalled.Look(p => (p.Snapshots, p.Revision));
            Assert.True(before.Revision < probe.Channel.Revision, "the stalled screen is behind");
            stalled.Resume();
            await ConvergenceTests.AssertSameAsync(stalled, city.Describe());
            Assert.True(stalled.Look(p => p.Snapshots) > before.Snapshots, "it was brought up by a snapshot");
        }
        finally
        {
            foreach (var screen in screens)
                await screen.DisposeAsync();
        }
    }

    [Trait("Fault", "9")]
    [Fact]
    public async Task Server_ThatRestartsWith500Screens_BringsThemAllBackOnSharedSnapshots()
    {
        var city = new FakeCity(side: 9);
        var port = FreePort();
        var screens = new List<FeedScreen>();
        var server = await FeedServer.StartAsync(city, Roomy, port: port);
        try
        {
            using (var traffic = new Traffic(server, units: 1_000, seed: 22))
                await traffic.DriveAsync(fixesPerSecond: 10_000, TimeSpan.FromSeconds(0.5));
            for (var i = 0; i < 500; i++)
                screens.Add(FeedScreen.Start(server.Screen()));
            foreach (var screen in screens)
                await screen.WaitAsync(p => p.Snapshots > 0);
            var epochs = screens.Select(s => s.Look(p => p.Epoch)).Distinct().ToList();
            Assert.Single(epochs);

            await server.DisposeAsync();
            server = await FeedServer.StartAsync(city, Roomy, port: port);
            server.Publish(city.Move("after", 31.05, 121.05));

            var truth = city.Describe();
            foreach (var screen in screens)
                await ConvergenceTests.AssertSameAsync(screen, truth);
            Assert.Single(screens.Select(s => s.Look(p => p.Epoch)).Distinct());
            // A few while the node warmed up, one after; not one a screen.
            Assert.InRange(server.View.SnapshotsBuilt, 1, 10);
            Assert.Equal(500, server.View.Screens);
        }
        finally
        {
            foreach (var screen in screens)
                await screen.DisposeAsync();
            await server.DisposeAsync();
        }

        static void Roomy(Host.Feed.FeedOptions options) => options.ConnectionsPerIdentity = 1_000;
    }

    [Trait("Fault", "7")]
    [Fact]
    public async Task Node_ThatLosesMessagesOfASilo_HealsByAsking()
    {
        var city = new FakeCity(side: 4);
        await using var server = await FeedServer.StartAsync(city);
        await using var screen = await FeedScreen.StartAsync(server.Screen());
        using var traffic = new Traffic(server, units: 200, seed: 23);

        // What these grids say is lost on the way: only a later change of the same grid shows it.
        for (var i = 0; i < 200; i++)
            traffic.Step();
        await traffic.DriveAsync(fixesPerSecond: 4_000, TimeSpan.FromSeconds(0.5));

        await ConvergenceTests.AssertSameAsync(screen, city.Describe());
    }

    [Fact]
    public async Task Grains_ThatDoNotAnswerAtFirst_AreAskedUntilTheyDo()
    {
        var city = new FakeCity { Away = true };
        await using var server = await FeedServer.StartAsync(city);
        await using var screen = await FeedScreen.StartAsync(server.Screen());
        await screen.WaitAsync(p => p.Troubles.Any(t => t.StartsWith("warming", StringComparison.Ordinal)));

        city.Away = false;

        await screen.WaitAsync(p => p.Troubles.Count == 0);
        await ConvergenceTests.AssertSameAsync(screen, city.Describe());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
