using System.Collections.Concurrent;
using System.Net;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Api;

/// <summary>Calling systems name a reporter by an openid or a phone: who may only read must not see it.</summary>
public sealed class ReporterIdTests
{
    private const string First = "canary-openid-1", Second = "canary-openid-2";

    [Fact]
    public async Task Id_OfAReporter_IsInTheAuditTrailAndInNoOtherAnswerFrameOrLog()
    {
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { Arguments = ["--Logging:LogLevel:Default=Trace"] });
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        var frames = new ConcurrentBag<string>();
        await using var screen = await FeedScreen.StartAsync(
            new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key }, (frame, _) => frames.Add(frame.GetRawText()));
        using var opened = await Requests.PostReportAsync(client, Requests.NewKey(), ReportBy(First));
        using var joined = await Requests.PostReportAsync(client, Requests.NewKey(), ReportBy(Second));
        var id = (await Requests.ReadAsync<CaseAnswer>(opened)).Id;
        await Requests.WalkAsync(client, id, "closed");
        var rating = $$"""{"by":{"id":"{{First}}","role":"reporter"},"kind":"reporter","score":4}""";
        using var rated = await Requests.StepAsync(client, id, "rate", rating);
        using var twice = await Requests.StepAsync(client, id, "rate", rating);
        using var stale = await Requests.StepAsync(client, id, "reopen", """{"by":{"id":"o-1","role":"officer"},"reason":"r"}""", ifMatch: "\"1\"");
        await screen.WaitAsync(p => !p.Cases.ContainsKey(id) && !frames.IsEmpty);
        var texts = new List<string>();
        foreach (var answer in (HttpResponseMessage[])[opened, joined, rated, twice, stale])
            texts.Add(await answer.Content.ReadAsStringAsync());
        foreach (var address in (string[])["cases", $"cases/{id}", $"cases/{id}/history", "cases.csv", "cases.geojson", "kpi", "grids/" + SmallCity.Grids[0]])
            texts.Add(await client.GetStringAsync("api/v1/" + address));
        var audit = await client.GetStringAsync("api/v1/audit");
        var history = await Requests.GetAsync<CaseHistoryAnswer>(client, $"api/v1/cases/{id}/history");
        await host.StopAsync();

        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity, HttpStatusCode.PreconditionFailed),
            (opened.StatusCode, joined.StatusCode, rated.StatusCode, twice.StatusCode, stale.StatusCode));
        Assert.Contains(First, audit);
        Assert.Contains(Second, audit);
        Assert.Equal(
            [("opened", null, "reporter"), ("joined", "situational", "system"), ("accept", "o-1", "officer")],
            history.Events.Take(3).Select(e => (e.What, e.By!.Id, e.By.Role)));
        foreach (var text in texts.Concat(frames).Concat(host.Output).Concat(host.Errors))
            Assert.DoesNotContain("canary-openid", text);
    }

    private static string ReportBy(string id) =>
        Requests.Report(0, more: $$""","device":"phone-1","by":{"id":"{{id}}","role":"reporter"}""");
}
