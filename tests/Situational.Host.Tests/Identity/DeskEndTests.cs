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
