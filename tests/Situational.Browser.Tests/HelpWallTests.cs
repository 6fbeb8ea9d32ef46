using System.Net;
using System.Net.Http.Json;
using Situational.Contracts.Http;

namespace Situational.Browser.Tests;

/// <summary>Units that call for help, and units that went off duty, on the wall in a real browser on a real host.</summary>
public sealed class HelpWallTests(Chromium chromium, ITestOutputHelper output)
{
    [Fact]
    public async Task Wall_Printed_IsOneSheetAsSeenAndSaysOfWhen()
    {
        await using var city = await City.StartAsync();
        await city.LiveAsync();
        await using var wall = await WallWindow.OpenAsync(chromium, city, new WindowOptions(1920, 1080, "zh-CN", ReducedMotion: true));
        await wall.UntilLiveAsync();
        await wall.UntilAsync("wall.wall.picture.units.size === 60");

        var paper = await Paper.OfAsync(wall.Page, "wall-printed");

        // 96 pixels of the screen are 72 points.
        Assert.Equal((1, 1440d, 810d), (paper.Sheets, paper.Width, paper.Height));
        await wall.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        Assert.StartsWith("打印于", await wall.ValueAsync<string>("wall.querySelector('.print-note').innerText"));
    }

    [Theory]
    [InlineData("zh-CN", 1920, 1080)]
    [InlineData("en", 1920, 1080)]
    [InlineData("zh-CN", 390, 844)]
    public async Task Wall_AUnitCallsForHelp_IsDrawnOverAllOthersAndNamedInTheTicker(string language, int width, int height)
    {
        await using var city = await City.StartAsync();
        await city.LiveAsync();
        await using var wall = await WallWindow.OpenAsync(chromium, city, new WindowOptions(width, height, language, ReducedMotion: true));
        await wall.UntilLiveAsync();
        await wall.UntilAsync("wall.wall.picture.units.size === 60");

        // One that is there, and one that has not been heard for twelve minutes.
        await city.CallForHelpAsync("u3");
        await city.CallForHelpAsync("u58");

        await wall.UntilAsync("wall.wall.picture.units.get('u3')[12] > 0 && wall.wall.picture.units.get('u58')[12] > 0");
        await wall.UntilAsync("[...wall.querySelectorAll('[data-part=ticker] [data-kind=sos]')].some(e => e.textContent.includes('巡058'))");
        Assert.Equal(
            language == "en" ? "SOS" : "求助", await wall.ValueAsync<string>("wall.querySelector('[data-part=ticker] [data-kind=sos] .event-kind').textContent"));
        if (Environment.GetEnvironmentVariable("SITUATIONAL_SCREENSHOTS") is { Length: > 0 } folder)
        {
            var path = Path.Combine(folder, $"wall-sos-{width}x{height}-{language}.png");
            await File.WriteAllBytesAsync(path, await wall.Page.ScreenshotAsync(new() { FullPage = true }));
            output.WriteLine(path);
        }
        Assert.Empty(await wall.Page.EvaluateAsync<string[]>(LooksTests.Faults));
        Assert.Empty(await wall.Page.EvaluateAsync<string[]>(LooksTests.LowContrast));

        using (var client = city.Host.CreateClient())
        {
            using var reply = await client.PostAsJsonAsync("api/v1/units/u3/sos/answer", new SosReplyRequest("收到"));
            using var off = await client.PostAsJsonAsync("api/v1/units/u4/duty", new DutyRequest(false));
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (reply.StatusCode, off.StatusCode));
        }
        await wall.UntilAsync("wall.wall.picture.units.get('u3')[12] === 0");
        await wall.UntilAsync("!wall.wall.picture.units.has('u4') && wall.querySelector('[data-part=ticker] [data-kind=sos-answered]')");
        Assert.Empty(wall.Complaints);
    }
}
