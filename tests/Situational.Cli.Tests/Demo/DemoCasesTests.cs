using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Situational.Cli.Demo;
using Situational.Cli.Http;
using Situational.Cli.Tests.Support;
using Situational.Contracts.Http;

namespace Situational.Cli.Tests.Demo;

public sealed class DemoCasesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly ScriptedLoop _loop = new();

    [Fact]
    public async Task Demo_OverAWorkingDay_LivesEveryStepOfTheLoop()
    {
        await using var server = await ServerAsync();
        using var client = Client(server);
        var cases = Cases(client, reportsPerMinute: 4, open: 60);
        await cases.FillAsync(Start, default);

        await RunAsync(cases, TimeSpan.FromHours(8));

        foreach (var step in new[]
        {
            "accept", "reject", "dispatch", "start", "hand-in", "verify", "close", "rework", "return", "suspend", "resume", "merge", "keep-apart",
            "escalate", "whistle", "muster", "rate",
        })
            Assert.True(_loop.Taken(step) > 0, step);
        // a department that took very long finds its case closed; nothing else is refused when nobody else acts
        Assert.All(_loop.Refused, step => Assert.Equal("muster", step));
        Assert.InRange(_loop.Refused.Count, 0, 20);
        Assert.Contains(_loop.Cases, c => c.Whistles.Any(w => w.Musters.All(m => m.State == "done")));
        Assert.Contains(_loop.Cases, c => c.Whistles.Any(w => w.Musters.Any(m => m.State == "refused")));
        Assert.True(_loop.Taken("close") > _loop.Cases.Count * 3 / 4);
        Assert.InRange(_loop.Cases.Count, 4 * 480 * 3 / 4, 4 * 480 * 5 / 4);
    }

    [Fact]
    public async Task Demo_AsTimeGoesOn_KeepsAboutTheWantedNumberOpen()
    {
        await using var server = await ServerAsync();
        using var client = Client(server);
        var cases = Cases(client, reportsPerMinute: 4, open: 60);
        await cases.FillAsync(Start, default);
        Assert.Equal(60, cases.Open);

        for (var hour = 0; hour < 6; hour++)
        {
            await RunAsync(cases, TimeSpan.FromHours(1), Start.AddHours(hour));

            Assert.Equal(cases.Open, _loop.Cases.Count(c => c.Stage is not ("closed" or "rejected" or "merged")));
            Assert.InRange(cases.Open, 25, 130);
        }
    }

    [Fact]
    public async Task Everything_ThatIsSaid_SaysThatItIsInvented()
    {
        await using var server = await ServerAsync();
        using var client = Client(server);
        var cases = Cases(client, reportsPerMinute: 6, open: 30);
        await cases.FillAsync(Start, default);
        await RunAsync(cases, TimeSpan.FromHours(2));

        var reports = server.Requests.Where(r => r.Path == "POST /api/v1/reports").Select(r => JsonSerializer.Deserialize<ReportRequest>(r.Body, Json)!).ToList();
        var steps = server.Requests.Where(r => r.Path.StartsWith("POST /api/v1/cases/", StringComparison.Ordinal))
            .Select(r => JsonSerializer.Deserialize<CaseStepRequest>(r.Body, Json)!).ToList();

        Assert.All(reports, r => Assert.Equal("demo", r.Source));
        Assert.All(reports, r => Assert.EndsWith("（演示）", r.Description));
        Assert.All(reports.Where(r => r.Spot is not null), r => Assert.EndsWith("（演示）", r.Spot!.Note));
        Assert.All(steps, s => Assert.EndsWith("（演示）", s.Note ?? s.Reason));
        Assert.All(steps, s => Assert.True(s.By!.Role == "department" || s.By.Id.StartsWith("demo-", StringComparison.Ordinal), s.By.ToString()));
    }

    [Fact]
    public async Task Reports_OfAWorkingDay_AreOfEveryKind()
    {
        await using var server = await ServerAsync();
        using var client = Client(server);
        var cases = Cases(client, reportsPerMinute: 10, open: 60);
        await cases.FillAsync(Start, default);
        await RunAsync(cases, TimeSpan.FromHours(2));

        var reports = server.Requests.Where(r => r.Path == "POST /api/v1/reports").Select(r => JsonSerializer.Deserialize<ReportRequest>(r.Body, Json)!).ToList();

        var spot = reports.Where(r => r.Spot is not null).ToList();
        Assert.InRange(spot.Count, reports.Count / 6, reports.Count / 2);
        Assert.All(spot, r => Assert.True(r.Spot!.FoundAt < r.Spot.FixedAt));
        Assert.True(reports.Where(r => r.Device is not null).GroupBy(r => (r.Device, r.Description, r.Location)).Any(g => g.Count() > 1), "the same twice");
        Assert.True(reports.Select(r => r.Category).Distinct().Count() > 8);
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("rework")]
    [InlineData("suspended")]
    public async Task Step_ThatSomebodyElseTookMeanwhile_IsNoErrorAndTheDemoGoesOnFromThere(string stage)
    {
        var stolen = 0;
        // a person acts on every third case, just before the demo does
        _loop.Meanwhile = (one, step) => step is "start" or "dispatch" or "verify" && ++stolen % 3 == 0 ? stage : null;
        await using var server = await ServerAsync();
        using var client = Client(server);
        var cases = Cases(client, reportsPerMinute: 4, open: 30);
        await cases.FillAsync(Start, default);

        await RunAsync(cases, TimeSpan.FromHours(3));

        Assert.True(_loop.Refused.Count > 10);
        Assert.True(_loop.Taken("close") > 100, "the demo goes on");
        Assert.InRange(cases.Open, 1, 100);
    }

    [Fact]
    public async Task Case_ThatRefusesEverything_IsLeftToWhoeverHoldsIt()
    {
        await using var server = await ScriptedServer.StartAsync((_, address, body) =>
            address.StartsWith("POST /api/v1/cases/", StringComparison.Ordinal) ? Results.Problem(statusCode: 409) : _loop.Answer(address, body));
        using var client = Client(server);
        _loop.Put(ScriptedLoop.Case("g-1", "reported"));
        var cases = Cases(client, reportsPerMinute: 0.1, open: 0);
        await cases.FillAsync(Start, default);
        Assert.Equal(1, cases.Open);

        await RunAsync(cases, TimeSpan.FromHours(2));

        Assert.InRange(server.Requests.Count(r => r.Path.StartsWith("POST /api/v1/cases/g-1/", StringComparison.Ordinal)), 2, 10);
    }

    [Fact]
    public async Task Fill_OverTheCityOfAnEarlierRun_TakesItOverWithoutFlooding()
    {
        string[] stages = ["reported", "accepted", "dispatched", "handling", "handled", "verified", "returned", "rework", "suspended", "closed"];
        for (var i = 0; i < 1_000; i++)
            _loop.Put(ScriptedLoop.Case("old-" + i, stages[i % stages.Length]));
        for (var i = 0; i < 50; i++)
            _loop.Put(ScriptedLoop.Case("theirs-" + i, "reported", source: "worker"));
        await using var server = await ServerAsync();
        using var client = Client(server);
        var cases = Cases(client, reportsPerMinute: 4, open: 60);

        await cases.FillAsync(Start, default);

        Assert.Equal(900, cases.Open);
        Assert.DoesNotContain(server.Requests, r => r.Path.StartsWith("POST", StringComparison.Ordinal));

        await cases.StepAsync(Start.AddHours(10), default);

        Assert.InRange(server.Requests.Count(r => r.Path.StartsWith("POST", StringComparison.Ordinal)), 1, DemoCases.MaxStepsAtOnce + 1);

        await RunAsync(cases, TimeSpan.FromMinutes(10));

        Assert.DoesNotContain(server.Requests, r => r.Path.Contains("theirs", StringComparison.Ordinal));
        Assert.DoesNotContain(_loop.Cases, c => c.Id.StartsWith("theirs", StringComparison.Ordinal) && c.Stage != "reported");
    }

    [Fact]
    public async Task Steps_OfOneRun_EachHaveAKeyOfTheirOwn()
    {
        await using var server = await ServerAsync();
        using var client = Client(server);
        var cases = Cases(client, reportsPerMinute: 4, open: 10);
        await cases.FillAsync(Start, default);
        await RunAsync(cases, TimeSpan.FromMinutes(30));

        Assert.True(server.Keys.Count > 50);
        Assert.Equal(server.Keys.Count, server.Requests.Count(r => r.Path.StartsWith("POST", StringComparison.Ordinal)));
        Assert.Equal(server.Keys.Count, server.Keys.Distinct().Count());
    }

    [Fact]
    public async Task Store_ThatStaysAway_EndsTheDemoWithItsWords()
    {
        await using var server = await ScriptedServer.StartAsync((_, _) => Results.Problem(title: "The store is away.", statusCode: 503));
        using var client = Client(server);
        var cases = Cases(client, reportsPerMinute: 4, open: 10);

        var fault = await Assert.ThrowsAsync<ClientException>(() => cases.FillAsync(Start, default));

        Assert.Contains("The store is away.", fault.Message);
    }

    [Fact]
    public void Catalogue_WithoutTheDemosCategories_IsDrawnFromAsItIs()
    {
        var catalogue = DemoCatalogue.Of([Category("wells", "police")], [], []);

        var kind = catalogue.Draw(new Random(1));

        Assert.Equal(("wells", "police"), (kind.Hazard.Category, Assert.Single(kind.Departments)));
        Assert.Null(catalogue.EmergencyWhistle);
    }

    internal static CategoryAnswer Category(string code, params string[] departments) => new(
        code, new(code, code), "event", new("c", "c"), true, "blue", new Dictionary<string, string>(), 40, 1440, 3, departments);

    private static DemoCases Cases(SituationalClient client, double reportsPerMinute, int open)
    {
        var street = DemoStreet.Build(7);
        var walkers = Enumerable.Range(0, 20).Select(i => new Walker(street, i % 8, i / 8 + 1, i)).ToList();
        foreach (var walker in walkers)
            walker.Step(6, Start);
        string[][] departments = [["fire-rescue", "emergency", "police"], ["public-works", "water"], ["sanitation"]];
        var catalogue = DemoCatalogue.Of(
            [.. Hazard.Catalogue.Select((h, i) => Category(h.Category, departments[i % departments.Length]))], ["management", "emergency"], ["reporter", "supervisor", "department"]);
        return new DemoCases(client, street, catalogue, walkers, 7, reportsPerMinute, open);
    }

    private static async Task RunAsync(DemoCases cases, TimeSpan time, DateTimeOffset? from = null)
    {
        var begin = from ?? Start;
        for (var now = begin; now < begin + time; now = now.AddSeconds(2))
            await cases.StepAsync(now, default);
    }

    private static SituationalClient Client(ScriptedServer server) => new(server.Address, "key", new SkippingTime());

    private Task<ScriptedServer> ServerAsync() => ScriptedServer.StartAsync((_, address, body) => _loop.Answer(address, body));
}
