using Situational.Contracts.Http;

namespace Situational.Browser.Tests;

/// <summary>What needs somebody is seen by somebody, and by everybody who saw it first.</summary>
public sealed class AlertTests(Chromium chromium)
{
    private const string Bell = ".alerts-bell";
    private static readonly PassRequest Wang = new("o-wang", "王敏", "officer");
    private static readonly PassRequest Li = new("o-li", "李强", "officer");

    [Theory]
    [InlineData("zh-CN", 1440, 900)]
    [InlineData("en", 1024, 768)]
    public async Task Sos_IsAcknowledgedAndAnswered_AndTheOtherDeskSeesByWhom(string language, int width, int height)
    {
        await using var city = await City.StartAsync();
        await city.MoveAsync([city.Fix(1, 33), city.Fix(2, 34)]);
        var options = new WindowOptions(width, height, language);
        await using var wang = await DeskWindow.OpenAsync(chromium, city, Wang, options);
        await using var li = await DeskWindow.OpenAsync(chromium, city, Li, options);
        await wang.UntilLiveAsync();
        await li.UntilLiveAsync();

        await city.CallForHelpAsync("u1");

        await wang.UntilAsync("document.title.startsWith('(1) ')");
        await wang.UntilAsync("$('[data-part=alerts]').dataset.worst === 'sos'");
        await wang.Page.Keyboard.PressAsync("b");
        await wang.UntilAsync("$('.alert[data-kind=sos]') !== null");
        await wang.KeepAsync("alerts-sos");
        await wang.Page.ClickAsync(".alerts-top button");
        await wang.UntilAsync("!document.title.startsWith('(')");
        // Seen is not answered: the call stays until somebody takes care of it.
        await wang.UntilAsync("$('.alert[data-kind=sos] .alert-when')?.textContent.includes('o-wang')");
        await li.UntilAsync("!document.title.startsWith('(')");
        await li.Page.ClickAsync(Bell);
        await li.UntilAsync("$('.alert[data-kind=sos] .alert-when')?.textContent.includes('o-wang')");
        await li.Page.ClickAsync(".alert[data-kind=sos] [data-kind=main]");
        await li.Page.FillAsync(".alert-reply .field", "120 已出发");
        await li.KeepAsync("alerts-answer");
        await li.Page.Keyboard.PressAsync("Enter");

        await li.UntilAsync("$('.alert[data-kind=sos]') === null");
        await wang.UntilAsync("$('.alert[data-kind=sos]') === null");
    }

    [Fact]
    public async Task Alerts_NewRedCases_CountOnceAndOpenTheirCase()
    {
        await using var city = await City.StartAsync();
        var before = await city.ReportAsync(10, "red", "fire");
        await using var desk = await DeskWindow.OpenAsync(chromium, city, Wang);
        await desk.UntilLiveAsync();
        // What was there is listed, but nothing is said about it as if it were new.
        await desk.UntilAsync("document.title.startsWith('(1) ')");
        Assert.Equal("", await desk.ValueAsync<string>("$('[data-part=announce]').textContent"));

        var hazard = await city.ReportAsync(33, "red", "fire");

        await desk.UntilAsync("document.title.startsWith('(2) ')");
        await desk.UntilAsync("$('[data-part=announce]').textContent.includes('格34')");
        await desk.Page.ClickAsync(Bell);
        await desk.Page.ClickAsync($".alert[data-alert='red:{hazard.Id}'] .alert-open");
        await desk.UntilAsync($"$('[data-part=drawer]').dataset.stage === 'reported' && $('.case-number').textContent === '{hazard.Id}'");
        await desk.Page.ClickAsync(Bell);
        await desk.Page.ClickAsync($".alert[data-alert='red:{before.Id}'] .alert-bar button:visible");
        await desk.UntilAsync("document.title.startsWith('(1) ')");

        // A reload forgets nothing that was acknowledged.
        await desk.Page.ReloadAsync();
        await desk.UntilLiveAsync();
        await desk.UntilAsync("document.title.startsWith('(1) ')");
        var seen = await city.GetAsync<AcknowledgedAnswer>("api/v1/alerts/acknowledged");
        Assert.Equal(["red:" + before.Id], seen.Acknowledged.Select(one => one.Alert));
        Assert.Equal("o-wang", seen.Acknowledged[0].By);
    }
}
