using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Situational.Web.Tests.Pages;

public sealed class WallPageTests
{
    [Theory]
    [InlineData("/wall", null, "zh-CN")]
    [InlineData("/wall", "en-GB,en;q=0.9", "en")]
    [InlineData("/wall", "de-DE, zh-TW;q=0.4, en;q=0.6", "en")]
    [InlineData("/wall", "de-DE", "zh-CN")]
    [InlineData("/wall", "en;q=0", "zh-CN")]
    [InlineData("/wall", "*", "zh-CN")]
    [InlineData("/wall", ";;;", "zh-CN")]
    [InlineData("/wall?lang=en", "zh-CN", "en")]
    [InlineData("/wall?lang=zh-CN", "en", "zh-CN")]
    [InlineData("/wall?lang=xx", "en", "en")]
    public async Task Wall_Language_IsTheOneAskedForElseTheBestAccepted(string address, string? accepted, string language)
    {
        await using var server = await PageServer.StartAsync();

        using var answer = await server.GetAsync(address, accepted);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"<html lang=\"{language}\">", await answer.Content.ReadAsStringAsync());
        Assert.Equal([language], answer.Content.Headers.ContentLanguage);
    }

    [Fact]
    public async Task Wall_WithoutTicket_Is401AndSaysHowToGetALinkInBothLanguages()
    {
        await using var server = await PageServer.StartAsync(area: null);

        using var chinese = await server.GetAsync("/wall");
        using var english = await server.GetAsync("/wall?lang=en");

        Assert.Equal(HttpStatusCode.Unauthorized, chinese.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, english.StatusCode);
        Assert.Contains(Web.Texts.TextSet.All[0]["refused.how"], WebUtility.HtmlDecode(await chinese.Content.ReadAsStringAsync()));
        Assert.Contains("Ask whoever runs the server", await english.Content.ReadAsStringAsync());
    }

    [Trait("Fault", "S11")]
    [Fact]
    public async Task Wall_Page_HoldsNothingInlineAndSaysSoInItsPolicy()
    {
        await using var server = await PageServer.StartAsync();

        using var answer = await server.GetAsync("/wall");
        var html = await answer.Content.ReadAsStringAsync();

        Assert.DoesNotMatch("<script(?![^>]*\\ssrc=)[^>]*>", html);
        Assert.DoesNotMatch("<style[\\s>]", html);
        Assert.DoesNotMatch("\\s(style|on\\w+)=\"", html);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; ", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Wall_Page_CarriesAreaAndSettings()
    {
        await using var server = await PageServer.StartAsync("44\"><b>", ("Situational:Wall:SilenceSeconds", "9"), ("Situational:Wall:TimeZone", "Asia/Shanghai"));

        var html = await server.Client.GetStringAsync("/wall");

        Assert.Contains("data-area=\"44&quot;&gt;&lt;b&gt;\"", html);
        Assert.Contains("data-silence-seconds=\"9\"", html);
        Assert.Contains("data-time-zone=\"Asia/Shanghai\"", html);
        Assert.Contains("<b data-part=\"runtime\">embedded</b>", html);
    }

    [Theory]
    [InlineData("zh-CN", "火情")]
    [InlineData("en", "Fire \"<b>")]
    public async Task Wall_Page_CarriesTheCitysNamesInItsLanguage(string language, string fire)
    {
        await using var server = await PageServer.StartAsync();

        var html = await server.Client.GetStringAsync("/wall?lang=" + language);

        var start = html.IndexOf("data-names=\"", StringComparison.Ordinal) + "data-names=\"".Length;
        using var names = JsonDocument.Parse(WebUtility.HtmlDecode(html[start..html.IndexOf('"', start)]));
        Assert.Equal(["fire", fire], names.RootElement.GetProperty("categories")[0].EnumerateArray().Select(v => v.GetString()!));
        Assert.Equal(["urgent", "slow"], names.RootElement.GetProperty("whistles").EnumerateArray().Select(v => v[0].GetString()!));
    }

    [Theory]
    [InlineData("https://tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org")]
    [InlineData("https://{s}.example.org:8443/{z}/{x}/{y}.png?key=1", "https://*.example.org:8443")]
    [InlineData("http://127.0.0.1:8080/{z}/{x}/{-y}.png", "http://127.0.0.1:8080")]
    public async Task Wall_TileServer_IsTheOnlyForeignSourceInThePolicy(string template, string origin)
    {
        await using var server = await PageServer.StartAsync(
            "1", ("Situational:Wall:TileUrl", template), ("Situational:Wall:TileAttribution", "© Somebody"));

        using var answer = await server.GetAsync("/wall");

        Assert.Contains($"img-src 'self' data: {origin};", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
    }

    [Theory]
    [InlineData("TileUrl", "https://tiles.example.org/no-template.png")]
    [InlineData("TileUrl", "javascript:alert(1)//{z}/{x}/{y}")]
    [InlineData("TileUrl", "/tiles/{z}/{x}/{y}.png")]
    [InlineData("TimeZone", "Mars/Olympus")]
    [InlineData("SilenceSeconds", "2")]
    [InlineData("SilenceSeconds", "61")]
    [InlineData("TileMaxZoom", "0")]
    public async Task Host_SettingThatCannotWork_RefusesToStart(string name, string value)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(
            async () => await PageServer.StartAsync("1", ($"Situational:Wall:{name}", value), ("Situational:Wall:TileAttribution", "x")));

        Assert.Contains(name, fault.Message);
    }

    [Fact]
    public async Task Host_TilesWithoutAttribution_RefusesToStart() =>
        Assert.Contains("TileAttribution", (await Assert.ThrowsAsync<OptionsValidationException>(
            async () => await PageServer.StartAsync("1", ("Situational:Wall:TileUrl", "https://t.example.org/{z}/{x}/{y}.png")))).Message);
}
