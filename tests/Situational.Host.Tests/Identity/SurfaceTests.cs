using System.Net;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Identity;

/// <summary>What every answer carries, and what none does.</summary>
[Collection(SharedHost.Name)]
public sealed class SurfaceTests(HostFixture shared)
{
    [Theory]
    [InlineData("health")]
    [InlineData("wall")]
    [InlineData("api/v1/cases")]
    [InlineData("api/v1/cases/none-1")]
    [InlineData("nowhere")]
    [InlineData("openapi/v1.json")]
    public async Task Answer_OfAnyKind_CarriesTheSecurityHeadersAndNoServer(string address)
    {
        using var answer = await shared.Client.GetAsync(address);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("X-Powered-By"));
    }

    [Trait("Fault", "S4")]
    [Theory]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("own", HttpStatusCode.OK)]
    [InlineData("https://evil.example.org", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task Hub_AskedFromAPage_OpensForOurOwnOnly(string? origin, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "hubs/situation/negotiate?negotiateVersion=1");
        if (origin is not null)
            request.Headers.Add("Origin", origin == "own" ? shared.Host.BaseAddress.GetLeftPart(UriPartial.Authority) : origin);
        // what a proxy would say counts for nothing as long as no proxy is configured
        request.Headers.Add("X-Forwarded-Host", "evil.example.org");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var answer = await shared.Client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Trait("Fault", "S6")]
    [Theory]
    [InlineData("GET /health HTTP/1.1\r\nHost: x\r\nX: {0}\r\n\r\n", 17 * 1024, "431")]
    [InlineData("GET /health?{0} HTTP/1.1\r\nHost: x\r\n\r\n", 9 * 1024, "414")]
    [InlineData("GET /health HTTP/1.1\r\nno host\r\n{0}\r\n", 1, "400")]
    [InlineData("{0}\r\n\r\n", 100, "400")]
    public async Task Request_BeyondTheServersLimits_IsRefused(string request, int length, string status)
    {
        var answer = await RawHttp.SendAsync(shared.Host.BaseAddress, string.Format(null, request, new string('a', length)), thenClose: true);

        // what a server has not read when it closes resets the connection, and the reset may overtake the answer
        if (answer.Length > 0)
            Assert.StartsWith("HTTP/1.1 " + status, answer);
        Assert.False(shared.Host.HasExited);
    }

    [Fact]
    public async Task OpenApi_ListsTheAddresses()
    {
        var document = await Requests.GetAsync<System.Text.Json.JsonElement>(shared.Client, "openapi/v1.json");

        var paths = document.GetProperty("paths").EnumerateObject().Select(p => p.Name).ToArray();
        Assert.Contains("/api/v1/positions", paths);
        Assert.Contains("/api/v1/cases/{id}/{step}", paths);
    }

    [Fact]
    public async Task Health_WithATerritory_IsOk()
    {
        await Eventually.HoldsAsync(
            async () => await Requests.GetAsync<Contracts.Http.HealthAnswer>(shared.Client, "health") is { Status: "ok", Territory: 1, Trouble.Count: 0 },
            "the host did not become healthy");
        Assert.Equal(shared.Host.Runtime, (await Requests.GetAsync<Contracts.Http.HealthAnswer>(shared.Client, "health")).Runtime);
    }
}
