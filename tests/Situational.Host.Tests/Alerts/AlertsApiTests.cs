using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Alerts;

[Collection(SharedHost.Name)]
public sealed class AlertsApiTests(HostFixture shared)
{
    private static int _number;

    [Fact]
    public async Task Alert_AcknowledgedTwice_KeepsWhoDidItFirst()
    {
        using var first = await Desks.ClientAsync(shared.Host, "a-1");
        using var second = await Desks.ClientAsync(shared.Host, "a-2", "supervisor");
        var (alert, other) = (NewAlert(), NewAlert());

        var before = await AcknowledgeAsync(first, alert);
        var after = await AcknowledgeAsync(second, alert, other);

        var mine = Assert.Single(before.Acknowledged);
        Assert.Equal((alert, "a-1"), (mine.Alert, mine.By));
        Assert.Equal([mine, after.Acknowledged.Single(a => a.Alert == other)], after.Acknowledged);
        Assert.Equal("a-2", after.Acknowledged.Single(a => a.Alert == other).By);
    }

    [Fact]
    public async Task Acknowledgement_IsDurableAndStandsInTheAuditTrail()
    {
        await using var host = await Situational.Testing.HostProcess.StartAsync();
        using var desk = await Desks.ClientAsync(host, "a-audit", "lead", "north");
        string[] alerts = [NewAlert(), NewAlert()];
        var said = await AcknowledgeAsync(desk, alerts);

        await host.RestartAsync();

        Assert.Equal(said.Acknowledged, (await Requests.GetAsync<AcknowledgedAnswer>(desk, "api/v1/alerts/acknowledged")).Acknowledged);
        using var system = host.CreateClient();
        var entry = Assert.Single((await Requests.GetAsync<AuditAnswer>(system, "api/v1/audit?who=a-audit")).Entries);
        Assert.Equal(("alert.acknowledge", "worker", alerts[0], "127.0.0.1"), (entry.What, entry.Role, entry.Target, entry.From));
        Assert.Equal($"2: {alerts[0]}, {alerts[1]}", entry.Detail);
    }

    [Fact]
    public async Task Acknowledged_Since_TellsWhatCameLaterAndMissesNothing()
    {
        using var desk = await Desks.ClientAsync(shared.Host, "a-1");
        var before = await Requests.GetAsync<AcknowledgedAnswer>(desk, "api/v1/alerts/acknowledged");
        var alert = NewAlert();
        var at = (await AcknowledgeAsync(desk, alert)).Acknowledged[0].At;

        var next = await SinceAsync(desk, before.AsOf);
        var later = await SinceAsync(desk, at.AddMilliseconds(1));

        Assert.Contains(next.Acknowledged, a => a.Alert == alert);
        Assert.DoesNotContain(later.Acknowledged, a => a.Alert == alert);
        Assert.True(before.AsOf < at);
        Assert.Equal(next.Acknowledged.OrderBy(a => a.At), next.Acknowledged);
    }

    [Fact]
    public async Task Acknowledged_MoreThanAnAnswerHolds_ComesInPartsThatOverlap()
    {
        await using var host = await Situational.Testing.HostProcess.StartAsync();
        using var desk = await Desks.ClientAsync(host, "a-1");
        var all = new HashSet<string>();
        for (var part = 0; part < 11; part++)
        {
            var alerts = Enumerable.Range(0, 200).Select(_ => NewAlert()).ToArray();
            all.UnionWith(alerts);
            await AcknowledgeAsync(desk, alerts);
        }

        var first = await Requests.GetAsync<AcknowledgedAnswer>(desk, "api/v1/alerts/acknowledged");
        var second = await SinceAsync(desk, first.AsOf);

        Assert.Equal(2_000, first.Acknowledged.Count);
        Assert.InRange(second.Acknowledged.Count, 200, 400);
        Assert.Equal(all, first.Acknowledged.Concat(second.Acknowledged).Select(a => a.Alert).ToHashSet());
    }

    [Theory]
    [InlineData("""{}""", "alerts", "1 to 200")]
    [InlineData("""{"alerts":[]}""", "alerts", "1 to 200")]
    [InlineData("""{"alerts":"red:1-1"}""", "alerts", "200")]
    [InlineData("""{"alerts":["red:1-1",7]}""", "alerts[1]", "160")]
    [InlineData("""{"alerts":["red:1-1\u0000"]}""", "alerts[0]", "160")]
    [InlineData("""{"alerts":["red:1\r\nX: y-1"]}""", "alerts[0]", "160")]
    [InlineData("""{"alerts":["\ud800"]}""", "alerts[0]", "160")]
    [InlineData("[]", "body", "object")]
    public async Task Acknowledge_WhatIsWrong_IsRefusedByFieldAndLimit(string body, string field, string limit)
    {
        using var answer = await shared.Client.PostAsync(
            "api/v1/alerts/acknowledge", Requests.Body(Encoding.UTF8.GetBytes(body), "application/json"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(limit, await Requests.FieldErrorAsync(answer, field));
    }

    [Fact]
    public async Task Acknowledge_TooManyOrTooLong_RecordsNothing()
    {
        using var desk = await Desks.ClientAsync(shared.Host, "a-none");
        var good = NewAlert();

        using var many = await PostAsync(desk, [.. Enumerable.Range(0, 201).Select(_ => NewAlert())]);
        using var large = await PostAsync(desk, good, "red:" + new string('x', 10_000) + "-1");

        Assert.Contains("200", await Requests.FieldErrorAsync(many, "alerts"));
        Assert.Contains("160", await Requests.FieldErrorAsync(large, "alerts[1]"));
        Assert.DoesNotContain((await Requests.GetAsync<AcknowledgedAnswer>(desk, "api/v1/alerts/acknowledged")).Acknowledged, a => a.Alert == good);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-11-22T08:30:00")]
    [InlineData("%00")]
    public async Task Acknowledged_SinceNoTime_IsRefused(string since)
    {
        using var answer = await shared.Client.GetAsync("api/v1/alerts/acknowledged?since=" + since);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await Requests.FieldErrorAsync(answer, "since");
    }

    [Fact]
    public async Task Acknowledge_WithTheKey_CountsUnderItsName() =>
        Assert.Equal("ingest-key", (await AcknowledgeAsync(shared.Client, NewAlert())).Acknowledged[0].By);

    [Trait("Fault", "3")]
    [Fact]
    public async Task Acknowledge_WhileTheStoreIsAway_IsNotAcknowledged()
    {
        await using var store = await HostStore.StartAsync(HostStore.Sqlite);
        await using var host = await store.StartHostAsync();
        using var desk = await Desks.ClientAsync(host, "a-1");
        var alert = NewAlert();

        await using (await store.TakeAwayAsync(host))
        {
            using var refused = await PostAsync(desk, alert);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        Assert.Empty((await Requests.GetAsync<AcknowledgedAnswer>(desk, "api/v1/alerts/acknowledged")).Acknowledged);
        await Eventually.HoldsAsync(
            async () =>
            {
                using var taken = await PostAsync(desk, alert);
                return taken.StatusCode == HttpStatusCode.OK;
            },
            "the store came back and acknowledgements were still refused");
    }

    private static string NewAlert() =>
        string.Create(CultureInfo.InvariantCulture, $"red:{SmallCity.Grids[0]}-{Interlocked.Increment(ref _number)}");

    private static Task<AcknowledgedAnswer> SinceAsync(HttpClient client, DateTimeOffset since) =>
        Requests.GetAsync<AcknowledgedAnswer>(client, "api/v1/alerts/acknowledged?since=" + Uri.EscapeDataString(since.ToString("O", CultureInfo.InvariantCulture)));

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, params string[] alerts) =>
        client.PostAsJsonAsync("api/v1/alerts/acknowledge", new AcknowledgeRequest(alerts), Requests.Json);

    private static async Task<AcknowledgedAnswer> AcknowledgeAsync(HttpClient client, params string[] alerts)
    {
        using var answer = await PostAsync(client, alerts);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await Requests.ReadAsync<AcknowledgedAnswer>(answer);
    }
}
