using System.Net;
using System.Text.Json;

namespace Situational.Web.Tests.Pages;

public sealed class DutyPageTests
{
    private static readonly DeskPerson Officer = new("o-1", "王\"<b>", "officer", null);

    [Fact]
    public async Task Duty_WithoutPass_Is401AndSaysHowToGetALinkInBothLanguages()
    {
        await using var server = await PageServer.StartAsync();

        using var chinese = await server.GetAsync("/duty?area=440306&pass=secret");
        using var english = await server.GetAsync("/duty?lang=en");
        var html = await chinese.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, chinese.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, english.StatusCode);
        Assert.Contains(Web.Texts.TextSet.All[0]["desk.refused.how"], WebUtility.HtmlDecode(html));
        Assert.Contains("Ask an administrator for a new desk link", await english.Content.ReadAsStringAsync());
        // the way back keeps what was asked for, but no pass that did not open
        Assert.Contains("href=\"/duty?area=440306\"", html);
        Assert.DoesNotContain("secret", html);
    }

    [Fact]
    public async Task Duty_Page_CarriesPersonAndNames()
    {
        await using var server = await PageServer.StartAsync(Officer);

        var html = await server.Client.GetStringAsync("/duty?lang=en");

        using var person = JsonDocument.Parse(Attribute(html, "data-person"));
        Assert.Equal("o-1", person.RootElement.GetProperty("id").GetString());
        Assert.Equal("王\"<b>", person.RootElement.GetProperty("name").GetString());
        Assert.Equal("officer", person.RootElement.GetProperty("role").GetString());
        using var names = JsonDocument.Parse(Attribute(html, "data-names"));
        Assert.Equal("fire", names.RootElement.GetProperty("categories")[0][0].GetString());
        Assert.Contains("Duty officer", html);
    }

    [Fact]
    public async Task Duty_OtherLanguage_KeepsTheStateOfThePage()
    {
        await using var server = await PageServer.StartAsync(Officer);

        var html = await server.Client.GetStringAsync("/duty?area=44&lang=en&stage=accepted,returned");

        Assert.Contains("href=\"/duty?area=44&amp;stage=accepted,returned&amp;lang=zh-CN\"", html.Replace("%2C", ",", StringComparison.Ordinal));
    }

    [Trait("Fault", "S11")]
    [Fact]
    public async Task Duty_Page_HoldsNothingInlineAndSaysSoInItsPolicy()
    {
        await using var server = await PageServer.StartAsync(Officer);

        using var answer = await server.GetAsync("/duty");
        var html = await answer.Content.ReadAsStringAsync();

        Assert.DoesNotMatch("<script(?![^>]*\\ssrc=)[^>]*>", html);
        Assert.DoesNotMatch("<style[\\s>]", html);
        Assert.DoesNotMatch("\\s(style|on\\w+)=\"", html);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; ", policy);
        Assert.Contains("base-uri 'self'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString());
    }

    private static string Attribute(string html, string name)
    {
        var start = html.IndexOf(name + "=\"", StringComparison.Ordinal) + name.Length + 2;
        return WebUtility.HtmlDecode(html[start..html.IndexOf('"', start)]);
    }
}
