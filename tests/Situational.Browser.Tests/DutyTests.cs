using Situational.Contracts.Http;
using Situational.Testing;

namespace Situational.Browser.Tests;

/// <summary>The duty officer's desk in a real browser, on a real host: finding, sorting and dispatching, with the mouse and without it.</summary>
public sealed class DutyTests(Chromium chromium, ITestOutputHelper output)
{
    private const string FirstRow = "$('.line[aria-posinset=\"1\"]')?.dataset.id";
    private static readonly PassRequest Wang = new("o-7", "王", "officer");
    private static readonly ActorRequest Officer = new("o-1", "officer");

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
        Assert.True(await desk.ValueAsync<bool>("document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight"));
        Assert.Equal("", await desk.ValueAsync<string>(
            "[...desk.querySelectorAll('.figure dt, .tab, .line-count')].filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline').map(e => e.textContent).join()"));
    }

    [Fact]
    public async Task Duty_OverdueCase_IsFoundByDrillingDownBySearchAndByLink()
    {
        using var clock = new ProcessClock();
        await using var city = await City.StartAsync(clock: clock);
        for (var grid = 0; grid < 12; grid++)
            await city.ReportAsync(grid, "blue", "exposed-rubbish");
        // A fire is to be accepted within 5 minutes.
        var overdue = await city.ReportAsync(33, "orange", "fire");
        clock.Set(TimeSpan.FromMinutes(7));
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang);
        await desk.UntilAsync($"desk?.desk?.picture?.cases.get('{overdue.Id}')?.[9] === 2");
        await desk.UntilAsync($"{FirstRow} === '{overdue.Id}' && $('.line[aria-posinset=\"1\"] .line-left').dataset.state === 'overdue'");
        await desk.UntilAsync("$('.line[aria-posinset=\"1\"] .line-count').textContent.startsWith('超时')");
        await desk.UntilAsync("$('[data-part=area-overdue]').textContent === '1'");

        // Down: the worst area is the first of the list; its link holds what the page shows.
        await desk.UntilAsync($"$('[data-part=area-rows] a')?.dataset.code === '{city.Lattice.Code(33)}'");
        await desk.Page.ClickAsync("[data-part=area-rows] a");
        await desk.UntilAsync($"location.search.includes('area={city.Lattice.Code(33)}') && desk.querySelectorAll('.line').length === 1 && {FirstRow} === '{overdue.Id}'");
        await desk.UntilAsync("[...desk.querySelectorAll('[data-part=risk-reasons] li')].some(e => e.textContent.includes('橙'))");
        await desk.Page.GoBackAsync();
        await desk.UntilAsync("desk.querySelectorAll('.line').length === 13");

        // By initials of the pinyin, with the keyboard alone.
        await desk.Page.Keyboard.PressAsync("g");
        await desk.Page.Keyboard.TypeAsync("g34");
        await desk.UntilAsync("$('.search-result[aria-selected=true] b')?.textContent === '格34' && $('.search-input').getAttribute('aria-activedescendant') === $('.search-result[aria-selected=true]').id");
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.UntilAsync($"desk.querySelectorAll('.line').length === 1 && {FirstRow} === '{overdue.Id}' && $('.crumb-name[aria-current]').textContent === '格34'");

        // By a link that somebody sent.
        await desk.GoAsync(city, "duty?level=overdue");
        await desk.UntilAsync($"desk.querySelectorAll('.line').length === 1 && {FirstRow} === '{overdue.Id}'");
        Assert.Equal("overdue", await desk.ValueAsync<string>("$('[data-part=filter-level]').value"));

        // By its number.
        await desk.Page.Keyboard.PressAsync("/");
        await desk.Page.Keyboard.TypeAsync(overdue.Id);
        await desk.UntilAsync("$('.search-result[aria-selected=true] .quiet')?.textContent.includes('" + overdue.Id + "')");

        // By what the report says, which stands nowhere on the feed; the list says that it was found so.
        await desk.Page.FillAsync("[data-part=search-input]", "塌陷");
        await desk.UntilAsync("[...desk.querySelectorAll('.search-result')].length === 6 && [...desk.querySelectorAll('.search-result')].every(e => e.textContent.startsWith('路面塌陷按上报内容找到 · '))");
        await desk.Page.FillAsync("[data-part=search-input]", overdue.Id);
        await desk.UntilAsync("$('.search-result[aria-selected=true] .quiet')?.textContent.includes('" + overdue.Id + "')");
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.UntilAsync($"location.search.includes('case={overdue.Id}') && !$('[data-part=drawer]').hidden");
    }

    [Fact]
    public async Task Duty_ThreeCases_AreDispatchedAtOnceWithoutAMouseAndWhatFailsStaysSelected()
    {
        await using var city = await City.StartAsync();
        await city.MoveAsync([city.Fix(1, 12), city.Fix(2, 45)]);
        for (var grid = 11; grid < 14; grid++)
            await city.StepAsync((await city.ReportAsync(grid, "yellow")).Id, "accept", new CaseStepRequest(Officer));
        var reported = await city.ReportAsync(20, "blue", "exposed-rubbish");
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang);
        await desk.UntilLiveAsync();
        await desk.UntilAsync("desk.querySelectorAll('.line').length === 4");

        for (var row = 0; row < 4; row++)
        {
            await desk.Page.Keyboard.PressAsync("j");
            await desk.Page.Keyboard.PressAsync("x");
        }
        await desk.UntilAsync("$('[data-part=bulk-words]').textContent === '已选 4 件'");
        await desk.Page.Keyboard.PressAsync("d");
        // The nearest unit is the first, and chosen.
        await desk.UntilAsync("$('.dispatch-target b')?.textContent === '巡001' && document.activeElement === $('.dispatch-target input:checked')");
        await desk.KeepAsync("duty-dispatch");
        Assert.Empty(await desk.Page.EvaluateAsync<string[]>(LooksTests.LowContrast));
        await desk.Page.Keyboard.PressAsync("Enter");

        await desk.UntilAsync("desk.querySelectorAll('.dispatch-case[data-state=done]').length === 3");
        Assert.True(await desk.ValueAsync<bool>($"$('.dispatch-case[data-id=\"{reported.Id}\"]').dataset.state === 'failed' && $('[data-part=dispatch]').open"));
        Assert.Contains("上报", await desk.ValueAsync<string>($"$('.dispatch-case[data-id=\"{reported.Id}\"] .dispatch-result').textContent"));
        await desk.Page.Keyboard.PressAsync("Escape");
        await desk.UntilAsync($"$('[data-part=bulk-words]').textContent === '已选 1 件' && $('.line[aria-selected=true]').dataset.id === '{reported.Id}'");
        await desk.UntilAsync("$('.tab[data-stages^=dispatched] b').textContent === '3' && [...desk.querySelectorAll('.line-who')].filter(e => e.textContent === '巡001').length === 3");

        // Accepted by one key; the row stays where it is while the keyboard is in the list.
        await desk.Page.Keyboard.PressAsync("a");
        await desk.UntilAsync($"$('.line[data-id=\"{reported.Id}\"] .line-stage-words').textContent === '立案'");
    }

    [Fact]
    public async Task Duty_BulkDispatch_SaysOfEachCaseWhatIsKnownAndActsOnce()
    {
        await using var city = await City.StartAsync();
        await city.MoveAsync([city.Fix(1, 12)]);
        string[] ids = new string[3];
        for (var i = 0; i < 3; i++)
            await city.StepAsync(ids[i] = (await city.ReportAsync(11 + i, "yellow")).Id, "accept", new CaseStepRequest(Officer));
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang);
        desk.Expect("ERR_FAILED");
        desk.Expect("412");
        await desk.UntilLiveAsync();
        await desk.UntilAsync("desk.querySelectorAll('.line').length === 3 && desk.querySelectorAll('.line-stage-words').length === 3");
        // The first goes well. The answer of the second is lost on its way. Somebody else is first with the third.
        await desk.Page.RouteAsync($"**/api/v1/cases/{ids[1]}/dispatch", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await desk.Page.RouteAsync($"**/api/v1/cases/{ids[2]}/dispatch", async route =>
        {
            await first.Task;
            await route.ContinueAsync();
        });

        await desk.Page.Keyboard.PressAsync("j");
        await desk.Page.Keyboard.PressAsync("Control+a");
        await desk.Page.Keyboard.PressAsync("d");
        await desk.UntilAsync("document.activeElement === $('.dispatch-target input:checked')");
        await desk.Page.Keyboard.PressAsync("Enter");

        await desk.UntilAsync($"$('.dispatch-case[data-id=\"{ids[0]}\"]').dataset.state === 'done'");
        await desk.UntilAsync($"$('.dispatch-case[data-id=\"{ids[1]}\"]').dataset.state === 'unknown'");
        await city.StepAsync(ids[2], "dispatch", new CaseStepRequest(Officer with { Id = "o-li" }, Assignee: new AssigneeRequest("unit", "w-9")));
        first.SetResult();
        await desk.UntilAsync($"$('.dispatch-case[data-id=\"{ids[2]}\"]').dataset.state === 'failed'");
        Assert.Contains("o-li", await desk.ValueAsync<string>($"$('.dispatch-case[data-id=\"{ids[2]}\"] .dispatch-result').textContent"));
        await desk.UntilAsync($"$('.line[data-id=\"{ids[1]}\"]').dataset.pending === 'true' && $('.line[data-id=\"{ids[1]}\"] .line-fault').textContent.startsWith('没有收到回应')");
        await desk.KeepAsync("duty-dispatch-unknown");

        // The network is back: the same request is sent again, and the dialog says how it went.
        await desk.Page.UnrouteAllAsync();
        await desk.UntilAsync($"$('.dispatch-case[data-id=\"{ids[1]}\"]').dataset.state === 'done'");
        var history = await city.GetAsync<CaseHistoryAnswer>($"api/v1/cases/{ids[1]}/history");
        Assert.Single(history.Events, e => e.What == "dispatch");
        Assert.Equal("w-9", (await city.GetAsync<CaseAnswer>("api/v1/cases/" + ids[2])).Assignee?.Id);
    }

    [Fact]
    public async Task Duty_Selection_HoldsNothingThatIsNotOnTheList()
    {
        await using var city = await City.StartAsync();
        for (var grid = 11; grid < 14; grid++)
            await city.StepAsync((await city.ReportAsync(grid, grid == 11 ? "orange" : "yellow")).Id, "accept", new CaseStepRequest(Officer));
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang);
        await desk.UntilLiveAsync();
        await desk.UntilAsync("desk.querySelectorAll('.line').length === 3");
        await desk.Page.Keyboard.PressAsync("j");
        await desk.Page.Keyboard.PressAsync("Control+a");
        await desk.UntilAsync("$('[data-part=bulk-words]').textContent === '已选 3 件'");

        await desk.Page.ClickAsync(".severities [data-severity=\"2\"]");

        await desk.UntilAsync("$('[data-part=bulk-words]').textContent === '已选 1 件' && desk.querySelectorAll('.line[aria-selected=true]').length === 1");
        await desk.UntilAsync("$('.toast-words')?.textContent === '2 件已不在列表中，不再选中'");
        await desk.Page.ClickAsync(".severities [data-severity=\"2\"]");
        await desk.UntilAsync("desk.querySelectorAll('.line').length === 3 && desk.querySelectorAll('.line[aria-selected=true]').length === 1");
        await desk.Page.ClickAsync("[data-part=bulk-dispatch]");
        await desk.UntilAsync("desk.querySelectorAll('.dispatch-case').length === 1");
    }

    [Theory]
    [InlineData("zh-CN", "打印于")]
    [InlineData("en", "Printed")]
    public async Task Duty_Printed_IsWholeOnPaperAndSaysOfWhen(string language, string printed)
    {
        await using var city = await City.StartAsync();
        for (var grid = 0; grid < 30; grid++)
            await city.ReportAsync(grid, grid % 3 == 0 ? "red" : "blue", "exposed-rubbish");
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang, new WindowOptions(718, 1040, language));
        await desk.UntilLiveAsync();
        await desk.UntilAsync("$('.line')?.getAttribute('aria-setsize') === '30'");
        // A text of the report finds its cases; what nobody wrote finds none.
        await desk.Page.FillAsync("[data-part=filter-text]", "无人写过");
        await desk.UntilAsync("desk.querySelectorAll('.line').length === 0 && !$('[data-part=list-empty]').hidden");
        await desk.Page.FillAsync("[data-part=filter-text]", "路面塌陷");
        await desk.UntilAsync("$('.line')?.getAttribute('aria-setsize') === '30'");

        await desk.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        await desk.Page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");

        Assert.Equal(30, await desk.ValueAsync<int>("desk.querySelectorAll('.line').length"));
        Assert.True(await desk.ValueAsync<bool>("[...desk.querySelectorAll('.line')].every((e, n, all) => n === 0 || e.getBoundingClientRect().top >= all[n - 1].getBoundingClientRect().bottom - 1)"));
        Assert.True(await desk.ValueAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.StartsWith(printed, await desk.ValueAsync<string>("$('.print-note').checkVisibility() ? $('.print-note').textContent : ''"));
        Assert.Matches(@"^30 (件 · 已按条件筛选|cases · filtered)$", await desk.ValueAsync<string>("$('.list-paper').checkVisibility() ? $('.list-paper').textContent : ''"));
        await desk.KeepAsync("duty-print");

        // An open case is printed alone.
        await desk.Page.EvaluateAsync("() => document.querySelector('.line').click()");
        await desk.UntilAsync("$('[data-part=drawer]').dataset.stage === 'reported' && $('.line')?.checkVisibility() !== true");
        Assert.True(await desk.ValueAsync<bool>("document.documentElement.scrollWidth <= innerWidth && $('.print-note').checkVisibility()"));
        // A heading stands over something, or not at all.
        await desk.UntilAsync("[...$('[data-part=drawer]').querySelectorAll('.case-section')].filter(e => e.checkVisibility()).every(e => e.querySelector('.case-section-body').innerText.trim() !== '')");
        await desk.KeepAsync("duty-print-case");
    }

    [Fact]
    public async Task Duty_Rows_NeverMoveUnderThePointer()
    {
        await using var city = await City.StartAsync();
        for (var grid = 0; grid < 6; grid++)
            await city.ReportAsync(grid, "blue", "exposed-rubbish");
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang);
        await desk.UntilLiveAsync();
        await desk.UntilAsync("desk.querySelectorAll('.line').length === 6");
        await desk.Page.HoverAsync(".line[aria-posinset=\"1\"]");
        var first = await desk.ValueAsync<string>(FirstRow);

        var fire = await city.ReportAsync(40, "red", "fire");

        await desk.UntilAsync("!$('[data-part=moved]').hidden && $('[data-part=moved-words]').textContent === '1 行已变动，点此更新'");
        Assert.Equal(first, await desk.ValueAsync<string>(FirstRow));
        Assert.Equal(6, await desk.ValueAsync<int>("desk.querySelectorAll('.line').length"));
        await desk.Page.HoverAsync("[data-part=map]");
        await desk.UntilAsync($"{FirstRow} === '{fire.Id}' && $('[data-part=moved]').hidden");
    }

    [Fact]
    public async Task Duty_ThousandsOfCases_AreScrolledWithFewRowsInTheDocument()
    {
        const int Cases = 2_500;
        await using var city = await City.StartAsync(lattice: new Lattice(50, 50));
        await Parallel.ForEachAsync(Enumerable.Range(0, Cases), new ParallelOptions { MaxDegreeOfParallelism = 24 }, async (grid, _) =>
            await city.ReportAsync(grid, grid % 7 == 0 ? "orange" : "blue", grid % 3 == 0 ? "exposed-rubbish" : "illegal-advertising"));
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang);
        await desk.UntilLiveAsync();
        await desk.UntilAsync($"$('.line')?.getAttribute('aria-setsize') === '{Cases}'");
        var highest = await desk.ValueAsync<int>("desk.querySelectorAll('.line').length");

        for (var step = 1; step <= 20; step++)
        {
            await desk.Page.EvaluateAsync("share => { const list = document.querySelector('.list'); list.scrollTop = list.scrollHeight * share; }", step / 20.0);
            await desk.UntilAsync("(() => { const list = $('.list').getBoundingClientRect(); return [...desk.querySelectorAll('.line')].some(e => { const box = e.getBoundingClientRect(); return box.top <= list.top + 2 && box.bottom > list.top; }); })()");
            highest = Math.Max(highest, await desk.ValueAsync<int>("desk.querySelectorAll('.line').length"));
        }

        output.WriteLine($"at most {highest} rows in the document");
        Assert.InRange(highest, 10, 40);
        Assert.True(await desk.ValueAsync<bool>($"$('.line[aria-posinset=\"{Cases}\"]') !== null"));
        // What scrolled past is not asked for, what rests in sight is.
        await desk.UntilAsync($"$('.line[aria-posinset=\"{Cases}\"] .line-what').textContent.includes('路面塌陷')");
        // A filter is one click and part of the address.
        await desk.Page.ClickAsync(".severities [data-severity=\"2\"]");
        await desk.UntilAsync($"location.search.includes('severity=orange') && $('.line')?.getAttribute('aria-setsize') === '{(Cases + 6) / 7}'");
    }

    [Fact]
    public async Task Duty_ServerAway_SaysSoAndComesBack()
    {
        await using var city = await City.StartAsync();
        await city.ReportAsync(3);
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang);
        await desk.UntilLiveAsync();
        desk.Expect("ERR_");
        desk.Expect("WebSocket");
        city.Host.Kill();

        await desk.UntilAsync("desk.dataset.state === 'lost' && !$('[data-part=alarm]').hidden && $('[data-part=alarm-words]').textContent.startsWith('非实时')");
        Assert.Empty(await desk.Page.EvaluateAsync<string[]>(LooksTests.LowContrast));
        await city.Host.RestartAsync(TestContext.Current.CancellationToken);

        await desk.UntilAsync("desk.dataset.state === 'live' && $('[data-part=alarm]').hidden && desk.querySelectorAll('.line').length === 1");
    }

    [Fact]
    public async Task Duty_Keys_AreListedAndTheFocusIsSeen()
    {
        await using var city = await City.StartAsync();
        await city.ReportAsync(3);
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang, new WindowOptions(1440, 900, "en"));
        await desk.UntilLiveAsync();
        await desk.Page.Keyboard.PressAsync("?");
        await desk.UntilAsync("$('dialog.keys').open && ['j', 'k', 'Enter', 'x', 'a', 'd', 'v', '/', 'g', '?'].every(key => [...document.querySelectorAll('.keys kbd')].some(e => e.textContent === key))");
        await desk.KeepAsync("duty-keys");
        await desk.Page.Keyboard.PressAsync("Escape");
        await desk.UntilAsync("$('dialog.keys') === null");

        // Everything that can be clicked is reached by Tab, and shows that it is.
        var reached = new HashSet<string>(StringComparer.Ordinal);
        for (var step = 0; step < 60; step++)
        {
            await desk.Page.Keyboard.PressAsync("Tab");
            var part = await desk.ValueAsync<string>("document.activeElement.dataset.part ?? document.activeElement.className");
            reached.Add(part);
            if (part.Length > 0 && !part.StartsWith("leaflet", StringComparison.Ordinal))
                Assert.NotEqual("none", await desk.ValueAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
        }
        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "search-input", "list", "filter-level", "filter-category", "filter-assignee", "filter-text", "tab", "due-next", "crumb-name" }, reached);
    }
}
