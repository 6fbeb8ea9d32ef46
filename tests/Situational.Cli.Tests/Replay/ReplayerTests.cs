using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Situational.Cli.Http;
using Situational.Cli.Replay;
using Situational.Cli.Tests.Support;
using Situational.Contracts.Http;

namespace Situational.Cli.Tests.Replay;

public sealed class ReplayerTests
{
    private static readonly DateTimeOffset Day = new(2017, 3, 21, 6, 0, 0, TimeSpan.FromHours(-5));
    private readonly SkippingTime _time = new();

    [Fact]
    public async Task Run_AtMax_KeepsTheSpacingAndEndsNow()
    {
        await using var server = await ScriptedServer.StartAsync((_, body) => ScriptedServer.TakeAll(body));
        var begun = _time.GetUtcNow();

        var sum = await RunAsync(server, "max", live: false, [Fix("a", 0), Fix("b", 30), Fix("a", 3_600)]);

        Assert.Equal([begun.AddSeconds(-3_600), begun.AddSeconds(-3_570), begun], Sent(server).Select(f => f.At));
        Assert.Equal(["a", "b", "a"], Sent(server).Select(f => f.Unit));
        Assert.Equal(3, sum.Moved);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task Run_OfManyFixes_SendsThemInOrderWithinTheRequestLimit()
    {
        await using var server = await ScriptedServer.StartAsync((_, body) => ScriptedServer.TakeAll(body));
        var progress = new List<int>();

        var sum = await RunAsync(server, "max", live: false, [.. Enumerable.Range(0, 12_345).Select(i => Fix($"u{i % 7}", i))], progress.Add);

        Assert.Equal(12_345, sum.Accepted);
        Assert.All(server.Requests, r => Assert.InRange(JsonDocument.Parse(r.Body).RootElement.GetArrayLength(), 1, 20_000));
        Assert.True(server.Requests.Max(r => r.Body.Length) < 4 * 1024 * 1024);
        Assert.Equal(Sent(server).Select(f => f.At).Order(), Sent(server).Select(f => f.At));
        Assert.Equal(12_345, Sent(server).Count);
        Assert.Equal(12_345, progress[^1]);
    }

    [Theory]
    [InlineData("1", 600)]
    [InlineData("60", 10)]
    public async Task Run_AtASpeed_TakesTheTimeDividedByIt(string speed, double seconds)
    {
        await using var server = await ScriptedServer.StartAsync((_, body) => ScriptedServer.TakeAll(body));
        var begun = _time.GetUtcNow();

        await RunAsync(server, speed, live: false, [Fix("a", 0), Fix("a", 300), Fix("a", 600)]);

        Assert.Equal(3, server.Requests.Count);
        Assert.InRange((_time.GetUtcNow() - begun).TotalSeconds, seconds, seconds + 0.5);
    }

    [Fact]
    public async Task Run_Live_StampsEachFixWithItsSendingTime()
    {
        await using var server = await ScriptedServer.StartAsync((_, body) => ScriptedServer.TakeAll(body));
        var begun = _time.GetUtcNow();

        await RunAsync(server, "10", live: true, [Fix("a", 0), Fix("a", 100), Fix("a", 200)]);

        var at = Sent(server).Select(f => (f.At - begun).TotalSeconds).ToArray();
        Assert.Equal([0, 10, 20], at);
    }

    [Fact]
    public async Task Run_WhenAFixIsRefused_GoesOnAndKeepsTheReason()
    {
        await using var server = await ScriptedServer.StartAsync((_, _) => Results.Json(
            new PositionsAnswer(2, 1, 1, 0, 0, 0, 0, 1, 1, [new RefusedFix(1, "b", "latitude-out-of-range", "lat: 91 is above 90")]), statusCode: 202));

        var sum = await RunAsync(server, "max", live: false, [Fix("a", 0), Fix("b", 1)]);

        Assert.Equal((2, 1, 1, 1), (sum.Received, sum.Accepted, sum.Refused, sum.Outside));
        Assert.Equal("lat: 91 is above 90", Assert.Single(sum.Reasons).Detail);
    }

    [Fact]
    public async Task Run_WhenTheSystemRefusesTheRequest_SaysWhy()
    {
        await using var server = await ScriptedServer.StartAsync((_, _) => Results.Problem(title: "The key is wrong.", statusCode: 401));

        var fault = await Assert.ThrowsAsync<ClientException>(() => RunAsync(server, "max", live: false, [Fix("a", 0)]));

        Assert.Equal("sending positions: 401 The key is wrong.", fault.Message);
    }

    private async Task<PositionsAnswer> RunAsync(
        ScriptedServer server, string speed, bool live, IReadOnlyList<TrackFix> fixes, Action<int>? progress = null)
    {
        using var client = new SituationalClient(server.Address, "key", _time);
        var replayer = new Replayer(client, _time, ReplaySpeed.Parse(speed)!.Value, live);
        await replayer.RunAsync(fixes, progress ?? (_ => { }), default);
        return replayer.Sum;
    }

    private static List<FixRequest> Sent(ScriptedServer server) =>
        [.. server.Requests.SelectMany(r => JsonSerializer.Deserialize(r.Body, ClientJson.Default.ListFixRequest)!)];

    private static TrackFix Fix(string unit, double seconds) => new(unit, Day.AddSeconds(seconds), 30.2, -97.7);
}
