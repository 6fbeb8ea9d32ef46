using System.Net;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Faults;

/// <summary>The real process on a wall clock that the test sets: deadlines, and a clock that is set back or forward by an hour.</summary>
[Trait("Fault", "15")]
public sealed class ClockTests
{
    [Fact]
    public async Task Deadlines_TheirTimesCome_FireOnceAndTheScreensSeeThem()
    {
        using var clock = new ProcessClock();
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { Environment = clock.Environment });
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key });
        var fire = await Requests.OpenCaseAsync(client, 1);
        Assert.Equal(("none", "reported"), (fire.Level, fire.Stage));
        var accept = Assert.Single(fire.Clocks, c => c.Kind == "accept");
        Assert.Equal(("5 minutes", fire.ReportedAt.AddMinutes(5)), (accept.Limit, accept.DueAt));

        clock.Set(TimeSpan.FromMinutes(6));
        await Eventually.HoldsAsync(async () => await LevelAsync(client, fire.Id) == "overdue", "the case is overdue");
        Assert.Equal(["approaching", "overdue"], await FiredAsync(client, fire.Id));
        var overdue = await Requests.GetAsync<CaseAnswer>(client, $"api/v1/cases/{fire.Id}");
        Assert.Equal(SmallCity.City, overdue.EscalatedTo);
        await screen.WaitAsync(p => p.Totals["overdue"] == 1);

        // late is what fell while nobody was awake, and nothing else
        Assert.DoesNotContain(await Walk.HistoryAsync(client, fire.Id), e => e.Late == true);
        host.Kill();
        clock.Set(TimeSpan.FromMinutes(12));
        await host.RestartAsync();
        await Eventually.HoldsAsync(async () => await LevelAsync(client, fire.Id) == "overdue-twice", "the case is overdue twice");
        Assert.Equal(["approaching", "overdue", "overdue-twice"], await FiredAsync(client, fire.Id));
        Assert.True(Assert.Single(await Walk.HistoryAsync(client, fire.Id), e => e is { What: "deadline", Clock.Level: "overdue-twice" }).Late);
        await host.RestartAsync();
        await screen.WaitAsync(p => p.Troubles.Count == 0 && p.Totals["overdue"] == 1);
        Assert.Equal(3, (await FiredAsync(client, fire.Id)).Count);
        Assert.Empty(screen.Look(p => p.Breaches));
    }

    [Fact]
    public async Task Clock_SetBackAndForwardByAnHour_OrderAgesAndDeadlinesSurvive()
    {
        using var clock = new ProcessClock();
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { Environment = clock.Environment });
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key });
        var before = await Requests.OpenCaseAsync(client, 0);
        clock.Set(TimeSpan.FromMinutes(6));
        await Eventually.HoldsAsync(async () => await LevelAsync(client, before.Id) == "overdue", "the case is overdue");
        await Requests.RecordAsync(client, $"[{Requests.Fix("u1", 0, clock.Now)}]");
        await screen.WaitAsync(p => p.Units.ContainsKey("u1"));

        clock.Set(TimeSpan.FromMinutes(-54));
        using (var accepted = await Walk.StepAsync(client, before.Id, "accept", new CaseStepRequest(By: new ActorRequest("wang", "officer"))))
            Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        var during = await Requests.OpenCaseAsync(client, 0, "orange");
        await Requests.RecordAsync(client, $"[{Requests.Fix("u2", 1, clock.Now)}]");
        await screen.WaitAsync(p => p.Units.ContainsKey("u1") && p.Units.ContainsKey("u2") && p.Cases.ContainsKey(during.Id));
        Assert.Equal(["approaching", "overdue"], await FiredAsync(client, before.Id));
        var steps = (await Walk.HistoryAsync(client, before.Id)).Select(e => e.What).ToArray();
        Assert.Equal(["opened", "deadline", "deadline", "escalate", "accept"], steps);

        clock.Set(TimeSpan.FromMinutes(6));
        await host.RestartAsync();
        await Eventually.HoldsAsync(async () => await LevelAsync(client, during.Id) == "overdue-twice", "the later case is overdue as well");
        Assert.Equal(["approaching", "overdue", "overdue-twice"], await FiredAsync(client, during.Id));
        await screen.WaitAsync(p => p.Cases.Count == 2 && p.Troubles.Count == 0);
        Assert.Empty(screen.Look(p => p.Breaches));
    }

    private static async Task<string> LevelAsync(HttpClient client, string id) =>
        (await Requests.GetAsync<CaseAnswer>(client, $"api/v1/cases/{id}")).Level;

    /// <summary>The levels that the accept clock reached, in the order of the history.</summary>
    private static async Task<IReadOnlyList<string>> FiredAsync(HttpClient client, string id) =>
        [.. (await Walk.HistoryAsync(client, id)).Where(e => e is { What: "deadline", Clock.Kind: "accept" }).Select(e => e.Clock!.Level)];
}
