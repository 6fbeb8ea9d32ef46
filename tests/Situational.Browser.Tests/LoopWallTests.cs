using Situational.Contracts.Http;
using Situational.Testing;

namespace Situational.Browser.Tests;

/// <summary>The closed loop on the wall: time that runs out, whistles, and a territory that changes, in a real browser on a real host.</summary>
public sealed class LoopWallTests(Chromium chromium, ITestOutputHelper output)
{
    private static readonly ActorRequest Officer = new("o-1", "officer");

    [Theory]
    [InlineData("zh-CN", 1920, 1080)]
    [InlineData("en", 1920, 1080)]
    [InlineData("zh-CN", 390, 844)]
    public async Task Wall_CasesWhoseTimeRunsOutAndWhistles_AreShownByRingFigureAndLine(string language, int width, int height)
    {
        using var clock = new ProcessClock();
        await using var city = await City.StartAsync(clock: clock);
        await using var wall = await WallWindow.OpenAsync(chromium, city, new WindowOptions(width, height, language, ReducedMotion: true));
        await wall.UntilLiveAsync();
        // A fire is to be accepted within 5 minutes, and handled within 120: so each case stays at its level for many minutes, however slow the machine.
        var twice = await city.ReportAsync(33, "red", "fire");
        var overdue = await city.ReportAsync(36, "orange", "fire");
        await BeginAsync(city, overdue.Id);
        clock.Set(TimeSpan.FromMinutes(60));
        var near = await city.ReportAsync(54, "yellow", "fire");
        await BeginAsync(city, near.Id);
        clock.Set(TimeSpan.FromMinutes(160));
        var whistled = await city.ReportAsync(56, "red", "gas-smell");
        await city.StepAsync(whistled.Id, "accept", new CaseStepRequest(Officer));
        await city.StepAsync(whistled.Id, "whistle", new CaseStepRequest(Officer, Kind: "management", Departments: ["utilities"]));
        await city.StepAsync(whistled.Id, "whistle", new CaseStepRequest(Officer, Kind: "emergency", Departments: ["fire-rescue", "emergency", "police"]));
        foreach (var department in new[] { "fire-rescue", "police" })
            foreach (var state in new[] { "acknowledged", "arrived" })
                await city.StepAsync(whistled.Id, "muster", new CaseStepRequest(new ActorRequest(department, "department"), Whistle: 2, Department: department, State: state));

        // The server decides about levels; a grid that nobody touches speaks at its round.
        await wall.UntilAsync($"wall.wall.picture.cases.get('{twice.Id}')?.[9] === 3");
        await wall.UntilAsync($"wall.wall.picture.cases.get('{overdue.Id}')?.[9] === 2");
        await wall.UntilAsync($"wall.wall.picture.cases.get('{near.Id}')?.[9] === 1");
        await wall.UntilAsync("wall.querySelector('[data-part=overdue]').textContent === '2'");
        await wall.UntilAsync($"wall.querySelector('[data-part=approaching]').textContent === '{(language == "en" ? "1 near" : "临期 1")}'");
        await wall.UntilAsync("wall.querySelector('[data-part=deadlines]').title.includes('80')");
        await wall.UntilAsync("['overdue', 'overdue-twice', 'escalated', 'whistle', 'arrived'].every(kind => wall.querySelector(`[data-part=ticker] [data-kind=${kind}]`))");
        await wall.UntilAsync($"wall.querySelector('.whistle-kind')?.textContent === '{(language == "en" ? "Emergency" : "应急处置哨")}'");
        Assert.Equal(language == "en" ? "2/3 there" : "到场 2/3", await wall.ValueAsync<string>("wall.querySelector('.whistle-there').textContent"));
        Assert.True(await wall.ValueAsync<bool>($"wall.wall.picture.cases.get('{overdue.Id}')[10] > 0"));
        await wall.UntilAsync("wall.querySelector('[data-part=kpi-closing]').title !== ''");
        await KeepAsync(wall, $"loop-{width}x{height}-{language}");
        Assert.Empty(await wall.Page.EvaluateAsync<string[]>(LooksTests.Faults));
        Assert.Empty(await wall.Page.EvaluateAsync<string[]>(LooksTests.LowContrast));

        // Closed out of the loop: ring, figure and whistle go with the case.
        await city.StepAsync(twice.Id, "reject", new CaseStepRequest(Officer, Reason: "重复"));
        await wall.UntilAsync("wall.querySelector('[data-part=overdue]').textContent === '1'");
        await wall.UntilAsync("wall.wall.picture.events.some(event => event.row[1] === 'rejected')");
    }

    [Fact]
    public async Task Wall_AnotherTerritory_IsDrawnWithoutAReload()
    {
        await using var city = await City.StartAsync();
        await using var wall = await WallWindow.OpenAsync(chromium, city);
        await using var other = await WallWindow.OpenAsync(chromium, city, new WindowOptions(1280, 720, "en"));
        await city.ReportAsync(0);
        await wall.UntilLiveAsync();
        await wall.UntilAsync("wall.wall.picture.grids.size === 81");
        await wall.Page.EvaluateAsync("() => { window.sameDocument = true; }");

        // Three grids go, twenty come.
        await city.ReformAsync(new Lattice(10, 10, 77, 78, 79), inForce: 1);

        foreach (var one in new[] { wall, other })
            await one.UntilAsync("wall.dataset.state === 'live' && wall.wall.picture.grids.size === 98 && wall.querySelector('[data-part=territory-version]').textContent === '2'");
        Assert.False(await wall.ValueAsync<bool>($"wall.wall.picture.grids.has('{city.Lattice.Code(77)}')"));
        Assert.True(await wall.ValueAsync<bool>("window.sameDocument === true"));
        Assert.Equal("共 97", await wall.TextAsync("silent-of"));
        await city.ReportAsync(99, "orange");
        await wall.UntilAsync($"wall.querySelector('[data-part=\"open-2\"]').textContent === '1' && [...wall.querySelectorAll('[data-part=ticker] .event-where')].some(e => e.textContent === '{Lattice.Name(99)}')");
        await wall.UntilAsync($"wall.dataset.digest === '{await other.ValueAsync<string>("wall.dataset.digest")}'");
        await KeepAsync(wall, "territory-2");
    }

    /// <summary>Takes a case so far that it is being handled.</summary>
    private static async Task BeginAsync(City city, string id)
    {
        var worker = new ActorRequest("w-1", "worker");
        await city.StepAsync(id, "accept", new CaseStepRequest(Officer));
        await city.StepAsync(id, "dispatch", new CaseStepRequest(Officer, Assignee: new AssigneeRequest("unit", "w-1")));
        await city.StepAsync(id, "start", new CaseStepRequest(worker));
    }

    /// <summary>Keeps a picture for people, where <c>SITUATIONAL_SCREENSHOTS</c> names a folder.</summary>
    private async Task KeepAsync(WallWindow wall, string name)
    {
        if (Environment.GetEnvironmentVariable("SITUATIONAL_SCREENSHOTS") is not { Length: > 0 } folder)
            return;
        var path = Path.Combine(folder, $"wall-{name}.png");
        await File.WriteAllBytesAsync(path, await wall.Page.ScreenshotAsync(new() { FullPage = true }));
        output.WriteLine(path);
    }
}
