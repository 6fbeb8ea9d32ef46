using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Situational.Contracts.Http;
using Situational.Host.Identity;
using Situational.Testing;
using Situational.Web;

namespace Situational.Host.Tests.Support;

/// <summary>Passes, cookies of desks and the requests that a desk's page sends.</summary>
internal static class Desks
{
    /// <summary>The answer of a pass that must be given.</summary>
    public static async Task<PassAnswer> PassAsync(HostProcess host, string id, string role = "officer", string? squad = null, int? hours = null)
    {
        using var client = host.CreateClient();
        using var answer = await client.PostAsJsonAsync("api/v1/passes", new PassRequest(id, null, role, squad, hours), Requests.Json);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await Requests.ReadAsync<PassAnswer>(answer);
    }

    /// <summary>The desk's cookie, as a browser would send it back.</summary>
    public static async Task<string> CookieAsync(HostProcess host, string id, string role = "officer", string? squad = null) =>
        await CookieOfAsync(host, (await PassAsync(host, id, role, squad)).Link);

    /// <summary>The cookie that a link sets.</summary>
    public static async Task<string> CookieOfAsync(HostProcess host, string link)
    {
        using var browser = host.CreateClient(withKey: false);
        using var answer = await browser.GetAsync(link[1..]);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    /// <summary>A client as the page of someone's desk: with the cookie, and with what a browser says of a page's own request.</summary>
    public static async Task<HttpClient> ClientAsync(HostProcess host, string id, string role = "officer", string? squad = null)
    {
        var client = host.CreateClient(withKey: false);
        client.DefaultRequestHeaders.Add("Cookie", await CookieAsync(host, id, role, squad));
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    /// <summary>A pass of another host.</summary>
    public static string Foreign() => Issue(new EphemeralDataProtectionProvider(), TimeSpan.FromHours(1));

    /// <summary>A pass of this host that was good until a second ago.</summary>
    public static string Expired(HostProcess host) => Issue(KeysOf(host), TimeSpan.FromSeconds(-1));

    /// <summary>A desk's cookie that ends at a time of the test's choice; passes themselves count in hours.</summary>
    public static string CookieUntil(HostProcess host, string id, DateTimeOffset ends)
    {
        var protector = KeysOf(host).CreateProtector(
            "Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationMiddleware", Access.DeskScheme, "v2");
        var ticket = new AuthenticationTicket(
            Access.Principal(new DeskPerson(id, id, "officer", null)), new AuthenticationProperties { IssuedUtc = ends.AddHours(-1), ExpiresUtc = ends },
            Access.DeskScheme);
        return "situational.desk=" + new TicketDataFormat(protector).Protect(ticket);
    }

    private static IDataProtectionProvider KeysOf(HostProcess host) =>
        DataProtectionProvider.Create(new DirectoryInfo(Path.Combine(host.DataFolder, "keys")), b => b.SetApplicationName("situational"));

    private static string Issue(IDataProtectionProvider protection, TimeSpan lifetime) =>
        new DeskPasses(protection, TimeProvider.System).Issue(new DeskPass(new DeskPerson("x", "x", "supervisor", null), 1), lifetime).Pass;
}
