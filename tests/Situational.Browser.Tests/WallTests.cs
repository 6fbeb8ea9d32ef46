namespace Situational.Browser.Tests;

/// <summary>The wall in a real browser, on a real host: what happens in the city is on the screen, and the screen never lies.</summary>
public sealed class WallTests(Chromium chromium, ITestOutputHelper output)
{
    [Fact]
    public async Task Wall_ReportPosted_IsShownWithinASecond()
    {
        await using var city = await City.StartAsync();
        await using var wall = await WallWindow.OpenAsync(chromium, city);
        await wall.UntilLiveAsync();
        // The page itself notes when the figure changes and when the case is in the picture that the map draws from.
        await wall.Page.EvaluateAsync(
            """
            () => {
              const wall = document.querySelector('#wall'), figure = wall.querySelector('[data-part="open-1"]');
              window.seen = [];
              new MutationObserver(() => window.seen.push({ open: figure.textContent, cases: wall.wall.picture.cases.size, at: Date.now() }))
                .observe(figure, { childList: true, characterData: true, subtree: true });
            }
            """);

        // The bound is the promise of the wall; a machine that stalls for a second must not break it, so the best of five counts.
        var best = double.PositiveInfinity;
        for (var attempt = 1; attempt <= 5 && best >= 1_000; attempt++)
        {
            var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            await city.ReportAsync(attempt);
            await wall.UntilAsync($"window.seen.some(s => s.open === '{attempt}' && s.cases === {attempt})");
            var shown = await wall.ValueAsync<double>($"window.seen.find(s => s.open === '{attempt}' && s.cases === {attempt}).at");
            best = Math.Min(best, shown - before);
            output.WriteLine($"report {attempt}: on the wall {shown - before} ms after the request began");
        }

        Assert.InRange(best, 0, 1_000);
        await wall.UntilAsync("wall.querySelector('[data-part=ticker] .event-what')?.textContent === '路面塌陷'");
        await wall.UntilAsync("wall.querySelector('[data-part=hot] .hot-name')?.textContent.startsWith('格')");
    }

    [Fact]
    public async Task Wall_CaseClosed_LeavesTheFiguresAndIsInTheTicker()
    {
        await using var city = await City.StartAsync();
        await using var wall = await WallWindow.OpenAsync(chromium, city);
        var reported = await city.ReportAsync(3, "orange", "gas-smell");
        await wall.UntilAsync("wall.querySelector('[data-part=\"open-2\"]').textContent === '1'");

        await city.CloseAsync(reported.Id);

        await wall.UntilAsync("wall.querySelector('[data-part=\"open-2\"]').textContent === '0'");
        await wall.UntilAsync("wall.querySelector('[data-part=ticker] [data-kind=closed] .event-what')?.textContent === '燃气异味'");
        Assert.Equal(0, await wall.ValueAsync<int>("wall.wall.picture.cases.size"));
    }

    [Fact]
    public async Task Wall_UnitsMove_OnTheScreen()
    {
        await using var city = await City.StartAsync();
        await using var wall = await WallWindow.OpenAsync(chromium, city);
        await city.MoveAsync([city.Fix(1, 11, 0.2), city.Fix(2, 12, 0.2)]);
        await wall.UntilAsync("wall.querySelector('[data-part=\"units-0\"]').textContent === '2'");
        await wall.UntilLiveAsync();
        var before = await wall.ValueAsync<int>("wall.wall.picture.units.get('u1')[2]");
        var picture = await wall.Page.Locator(".map").ScreenshotAsync();

        await city.MoveAsync([city.Fix(1, 11, 0.9)]);

        await wall.UntilAsync($"wall.wall.picture.units.get('u1')[2] > {before}");
        // and the drawing follows: the map's pixels are others than before
        var deadline = TimeProvider.System.GetTimestamp();
        while ((await wall.Page.Locator(".map").ScreenshotAsync()).AsSpan().SequenceEqual(picture))
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(60), "The map looks as before.");
    }

    [Trait("Fault", "9")]
    [Fact]
    public async Task Wall_ServerKilled_SaysSoLargeAndRecoversByItself()
    {
        await using var city = await City.StartAsync();
        await using var wall = await WallWindow.OpenAsync(chromium, city);
        await city.ReportAsync(1);
        await city.MoveAsync([city.Fix(1, 5)]);
        await wall.UntilLiveAsync();
        await wall.UntilAsync("wall.querySelector('[data-part=\"open-1\"]').textContent === '1'");
        await wall.Page.EvaluateAsync("() => { window.sameDocument = true; }");

        wall.ExpectLostServer();
        city.Host.Kill();

        await wall.UntilAsync("wall.dataset.state === 'lost'");
        var alarm = wall.Page.Locator("[data-part=alarm-words]");
        Assert.Matches("^非实时 · 自 \\d\\d:\\d\\d:\\d\\d 起未更新$", await alarm.InnerTextAsync());
        // said large: the whole header is red, and the words are taller than a fiftieth of the screen
        Assert.Equal("rgb(179, 22, 28)", await wall.ValueAsync<string>("getComputedStyle(wall.querySelector('.bar')).backgroundColor"));
        Assert.True((await alarm.BoundingBoxAsync())!.Height > 1080 / 50.0);

        await city.Host.RestartAsync(TestContext.Current.CancellationToken);
        await wall.UntilAsync("wall.dataset.state === 'live' && wall.querySelector('[data-part=\"open-1\"]').textContent === '1'");
        await city.ReportAsync(2);
        await wall.UntilAsync("wall.querySelector('[data-part=\"open-1\"]').textContent === '2'");
        Assert.True(await wall.ValueAsync<bool>("window.sameDocument === true"));
    }

    [Fact]
    public async Task Walls_OfOneCity_ShowTheSameDigest()
    {
        await using var city = await City.StartAsync();
        await using var first = await WallWindow.OpenAsync(chromium, city);
        await city.LiveAsync();
        await using var second = await WallWindow.OpenAsync(chromium, city, new WindowOptions(1280, 720, "en"));
        await city.ReportAsync(9);
        await first.UntilLiveAsync();
        await second.UntilLiveAsync();

        // both walls come to rest at one digest; units that age may change it once more meanwhile
        var started = TimeProvider.System.GetTimestamp();
        string one, other;
        do
        {
            one = await first.TextAsync("digest");
            other = await second.TextAsync("digest");
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(60), $"{one} is not {other}.");
        }
        while (one != other);

        Assert.Matches("^[0-9A-F]{8}$", one);
        Assert.NotEqual("00000000", one);
        Assert.Equal(
            await first.ValueAsync<string[]>("[...wall.wall.picture.cases.keys()].sort()"),
            await second.ValueAsync<string[]>("[...wall.wall.picture.cases.keys()].sort()"));
    }

    [Fact]
    public async Task Wall_TicketEnded_SaysHowToGetANewLink()
    {
        await using var city = await City.StartAsync();
        await using var wall = await WallWindow.OpenAsync(chromium, city);
        await wall.UntilLiveAsync();
        await wall.Page.Context.ClearCookiesAsync();

        wall.ExpectLostServer();
        wall.Expect("401");
        city.Host.Kill();
        await city.Host.RestartAsync(TestContext.Current.CancellationToken);

        await wall.UntilAsync("wall.dataset.state === 'refused'");
        Assert.Contains("Wall:", await wall.TextAsync("alarm-detail"));
    }

    [Fact]
    public async Task Wall_NoTerritory_SaysSoUntilThereIsOne()
    {
        await using var city = await City.StartAsync(imported: false);
        await using var wall = await WallWindow.OpenAsync(chromium, city);
        wall.Expect("404");
        await wall.UntilAsync("wall.querySelector('[data-part=map-words]').textContent === '尚未导入辖区'");

        await city.ImportAsync();

        await wall.UntilLiveAsync();
        Assert.Equal("试验城", await wall.TextAsync("city"));
        Assert.False(await wall.ValueAsync<bool>("wall.querySelector('[data-part=demo]').hidden"));
    }

    [Fact]
    public async Task Wall_HottestGrid_IsReachedByKeyboardAndMovesTheMapThere()
    {
        await using var city = await City.StartAsync();
        await city.ReportAsync(79, "red");
        await using var wall = await WallWindow.OpenAsync(chromium, city, new WindowOptions(ReducedMotion: true));
        await wall.UntilLiveAsync();
        await wall.UntilAsync("wall.querySelector('[data-part=hot] button') !== null");
        var before = await wall.ValueAsync<double>("document.querySelector('leaflet-map').map.getZoom()");

        for (var step = 0; step < 20 && !await wall.ValueAsync<bool>("document.activeElement.matches('[data-part=hot] button')"); step++)
            await wall.Page.Keyboard.PressAsync("Tab");
        await wall.Page.Keyboard.PressAsync("Enter");

        await wall.UntilAsync($"document.querySelector('leaflet-map').map.getZoom() > {before}");
        var (lat, lon) = city.Lattice.Place(79);
        await wall.UntilAsync($"document.querySelector('leaflet-map').map.getBounds().contains([{lat}, {lon}])");
    }

    [Fact]
    public async Task Wall_Keys_AreListedAndReachMapTourAndPast()
    {
        await using var city = await City.StartAsync();
        await city.ReportAsync(79, "red");
        await using var wall = await WallWindow.OpenAsync(chromium, city, new WindowOptions(ReducedMotion: true));
        await wall.UntilLiveAsync();
        await wall.UntilAsync("wall.querySelector('[data-part=hot] button') !== null");
        var (lat, lon) = city.Lattice.Place(79);
        const string Map = "document.querySelector('leaflet-map').map";
        var before = await wall.ValueAsync<double>(Map + ".getZoom()");

        await wall.Page.Keyboard.PressAsync("?");
        await wall.UntilAsync("document.querySelector('dialog[open]') !== null");
        string[] keys = ["?", "0", "1", "m", "r", "t", "空格", ",", ".", "Esc"];
        Assert.Empty(keys.Except(await wall.ValueAsync<string[]>("[...document.querySelectorAll('dialog kbd')].map(e => e.textContent)")));
        Assert.Empty(await wall.Page.EvaluateAsync<string[]>(LooksTests.LowContrast));
        await wall.Page.Keyboard.PressAsync("Escape");
        await wall.UntilAsync("document.querySelector('dialog') === null");

        await wall.Page.Keyboard.PressAsync("1");
        await wall.UntilAsync($"{Map}.getZoom() > {before} && {Map}.getBounds().contains([{lat}, {lon}])");
        await wall.Page.Keyboard.PressAsync("0");
        await wall.UntilAsync($"Math.abs({Map}.getZoom() - {before}) < 0.5");
        await wall.Page.Keyboard.PressAsync("r");
        await wall.UntilAsync($"{Map}.getZoom() > {before} + 0.5 && wall.querySelector('[data-part=tour]').getAttribute('aria-pressed') === 'true' && location.search.includes('tour=1')");
        await wall.Page.Keyboard.PressAsync("m");
        await wall.UntilAsync("document.activeElement.matches('.leaflet-container')");
    }

    [Fact]
    public async Task Wall_NobodyMovesTheMouse_HidesTheCursor()
    {
        await using var city = await City.StartAsync();
        await using var wall = await WallWindow.OpenAsync(chromium, city);
        await wall.Page.Mouse.MoveAsync(400, 400);
        Assert.NotEqual("none", await wall.ValueAsync<string>("getComputedStyle(wall).cursor"));

        await wall.UntilAsync("getComputedStyle(wall).cursor === 'none'");
        await wall.Page.Mouse.MoveAsync(500, 500);

        await wall.UntilAsync("getComputedStyle(wall).cursor !== 'none'");
    }
}
