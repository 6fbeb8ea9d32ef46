using System.Net;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;
using Situational.Host.Api;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class CaseHistoryTests(HostFixture shared)
{
    private const string Grid = "110000001001001";
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);
    private static readonly Actor Officer = new("o-1", Role.Officer, "10.0.0.1");

    [Fact]
    public async Task History_OfACase_SaysWhoDidWhatWhyAndWhetherInTime()
    {
        using var report = await Requests.PostReportAsync(
            shared.Client, Requests.NewKey(), Requests.Report(1, more: ""","reporter":{"name":"canary-zhao","phone":"13700001111"},"by":{"id":"w-5","role":"worker"}"""));
        var id = (await Requests.ReadAsync<CaseAnswer>(report)).Id;
        await Requests.WalkAsync(shared.Client, id, "rework");

        var history = await Requests.GetAsync<CaseHistoryAnswer>(shared.Client, $"api/v1/cases/{id}/history");
        var text = await shared.Client.GetStringAsync($"api/v1/cases/{id}/history");

        Assert.Equal(
            [
                ("opened", "w-5", "worker", "reported"), ("accept", "o-1", "officer", "accepted"), ("dispatch", "o-1", "officer", "dispatched"),
                ("start", "w-1", "worker", "handling"), ("hand-in", "w-1", "worker", "handled"), ("rework", "o-1", "officer", "rework"),
            ],
            history.Events.Select(e => (e.What, e.By!.Id, e.By.Role, e.Stage!)));
        Assert.Equal([1, 2, 3, 4, 5, 6], history.Events.Select(e => e.Number));
        Assert.Equal(("not good", "mended", "north"), (history.Events[5].Reason, history.Events[4].Note, history.Events[2].Assignee!.Id));
        Assert.Equal(("accept", true), (history.Events[1].Deadlines![0].Kind, history.Events[1].Deadlines![0].Met));
        Assert.Equal("verify", Assert.Single(history.Events[5].Deadlines!).Kind);
        Assert.Null(history.Next);
        Assert.DoesNotContain("canary-zhao", text);
        Assert.DoesNotContain("13700001111", text);
        Assert.DoesNotContain("127.0.0.1", text);
    }

    [Fact]
    public async Task History_PageByPage_IsWholeAndInOrder()
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 1);
        await Requests.WalkAsync(shared.Client, opened.Id, "closed");

        var found = new List<CaseEventAnswer>();
        string? cursor = null;
        do
        {
            var page = await Requests.GetAsync<CaseHistoryAnswer>(
                shared.Client, $"api/v1/cases/{opened.Id}/history?limit=3" + (cursor is null ? "" : "&cursor=" + cursor));
            Assert.InRange(page.Events.Count, 1, 3);
            found.AddRange(page.Events);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(["opened", "accept", "dispatch", "start", "hand-in", "verify", "close"], found.Select(e => e.What));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("cursor=-1", "cursor")]
    public async Task History_ParameterThatIsWrong_Is400NamingIt(string query, string field)
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 1);

        using var answer = await shared.Client.GetAsync($"api/v1/cases/{opened.Id}/history?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(answer, field));
    }

    [Fact]
    public void Story_OfADeadlineThatPassed_SaysWhenAndThatItWasMissed()
    {
        var accept = Clock.Start(ClockKind.Accept, new Limit(30, LimitUnit.Minutes), Monday, CityRules.Default.Calendar);
        var late = Monday.AddHours(2);
        var story = Tell(
            Opened([accept]),
            new DeadlinePassed(late, "c", accept with { Fired = DeadlineLevel.Overdue }, DeadlineLevel.Overdue, accept.DueAt, Late: true),
            new CaseEscalated(late, "c", "110000", "overdue", Actor.System),
            new CaseStepped(late.AddMinutes(1), "c", CaseStep.Accept, Stage.Accepted, Officer));

        Assert.Equal(["opened", "deadline", "escalate", "accept"], story.Select(e => e.What));
        Assert.Equal(("accept", "overdue", "30 minutes", true), (story[1].Clock!.Kind, story[1].Clock!.Level, story[1].Clock!.Limit, story[1].Late));
        Assert.Equal(accept.DueAt, story[1].FellAt);
        Assert.Equal(("110000", "overdue", "system"), (story[2].ToArea, story[2].Reason, story[2].By!.Role));
        Assert.Equal([new ClockEndAnswer("accept", "30 minutes", accept.DueAt, Met: false)], story[3].Deadlines);
    }

    [Fact]
    public void Story_OfASuspension_EndsNoClockAndOneOfAReworkEndsTheFirstRun()
    {
        var calendar = CityRules.Default.Calendar;
        var handle = Clock.Start(ClockKind.Handle, new Limit(4, LimitUnit.WorkingHours), Monday, calendar);
        var anew = Clock.Start(ClockKind.Handle, new Limit(4, LimitUnit.WorkingHours), Monday.AddHours(3), calendar);
        var story = Tell(
            Opened([handle]),
            new CaseStepped(Monday.AddHours(1), "c", CaseStep.Suspend, Stage.Suspended, Officer, Reason: "waits", Clocks: [handle.Stop(Monday.AddHours(1), calendar)]),
            new CaseStepped(Monday.AddHours(2), "c", CaseStep.Resume, Stage.Handling, Actor.System, Clocks: [handle], Late: true),
            new CaseStepped(Monday.AddHours(3), "c", CaseStep.Rework, Stage.Rework, Officer, Reason: "no", Clocks: [anew]));

        Assert.Null(story[1].Deadlines);
        Assert.Null(story[2].Deadlines);
        Assert.True(story[2].Late);
        Assert.True(Assert.Single(story[3].Deadlines!).Met);
    }

    [Fact]
    public void Story_OfAWhistle_SaysWhichMusterMetItsClocks()
    {
        var calendar = CityRules.Default.Calendar;
        var clock = Clock.Start(ClockKind.Acknowledge, new Limit(10, LimitUnit.Minutes), Monday, calendar);
        var muster = new Muster("police", MusterState.Notified, Monday) { Clocks = [clock] };
        var late = Monday.AddMinutes(11);
        var story = Tell(
            Opened([]),
            new WhistleBlown(Monday, "c", new Whistle(1, "emergency", Monday, Officer, "come", [muster])),
            new MusterStepped(late, "c", 1, muster with { State = MusterState.Acknowledged, Clocks = [clock.Stop(late, calendar)] }, new Actor("police", Role.Department)));

        Assert.Equal(("whistle", "emergency", 1), (story[1].What, story[1].Kind, story[1].Whistle));
        Assert.Equal(["police"], story[1].Departments!);
        Assert.Equal(("muster", "acknowledged"), (story[2].What, story[2].Muster));
        Assert.False(Assert.Single(story[2].Deadlines!).Met);
    }

    [Trait("Fault", "S9")]
    [Fact]
    public void Story_OfEveryKindOfEvent_IsToldWithoutPersonalData()
    {
        var report = new Report("fire", Severity.Red, "d", 39.9, 116.4, "worker", "canary", "canary", []);
        var one = new Case("c", Grid, 1, report, Stage.Accepted, Monday, Monday);
        GridEvent[] all =
        [
            Opened([]), new CaseStarted(Monday, "c", "n"), new CaseClosed(Monday, "c", "n"),
            new CaseStepped(Monday, "c", CaseStep.KeepApart, Stage.Accepted, Officer, Apart: "other"),
            new CaseReopened(Monday, "c", one, Officer, "r"), new CaseRated(Monday, "c", new Rating("reporter", 5, Monday, Officer, "n")),
            new ReportJoined(Monday, "c", [report, report], "other", Officer), new CaseMerged(Monday, "c", "other", Grid, Officer, "n"),
            new CaseDeparted(Monday, "c", "g2", 2), new CaseArrived(Monday, "c", Grid, 2, one),
            new HandoverEnded(Monday, "c", "g2", true), new HandoverEnded(Monday, "c", "g2", false),
        ];

        var story = Tell(all);

        Assert.Equal(
            ["opened", "start", "close", "keep-apart", "reopen", "rate", "joined", "merge", "departed", "arrived", "handed-over", "handover-refused"],
            story.Select(e => e.What));
        Assert.Equal(("other", 2), (story[6].Other, story[6].Reports));
        Assert.Equal("g2", story[8].OtherGrid);
        Assert.DoesNotContain("canary", System.Text.Json.JsonSerializer.Serialize(story));
    }

    private static CaseOpened Opened(IReadOnlyList<Clock> clocks) => new(
        Monday, "c", 1, new Report("fire", Severity.Red, "d", 39.9, 116.4, "worker", "canary", "canary", []), Officer, clocks);

    private static IReadOnlyList<CaseEventAnswer> Tell(params GridEvent[] events) =>
        CaseStory.Tell([.. events.Select((e, i) => new CaseHappening(Grid, i + 1, e))]);
}
