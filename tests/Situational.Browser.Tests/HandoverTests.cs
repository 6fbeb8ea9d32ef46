using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using Situational.Contracts.Http;

namespace Situational.Browser.Tests;

/// <summary>A shift is handed over on one sheet of paper.</summary>
public sealed class HandoverTests(Chromium chromium)
{
    private static readonly PassRequest Wang = new("o-wang", "王敏", "officer");

    [Theory]
    [InlineData("zh-CN", 1440, 900)]
    [InlineData("en", 1024, 768)]
    public async Task Handover_OfAnOrdinaryShift_SaysWhatChangedAndKeepsTheNote(string language, int width, int height)
    {
        await using var city = await City.StartAsync();
        await city.LiveAsync();
        var done = await city.ReportAsync(70, "yellow", "exposed-rubbish");
        await city.CloseAsync(done.Id);
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang, new WindowOptions(width, height, language));
        await desk.UntilLiveAsync();
        // The desk notes when the officer came; the sheet begins there.
        await desk.UntilAsync("Object.keys(localStorage).some(name => name.startsWith('situational.stay.'))");
        // Earlier than anything is kept: the server says since when, and the sheet begins there.
        desk.Expect("400");
        await desk.GoAsync(city, "duty/handover?since=" + Uri.EscapeDataString((TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1)).ToString("O", CultureInfo.InvariantCulture)));
        await UntilShownAsync(desk);

        Assert.Equal(1, await desk.ValueAsync<int>("$('#handover').shift.closed"));
        Assert.Equal(6, await desk.ValueAsync<int>("$('#handover').shift.red.total"));
        Assert.True(await desk.ValueAsync<bool>("document.querySelectorAll('.row').length >= 6"));
        await desk.Page.FillAsync("[data-part=note]", "清和街塌陷已围挡，等市政");
        await desk.KeepAsync("handover");
        Assert.Equal(1, await PagesAsync(desk, $"handover-{language}"));
        await desk.Page.ReloadAsync();
        await UntilShownAsync(desk);
        Assert.Equal("清和街塌陷已围挡，等市政", await desk.Page.InputValueAsync("[data-part=note]"));

        // Without a moment in the address it begins when the officer came.
        await desk.GoAsync(city, "duty/handover");
        await UntilShownAsync(desk);
        Assert.True(await desk.ValueAsync<bool>("Math.abs(Date.parse($('#handover').shift.since) - JSON.parse(localStorage.getItem('situational.stay.o-wang')).came) < 1000"));
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Handover_WithLongListsAndLongTexts_PrintsToOneSheet(string language)
    {
        await using var city = await City.StartAsync();
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang, new WindowOptions(1440, 900, language));
        // As much as the server ever says, in words as long as they get.
        var shift = Crowded(city.Lattice);
        await desk.Page.RouteAsync("**/api/v1/shift?*", route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "application/json", Body = shift }));
        await desk.GoAsync(city, "duty/handover");
        await UntilShownAsync(desk);
        var note = new StringBuilder();
        for (var line = 1; line <= 14; line++)
            note.Append(line > 1 ? "\n" : "").Append(line).Append(language == "en" ? " The road is closed until the utility has come." : " 道路封闭，等市政到场处置，已通知社区和交警，继续巡查周边。");
        await desk.Page.FillAsync("[data-part=note]", note.ToString());

        Assert.Equal(1, await PagesAsync(desk, $"handover-full-{language}"));
        // Nothing stands beyond the sheet, and what is left out is counted.
        Assert.True(await desk.ValueAsync<bool>("$('.sheet').scrollHeight <= $('.sheet').clientHeight + 1 && $('.lists').scrollWidth <= $('.lists').clientWidth + 1"));
        Assert.True(await desk.ValueAsync<bool>(
            "[...document.querySelectorAll('.block')].every(block => Number(block.querySelector('.block-count').textContent) === 0 || block.querySelectorAll('.row').length >= 12 || block.querySelector('.rest, .silent'))"));
        Assert.True(await desk.ValueAsync<bool>("$('.note-text').scrollHeight <= $('.note-text').clientHeight + 2 && $('.signatures').getBoundingClientRect().bottom <= $('.sheet').getBoundingClientRect().bottom"));
        await desk.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await desk.Page.SetViewportSizeAsync(794, 1123);
        await desk.KeepAsync($"handover-full-{language}");
    }

    [Fact]
    public async Task Handover_WhenNobodyAnswers_SaysSoAndAsksAgain()
    {
        await using var city = await City.StartAsync();
        await city.ReportAsync(33);
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang);
        desk.Expect("ERR_FAILED");
        desk.Expect("400");
        await desk.Page.RouteAsync("**/api/v1/shift?*", route => route.AbortAsync());
        await desk.GoAsync(city, "duty/handover");
        await desk.UntilAsync("$('[data-part=message]').dataset.kind === 'fault' && $('[data-part=sheet]').hidden");
        await desk.Page.UnrouteAllAsync();
        await desk.Page.ClickAsync("[data-part=retry]");
        await UntilShownAsync(desk);
    }

    private static Task UntilShownAsync(DeskWindow desk) => desk.UntilAsync("$('[data-part=sheet]')?.hidden === false && $('#handover').shift");

    /// <summary>How many sheets the page prints to.</summary>
    private static async Task<int> PagesAsync(DeskWindow desk, string name)
    {
        var paper = await Paper.OfAsync(desk.Page, name);
        // A4 in points.
        Assert.InRange(paper.Width, 594, 596);
        Assert.InRange(paper.Height, 841, 843);
        return paper.Sheets;
    }

    private static string Crowded(Lattice lattice)
    {
        var places = string.Join(',', Enumerable.Range(0, 12).Select(i => $"\"{lattice.Code(i)}\""));
        string Cases(string severity, string level) =>
            "{\"total\":134,\"first\":[" + string.Join(',', Enumerable.Range(0, 12).Select(i =>
                $$"""{"id":"{{lattice.Code(i)}}-1234","grid":"{{lattice.Code(i)}}","category":"illegal-advertising","severity":"{{severity}}","stage":"rejected","level":"{{level}}","dueAt":"2026-01-05T03:00:00Z","assignee":{"kind":"department","id":"urban-management"},"description":"{{new string('很', 80)}}","new":true}""")) + "]}";
        var figures = """{"red":12345,"orange":12345,"yellow":12345,"blue":12345,"overdue":12345,"escalated":12345,"whistles":12345}""";
        var calls = string.Join(',', Enumerable.Range(0, 8).Select(i => $$"""{"unit":"u{{i}}","callSign":"{{new string('巡', 30)}}{{i}}","at":"2026-01-05T03:00:00Z","grid":"{{lattice.Code(i)}}"}"""));
        return $$"""{"area":"999902","since":"2026-01-05T01:00:00Z","asOf":"2026-01-05T09:00:00Z","then":{{figures}},"now":{{figures}},"opened":12345,"closed":12345,"endedOtherwise":12345,"becameOverdue":12345,"red":{{Cases("red", "overdue-twice")}},"overdue":{{Cases("orange", "overdue")}},"whistles":{{Cases("yellow", "approaching")}},"toVerify":{{Cases("blue", "none")}},"dueSoon":{{Cases("blue", "none")}},"silent":{"total":400,"first":[{{places}}]},"sos":[{{calls}}]}""";
    }
}
