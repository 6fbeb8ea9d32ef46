using Situational.Contracts.Http;

namespace Situational.Browser.Tests;

/// <summary>A patrol lead looks after a squad, in a real browser on a real host.</summary>
public sealed class PatrolTests(Chromium chromium)
{
    private static readonly PassRequest Sun = new("l-sun", "孙队", "lead", "squad-1");
    private static readonly PassRequest Wang = new("o-wang", "王敏", "officer");

    [Theory]
    [InlineData("zh-CN", 1440, 900)]
    [InlineData("en", 1024, 768)]
    [InlineData("zh-CN", 390, 844)]
    [InlineData("en", 390, 844)]
    public async Task Lead_SeesTheSquad_WhoNeedsSomebodyFirst(string language, int width, int height)
    {
        await using var city = await City.StartAsync();
        await PatrolAsync(city);
        var hazard = await city.ReportAsync(20, "orange", "fire");
        await city.StepAsync(hazard.Id, "accept", new CaseStepRequest(new ActorRequest("o-1", "officer")));
        await city.StepAsync(hazard.Id, "dispatch", new CaseStepRequest(new ActorRequest("o-1", "officer"), Assignee: new AssigneeRequest("unit", "u1")));
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Sun, new WindowOptions(width, height, language));
        await desk.UntilLiveAsync();

        // the silent one first, then the stale, the late, the low battery, and who is fine
        await desk.UntilAsync("[...document.querySelectorAll('.roster-row')].map(row => row.dataset.unit).join() === 'u161,u121,u81,u41,u1'");
        await desk.UntilAsync("$('.roster-row[data-unit=u1] [data-case]') !== null");
        Assert.Contains(language == "en" ? "Silent" : "失联", await desk.Page.Locator(".roster-row[data-unit=u161] .roster-state").InnerTextAsync());
        Assert.Contains("15 %", await desk.Page.Locator(".roster-row[data-unit=u41] .roster-battery").InnerTextAsync());
        // units of other squads are no business of the roster
        Assert.Equal(0, await desk.Page.Locator(".roster-row[data-unit=u2]").CountAsync());
        await desk.KeepAsync("patrol-squad");

        await desk.Page.Keyboard.PressAsync("j");
        await desk.UntilAsync("new URLSearchParams(location.search).get('unit') === 'u161' && !$('[data-part=unit]').hidden");
        Assert.False(await desk.ValueAsync<bool>("document.documentElement.scrollWidth > innerWidth"), "the page is wider than the window");
    }

    [Fact]
    public async Task Lead_AnswersACallForHelp_AndItStaysUntilThen()
    {
        await using var city = await City.StartAsync();
        await PatrolAsync(city);
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Sun);
        await desk.UntilLiveAsync();
        await desk.UntilAsync("document.querySelectorAll('.roster-row').length === 5");
        await city.CallForHelpAsync("u1");

        await desk.UntilAsync("!$('[data-part=sos]').hidden && $('.roster-row')?.dataset.unit === 'u1'");
        await desk.KeepAsync("patrol-sos");
        using (city.TakeStoreAway())
        {
            desk.Expect("503");
            await desk.Page.FillAsync(".sos-line .field", "已派两人前往");
            await desk.Page.ClickAsync(".sos-line [data-kind=main]");
            // said where it was typed, and what was typed is still there
            await desk.UntilAsync("$('.sos-line .fault').textContent !== '' && $('.sos-line .field').value === '已派两人前往'");
        }

        // after a reload, too
        await desk.Page.ReloadAsync();
        await desk.UntilLiveAsync();
        await desk.UntilAsync("$('.sos-line .field')?.value === '已派两人前往'");
        await desk.UntilAsync("!$('.sos-line [data-kind=main]').disabled");
        for (var tries = 0; tries < 20 && await desk.ValueAsync<bool>("!$('[data-part=sos]').hidden"); tries++)
        {
            await desk.Page.ClickAsync(".sos-line [data-kind=main]", new() { Timeout = 10_000 });
            await desk.Page.WaitForTimeoutAsync(500);
        }
        await desk.UntilAsync("$('[data-part=sos]').hidden");
        var squad = await city.GetAsync<SquadMembersAnswer>("api/v1/squads/squad-1");
        var sos = Assert.Single(squad.Members, m => m.Sos is not null).Sos!;
        Assert.Equal(("l-sun", "已派两人前往"), (sos.AnsweredBy, sos.Answer));
    }

    [Fact]
    public async Task Officer_FindsWhoIsNearest_AndDispatches()
    {
        await using var city = await City.StartAsync();
        await PatrolAsync(city);
        var hazard = await city.ReportAsync(20, "orange", "fire", 0.55, 0.5);
        await city.StepAsync(hazard.Id, "accept", new CaseStepRequest(new ActorRequest("o-1", "officer")));
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang);
        await desk.UntilLiveAsync();
        await desk.GoAsync(city, $"patrol?squad=squad-1&case={hazard.Id}");
        await desk.UntilLiveAsync();

        await desk.UntilAsync("$('.near-list .near-unit')?.dataset.unit === 'u1'");
        await desk.KeepAsync("patrol-nearest");
        await desk.Page.ClickAsync(".near-list .near-unit:first-child [data-kind=main]");
        await desk.UntilAsync($"$('.roster-row[data-unit=u1] [data-case]')?.dataset.case === '{hazard.Id}'");
        var given = await city.GetAsync<CaseAnswer>($"api/v1/cases/{hazard.Id}");
        Assert.Equal(("dispatched", "u1"), (given.Stage, given.Assignee?.Id));
    }

    [Fact]
    public async Task Lead_ClicksACaseOnTheMap_AndSeesWhoIsNearest_WithTheOwnUnitsToldFromOthers()
    {
        await using var city = await City.StartAsync();
        await PatrolAsync(city);
        var hazard = await city.ReportAsync(20, "orange", "fire", 0.1, 0.9);
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Sun, query: "&tab=coverage");
        await desk.UntilLiveAsync();
        await desk.UntilAsync($"desk.desk.picture.cases.has('{hazard.Id}') && desk.desk.territory !== undefined");
        var at = await desk.ValueAsync<double[]>(
            $"(() => {{ const row = desk.desk.picture.cases.get('{hazard.Id}'), map = $('leaflet-map').map, p = map.latLngToContainerPoint([row[5] / 1e6, row[6] / 1e6]), box = map.getContainer().getBoundingClientRect(); return [box.left + p.x, box.top + p.y]; }})()");

        await desk.Page.Mouse.ClickAsync((float)at[0], (float)at[1]);
        await desk.UntilAsync($"new URLSearchParams(location.search).get('case') === '{hazard.Id}' && !$('[data-part=room-squad]').hidden");
        await desk.UntilAsync($"$('.near-list .near-unit')?.dataset.unit === 'u1' && $('.near-case').textContent.includes('{hazard.Id}')");
        await desk.Page.ClickAsync(".near-list .near-unit .button");
        await desk.UntilAsync("new URLSearchParams(location.search).get('unit') === 'u1'");
        await desk.KeepAsync("patrol-chosen");
    }

    [Fact]
    public async Task Lead_LooksAtATrail_AndTheAuditTrailNamesThem()
    {
        await using var city = await City.StartAsync();
        for (var minute = 30; minute > 0; minute--)
            await city.MoveAsync([city.Fix(1, 20 + (30 - minute) / 10, 0.1 + (30 - minute) % 10 * 0.08, 0.5, TimeSpan.FromMinutes(minute))]);
        await city.MoveAsync([city.Fix(1, 23)]);
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Sun);
        await desk.UntilLiveAsync();
        await desk.UntilAsync("$('.roster-row[data-unit=u1] .roster-name') !== null");
        // nothing is looked at by opening the page
        Assert.DoesNotContain((await city.GetAsync<AuditAnswer>("api/v1/audit?target=u1")).Entries, e => e.What == "trail.view");

        await desk.Page.ClickAsync(".roster-row[data-unit=u1] .roster-name");
        // points are kept within ten seconds
        await desk.Page.WaitForTimeoutAsync(100);
        await desk.Page.ClickAsync("[data-part=unit] .card-actions .button:first-child");
        await desk.UntilAsync("['shown', 'none'].includes($('.trail-item')?.dataset.state)");
        for (var tries = 0; tries < 30 && await desk.ValueAsync<bool>("Number($('.trail-slider')?.max ?? 0) < 25"); tries++)
        {
            await desk.Page.SelectOptionAsync(".trail-span select", tries % 2 == 0 ? "1" : "2");
            await desk.Page.WaitForTimeoutAsync(1_000);
        }
        await desk.UntilAsync("Number($('.trail-slider')?.max ?? 0) >= 25");
        await desk.KeepAsync("patrol-trail");
        var seen = (await city.GetAsync<AuditAnswer>("api/v1/audit?target=u1")).Entries.First(e => e.What == "trail.view");
        Assert.Equal("l-sun", seen.Who);
        // with the keyboard: when and where
        await desk.Page.FocusAsync(".trail-slider");
        await desk.Page.Keyboard.PressAsync("Home");
        await desk.UntilAsync("$('.trail-slider').getAttribute('aria-valuetext').includes(':')");
    }

    [Fact]
    public async Task Officer_OfASquadThatIsNot_IsToldSo()
    {
        await using var city = await City.StartAsync();
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang);
        await desk.UntilLiveAsync();
        desk.Expect("404");

        await desk.GoAsync(city, "patrol?squad=nobody");

        await desk.UntilAsync("$('.roster > .quiet').textContent === '没有这支巡防队，请另选一支。'");
    }

    [Theory]
    [InlineData("zh-CN", "打印于")]
    [InlineData("en", "Printed")]
    public async Task Lead_PrintsRosterAndMatrix_WholeAndSayingOfWhen(string language, string printed)
    {
        await using var city = await City.StartAsync();
        await PatrolAsync(city);
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Sun, new WindowOptions(1440, 900, language));
        await desk.UntilLiveAsync();
        await desk.UntilAsync("document.querySelectorAll('.roster-row').length === 5");
        Assert.False(await desk.Page.Locator(".print-note").IsVisibleAsync());
        const string Cut = "[...document.querySelectorAll('.roster, .coverage-matrix, .room:not([hidden])')].some(e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)";

        await desk.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        // A4 upright without its margins, at 96 pixels an inch
        await desk.Page.SetViewportSizeAsync(703, 1031);
        await desk.UntilAsync("$('.print-note').checkVisibility()");
        Assert.Matches(printed + @".* \d{4}-\d\d-\d\d \d\d:\d\d:\d\d", await desk.Page.Locator(".print-note").InnerTextAsync());
        Assert.False(await desk.Page.Locator("[data-part=map-surface]").IsVisibleAsync());
        Assert.False(await desk.ValueAsync<bool>(Cut), "the roster is cut on paper");
        Assert.False(await desk.ValueAsync<bool>("document.documentElement.scrollWidth > innerWidth"), "the roster is wider than the paper");
        await desk.KeepAsync("patrol-printed");

        await desk.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Null });
        await desk.Page.SetViewportSizeAsync(1440, 900);
        await desk.Page.Keyboard.PressAsync("c");
        await desk.UntilAsync("document.querySelectorAll('.coverage-row').length > 3", 120_000);
        await desk.Page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
        await desk.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        // and lying on its side
        await desk.Page.SetViewportSizeAsync(1046, 718);
        await desk.UntilAsync($"document.querySelectorAll('.coverage-row').length === {city.Lattice.Grids}");
        Assert.False(await desk.ValueAsync<bool>(Cut), "the matrix is cut on paper");
        Assert.False(await desk.ValueAsync<bool>("document.documentElement.scrollWidth > innerWidth"), "the matrix is wider than the paper");
    }

    [Fact]
    public async Task Unit_OffDuty_VanishesFromTheMapAndTheRosterTellsNoPlace()
    {
        await using var city = await City.StartAsync();
        await PatrolAsync(city);
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Sun, query: "&unit=u1");
        await desk.UntilLiveAsync();
        await desk.UntilAsync("desk.desk.picture.units.has('u1') && !$('[data-part=unit]').hidden");

        await desk.Page.ClickAsync("[data-part=unit] .card-actions .button:last-child");
        await desk.Page.ClickAsync("dialog [data-kind=main]");

        await desk.UntilAsync("!desk.desk.picture.units.has('u1')");
        await desk.UntilAsync("$('.roster-row[data-unit=u1]')?.dataset.unitState === 'off' && $('.roster-row[data-unit=u1] .roster-grid').textContent === '—'");
        await desk.KeepAsync("patrol-off-duty");
        var refused = await city.MoveAsync([city.Fix(1, 20)]);
        Assert.Equal("off-duty", Assert.Single(refused.Reasons).Reason);
    }

    [Theory]
    [InlineData("zh-CN", 1440, 900)]
    [InlineData("en", 1440, 900)]
    public async Task Lead_FindsTheGridThatNobodyWalkedToday(string language, int width, int height)
    {
        await using var city = await City.StartAsync();
        // every grid but two is crossed today, on the way of two units
        for (var step = 0; step < 12; step++)
            await city.MoveAsync([.. Enumerable.Range(0, city.Lattice.Grids - 2).Select(grid => city.Fix(grid * 40 + 1, grid, 0.05 + step * 0.08, 0.5, TimeSpan.FromSeconds(600 - step * 50)))]);
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Sun, new WindowOptions(width, height, language), "&tab=coverage");
        await desk.UntilLiveAsync();

        await desk.UntilAsync("!$('[data-part=room-coverage]').hidden && document.querySelectorAll('[data-part=room-coverage] [role=row]').length > 3", 120_000);
        // what was walked is told within ten seconds and read within some more; then the two that nobody walked are what one sees first
        var last = city.Lattice.Grids - 1;
        await desk.UntilAsync(
            $"[...document.querySelectorAll('[data-part=room-coverage] [role=rowheader]')].slice(0, 2).every(cell => ['{Lattice.Name(last - 1)}', '{Lattice.Name(last)}'].some(name => cell.textContent.includes(name)))",
            120_000);
        await desk.KeepAsync("patrol-coverage");
        var coverage = await city.GetAsync<CoverageAnswer>($"api/v1/coverage?area={Lattice.City}&cadence=daily&periods=1");
        Assert.All(coverage.Grids.Take(2), grid => Assert.Equal(0, grid.Shares[0]));
        Assert.All(coverage.Grids.Skip(2), grid => Assert.InRange(grid.Shares[0], 0.001, 1));
    }

    /// <summary>Squad 1 on an ordinary day: two units that are fine, one of them with a low battery, one late, one stale, one silent; and another squad.</summary>
    private static Task<PositionsAnswer> PatrolAsync(City city) => city.MoveAsync(
    [
        city.Fix(1, 20) with { Battery = 80 }, city.Fix(41, 25) with { Battery = 15 }, city.Fix(81, 30, age: TimeSpan.FromSeconds(70)),
        city.Fix(121, 35, age: TimeSpan.FromMinutes(5)), city.Fix(161, 40, age: TimeSpan.FromMinutes(14)), city.Fix(2, 21),
    ]);
}
