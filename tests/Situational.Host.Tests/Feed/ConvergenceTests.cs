using Situational.Contracts.Feed;
using Situational.Host.Tests.Feed.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Feed;

/// <summary>Screens on real sockets against the truth of the grains.</summary>
public sealed class ConvergenceTests
{
    [Fact]
    public async Task Screen_ThatStartsInTheMiddleOf2000FixesASecond_ConvergesToTheServersPicture()
    {
        var city = new FakeCity(side: 9);
        await using var server = await FeedServer.StartAsync(city);
        using var traffic = new Traffic(server, units: 2_000, seed: 1);
        var driving = traffic.DriveAsync(fixesPerSecond: 2_000, TimeSpan.FromSeconds(4));
        await traffic.HalfwayAsync();

        await using var screen = await FeedScreen.StartAsync(server.Screen());
        await using var street = await FeedScreen.StartAsync(server.Screen(new WatchRequest("310000003")));
        await using var plain = await FeedScreen.StartAsync(server.Screen(new WatchRequest("310000", Units: "none")));
        await driving;

        await AssertSameAsync(screen, city.Describe());
        await AssertSameAsync(street, city.Describe("310000003"));
        await AssertSameAsync(plain, city.Describe(units: false));
        Assert.True(screen.Look(p => p.Deltas) > 10, "the traffic went on while the screen watched");
    }

    [Trait("Fault", "7")]
    [Fact]
    public async Task Screen_WhoseSocketIsCutTwentyTimesAtRandom_ConvergesAgain()
    {
        var city = new FakeCity(side: 6);
        await using var server = await FeedServer.StartAsync(city);
        using var traffic = new Traffic(server, units: 500, seed: 2);
        await using var screen = await FeedScreen.StartAsync(server.Screen());
        var driving = traffic.DriveAsync(fixesPerSecond: 2_000, TimeSpan.FromSeconds(8));
        var random = new Random(3);

        for (var cut = 1; cut <= 20; cut++)
        {
            var heard = screen.Look(p => p.Snapshots + p.Deltas + p.Beats) + random.Next(1, 4);
            await screen.WaitAsync(p => p.Snapshots + p.Deltas + p.Beats >= heard);
            screen.Cut();
        }
        await driving;

        await AssertSameAsync(screen, city.Describe());
        Assert.True(screen.Connections >= 20, $"{screen.Connections} connections");
        Assert.True(screen.Look(p => p.Snapshots) < screen.Connections, "most reconnections are answered with the missing deltas, not a snapshot");
    }

    [Fact]
    public async Task Screen_WithABox_GetsUnitsAndCasesInsideItAndTheWholeAreasFigures()
    {
        var city = new FakeCity(side: 4);
        await using var server = await FeedServer.StartAsync(city);
        double[] box = [31.005, 121.005, 31.025, 121.025];
        await using var screen = await FeedScreen.StartAsync(server.Screen(new WatchRequest("city", Box: box)));
        using var traffic = new Traffic(server, units: 200, seed: 4);

        await traffic.DriveAsync(fixesPerSecond: 2_000, TimeSpan.FromSeconds(1));

        await AssertSameAsync(screen, city.Describe(inBox: (lat, lon) => lat is >= 31.005 and <= 31.025 && lon is >= 121.005 and <= 121.025));
        Assert.InRange(screen.Look(p => p.Units.Count), 1, 199);
    }

    [Fact]
    public async Task Change_AfterAQuietMoment_ReachesTheScreenAsOneDelta()
    {
        var city = new FakeCity();
        await using var server = await FeedServer.StartAsync(city);
        await using var screen = await FeedScreen.StartAsync(server.Screen());
        await screen.WaitAsync(p => p.Troubles.Count == 0);
        var deltas = screen.Look(p => p.Deltas);

        server.Publish(city.Move("u1", 31.015, 121.015));
        await screen.WaitAsync(p => p.Units.ContainsKey("u1"));

        Assert.Equal(deltas + 1, screen.Look(p => p.Deltas));
        await AssertSameAsync(screen, city.Describe());
    }

    internal static async Task AssertSameAsync(FeedScreen screen, string truth)
    {
        try
        {
            await screen.WaitAsync(p => p.Describe() == truth, TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            // The comparison below says where they differ.
        }
        Assert.Equal(truth, screen.Look(p => p.Describe()));
        Assert.Empty(screen.Look(p => p.Breaches));
    }
}
