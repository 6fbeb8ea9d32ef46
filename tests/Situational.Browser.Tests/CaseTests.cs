using Microsoft.Playwright;
using Situational.Contracts.Http;

namespace Situational.Browser.Tests;

/// <summary>An officer works on a case in the drawer, in a real browser on a real host.</summary>
public sealed class CaseTests(Chromium chromium)
{
    private const string Drawer = "[data-part=drawer]";
    private static readonly PassRequest Wang = new("o-wang", "王敏", "officer");
    private static readonly PassRequest Li = new("o-li", "李强", "officer");
    private static readonly PassRequest Zhao = new("s-zhao", "赵值班长", "supervisor");

    /// <summary>A picture of 4 × 4 points.</summary>
    private static readonly byte[] Photo = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGM4YaMBRwzEcQDxwxLBXOwG1wAAAABJRU5ErkJggg==");

    [Theory]
    [InlineData("zh-CN", 1440, 900)]
    [InlineData("en", 1024, 768)]
    public async Task Officer_TakesACaseFromReportToClosing_InTheDrawer(string language, int width, int height)
    {
        await using var city = await City.StartAsync();
        await city.MoveAsync([.. Enumerable.Range(0, 5).Select(i => city.Fix(i, 33 + i))]);
        var hazard = await city.ReportAsync(33, "orange", "fire");
        var options = new WindowOptions(width, height, language);
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang, options, "&case=" + hazard.Id);
        await desk.UntilLiveAsync();
        await UntilStageAsync(desk, "reported");
        await desk.UntilAsync($"document.querySelectorAll('{Drawer} .near-unit').length === 5");
        // What cannot be done says why, in words.
        await desk.UntilAsync($"$('{Drawer} .actions-why').textContent.includes('{(language == "en" ? "this step is possible from" : "这一步只能在以下环节办理")}')");
        await desk.KeepAsync("case-reported");

        // With the keys alone: a opens, Enter sends.
        await desk.Page.Keyboard.PressAsync("a");
        await desk.UntilAsync($"document.activeElement?.closest('{Drawer} .step-form') !== null");
        await desk.Page.Keyboard.PressAsync("Enter");
        await UntilStageAsync(desk, "accepted");

        await desk.Page.Keyboard.PressAsync("d");
        await desk.Page.Locator($"{Drawer} .entry-assignee select").SelectOptionAsync("unit:u0");
        await desk.KeepAsync("case-dispatch");
        await SendAsync(desk);
        await UntilStageAsync(desk, "dispatched");
        await desk.UntilAsync($"$('{Drawer} .case-assignee').textContent.includes('巡000')");

        await TakeAsync(desk, "start");
        await UntilStageAsync(desk, "handling");

        // A result without a word is no result: said before anything is sent, next to the field.
        await desk.Page.ClickAsync($"{Drawer} [data-step=hand-in]");
        await SendAsync(desk);
        await desk.UntilAsync($"!$('{Drawer} .entry-note .entry-fault').hidden");
        await desk.Page.FillAsync($"{Drawer} .entry-note textarea", "明火已扑灭，现场已清理");
        await desk.Page.SetInputFilesAsync($"{Drawer} .entry-photos input[type=file]", new FilePayload { Name = "result.png", MimeType = "image/png", Buffer = Photo });
        await desk.UntilAsync($"$('{Drawer} .entry-photos .photo img')?.complete");
        await SendAsync(desk);
        await UntilStageAsync(desk, "handled");
        await desk.UntilAsync($"$('{Drawer} .case-report .photo img')?.naturalWidth === 4");

        // Who handed in does not judge; the supervisor does, and the officer's drawer hears of it.
        Assert.Equal(0, await desk.Page.Locator($"{Drawer} [data-step=verify]").CountAsync());
        await desk.UntilAsync($"$('{Drawer} .actions-why').textContent.includes('{(language == "en" ? "Your own result" : "自己反馈的结果")}')");
        await using (var other = await DeskWindow.OpenAsync(chromium, city, Zhao, options, "&case=" + hazard.Id))
        {
            await UntilStageAsync(other, "handled");
            await TakeAsync(other, "verify");
            await UntilStageAsync(other, "verified");
        }
        await UntilStageAsync(desk, "verified");
        await TakeAsync(desk, "close");
        await UntilStageAsync(desk, "closed");

        // Everything that happened stands there, with who and whether the deadlines were met.
        await desk.UntilAsync($"document.querySelectorAll('{Drawer} .story-line').length >= 7");
        Assert.True(await desk.ValueAsync<bool>($"[...document.querySelectorAll('{Drawer} .story-deadline')].every(line => line.dataset.met === 'true')"));
        await desk.UntilAsync($"document.querySelectorAll('{Drawer} .story-deadline').length >= 3");
        await desk.Page.Locator($"{Drawer} .story").ScrollIntoViewIfNeededAsync();
        await desk.KeepAsync("case-closed");
        Assert.Equal("closed", (await city.GetAsync<CaseAnswer>("api/v1/cases/" + hazard.Id)).Stage);
        Assert.Equal("", await desk.ValueAsync<string>("Object.keys(localStorage).filter(name => name.includes('drafts') || name.includes('attempts')).join()"));
    }

    [Fact]
    public async Task Officers_TwoWithOneCase_TheSecondSeesWhatTheFirstDidAndLosesNothing()
    {
        await using var city = await City.StartAsync();
        var hazard = await city.ReportAsync(33, "red", "fire");
        await using var wang = await DeskWindow.OpenAsync(chromium, city, Wang, query: "&case=" + hazard.Id);
        await using var li = await DeskWindow.OpenAsync(chromium, city, Li, query: "&case=" + hazard.Id);
        wang.Expect("412");
        await UntilStageAsync(wang, "reported");
        await UntilStageAsync(li, "reported");
        // Wang's page does not hear of Li's step before he sends his own.
        await wang.Page.RouteAsync($"**/api/v1/cases/{hazard.Id}", route => route.AbortAsync());
        wang.Expect("ERR_FAILED");
        await wang.Page.ClickAsync($"{Drawer} [data-step=reject]");
        await wang.Page.FillAsync($"{Drawer} .entry-reason textarea", "与上午的报警重复");
        await TakeAsync(li, "accept");
        await UntilStageAsync(li, "accepted");

        await SendAsync(wang);

        await wang.UntilAsync($"$('{Drawer} .step-form')?.hasAttribute('data-conflict')");
        var said = await wang.ValueAsync<string>($"$('{Drawer} .step-notice').textContent");
        Assert.Contains("o-li", said, StringComparison.Ordinal);
        Assert.Contains("立案", said, StringComparison.Ordinal);
        Assert.Equal("与上午的报警重复", await wang.Page.InputValueAsync($"{Drawer} .entry-reason textarea"));
        await wang.KeepAsync("case-conflict");
        // The step is not possible any more; the text is still there until he drops it.
        await wang.Page.ClickAsync($"{Drawer} .step-notice [data-kind=main]");
        Assert.Equal("与上午的报警重复", await wang.Page.InputValueAsync($"{Drawer} .entry-reason textarea"));
        await wang.Page.UnrouteAllAsync();
        Assert.Equal("accepted", (await city.GetAsync<CaseAnswer>("api/v1/cases/" + hazard.Id)).Stage);
    }

    [Fact]
    public async Task Note_HalfWritten_SurvivesReloadAndTheEndOfTheSession()
    {
        await using var city = await City.StartAsync();
        var hazard = await city.ReportAsync(33, "red", "fire");
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang, query: "&case=" + hazard.Id);
        desk.Expect("401");
        await UntilStageAsync(desk, "reported");
        await desk.Page.ClickAsync($"{Drawer} [data-step=reject]");
        await desk.Page.FillAsync($"{Drawer} .entry-reason textarea", "现场为");

        await desk.Page.ReloadAsync();
        await desk.UntilAsync($"$('{Drawer} .entry-reason textarea')?.value === '现场为'");
        await desk.KeepAsync("case-draft");
        await desk.Page.FillAsync($"{Drawer} .entry-reason textarea", "现场为消防演练");

        // The pass ends while he writes; what he sends is refused, and nothing of it is lost.
        await desk.Context.ClearCookiesAsync();
        await SendAsync(desk);
        await desk.UntilAsync($"$('{Drawer} .step-notice')?.dataset.kind === 'fault'");
        await UntilStageAsync(desk, "reported");
        await desk.SignInAsync(city, Wang, "&case=" + hazard.Id);
        await desk.UntilAsync($"$('{Drawer} .entry-reason textarea')?.value === '现场为消防演练'");
        await SendAsync(desk);
        await UntilStageAsync(desk, "rejected");
        // Another person at this browser sees nothing of it.
        Assert.Equal("", await desk.ValueAsync<string>("Object.keys(localStorage).filter(name => name.includes('drafts')).join()"));
    }

    [Fact]
    public async Task Store_Away_TheFailureStandsWhereItWasTypedAndNothingIsLost()
    {
        await using var city = await City.StartAsync(arguments: ["--Situational:Storage:BusySeconds=1", "--Situational:Storage:AnswerSeconds=2"]);
        var hazard = await city.ReportAsync(33, "red", "fire");
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang, query: "&case=" + hazard.Id);
        desk.Expect("503");
        await UntilStageAsync(desk, "reported");
        await desk.Page.ClickAsync($"{Drawer} [data-step=accept]");
        await desk.Page.FillAsync($"{Drawer} .entry-note textarea", "请消防先到");

        using (city.TakeStoreAway())
        {
            await SendAsync(desk);
            // Pending at once, rolled back with the answer.
            await desk.UntilAsync($"$('{Drawer} .case-head').dataset.pending === 'sending'");
            await desk.UntilAsync($"$('{Drawer} .step-notice')?.dataset.kind === 'fault'");
            await desk.UntilAsync($"$('{Drawer} .case-head').dataset.pending === ''");
            Assert.Equal("请消防先到", await desk.Page.InputValueAsync($"{Drawer} .entry-note textarea"));
            await desk.KeepAsync("case-store-away");
        }

        await desk.Page.ClickAsync($"{Drawer} .step-notice [data-kind=main]");
        await UntilStageAsync(desk, "accepted");
        Assert.Equal("请消防先到", (await city.GetAsync<CaseAnswer>("api/v1/cases/" + hazard.Id)).Note);
    }

    [Fact]
    public async Task Answer_Lost_IsNotKnownYetAndTheStepIsTakenOnceAfterAReload()
    {
        await using var city = await City.StartAsync();
        var hazard = await city.ReportAsync(33, "red", "fire");
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang, query: "&case=" + hazard.Id);
        desk.Expect("ERR_FAILED");
        await UntilStageAsync(desk, "reported");
        // The step reaches the server, its answer never the page; nor does any other word about the case.
        await desk.Page.RouteAsync($"**/api/v1/cases/{hazard.Id}/accept", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await desk.Page.RouteAsync($"**/api/v1/cases/{hazard.Id}", route => route.AbortAsync());
        await TakeAsync(desk, "accept");
        await desk.UntilAsync($"$('{Drawer} .case-head').dataset.pending === 'unknown'");
        // The list shows it as taken and not confirmed, too.
        await desk.UntilAsync("$('.line[data-pending=true] .line-stage')?.textContent.includes('立案')");
        await desk.KeepAsync("case-unknown");

        await desk.Page.UnrouteAllAsync();
        await desk.Page.ReloadAsync();

        await UntilStageAsync(desk, "accepted");
        await desk.UntilAsync($"$('{Drawer} .case-head').dataset.pending === ''");
        var history = await city.GetAsync<CaseHistoryAnswer>($"api/v1/cases/{hazard.Id}/history");
        Assert.Single(history.Events, e => e.What == "accept");
    }

    [Fact]
    public async Task Windows_TwoOfOnePerson_ShowEachOthersStepsAndKeepThemAll()
    {
        await using var city = await City.StartAsync();
        var (first, second) = (await city.ReportAsync(33, "red", "fire"), await city.ReportAsync(34, "orange"));
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang, query: "&case=" + first.Id);
        desk.Expect("ERR_FAILED");
        await UntilStageAsync(desk, "reported");
        var other = await desk.Context.NewPageAsync();
        await other.GotoAsync(new Uri(city.Host.BaseAddress, "duty?case=" + second.Id).ToString());
        await other.WaitForSelectorAsync($"{Drawer}[data-stage=reported] [data-step=accept]");
        // No answer of any step comes to either.
        foreach (var page in new[] { desk.Page, other })
            await page.RouteAsync("**/api/v1/cases/*/accept", route => route.AbortAsync());

        await TakeAsync(desk, "accept");
        await desk.UntilAsync($"$('{Drawer} .case-head').dataset.pending === 'unknown'");
        await other.ClickAsync($"{Drawer} [data-step=accept]");
        await other.ClickAsync($"{Drawer} .step-form > .step-bar > [data-kind=main]");

        // Both are pending in both, and both are taken once the network is back in one of them, the other being closed.
        await desk.UntilAsync("desk.querySelectorAll('.line[data-pending=true]').length === 2");
        await other.WaitForFunctionAsync("() => document.querySelectorAll('.line[data-pending=true]').length === 2");
        await other.CloseAsync();
        await desk.Page.UnrouteAllAsync();
        await desk.Page.ReloadAsync();
        await desk.UntilAsync("desk.querySelectorAll('.line').length === 2 && [...desk.querySelectorAll('.line')].every(e => e.dataset.pending === 'false' && e.querySelector('.line-stage-words').textContent === '立案')");
        Assert.Equal("", await desk.ValueAsync<string>("Object.keys(localStorage).filter(name => name.includes('attempts')).join()"));
    }

    private static Task UntilStageAsync(DeskWindow desk, string stage) => desk.UntilAsync($"$('{Drawer}')?.dataset.stage === '{stage}'");

    private static Task SendAsync(DeskWindow desk) => desk.Page.ClickAsync($"{Drawer} .step-form > .step-bar > [data-kind=main]");

    private static async Task TakeAsync(DeskWindow desk, string step)
    {
        await desk.Page.ClickAsync($"{Drawer} [data-step={step}]");
        await SendAsync(desk);
    }
}
