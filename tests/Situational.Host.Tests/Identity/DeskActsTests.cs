using System.Net;
using System.Text;
using System.Text.Json;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Identity;

/// <summary>What a person at a desk can do, as whom, and from where.</summary>
[Collection(SharedHost.Name)]
public sealed class DeskActsTests(HostFixture shared)
{
    [Theory]
    [InlineData("officer", "officer")]
    [InlineData("supervisor", "supervisor")]
    [InlineData("lead", "worker")]
    public async Task Step_OfADesk_IsTakenByThatPersonInTheRoleOfThePass(string role, string acts)
    {
        using var desk = await Desks.ClientAsync(shared.Host, "p-" + role, role, role == "lead" ? "north" : null);
        var one = await Requests.OpenCaseAsync(shared.Client, 0);
        var step = role == "lead" ? "start" : "escalate";
        if (role == "lead")
            await Requests.WalkAsync(shared.Client, one.Id, "dispatched");

        using var answer = await Requests.StepAsync(desk, one.Id, step, """{"reason":"needed"}""");

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var history = await Requests.GetAsync<CaseHistoryAnswer>(shared.Client, $"api/v1/cases/{one.Id}/history");
        var last = history.Events[^1];
        Assert.Equal((step, "p-" + role, acts), (last.What, last.By?.Id, last.By?.Role));
        var audit = await Requests.GetAsync<AuditAnswer>(shared.Client, "api/v1/audit?who=p-" + role);
        Assert.Contains(audit.Entries, e => e.What == "case." + step && e.Target == one.Id && e.Role == acts && e.From == "127.0.0.1");
    }

    [Fact]
    public async Task Lead_WhoTriesAnOfficersStep_IsRefusedByTheLoop()
    {
        using var desk = await Desks.ClientAsync(shared.Host, "p-lead", "lead", "north");
        var one = await Requests.OpenCaseAsync(shared.Client, 0);

        using var answer = await Requests.StepAsync(desk, one.Id, "accept");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var problem = await Requests.ProblemAsync(answer);
        Assert.DoesNotContain("accept", problem.GetProperty("allowed").EnumerateArray().Select(s => s.GetString()));
        Assert.Equal("reported", (await Requests.GetAsync<CaseAnswer>(shared.Client, "api/v1/cases/" + one.Id)).Stage);
    }

    [Trait("Fault", "S3")]
    [Theory]
    [InlineData("""{"by":{"id":"someone-else","role":"officer"}}""", "by.id")]
    [InlineData("""{"by":{"id":"p-1","role":"supervisor"}}""", "by.role")]
    [InlineData("""{"by":{"id":"p-1 ","role":"officer"}}""", "by.id")]
    public async Task Step_ThatStatesSomeoneElse_IsForbiddenAndNotTaken(string body, string field)
    {
        using var desk = await Desks.ClientAsync(shared.Host, "p-1");
        var one = await Requests.OpenCaseAsync(shared.Client, 0);

        using var answer = await Requests.StepAsync(desk, one.Id, "accept", body);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Must be", await Requests.FieldErrorAsync(answer, field));
        Assert.Equal(one.Revision, (await Requests.GetAsync<CaseAnswer>(shared.Client, "api/v1/cases/" + one.Id)).Revision);
    }

    [Fact]
    public async Task Step_ThatStatesWhoSitsThere_IsTaken()
    {
        using var desk = await Desks.ClientAsync(shared.Host, "p-1");
        var one = await Requests.OpenCaseAsync(shared.Client, 0);

        Assert.Equal("accepted", (await Requests.StepOkAsync(desk, one.Id, "accept", """{"by":{"id":"p-1","role":"officer"}}""")).Stage);
    }

    [Fact]
    public async Task Key_OfOnePersonsStep_DoesNotRepeatForAnother()
    {
        using var first = await Desks.ClientAsync(shared.Host, "p-1");
        using var second = await Desks.ClientAsync(shared.Host, "p-2");
        var one = await Requests.OpenCaseAsync(shared.Client, 0);
        var key = Requests.NewKey();

        using var taken = await Requests.StepAsync(first, one.Id, "accept", null, key);
        using var repeated = await Requests.StepAsync(first, one.Id, "accept", null, key);
        using var stolen = await Requests.StepAsync(second, one.Id, "accept", null, key);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (taken.StatusCode, repeated.StatusCode, stolen.StatusCode));
    }

    [Fact]
    public async Task Report_OfADesk_IsMadeByThatPersonAndNobodyElse()
    {
        using var desk = await Desks.ClientAsync(shared.Host, "p-1");

        using var forged = await Requests.PostReportAsync(desk, Requests.NewKey(), Requests.Report(0, more: ""","by":{"id":"p-2","role":"officer"}"""));
        using var made = await Requests.PostReportAsync(desk, Requests.NewKey(), Requests.Report(0));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Created), (forged.StatusCode, made.StatusCode));
        await Requests.FieldErrorAsync(forged, "by.id");
        var one = await Requests.ReadAsync<CaseAnswer>(made);
        var audit = await Requests.GetAsync<AuditAnswer>(shared.Client, "api/v1/audit?target=" + one.Id);
        Assert.Equal(("p-1", "officer"), (audit.Entries[^1].Who, audit.Entries[^1].Role));
    }

    [Fact]
    public async Task Photo_OfADesk_StandsInTheAuditTrailUnderThatPerson()
    {
        using var desk = await Desks.ClientAsync(shared.Host, "p-photo", "lead", "north");

        using var answer = await desk.PostAsync("api/v1/photos", Requests.Body([0xFF, 0xD8, 0xFF, 0xE0, 1], "image/jpeg"));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var entry = Assert.Single((await Requests.GetAsync<AuditAnswer>(shared.Client, "api/v1/audit?who=p-photo")).Entries);
        Assert.Equal(("photo.post", "worker"), (entry.What, entry.Role));
    }

    [Trait("Fault", "S4")]
    [Theory]
    [InlineData(null, null, "Origin")]
    [InlineData("cross-site", null, "Sec-Fetch-Site")]
    [InlineData("same-site", null, "Sec-Fetch-Site")]
    [InlineData("none", null, "Sec-Fetch-Site")]
    [InlineData("cross-site", "own", "Sec-Fetch-Site")]
    [InlineData("same-origin, same-origin", null, "Sec-Fetch-Site")]
    [InlineData(null, "https://evil.example.org", "Origin")]
    [InlineData(null, "null", "Origin")]
    [InlineData(null, "own.evil.example.org", "Origin")]
    [InlineData("same-origin", null, null)]
    [InlineData(null, "own", null)]
    public async Task Write_WithADesksCookie_IsTakenFromOurOwnPagesAlone(string? site, string? origin, string? refusedFor)
    {
        using var browser = shared.Host.CreateClient(withKey: false);
        var own = shared.Host.BaseAddress.GetLeftPart(UriPartial.Authority);
        var one = await Requests.OpenCaseAsync(shared.Client, 0);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/cases/{one.Id}/accept");
        request.Headers.Add("Cookie", await Desks.CookieAsync(shared.Host, "p-1"));
        if (site is not null)
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        if (origin is not null)
            request.Headers.TryAddWithoutValidation("Origin", origin.StartsWith("own", StringComparison.Ordinal) ? own + origin[3..] : origin);
        request.Headers.Add("X-Forwarded-Host", "evil.example.org");

        using var answer = await browser.SendAsync(request);

        if (refusedFor is null)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return;
        }
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await Requests.FieldErrorAsync(answer, refusedFor);
        Assert.Equal("reported", (await Requests.GetAsync<CaseAnswer>(shared.Client, "api/v1/cases/" + one.Id)).Stage);
    }

    [Fact]
    public async Task Key_NeedsNoPageOfOurs()
    {
        var one = await Requests.OpenCaseAsync(shared.Client, 0);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/cases/{one.Id}/accept");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        // a cookie beside a key counts for nothing
        request.Headers.Add("Cookie", await Desks.CookieAsync(shared.Host, "p-1"));

        using var answer = await shared.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var by = (await Requests.GetAsync<CaseHistoryAnswer>(shared.Client, $"api/v1/cases/{one.Id}/history")).Events[^1].By;
        Assert.Equal("ingest-key", by?.Id);
    }

    [Theory]
    [InlineData("api/v1/positions", "[]")]
    [InlineData("api/v1/passes", """{"id":"p-1","role":"supervisor"}""")]
    public async Task WhatIsTheKeysAlone_IsForbiddenAtADesk(string address, string body)
    {
        using var desk = await Desks.ClientAsync(shared.Host, "p-1", "supervisor");

        using var answer = await desk.PostAsync(address, Requests.Body(Encoding.UTF8.GetBytes(body), "application/json"));
        using var audit = await desk.GetAsync("api/v1/audit");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (answer.StatusCode, audit.StatusCode));
        Assert.Equal(JsonValueKind.Object, (await Requests.ProblemAsync(answer)).ValueKind);
    }
}
