using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Identity;

/// <summary>How a person gets a desk, and how it ends.</summary>
[Collection(SharedHost.Name)]
public sealed class DeskDoorTests(HostFixture shared)
{
    [Theory]
    [InlineData("officer", null, "/duty")]
    [InlineData("supervisor", null, "/duty")]
    [InlineData("lead", "north", "/patrol")]
    public async Task Link_OpensTheDeskOfThatPersonWithACookieThatEnds(string role, string? squad, string page)
    {
        var now = TimeProvider.System.GetUtcNow();
        var pass = await Desks.PassAsync(shared.Host, "w-li", role, squad, hours: 3);
        using var browser = shared.Host.CreateClient(withKey: false);

        using var opened = await browser.GetAsync(pass.Link[1..] + "&lang=en&case=x");

        Assert.StartsWith(page + "?pass=", pass.Link);
        Assert.InRange((pass.Ends - now).TotalMinutes, 59, 61);
        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        Assert.Equal(page + "?lang=en&case=x", opened.Headers.Location?.OriginalString);
        Assert.True(opened.Headers.CacheControl?.NoStore);
        Assert.Equal("no-referrer", opened.Headers.GetValues("Referrer-Policy").Single());
        var cookie = opened.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("situational.desk=", cookie);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        var expires = DateTimeOffset.Parse(cookie.Split("expires=")[1].Split(';')[0], CultureInfo.InvariantCulture);
        Assert.InRange((expires - now).TotalHours, 2.9, 3.1);
        using var answer = await AskAsync("me", cookie.Split(';')[0]);
        var me = await Requests.ReadAsync<MeAnswer>(answer);
        Assert.Equal(("w-li", "w-li", role, squad), (me.Id, me.Name, me.Role, me.Squad));
        Assert.InRange((me.Ends!.Value - now).TotalHours, 2.9, 3.1);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("foreign")]
    [InlineData("expired")]
    [InlineData("cut")]
    [InlineData("nothing")]
    public async Task Link_ThatIsNoneOfOursOrTooOld_OpensNothing(string kind)
    {
        var good = (await Desks.PassAsync(shared.Host, "w-li")).Link["/duty?pass=".Length..];
        var pass = kind switch
        {
            "foreign" => Uri.EscapeDataString(Desks.Foreign()),
            "expired" => Uri.EscapeDataString(Desks.Expired(shared.Host)),
            "cut" => good[..^4],
            _ => "",
        };
        using var browser = shared.Host.CreateClient(withKey: false);

        using var answer = await browser.GetAsync("duty?pass=" + pass);

        Assert.NotEqual(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Browser_WithBothCookies_IsAtTheDeskAsLongAsThatIsValid()
    {
        var wall = await WallTickets.CookieAsync(shared.Host);
        var desk = await Desks.CookieAsync(shared.Host, "w-li");

        using var both = await AskAsync("me", wall + "; " + desk);
        using var tampered = await AskAsync("me", wall + "; " + desk[..^6] + "AAAAAA");
        using var look = await AskAsync("cases", wall + "; " + desk[..^6] + "AAAAAA");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.OK), (both.StatusCode, tampered.StatusCode, look.StatusCode));
        await Requests.ProblemAsync(tampered);
    }

    [Fact]
    public async Task Me_WithTheKeyOrAWallCookie_IsNobody()
    {
        using var system = await shared.Client.GetAsync("api/v1/me");
        using var wall = await AskAsync("me", await WallTickets.CookieAsync(shared.Host));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (system.StatusCode, wall.StatusCode));
    }

    [Theory]
    [InlineData("""{"role":"officer"}""", "id", "required")]
    [InlineData("""{"id":"a\u0000b","role":"officer"}""", "id", "64")]
    [InlineData("""{"id":"a\r\nSet-Cookie: x","role":"officer"}""", "id", "64")]
    [InlineData("""{"id":"a","name":"\u202eofficer","role":"officer"}""", "name", "32")]
    [InlineData("""{"id":"a","name":"123456789012345678901234567890123","role":"officer"}""", "name", "32")]
    [InlineData("""{"id":"a"}""", "role", "required")]
    [InlineData("""{"id":"a","role":"admin"}""", "role", "officer, supervisor, lead")]
    [InlineData("""{"id":"a","role":"lead"}""", "squad", "required")]
    [InlineData("""{"id":"a","role":"officer","squad":"north"}""", "squad", "left out")]
    [InlineData("""{"id":"a","role":"officer","hours":25}""", "hours", "1 to 24")]
    [InlineData("""{"id":"a","role":"officer","hours":0.5}""", "hours", "1 to 24")]
    [InlineData("[]", "body", "object")]
    public async Task Pass_ThatIsWrong_IsRefusedByFieldAndLimit(string body, string field, string limit)
    {
        using var answer = await shared.Client.PostAsync("api/v1/passes", Requests.Body(Encoding.UTF8.GetBytes(body), "application/json"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(limit, await Requests.FieldErrorAsync(answer, field));
    }

    [Fact]
    public async Task Pass_OfATenKilobyteId_IsRefused()
    {
        using var answer = await shared.Client.PostAsJsonAsync("api/v1/passes", new PassRequest(new string('x', 10_000), null, "officer"), Requests.Json);

        Assert.Contains("64", await Requests.FieldErrorAsync(answer, "id"));
    }

    [Fact]
    public async Task Pass_StandsInTheAuditTrailWithoutItself()
    {
        var link = (await Desks.PassAsync(shared.Host, "w-audited", "lead", "north")).Link;

        var audit = await Requests.GetAsync<AuditAnswer>(shared.Client, "api/v1/audit?target=w-audited");

        var entry = Assert.Single(audit.Entries);
        Assert.Equal(("pass.issue", "ingest-key", "lead of north, 12 h"), (entry.What, entry.Who, entry.Detail));
        Assert.DoesNotContain(link.Split('=')[1], System.Text.Json.JsonSerializer.Serialize(audit));
    }

    private async Task<HttpResponseMessage> AskAsync(string what, string cookie)
    {
        using var browser = shared.Host.CreateClient(withKey: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/" + what);
        request.Headers.Add("Cookie", cookie);
        return await browser.SendAsync(request);
    }
}
