using System.Globalization;
using System.Net;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class AuditApiTests(HostFixture shared)
{
    private const string Name = "canary-li-si";

    [Trait("Fault", "S10")]
    [Fact]
    public async Task Audit_OfEveryWrite_SaysWhoWhatAndFromTheConnectionWhere()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        // what a header claims counts for nothing: no proxy is configured
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.7");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Forwarded", "for=203.0.113.7");
        await Requests.PutCityAsync(client);
        await Requests.PutCityAsync(client);
        using var photo = await client.PostAsync("api/v1/photos", Requests.Body([0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg"));
        var photoId = (await Requests.ReadAsync<PhotoAnswer>(photo)).Id;
        using var report = await Requests.PostReportAsync(
            client, Requests.NewKey(), Requests.Report(0, more: $$""","reporter":{"name":"{{Name}}","phone":"13800000000"},"by":{"id":"w-9","role":"worker"}"""));
        var id = (await Requests.ReadAsync<CaseAnswer>(report)).Id;
        await Requests.StepOkAsync(client, id, "accept");
        await Requests.StepOkAsync(client, id, "whistle", """{"kind":"emergency","departments":["police"]}""");
        var until = TimeProvider.System.GetUtcNow().AddDays(2).ToString("O", CultureInfo.InvariantCulture);
        using var refused = await Requests.StepAsync(client, id, "accept");
        await Requests.StepOkAsync(client, id, "suspend", """{"by":{"id":"o-7","role":"officer"},"reason":"waits","until":"2099"}""".Replace("2099", until, StringComparison.Ordinal));

        var whole = await Requests.GetAsync<AuditAnswer>(client, "api/v1/audit");
        var text = await client.GetStringAsync("api/v1/audit");
        var ofCase = await Requests.GetAsync<AuditAnswer>(client, "api/v1/audit?target=" + id);
        var ofOfficer = await Requests.GetAsync<AuditAnswer>(client, "api/v1/audit?who=o-7");
        var none = await Requests.GetAsync<AuditAnswer>(client, "api/v1/audit?to=2020-01-01T00:00:00%2B08:00");
        await host.RestartAsync();
        var afterwards = await Requests.GetAsync<AuditAnswer>(client, "api/v1/audit");

        Assert.Equal(
            [
                ("case.suspend", id, "o-7", "officer"), ("case.whistle", id, "ingest-key", "officer"), ("case.accept", id, "ingest-key", "officer"),
                ("report", id, "w-9", "worker"),
                ("photo.post", photoId, "ingest-key", "officer"), ("territory.put", "1", "ingest-key", "officer"),
            ],
            whole.Entries.Select(e => (e.What, e.Target, e.Who, e.Role)));
        Assert.All(whole.Entries, e => Assert.Equal("127.0.0.1", e.From));
        Assert.Equal("waits", whole.Entries[0].Detail);
        Assert.DoesNotContain(Name, text);
        Assert.DoesNotContain("13800000000", text);
        Assert.Equal(4, ofCase.Entries.Count);
        Assert.Equal("case.suspend", Assert.Single(ofOfficer.Entries).What);
        Assert.Empty(none.Entries);
        Assert.Equal(whole.Entries, afterwards.Entries);
    }

    [Fact]
    public async Task Audit_PageByPage_IsWholeAndInOrder()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        for (var i = 0; i < 7; i++)
            await Requests.OpenCaseAsync(client, i % 4);

        var found = new List<AuditEntryAnswer>();
        string? cursor = null;
        do
        {
            var page = await Requests.GetAsync<AuditAnswer>(client, "api/v1/audit?limit=3" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)));
            Assert.InRange(page.Entries.Count, 1, 3);
            found.AddRange(page.Entries);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(8, found.Count);
        Assert.Equal(found.Select(e => e.At).OrderDescending(), found.Select(e => e.At));
        Assert.Equal("territory.put", found[^1].What);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-13-01T00:00:00Z", "to")]
    [InlineData("cursor=%27--", "cursor")]
    public async Task Audit_ParameterThatIsWrong_Is400NamingIt(string query, string field)
    {
        using var answer = await shared.Client.GetAsync("api/v1/audit?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(answer, field));
    }
}
