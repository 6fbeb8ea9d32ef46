using System.Net;
using Microsoft.AspNetCore.Http;
using Situational.Cli.Http;
using Situational.Cli.Tests.Support;
using Situational.Contracts.Http;

namespace Situational.Cli.Tests.Http;

public sealed class SituationalClientTests
{
    private static readonly List<FixRequest> OneFix = [new("u", 30, 120, DateTimeOffset.UnixEpoch.AddYears(50))];
    private readonly SkippingTime _time = new();

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Send_WhenTheSystemIsBusy_WaitsAsToldAndSendsTheSameAgain(int status)
    {
        await using var server = await ScriptedServer.StartAsync((n, body) => n < 2 ? new Later(status, "7") : ScriptedServer.TakeAll(body));
        using var client = new SituationalClient(server.Address, "key", _time);

        var answer = await client.PostPositionsAsync(OneFix, default);

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7)], _time.Waits);
        Assert.Single(server.Requests.Select(r => r.Body).Distinct());
    }

    [Fact]
    public async Task Send_WhenTheSystemStaysBusy_GivesUpAndSaysWhy()
    {
        await using var server = await ScriptedServer.StartAsync((_, _) => Results.Problem(title: "The store is away.", statusCode: 503));
        using var client = new SituationalClient(server.Address, "key", _time);

        var answer = await client.PostPositionsAsync(OneFix, default);

        Assert.Null(answer.Body);
        Assert.Equal("The store is away.", answer.Fault);
        Assert.Equal(8, server.Requests.Count);
    }

    [Fact]
    public async Task Send_WithARetryAfterOfAnHour_DoesNotWaitThatLong()
    {
        await using var server = await ScriptedServer.StartAsync((n, body) => n < 1 ? new Later(429, "3600") : ScriptedServer.TakeAll(body));
        using var client = new SituationalClient(server.Address, "key", _time);

        await client.PostPositionsAsync(OneFix, default);

        Assert.Equal([TimeSpan.FromSeconds(15)], _time.Waits);
    }

    [Fact]
    public async Task Send_WhenNobodyListens_TriesAgainAndThenSaysSo()
    {
        await using var server = await ScriptedServer.StartAsync((_, _) => Results.Ok());
        var address = server.Address;
        await server.DisposeAsync();
        using var client = new SituationalClient(address, "key", _time);

        var fault = await Assert.ThrowsAsync<ClientException>(() => client.PostPositionsAsync(OneFix, default));

        Assert.StartsWith($"{address} does not answer", fault.Message);
        Assert.Equal(7, _time.Waits.Count);
    }

    [Fact]
    public async Task Send_ToAnotherKindOfServer_SaysSo()
    {
        await using var server = await ScriptedServer.StartAsync((_, _) => Results.Text("<html>", "application/json"));
        using var client = new SituationalClient(server.Address, "key", _time);

        var fault = await Assert.ThrowsAsync<ClientException>(() => client.PostPositionsAsync(OneFix, default));

        Assert.Contains("does not answer as Situational does", fault.Message);
    }

    [Fact]
    public async Task Send_OfWhatIsRefused_GivesTheFaultsByField()
    {
        await using var server = await ScriptedServer.StartAsync((_, _) => Results.ValidationProblem(
            new Dictionary<string, string[]> { ["features[3]"] = ["the ring crosses itself"] }, title: "The territory was not taken.", statusCode: 422));
        using var client = new SituationalClient(server.Address, "key", _time);

        var answer = await client.PutTerritoryAsync("{}"u8.ToArray(), "?repair=true", default);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("The territory was not taken." + Environment.NewLine + "features[3]: the ring crosses itself", answer.Fault);
        Assert.Equal([("PUT /api/v1/territory?repair=true", "{}")], server.Requests);
        Assert.Empty(_time.Waits);
    }

    private sealed class Later(int status, string seconds) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.Headers.RetryAfter = seconds;
            return Task.CompletedTask;
        }
    }
}
