using Situational.Contracts.Http;
using Situational.Testing;

namespace Situational.Browser.Tests;

/// <summary>The wall in the past: a moment whose cases are other ones than now, playing on to now, and back to live.</summary>
public sealed class PastTests(Chromium chromium, ITestOutputHelper output)
{
    private static readonly ActorRequest Officer = new("o-1", "officer");

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Wall_AMomentThatIsPast_IsShownPlayedToNowAndLeft(string language)
    {
        using var clock = new ProcessClock();
        await using var city = await City.StartAsync(clock: clock);
        var gone = await city.ReportAsync(33, "red", "fire");
        clock.Set(TimeSpan.FromMinutes(20));
        var then = clock.Now;
        clock.Set(TimeSpan.FromMinutes(21));
        await city.StepAsync(gone.Id, "reject", new CaseStepRequest(Officer, Reason: "不属实"));
        clock.Set(TimeSpan.FromMinutes(30));
        var come = await city.ReportAsync(54, "orange", "fire");
        clock.Set(TimeSpan.FromMinutes(32));
        // Frames follow a clock that is set only slowly; those of a new process begin with it.
        await city.Host.RestartAsync();
        await using var wall = await WallWindow.OpenAsync(chromium, city, new WindowOptions(1920, 1080, language, ReducedMotion: true));
        await wall.UntilLiveAsync();
        await wall.UntilAsync($"wall.wall.picture.cases.size === 1 && wall.wall.picture.cases.has('{come.Id}')");

        await wall.Page.Keyboard.PressAsync("t");
        await wall.UntilAsync("wall.dataset.past === 'true' && wall.dataset.state === 'past'");
        await wall.Page.EvaluateAsync($"at => document.querySelector('#wall').past.playing.seek(at)", then.ToUnixTimeMilliseconds());
        await wall.UntilAsync($"wall.wall.picture.cases.size === 1 && wall.wall.picture.cases.has('{gone.Id}')");
        Assert.Equal(language == "en" ? "not live" : "非实时", await wall.ValueAsync<string>("wall.querySelector('.past-not-live').textContent"));
        await wall.UntilAsync("wall.querySelector('[data-part=\"open-1\"]').textContent === '1' && wall.querySelector('[data-part=\"open-2\"]').textContent === '0'");
        Assert.Contains("at=" + then.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), wall.Page.Url, StringComparison.Ordinal);
        await KeepAsync(wall, $"past-1920x1080-{language}");
        Assert.Empty(await wall.Page.EvaluateAsync<string[]>(LooksTests.LowContrast));

        // The link of the moment leads there.
        await using (var other = await WallWindow.OpenAsync(chromium, city, new WindowOptions(1920, 1080, language), "&at=" + then.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture)))
            await other.UntilAsync($"wall.dataset.past === 'true' && wall.wall.picture.cases.has('{gone.Id}') && wall.wall.picture.cases.size === 1");

        await wall.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "600×" }).ClickAsync();
        await wall.Page.Keyboard.PressAsync("Escape");
        await wall.UntilAsync("wall.dataset.past !== 'true' && wall.dataset.state === 'live'");
        Assert.DoesNotContain("at=", wall.Page.Url, StringComparison.Ordinal);
        await wall.UntilAsync($"wall.wall.picture.cases.has('{come.Id}')");

        // Twelve minutes at 600× take a second and a bit; then it is live again by itself.
        await wall.Page.Keyboard.PressAsync("t");
        await wall.UntilAsync("wall.dataset.past === 'true'");
        await wall.Page.EvaluateAsync($"at => document.querySelector('#wall').past.playing.seek(at)", then.ToUnixTimeMilliseconds());
        await wall.UntilAsync($"wall.wall.picture.cases.has('{gone.Id}')");
        await wall.Page.EvaluateAsync(
            "() => { const wall = document.querySelector('#wall'); window.seen = []; new MutationObserver(() => window.seen.push([...wall.wall.picture.cases.keys()].join())).observe(wall, { attributes: true, attributeFilter: ['data-revision'] }); }");
        await wall.Page.EvaluateAsync("() => document.activeElement?.blur()");
        await wall.Page.Keyboard.PressAsync(" ");
        await wall.UntilAsync("wall.dataset.past !== 'true' && wall.dataset.state === 'live'");
        await wall.UntilAsync($"wall.wall.picture.cases.size === 1 && wall.wall.picture.cases.has('{come.Id}')");
        Assert.True(await wall.ValueAsync<bool>("window.seen.includes('')"), "Between the two cases there was none, and the wall must have shown that.");
    }

    [Fact]
    public async Task Wall_NothingKeptYet_SaysSoAndStaysLive()
    {
        await using var city = await City.StartAsync();
        await using var wall = await WallWindow.OpenAsync(chromium, city, new WindowOptions(1920, 1080, "zh-CN"));
        await wall.UntilLiveAsync();

        await wall.Page.Keyboard.PressAsync("t");

        await wall.UntilAsync("wall.querySelector('.past-fault').textContent.includes('尚无历史数据')");
        Assert.Equal("live", await wall.ValueAsync<string>("wall.dataset.state"));
        await wall.Page.Keyboard.PressAsync("t");
        Assert.True(await wall.ValueAsync<bool>("wall.querySelector('.past-panel').hidden"));
    }

    private async Task KeepAsync(WallWindow wall, string name)
    {
        if (Environment.GetEnvironmentVariable("SITUATIONAL_SCREENSHOTS") is not { Length: > 0 } folder)
            return;
        var path = Path.Combine(folder, $"wall-{name}.png");
        await File.WriteAllBytesAsync(path, await wall.Page.ScreenshotAsync(new() { FullPage = true }));
        output.WriteLine(path);
    }
}
