namespace Situational.Browser.Tests;

/// <summary>Every screen size and language shows everything, legibly. Looking at it is left to people; these are the faults a machine can see.</summary>
public sealed class LooksTests(Chromium chromium, ITestOutputHelper output)
{
    /// <summary>
    /// Boxes of text that are cut off without an ellipsis, stand outside the window, or cover other text.
    /// The map is left out: what it draws is one canvas.
    /// </summary>
    internal const string Faults =
        """
        () => {
          const faults = [], boxes = [];
          const shown = e => e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
          const name = e => `<${e.localName} class="${e.className}"> "${e.textContent.trim().slice(0, 40)}"`;
          for (const e of document.querySelectorAll('#wall :not(svg, svg *)')) {
            if (e.closest('.map-surface') || !shown(e) || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
            const style = getComputedStyle(e), range = document.createRange();
            range.selectNodeContents(e);
            const text = range.getBoundingClientRect(), own = e.getBoundingClientRect();
            const cut = style.overflow !== 'visible' && style.textOverflow !== 'ellipsis' && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
            if (cut) faults.push('cut: ' + name(e));
            const clipped = style.overflow === 'visible' ? text : own;
            // The box of a CJK font is half as high again as what it draws: an em around the middle of the first and last line is ink.
            const lines = range.getClientRects(), first = lines[0], last = lines[lines.length - 1], em = parseFloat(style.fontSize);
            const box = { e, left: clipped.left, right: clipped.right, top: (first.top + first.bottom - em) / 2, bottom: (last.top + last.bottom + em) / 2 };
            for (let up = e.parentElement; up; up = up.parentElement) {
              if (up === document.body || getComputedStyle(up).overflow === 'visible') continue;
              const edge = up.getBoundingClientRect();
              if (box.right > edge.right + 1 || box.left < edge.left - 1) faults.push(`wider than <${up.className}>: ` + name(e));
              if (box.bottom > edge.bottom + 1 || box.top < edge.top - 1) faults.push(`higher than <${up.className}>: ` + name(e));
            }
            if (innerWidth > innerHeight && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1)) faults.push('outside: ' + name(e));
            boxes.push(box);
          }
          for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
            const a = boxes[i], b = boxes[j];
            if (a.e.contains(b.e) || b.e.contains(a.e)) continue;
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (wide > 1 && high > 1) faults.push(`${name(a.e)} covers ${name(b.e)}`);
          }
          if (document.documentElement.scrollWidth > innerWidth) faults.push('the page is wider than the window');
          return faults;
        }
        """;

    /// <summary>Contrast of each text with what is behind it, by WCAG 2.2; large text needs 3, other text 4.5.</summary>
    internal const string LowContrast =
        """
        () => {
          const channels = color => color.match(/[\d.]+/g).map(Number);
          const light = c => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
          const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
          const over = ([r, g, b, a = 1], below) => [r, g, b].map((c, i) => c * a + below[i] * (1 - a));
          const behind = e => {
            const layers = [];
            for (let up = e; up; up = up.parentElement) layers.push(channels(getComputedStyle(up).backgroundColor));
            return layers.reverse().reduce((below, layer) => over(layer, below), [11, 18, 32]);
          };
          const found = [];
          for (const e of document.querySelectorAll('body :not(svg, svg *)')) {
            if (e.closest('.map-surface') || !e.checkVisibility() || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
            let opacity = 1;
            for (let up = e; up; up = up.parentElement) opacity *= Number(getComputedStyle(up).opacity);
            const style = getComputedStyle(e), ground = behind(e), [r, g, b, a = 1] = channels(style.color);
            const [one, two] = [luminance(over([r, g, b, a * opacity], ground)), luminance(ground)].sort((x, y) => y - x);
            const contrast = (one + 0.05) / (two + 0.05), size = parseFloat(style.fontSize);
            const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
            if (contrast < needed) found.push(`${contrast.toFixed(2)} < ${needed}: .${e.className} "${e.textContent.trim().slice(0, 30)}"`);
          }
          return found;
        }
        """;

    [Theory]
    [InlineData(1920, 1080, "zh-CN")]
    [InlineData(1920, 1080, "en")]
    [InlineData(3840, 2160, "zh-CN")]
    [InlineData(3840, 2160, "en")]
    [InlineData(1280, 720, "zh-CN")]
    [InlineData(1280, 720, "en")]
    [InlineData(390, 844, "zh-CN")]
    [InlineData(390, 844, "en")]
    public async Task Wall_EverySizeAndLanguage_NothingIsCutOrCovered(int width, int height, string language)
    {
        await using var city = await City.StartAsync();
        await city.LiveAsync();
        await using var wall = await WallWindow.OpenAsync(chromium, city, new WindowOptions(width, height, language, ReducedMotion: true));
        await wall.UntilLiveAsync();
        await wall.UntilAsync("wall.querySelectorAll('[data-part=hot] li').length === 6 && wall.querySelectorAll('[data-part=ticker] li').length === 12");
        await wall.UntilAsync("wall.querySelectorAll('[data-part=patrol-quiet] li').length > 0");
        await KeepAsync(wall, $"{width}x{height}-{language}");

        Assert.Equal(language, await wall.ValueAsync<string>("document.documentElement.lang"));
        Assert.Empty(await wall.Page.EvaluateAsync<string[]>(Faults));
        Assert.Empty(await wall.Page.EvaluateAsync<string[]>(LowContrast));

        wall.ExpectLostServer();
        city.Host.Kill();
        await wall.UntilAsync("wall.dataset.state === 'lost'");
        await KeepAsync(wall, $"{width}x{height}-{language}-lost");
        Assert.Empty(await wall.Page.EvaluateAsync<string[]>(Faults));
        Assert.Empty(await wall.Page.EvaluateAsync<string[]>(LowContrast));
    }

    [Fact]
    public async Task Wall_Scale_IsTheSameAt720pAnd4K()
    {
        await using var city = await City.StartAsync();
        await using var small = await WallWindow.OpenAsync(chromium, city, new WindowOptions(1280, 720));
        await using var large = await WallWindow.OpenAsync(chromium, city, new WindowOptions(3840, 2160));
        await small.UntilLiveAsync();
        await large.UntilLiveAsync();

        foreach (var part in new[] { ".map", ".side-left", ".side-right", ".bar", ".foot" })
        {
            var one = (await small.Page.Locator(part).BoundingBoxAsync())!;
            var other = (await large.Page.Locator(part).BoundingBoxAsync())!;
            Assert.Equal(one.Width * 3, other.Width, tolerance: 3.0);
            Assert.Equal(one.Height * 3, other.Height, tolerance: 3.0);
        }
    }

    [Fact]
    public async Task Wall_Figures_DoNotJumpInWidth()
    {
        await using var city = await City.StartAsync();
        await using var wall = await WallWindow.OpenAsync(chromium, city);
        await wall.UntilLiveAsync();
        const string Widths = "[...wall.querySelectorAll('.figure, .clock, .badge')].map(e => Math.round(e.getBoundingClientRect().left))";
        var before = await wall.ValueAsync<int[]>(Widths);

        for (var grid = 0; grid < 11; grid++)
            await city.ReportAsync(grid, "yellow");
        await wall.UntilAsync("wall.querySelector('[data-part=\"open-3\"]').textContent === '11'");

        Assert.Equal(before, await wall.ValueAsync<int[]>(Widths));
    }

    [Theory]
    [InlineData("zh-CN", "打不开大屏")]
    [InlineData("en", "This wall cannot be opened")]
    public async Task Refused_Page_IsLegible(string language, string title)
    {
        await using var city = await City.StartAsync(imported: false);
        var context = await chromium.OpenAsync(new WindowOptions(Language: language));
        await using var closing = context;
        var page = await context.NewPageAsync();

        var answer = await page.GotoAsync(city.Host.BaseAddress + "wall");

        Assert.Equal(401, answer!.Status);
        Assert.Equal(title, await page.Locator("h1").InnerTextAsync());
        Assert.Empty(await page.EvaluateAsync<string[]>(LowContrast));
    }

    /// <summary>Keeps a picture for people, where <c>SITUATIONAL_SCREENSHOTS</c> names a folder.</summary>
    private async Task KeepAsync(WallWindow wall, string name)
    {
        if (Environment.GetEnvironmentVariable("SITUATIONAL_SCREENSHOTS") is not { Length: > 0 } folder)
            return;
        var path = Path.Combine(folder, $"wall-{name}.png");
        await File.WriteAllBytesAsync(path, await wall.Page.ScreenshotAsync());
        output.WriteLine(path);
    }
}
