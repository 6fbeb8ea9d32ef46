using System.Net;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Identity;

/// <summary>A desk closes when its pass said, whatever is still open on it.</summary>
[Trait("Fault", "S4")]
[Collection(SharedHost.Name)]
public sealed class DeskEndTests(HostFixture shared)
{
    [Fact]
    public async Task Screen_OfADesk_IsCutWhenTheDeskCloses()
    {
        var lastingCookie = await Desks.CookieAsync(shared.Host, "w-li");
        await using var lasting = await FeedScreen.StartAsync(new FeedScreenOptions { Server = shared.Host.BaseAddress, Cookie = lastingCookie });
        var ending = Desks.CookieUntil(shared.Host, "w-li", TimeProvider.System.GetUtcNow().AddSeconds(6));
        await using var screen = await FeedScreen.StartAsync(
            new FeedScreenOptions { Server = shared.Host.BaseAddress, Cookie = ending, Reconnect = false });

        await screen.EndAsync(TestContext.Current.CancellationToken);

        Assert.Equal((1, null), (lasting.Connections, lasting.LastError));
        await Eventually.HoldsAsync(
            async () => await StatusAsync("api/v1/me", ending) == HttpStatusCode.Unauthorized, "the cookie went on working after its end");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("api/v1/cases", ending));
    }

    [Fact]
    public async Task Cookie_OfADeskThatClosed_IsWorthNothingBesideAWalls()
    {
        var closed = Desks.CookieUntil(shared.Host, "w-li", TimeProvider.System.GetUtcNow().AddSeconds(-1));
        var wall = await WallTickets.CookieAsync(shared.Host);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("duty", closed));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("api/v1/alerts/acknowledged", closed));
        // the wall's goes on, and can do no more than before
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("api/v1/cases", closed + "; " + wall));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("api/v1/alerts/acknowledged", closed + "; " + wall));
    }

    [Fact]
    public async Task Leaving_TakesTheCookieAway_AndNobodyElseCanMakeSomebodyLeave()
    {
        var cookie = await Desks.CookieAsync(shared.Host, "w-li");
        using var browser = shared.Host.CreateClient(withKey: false);

        using var foreign = new HttpRequestMessage(HttpMethod.Delete, "api/v1/me");
        foreign.Headers.Add("Cookie", cookie);
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var refused = await browser.SendAsync(foreign);
        using var own = new HttpRequestMessage(HttpMethod.Delete, "api/v1/me");
        own.Headers.Add("Cookie", cookie);
        own.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var left = await browser.SendAsync(own);
        using var nobody = await browser.DeleteAsync("api/v1/me");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NoContent, HttpStatusCode.Unauthorized), (refused.StatusCode, left.StatusCode, nobody.StatusCode));
        var taken = Assert.Single(left.Headers.GetValues("Set-Cookie"), c => c.StartsWith("situational.desk=;", StringComparison.Ordinal));
        Assert.Contains("expires=Thu, 01 Jan 1970", taken);
        Assert.False(refused.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Page_WithoutADesk_SaysHowToGetALink()
    {
        using var browser = shared.Host.CreateClient(withKey: false);
        using var answer = await browser.GetAsync("duty?lang=en");

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.Unauthorized, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("./situational pass", page);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    private async Task<HttpStatusCode> StatusAsync(string address, string cookie)
    {
        using var browser = shared.Host.CreateClient(withKey: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Cookie", cookie);
        using var answer = await browser.SendAsync(request);
        return answer.StatusCode;
    }
}
