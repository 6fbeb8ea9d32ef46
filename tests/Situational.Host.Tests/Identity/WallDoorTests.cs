using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Identity;

public sealed class WallDoorTests
{
    [Fact]
    public async Task Link_OpensTheWallWithACookieThatOutlivesARestart()
    {
        await using var host = await HostProcess.StartAsync();
        using var browser = host.CreateClient(withKey: false);
        using var link = await browser.GetAsync(host.WallLink + "&lang=en&area=x");

        Assert.Equal(HttpStatusCode.Redirect, link.StatusCode);
        Assert.Equal("/wall?lang=en&area=x", link.Headers.Location?.OriginalString);
        var cookie = link.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        var expires = DateTimeOffset.Parse(cookie.Split("expires=")[1].Split(';')[0], CultureInfo.InvariantCulture);
        Assert.InRange((expires - TimeProvider.System.GetUtcNow()).TotalDays, 399, 400);

        using var before = await PageAsync(browser, cookie.Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Contains(host.Runtime, await before.Content.ReadAsStringAsync());
        Assert.Equal(0, await host.StopAsync());
        await host.RestartAsync();
        using var after = await PageAsync(browser, cookie.Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Trait("Fault", "S5")]
    [Fact]
    public async Task SecretsOfARequest_AreInNoLog()
    {
        await using var host = await HostProcess.StartAsync(new HostProcessOptions
        {
            Arguments =
            [
                "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace",
                "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Information", "--Situational:Hub:AllowedOrigins:0=https://wall.example.org",
            ],
        });
        var ticket = WallTickets.Of(host.WallLink);
        var cookie = await WallTickets.CookieAsync(host);
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        await using (await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Ticket = Uri.UnescapeDataString(ticket) }))
        using (var page = await PageAsync(client, cookie))
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using (await client.GetAsync("api/v1/cases?access_token=" + ticket))
        using (await client.GetAsync("nowhere?ticket=" + ticket))
        {
        }
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (await NegotiateAsync(client, "https://wall.example.org"), await NegotiateAsync(client, "https://evil.example.org")));
        var pass = await Desks.PassAsync(host, "w-canary");
        var desk = await Desks.CookieOfAsync(host, pass.Link);
        using (var sitting = host.CreateClient(withKey: false))
        {
            sitting.DefaultRequestHeaders.Add("Cookie", desk);
            using (await sitting.GetAsync("duty" + pass.Link["/duty".Length..] + "&again=1"))
            using (await sitting.GetAsync("nowhere" + pass.Link["/duty".Length..]))
            using (await sitting.GetAsync("api/v1/me"))
            using (await sitting.GetAsync("api/v1/cases?access_token=" + pass.Link["/duty?pass=".Length..]))
            // without an origin it is refused, which must not be told with the cookie in it either
            using (await sitting.PostAsync("api/v1/alerts/acknowledge", new StringContent("{}")))
            {
            }
        }
        var key = host.Key;
        await host.StopAsync();

        foreach (var line in host.Output.Where(l => !l.StartsWith("Wall: ", StringComparison.Ordinal)).Concat(host.Errors))
        {
            Assert.DoesNotContain(ticket, line);
            Assert.DoesNotContain(cookie.Split('=')[1], line);
            Assert.DoesNotContain(key, line);
            Assert.DoesNotContain(pass.Link["/duty?pass=".Length..], line);
            Assert.DoesNotContain(desk.Split('=')[1], line);
        }
        Assert.Equal(3, host.Output.Count);
    }

    [Trait("Fault", "S14")]
    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Files_ThatHoldSecretsOrData_AreTheOwnersAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no file modes");
        await using var host = await HostProcess.StartAsync();

        foreach (var file in Directory.GetFiles(host.DataFolder, "*", SearchOption.AllDirectories))
            Assert.True((File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) == 0 || file.StartsWith(Path.Combine(host.DataFolder, "keys"), StringComparison.Ordinal), file);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(host.DataFolder, "ingest.key")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(host.DataFolder, "keys")));
    }

    [Fact]
    public async Task ConfiguredKey_ReplacesTheFile()
    {
        const string Key = "a-key-of-the-operators-own-choice";
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { Environment = new Dictionary<string, string> { ["Situational__Ingest__Key"] = Key } });
        using var client = host.CreateClient(withKey: false);
        client.DefaultRequestHeaders.Authorization = new("Bearer", Key);

        using var answer = await client.GetAsync("api/v1/cases");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(File.Exists(Path.Combine(host.DataFolder, "ingest.key")));
    }

    private static async Task<HttpResponseMessage> PageAsync(HttpClient client, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "wall");
        request.Headers.Add("Cookie", cookie);
        return await client.SendAsync(request);
    }

    private static async Task<HttpStatusCode> NegotiateAsync(HttpClient client, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "hubs/situation/negotiate?negotiateVersion=1");
        request.Headers.Add("Origin", origin);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
