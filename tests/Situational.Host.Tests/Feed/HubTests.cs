using System.Net.WebSockets;
using System.Text.Json;
using Situational.Contracts.Feed;
using Situational.Host.Tests.Feed.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Feed;

/// <summary>What the hub does with those who ask wrongly, too much, or without leave; others go on.</summary>
public sealed class HubTests
{
    [Trait("Fault", "S1")]
    [Fact]
    public async Task Connection_WithoutAToken_IsRefused()
    {
        await using var server = await FeedServer.StartAsync(new FakeCity());
        await using var connection = new HubConnection();

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => connection.OpenAsync(Hub(server), null, CancellationToken.None));

        Assert.Contains("401", refused.Message);
    }

    [Trait("Fault", "Bad input: hub")]
    [Theory]
    [InlineData("""{"area":"nowhere"}""", "unknown-area")]
    [InlineData("""{"area":""}""", "unknown-area")]
    [InlineData("""{}""", "unknown-area")]
    [InlineData("null", "unknown-area")]
    [InlineData("""{"area":"city","units":"some"}""", "bad-units")]
    [InlineData("""{"area":"city","box":[1,2,3]}""", "bad-box")]
    [InlineData("""{"area":"city","box":[31,121,30,122]}""", "bad-box")]
    [InlineData("""{"area":"city","box":[-91,121,30,122]}""", "bad-box")]
    [InlineData("""{"area":"city","since":{"epoch":"x","revision":-1}}""", "bad-since")]
    [InlineData("""{"area":"city","since":{"revision":1}}""", "bad-since")]
    public async Task Watch_ThatCannotBe_IsRefusedWithItsReason(string request, string reason)
    {
        await using var server = await FeedServer.StartAsync(new FakeCity());
        await using var connection = await OpenAsync(server);

        await connection.SendAsync($$"""{"type":4,"invocationId":"1","target":"Watch","arguments":[{{request}}]}""", CancellationToken.None);

        using var answer = await CompletionAsync(connection);
        Assert.Contains($"HubException: {reason}: ", answer.RootElement.GetProperty("error").GetString());
        Assert.Equal(0, server.View.Screens);
    }

    [Trait("Fault", "Bad input: hub")]
    [Theory]
    [InlineData("""{"type":4,"invocationId":"1","target":"Erase","arguments":[]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Watch","arguments":[]}""")]
    [InlineData("""{"type":4,"invocationId":"1","target":"Watch","arguments":[{"area":17}]}""")]
    [InlineData("""{"type":4,"invocationId":"1","target":"Watch","arguments":["city","city"]}""")]
    public async Task Invocation_OfWhatIsNotThere_IsAnsweredWithAnError(string message)
    {
        await using var server = await FeedServer.StartAsync(new FakeCity());
        await using var connection = await OpenAsync(server);

        await connection.SendAsync(message, CancellationToken.None);

        using var answer = await CompletionAsync(connection);
        Assert.NotEmpty(answer.RootElement.GetProperty("error").GetString()!);
    }

    [Trait("Fault", "Bad input: hub")]
    [Theory]
    [InlineData("""{"protocol":"messagepack","version":1}""" + "\u001e")]
    [InlineData("hello\u001e")]
    [InlineData("""{"protocol":"json","version":99}""" + "\u001e")]
    public async Task Handshake_ThatIsBad_ClosesThatConnectionAlone(string handshake)
    {
        await using var server = await FeedServer.StartAsync(new FakeCity());
        await using var screen = await FeedScreen.StartAsync(server.Screen());
        await using var connection = new HubConnection();
        await connection.OpenAsync(Hub(server), "Authorization", "Bearer wall", CancellationToken.None);

        await connection.SendRawAsync(handshake, CancellationToken.None);

        await AssertClosesAsync(connection);
        await AssertAliveAsync(server, screen);
    }

    [Trait("Fault", "Bad input: hub")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Message_ThatIsOversized_ClosesThatConnectionAlone(bool withSeparator)
    {
        await using var server = await FeedServer.StartAsync(new FakeCity());
        await using var screen = await FeedScreen.StartAsync(server.Screen());
        await using var connection = await OpenAsync(server);
        var large = $$"""{"type":4,"invocationId":"1","target":"Watch","arguments":[{"area":"{{new string('x', 40_000)}}"}]}""";

        await connection.SendRawAsync(withSeparator ? large + '\u001e' : large, CancellationToken.None);

        await AssertClosesAsync(connection);
        await AssertAliveAsync(server, screen);
    }

    [Trait("Fault", "Bad input: hub")]
    [Trait("Fault", "S6")]
    [Fact]
    public async Task Watches_TenThousandOnOneConnection_AreHeldToFour()
    {
        await using var server = await FeedServer.StartAsync(new FakeCity());
        await using var screen = await FeedScreen.StartAsync(server.Screen());
        await using var connection = await OpenAsync(server);
        var refused = 0;
        var reading = Task.Run(async () =>
        {
            while (refused < 9_996)
            {
                using var message = await connection.ReceiveAsync(CancellationToken.None);
                Assert.NotNull(message);
                if (message.RootElement.GetProperty("type").GetInt32() != 3)
                    continue;
                Assert.Contains("HubException: too-many-watches: ", message.RootElement.GetProperty("error").GetString());
                refused++;
            }
        });

        for (var i = 1; i <= 10_000; i++)
            await connection.SendAsync($$"""{"type":4,"invocationId":"{{i}}","target":"Watch","arguments":[{"area":"city"}]}""", CancellationToken.None);
        await reading.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(5, server.View.Screens);
        Assert.Equal(1, server.View.Channels);
        await AssertAliveAsync(server, screen);
    }

    [Trait("Fault", "10")]
    [Trait("Fault", "S6")]
    [Fact]
    public async Task Connections_BeyondTheBoundOfOneIdentity_AreRefusedAndOthersAreNot()
    {
        await using var server = await FeedServer.StartAsync(new FakeCity(), options => options.ConnectionsPerIdentity = 40);
        var connections = new List<HubConnection>();
        var refused = 0;
        try
        {
            for (var i = 0; i < 240; i++)
            {
                var connection = new HubConnection();
                connections.Add(connection);
                await connection.OpenAsync(Hub(server), "Authorization", "Bearer greedy", CancellationToken.None);
                await connection.ShakeHandsAsync(CancellationToken.None);
                await connection.SendAsync("""{"type":6}""", CancellationToken.None);
                if (i < 40)
                    continue;
                using var closing = await connection.ReceiveAsync(CancellationToken.None);
                Assert.Equal(7, closing!.RootElement.GetProperty("type").GetInt32());
                Assert.Contains("too-many-connections", closing.RootElement.GetProperty("error").GetString());
                refused++;
            }

            await using var other = await FeedScreen.StartAsync(server.Screen(key: "other"));

            Assert.Equal(200, refused);
            Assert.Equal(41, server.Counts.Connections);
            await AssertAliveAsync(server, other);
        }
        finally
        {
            foreach (var connection in connections)
                await connection.DisposeAsync();
        }
        await WaitUntilAsync(() => server.Counts.Connections == 0);
    }

    [Fact]
    public async Task Channels_BeyondTheBound_AreRefused()
    {
        await using var server = await FeedServer.StartAsync(new FakeCity(), options => options.Channels = 2);
        await using var first = await FeedScreen.StartAsync(server.Screen(new WatchRequest("city")));
        await using var second = await FeedScreen.StartAsync(server.Screen(new WatchRequest("310000001")));
        await using var connection = await OpenAsync(server);

        await connection.SendAsync("""{"type":4,"invocationId":"1","target":"Watch","arguments":[{"area":"310000002"}]}""", CancellationToken.None);

        using var answer = await CompletionAsync(connection);
        Assert.Contains("HubException: too-many-channels: ", answer.RootElement.GetProperty("error").GetString());
    }

    [Trait("Fault", "S2")]
    [Fact]
    public async Task Watch_OfAnAreaOutsideTheTicketsOwn_IsRefused()
    {
        await using var server = await FeedServer.StartAsync(new FakeCity());
        await using var own = await FeedScreen.StartAsync(server.Screen(new WatchRequest(FakeCity.Code(1, 2)), key: "area:310000001"));

        foreach (var area in new[] { "city", "310000", "310000002", FakeCity.Code(2, 1) })
        {
            await using var other = FeedScreen.Start(server.Screen(new WatchRequest(area), key: "area:310000001") with { Reconnect = false });
            await other.EndAsync();
            Assert.Contains("HubException: not-your-area: ", other.LastError);
        }
    }

    /// <summary>The next completion of an invocation.</summary>
    internal static async Task<JsonDocument> CompletionAsync(HubConnection connection)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var message = await connection.ReceiveAsync(deadline.Token);
            Assert.NotNull(message);
            if (message.RootElement.GetProperty("type").GetInt32() == 3)
                return message;
            message.Dispose();
        }
    }

    private static Uri Hub(FeedServer server) => new(server.Address, FeedNames.HubPath);

    private static async Task<HubConnection> OpenAsync(FeedServer server)
    {
        var connection = new HubConnection();
        await connection.OpenAsync(Hub(server), "Authorization", "Bearer wall", CancellationToken.None);
        await connection.ShakeHandsAsync(CancellationToken.None);
        return connection;
    }

    private static async Task AssertClosesAsync(HubConnection connection)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            while (true)
            {
                using var message = await connection.ReceiveAsync(deadline.Token);
                if (message is null)
                    return;
            }
        }
        catch (WebSocketException)
        {
            // Cut without a word is closed, too.
        }
    }

    private static async Task AssertAliveAsync(FeedServer server, FeedScreen screen)
    {
        server.Publish(server.City.Move("alive", 31.001, 121.001));
        await screen.WaitAsync(p => p.Units.ContainsKey("alive"));
        Assert.Empty(screen.Look(p => p.Breaches));
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!condition())
            await Task.Delay(20, deadline.Token);
    }
}
