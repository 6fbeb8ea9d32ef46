using Situational.Contracts.Http;

namespace Situational.Browser.Tests;

/// <summary>The duty officer's desk in a real browser, on a real host.</summary>
public sealed class DutyTests(Chromium chromium)
{
    private static readonly PassRequest Wang = new("o-7", "王", "officer");

    [Theory]
    [InlineData(1440, 900, "zh-CN")]
    [InlineData(1440, 900, "en")]
    [InlineData(1920, 1080, "zh-CN")]
    [InlineData(1024, 768, "en")]
    public async Task Duty_EverySizeAndLanguage_IsLegible(int width, int height, string language)
    {
        await using var city = await City.StartAsync();
        await city.LiveAsync();
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang, new WindowOptions(width, height, language, ReducedMotion: true));
        await desk.UntilLiveAsync();
        await desk.UntilAsync("desk.querySelectorAll('.line').length > 5 && [...desk.querySelectorAll('.line-what')].some(e => e.textContent.includes('路面塌陷'))");
        await desk.UntilAsync("desk.querySelectorAll('[data-part=area-rows] tr').length > 0 && $('[data-part=trend-chart] canvas')");

        await desk.KeepAsync("duty");
        Assert.Empty(await desk.Page.EvaluateAsync<string[]>(LooksTests.LowContrast));
    }
}
