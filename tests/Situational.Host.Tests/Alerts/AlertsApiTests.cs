using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Situational.Contracts.Http;
using Situational.Domain.Journal;
using Situational.Host.Tests.Support;
using Situational.Storage;
using Situational.Testing;

namespace Situational.Host.Tests.Alerts;

[Collection(SharedHost.Name)]
public sealed class AlertsApiTests(HostFixture shared)
{
    [Fact]
    public async Task Alert_AcknowledgedTwice_KeepsWhoDidItFirst()
    {
        using var first = await Desks.ClientAsync(shared.Host, "a-1");
        using var second = await Desks.ClientAsync(shared.Host, "a-2", "supervisor");
        var (alert, other) = (await NewAlertAsync(shared.Client), await NewAlertAsync(shared.Client));

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
        await using var host = await HostProcess.StartAsync();
        using var system = host.CreateClient();
        await Requests.PutCityAsync(system);
        using var desk = await Desks.ClientAsync(host, "a-audit", "lead", "north");
        string[] alerts = [await NewAlertAsync(system), await NewAlertAsync(system)];
        var said = await AcknowledgeAsync(desk, alerts);

        await host.RestartAsync();

        Assert.Equal(said.Acknowledged, (await Requests.GetAsync<AcknowledgedAnswer>(desk, "api/v1/alerts/acknowledged")).Acknowledged);
        var entry = Assert.Single((await Requests.GetAsync<AuditAnswer>(system, "api/v1/audit?who=a-audit")).Entries);
        Assert.Equal(("alert.acknowledge", "worker", alerts[0], "127.0.0.1"), (entry.What, entry.Role, entry.Target, entry.From));
        Assert.Equal($"2: {alerts[0]}, {alerts[1]}", entry.Detail);
    }

    [Fact]
    public async Task Acknowledged_Since_TellsWhatCameLaterAndMissesNothing()
    {
        using var desk = await Desks.ClientAsync(shared.Host, "a-1");
        var before = await Requests.GetAsync<AcknowledgedAnswer>(desk, "api/v1/alerts/acknowledged");
        var alert = await NewAlertAsync(shared.Client);
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
        var folder = Directory.CreateTempSubdirectory("situational-");
        try
        {
            var all = await AcknowledgedBeforeAsync(folder.FullName, 2_200);
            await using var host = await HostProcess.StartAsync(new HostProcessOptions { DataFolder = folder.FullName });
            using var desk = await Desks.ClientAsync(host, "a-1");

            var first = await Requests.GetAsync<AcknowledgedAnswer>(desk, "api/v1/alerts/acknowledged");
            var second = await SinceAsync(desk, first.AsOf);

            Assert.Equal(2_000, first.Acknowledged.Count);
            Assert.InRange(second.Acknowledged.Count, 200, 400);
            Assert.Equal(all, first.Acknowledged.Concat(second.Acknowledged).Select(a => a.Alert).ToHashSet());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Acknowledge_WhatThePictureDoesNotHave_IsRefusedByPlaceAndKeepsNothing()
    {
        using var desk = await Desks.ClientAsync(shared.Host, "a-early");
        var (grid, good) = (SmallCity.Grids[0], await NewAlertAsync(shared.Client));
        await UntilOnAsync(desk, good);
        var yellow = await Requests.OpenCaseAsync(shared.Client, 1, "yellow");
        string[] none =
            [$"red:{grid}-999999", $"red:{yellow.Id}", $"overdue:{good[4..]}:2:1795395900000", "sos:nobody:1795395900000", $"silent:{grid}:1795395900000"];

        using var refused = await PostAsync(desk, [good, .. none]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var said = await refused.Content.ReadAsStringAsync();
        Assert.DoesNotContain("alerts[0]", said, StringComparison.Ordinal);
        for (var i = 0; i < none.Length; i++)
            Assert.Contains(none[i], await Requests.FieldErrorAsync(refused, $"alerts[{i + 1}]"), StringComparison.Ordinal);
        Assert.DoesNotContain((await Requests.GetAsync<AcknowledgedAnswer>(desk, "api/v1/alerts/acknowledged")).Acknowledged, a => a.Alert == good);
    }

    [Fact]
    public async Task Acknowledge_AgainAfterTheAlertEnded_StandsAsBefore()
    {
        using var desk = await Desks.ClientAsync(shared.Host, "a-again");
        var (seen, unseen) = (await NewAlertAsync(shared.Client), await NewAlertAsync(shared.Client));
        var before = await AcknowledgeAsync(desk, seen);
        await UntilOnAsync(desk, unseen);
        foreach (var alert in new[] { seen, unseen })
            await Requests.WalkAsync(shared.Client, alert[4..], "rejected");
        await UntilOnAsync(desk, unseen, isOn: false);

        Assert.Equal(before.Acknowledged, (await AcknowledgeAsync(desk, seen)).Acknowledged);
    }

    [Fact]
    public async Task Acknowledge_ACallForHelp_TakesThatCallOnly()
    {
        await Requests.RecordAsync(shared.Client, $"[{Requests.Fix("a-sos", 1, TimeProvider.System.GetUtcNow())}]");
        var called = await Squads.CallAsync(shared.Client, "a-sos");
        var at = called.At.ToUnixTimeMilliseconds();
        await UntilOnAsync(shared.Client, $"sos:a-sos:{at}");

        using var other = await PostAsync(shared.Client, $"sos:a-sos:{at - 1}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Single((await AcknowledgeAsync(shared.Client, $"sos:a-sos:{at}")).Acknowledged);
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
        var good = await NewAlertAsync(shared.Client);

        using var many = await PostAsync(desk, [.. Enumerable.Range(0, 201).Select(_ => good)]);
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
        Assert.Equal("ingest-key", (await AcknowledgeAsync(shared.Client, await NewAlertAsync(shared.Client))).Acknowledged[0].By);

    [Trait("Fault", "3")]
    [Fact]
    public async Task Acknowledge_WhileTheStoreIsAway_IsNotAcknowledged()
    {
        await using var store = await HostStore.StartAsync(HostStore.Sqlite);
        await using var host = await store.StartHostAsync();
        using var system = host.CreateClient();
        await Requests.PutCityAsync(system);
        using var desk = await Desks.ClientAsync(host, "a-1");
        var alert = await NewAlertAsync(system);
        await UntilOnAsync(desk, alert);

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

    /// <summary>The alert of a red case that is opened for it.</summary>
    private static async Task<string> NewAlertAsync(HttpClient client) => "red:" + (await Requests.OpenCaseAsync(client, 0)).Id;

    /// <summary>Waits until the picture has the alert, or has it no more. It asks with one that never is, so that nothing is acknowledged.</summary>
    private static Task UntilOnAsync(HttpClient client, string alert, bool isOn = true) => Eventually.HoldsAsync(
        async () =>
        {
            using var answer = await PostAsync(client, alert, $"red:{SmallCity.Grids[0]}-999999");
            return answer.StatusCode == HttpStatusCode.UnprocessableEntity
                && isOn != (await answer.Content.ReadAsStringAsync()).Contains("alerts[0]", StringComparison.Ordinal);
        },
        $"{alert} stayed what it was");

    /// <summary>Keeps acknowledgements in a data folder that no host uses yet.</summary>
    private static async Task<HashSet<string>> AcknowledgedBeforeAsync(string folder, int count)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Situational:Data"] = folder }).Build();
        await using var services = new ServiceCollection().AddLogging().AddSituationalStorage(configuration).BuildServiceProvider();
        var (store, now) = (services.GetRequiredService<IAlertStore>(), TimeProvider.System.GetUtcNow().AddMinutes(-10));
        var all = new HashSet<string>();
        foreach (var part in Enumerable.Range(1, count).Select(n => $"red:{SmallCity.Grids[0]}-{n}").Chunk(200))
        {
            now = now.AddSeconds(1);
            all.UnionWith(part);
            var audit = new AuditEntry(now, "a-1", "officer", "127.0.0.1", "alert.acknowledge", part[0], null);
            await store.AcknowledgeAsync([.. part.Select(id => new AlertAcknowledgement(id, "a-1", now))], audit, default);
        }
        return all;
    }

    private static Task<AcknowledgedAnswer> SinceAsync(HttpClient client, DateTimeOffset since) =>
        Requests.GetAsync<AcknowledgedAnswer>(client, "api/v1/alerts/acknowledged?since=" + Uri.EscapeDataString(since.ToString("O", CultureInfo.InvariantCulture)));

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, params string[] alerts) =>
        client.PostAsJsonAsync("api/v1/alerts/acknowledge", new AcknowledgeRequest(alerts), Requests.Json);

    /// <summary>Acknowledges alerts of cases that were just opened, as soon as the picture has them.</summary>
    private static async Task<AcknowledgedAnswer> AcknowledgeAsync(HttpClient client, params string[] alerts)
    {
        AcknowledgedAnswer? taken = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                using var answer = await PostAsync(client, alerts);
                taken = answer.StatusCode == HttpStatusCode.OK ? await Requests.ReadAsync<AcknowledgedAnswer>(answer) : null;
                return taken is not null;
            },
            "alerts of open cases were still refused");
        return taken!;
    }
}
