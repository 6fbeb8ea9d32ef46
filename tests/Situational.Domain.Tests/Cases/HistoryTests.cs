using System.Text.Json;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;

namespace Situational.Domain.Tests.Cases;

public sealed class HistoryTests
{
    private static readonly string[] Offices = ["sanitation", "water", "housing", "police", "market"];

    /// <summary>Anything that anyone may try, sensible or not, in any order, with the clock set back now and then.</summary>
    [Fact]
    public void Fold_OfAnyRunOfCommands_IsWhatWasDecided()
    {
        var taken = new Dictionary<string, int>();
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            var (state, rules) = (GridState.Empty(Loop.Grid), Loop.Rules with { MaxOpenCases = 5 });
            var events = new List<GridEvent>();
            var rows = new Dictionary<string, Case>();
            var now = Reports.Noon;
            for (var i = 0; i < 60; i++)
            {
                now = now.AddMinutes(random.Next(12) == 0 ? -60 : random.Next(20));
                if (GridDecisions.Decide(state, Any(random, state, rows, now), now, rules) is not Decision.Accepted accepted)
                    continue;
                Assert.NotEmpty(accepted.Events);
                state = accepted.After;
                events.AddRange(accepted.Events);
                foreach (var row in accepted.Changed)
                    rows[row.Id] = row;
            }
            Assert.Equal(events.Count, state.Version);
            Assert.InRange(state.Open.Count, 0, 5 + events.Count(e => e is HandoverEnded)); // what comes back comes beyond the bound

            var stored = events.ConvertAll(e => Written.Event(Written.Of(e)));
            Assert.Equal(events.Select(Written.Of), stored.Select(Written.Of));
            Assert.Equal(Written.Of(state), Written.Of(GridFold.Apply(GridState.Empty(Loop.Grid), stored)));
            var middle = random.Next(events.Count + 1);
            var snapshot = Written.Again(GridFold.Apply(GridState.Empty(Loop.Grid), events[..middle]));
            Assert.Equal(Written.Of(state), Written.Of(GridFold.Apply(snapshot, stored[middle..])));
            foreach (var (id, row) in rows)
            {
                var history = stored.Select((e, at) => new CaseHappening(Loop.Grid, at + 1, e)).Where(h => CaseFold.CaseIdOf(h.Event) == id);
                Assert.Equal(Written.Of(row), Written.Of(CaseHistory.Fold(history)!));
                Assert.Equal(row.IsOpen, state.Open.ContainsKey(id) || state.Outbound.ContainsKey(id));
                AssertSound(row);
            }
            foreach (var happened in events)
            {
                var name = happened is CaseStepped step ? step.Step.ToString() : happened.GetType().Name;
                taken[name] = taken.GetValueOrDefault(name) + 1;
            }
        }
        // A walk that never gets anywhere shows nothing: every kind of event came up, the rarest dozens of times.
        foreach (var name in new[]
        {
            "Accept", "Reject", "Dispatch", "Return", "Start", "HandIn", "Verify", "Rework", "Close", "Suspend", "Resume", "KeepApart",
            nameof(CaseOpened), nameof(CaseReopened), nameof(CaseRated), nameof(ReportJoined), nameof(CaseMerged), nameof(DeadlinePassed),
            nameof(CaseEscalated), nameof(WhistleBlown), nameof(MusterStepped), nameof(CaseDeparted), nameof(HandoverEnded),
        })
            Assert.True(taken.GetValueOrDefault(name) >= 20, $"{name} came up {taken.GetValueOrDefault(name)} times.");
    }

    [Fact]
    public void Fold_OfAnOldHistory_IsTheCaseOfThatTime()
    {
        var report = JsonSerializer.Serialize(Reports.Of(Severity.Red), CaseJson.Types.Options);
        GridEvent[] old =
        [
            Written.Event($$"""{"$type":"case-opened","caseId":"g-1","territoryVersion":3,"report":{{report}},"at":"2025-11-22T12:00:00+00:00"}"""),
            Written.Event("""{"$type":"case-started","caseId":"g-1","note":"on the way","at":"2025-11-22T12:05:00+00:00"}"""),
            Written.Event("""{"$type":"case-closed","caseId":"g-1","at":"2025-11-22T13:00:00+00:00"}"""),
        ];
        Assert.Empty(GridFold.Apply(GridState.Empty("g"), old).Open);
        var one = CaseHistory.Fold(old.Select((e, i) => new CaseHappening("g", i + 1, e)))!;
        Assert.Equal(
            (Stage.Closed, 3L, old[1].At, old[2].At, "on the way"), (one.Stage, one.Revision, one.StartedAt!.Value, one.ClosedAt!.Value, one.Note));
        Assert.Null(one.OnTime);

        // A row that was written then says less; it reads as the same case.
        var row = Written.Case(
            $$"""{"id":"g-1","grid":"g","territoryVersion":3,"report":{{report}},"stage":7,"reportedAt":"2025-11-22T12:00:00+00:00","updatedAt":"2025-11-22T13:00:00+00:00","startedAt":"2025-11-22T12:05:00+00:00","closedAt":"2025-11-22T13:00:00+00:00","note":"on the way"}""");
        Assert.Equal(Written.Of(one), Written.Of(row));
        Assert.Equal([Stage.Reported, Stage.Handling, Stage.Closed], row.Path.Select(p => p.Stage));
        var reopened = GridDecisions.Decide(
            GridState.Empty("g"), Loop.Full(CaseStep.Reopen, id: "g-1") with { Ended = row }, old[2].At.AddDays(1), Loop.Rules);
        Assert.Equal(4, Assert.IsType<Decision.Accepted>(reopened).Case!.Revision);
    }

    [Fact]
    public void Fold_OfAnOldOpenCase_GoesOnAlongTheLine()
    {
        var loop = new Loop();
        loop.State = GridFold.Apply(loop.State,
        [
            new CaseOpened(Reports.Noon, Loop.First, 1, Loop.Report()), new CaseStarted(Reports.Noon.AddMinutes(5), Loop.First, null),
        ]);
        loop.Now = Reports.Noon.AddDays(1);
        Assert.Empty(loop.Tick());
        loop.Do(Loop.Full(CaseStep.HandIn, Loop.Worker));
        loop.Through(CaseStep.Verify, CaseStep.Close);
        Assert.Equal([Stage.Reported, Stage.Handling, Stage.Handled, Stage.Verified, Stage.Closed], loop.One.Path.Select(p => p.Stage));
    }

    [Fact]
    public void Path_OfACaseThatGoesRoundAndRound_KeepsTheFirstAndTheNewest()
    {
        var loop = Loop.In(Stage.Accepted);
        for (var i = 0; i < 40; i++)
            loop.Through(CaseStep.Dispatch, CaseStep.Return);
        Assert.Equal(Case.MaxPath, loop.One.Path.Length);
        Assert.Equal((Stage.Reported, Stage.Returned), (loop.One.Path[0].Stage, loop.One.Path[^1].Stage));
        Assert.Equal(loop.Now, loop.One.Path[^1].At);
        Assert.Equal(82, loop.One.Revision);
    }

    [Fact]
    public void Apply_EventsThatContradictTheHistory_NameThePlace()
    {
        var loop = Loop.In(Stage.Handling);
        loop.Do(Loop.Full(CaseStep.Blow));
        var (now, one, clock) = (loop.Now, loop.One, loop.One.Clocks[0]);
        var muster = one.Whistles[0].Musters[0];
        foreach (var wrong in new GridEvent[]
        {
            new CaseStarted(now, Loop.First, null),
            new CaseStepped(now, Loop.Grid + "-9", CaseStep.Accept, Stage.Accepted, Loop.Officer),
            new CaseStepped(now, Loop.First, CaseStep.Resume, Stage.Accepted, Loop.Officer),
            new CaseRated(now, Loop.First, new Rating("reporter", 5, now, Loop.Reporter, null)),
            new CaseReopened(now, Loop.First, one, Loop.Officer, "reason"),
            new CaseReopened(now, Loop.Grid + "-9", one, Loop.Officer, "reason"),
            new CaseArrived(now, Loop.First, "x", 2, one),
            new CaseArrived(now, "x-1", "x", 2, one with { Id = "x-1", Grid = "x" }),
            new CaseArrived(now, "x-1", "x", 2, one with { Id = "x-1", Stage = Stage.Closed }),
            new HandoverEnded(now, Loop.First, "x", true),
            new DeadlinePassed(now, Loop.First, clock with { Kind = ClockKind.Accept }, DeadlineLevel.Overdue, now, false),
            new DeadlinePassed(now, Loop.First, clock, DeadlineLevel.Overdue, now, false, 2, "water"),
            new MusterStepped(now, Loop.First, 2, muster, Loop.Officer),
            new ReportJoined(now, Loop.First, [.. Enumerable.Repeat(Loop.Report(), 201)], null, Loop.Officer),
            new CaseMerged(now, Loop.Grid + "-9", Loop.First, Loop.Grid, Loop.Officer, null),
            new CaseDeparted(now, Loop.Grid + "-9", "x", 2),
        })
        {
            var fault = Assert.Throws<GridHistoryException>(() => GridFold.Apply(loop.State, wrong));
            Assert.Equal((Loop.Grid, loop.State.Version + 1), (fault.Grid, fault.Version));
        }
    }

    [Fact]
    public void Fold_OfAHistoryWithAHole_NamesThePlace()
    {
        var at = Reports.Noon;
        var opened = new CaseHappening("a", 1, new CaseOpened(at, "a-1", 1, Loop.Report()));
        var departed = new CaseHappening("a", 2, new CaseDeparted(at, "a-1", "b", 2));
        var taken = new CaseHappening("a", 3, new HandoverEnded(at, "a-1", "b", true));
        var there = CaseFold.Apply("a", CaseFold.Apply("a", null, opened.Event), departed.Event)!;
        var arrived = new CaseHappening("b", 1, new CaseArrived(at, "a-1", "a", 2, there with { Grid = "b", Hops = 1, Revision = 3 }));
        Assert.Equal("b", CaseHistory.Fold([opened, departed, arrived, taken])!.Grid);
        Assert.Equal("a", CaseHistory.Fold([opened, departed])!.Grid);
        Assert.Null(CaseHistory.Fold([]));
        foreach (var hole in new CaseHappening[][]
        {
            [departed], [opened, arrived], [opened, departed, taken], [arrived],
            [opened, departed, arrived, arrived with { Grid = "c", Event = ((CaseArrived)arrived.Event) with { Case = there with { Grid = "c", Hops = 1, Revision = 3 } } }],
            [opened, departed, arrived with { Event = ((CaseArrived)arrived.Event) with { Case = there with { Grid = "b", Hops = 2, Revision = 3 } } }],
            [opened, departed, arrived with { Event = ((CaseArrived)arrived.Event) with { Case = there with { Grid = "b", Hops = 1, Revision = 9 } } }],
            [opened, departed, taken with { Event = new CaseStepped(at, "a-1", CaseStep.Accept, Stage.Accepted, Loop.Officer) }],
        })
            Assert.Throws<GridHistoryException>(() => CaseHistory.Fold(hole));
    }

    [Fact]
    public void Fact_OfACase_SaysWhatFiguresNeed()
    {
        var loop = Loop.In(Stage.Handling);
        var fact = CaseFact.Of(loop.One);
        Assert.Equal(
            (Loop.First, Loop.Grid, 1, Loop.Pothole, Severity.Yellow, Stage.Handling, Reports.Noon, null, Reports.Noon.AddMinutes(200), null),
            (fact.Id, fact.Grid, fact.TerritoryVersion, fact.Category, fact.Severity, fact.Stage, fact.ReportedAt, fact.EndedAt, fact.DueAt, fact.OnTime));
        Assert.Equal((false, 0, 0, 0, false, null), (fact.Suspended, fact.Suspensions, fact.Reworks, fact.HandIns, fact.OnTheSpot, fact.SpotVerified));
        loop.Through(CaseStep.Suspend);
        Assert.Equal((true, 1, null), (CaseFact.Of(loop.One).Suspended, CaseFact.Of(loop.One).Suspensions, CaseFact.Of(loop.One).DueAt));
        loop.Do(Loop.Full(CaseStep.Resume), 10);
        loop.Through(CaseStep.HandIn, CaseStep.Rework, CaseStep.Start, CaseStep.HandIn, CaseStep.Verify, CaseStep.Close);
        fact = CaseFact.Of(loop.One);
        Assert.Equal(
            (Stage.Closed, loop.Now, Reports.Noon.AddMinutes(210), true, 1, 2),
            (fact.Stage, fact.EndedAt!.Value, fact.DueAt!.Value, fact.OnTime!.Value, fact.Reworks, fact.HandIns));
        Assert.Equal(loop.One.Path, fact.Path);
    }

    private static void AssertSound(Case row)
    {
        Assert.Equal(row.Stage, row.Path[^1].Stage);
        Assert.Equal(row.Stage == Stage.Suspended, row.SuspendedFrom is not null);
        Assert.Equal(row.Stage == Stage.Suspended, row.SuspendedUntil is not null);
        Assert.Equal(row.IsOpen, row.ClosedAt is null);
        Assert.Equal(row.IsOpen, row.OnTime is null);
        Assert.Equal(row.Stage == Stage.Merged, row.MergedInto is not null);
        Assert.All(row.Clocks, clock => Assert.Equal(row.Stage == Stage.Suspended, clock.Stopped));
        Assert.Equal(row.IsOpen ? row.Stage == Stage.Verified ? 1 : 2 : 0, row.Clocks.Length);
        if (!row.IsOpen)
            Assert.All(row.Whistles, whistle => Assert.All(whistle.Musters, muster => Assert.True(muster.Ended)));
    }

    private static GridCommand Any(Random random, GridState state, Dictionary<string, Case> rows, DateTimeOffset now)
    {
        var id = $"{Loop.Grid}-{random.Next(Math.Max(1, state.LastCaseNumber - 5), state.LastCaseNumber + 2)}";
        switch (random.Next(20))
        {
            case 0 or 1:
                var spot = random.Next(3) == 0 ? Loop.Spot(now.AddMinutes(-random.Next(10))) : null;
                return new GridCommand.Open(
                    Loop.Report(random.Next(4) * 30, random.Next(2) == 0 ? "d1" : null), 1, spot is null ? Loop.Reporter : Loop.Worker, spot);
            case 2 or 3:
                return new GridCommand.Tick(now.AddMinutes(-random.Next(30)));
            case 4 when random.Next(6) == 0:
                return new GridCommand.Depart(2, [(id, "330106001001002")]);
            case 4 or 5:
                return new GridCommand.EndHandover(id, false);
        }
        var row = rows.GetValueOrDefault(id);
        var role = (Role)random.Next(1, 7);
        var allowed = row is null ? [] : CaseSteps.AllowedTo(row, role);
        var step = allowed.IsEmpty || random.Next(5) == 0 ? (CaseStep)random.Next(18) : allowed[random.Next(allowed.Length)];
        var muster = row?.Whistles.IsEmpty == false ? row.Whistles[random.Next(row.Whistles.Length)] : null;
        return Loop.Full(step, new Actor(role == Role.Department ? Offices[random.Next(Offices.Length)] : $"somebody-{random.Next(3)}", role), id) with
        {
            Ended = row is { IsOpen: false } ? row : null,
            IfRevision = random.Next(10) == 0 ? random.Next(5) : null,
            Other = step == CaseStep.KeepApart && row?.Proposals.IsEmpty == false ? row.Proposals[0] : $"{Loop.Grid}-{random.Next(1, state.LastCaseNumber + 2)}",
            Until = now.AddMinutes(random.Next(1, 90)),
            Severity = random.Next(4) == 0 ? Severity.Red : null,
            Whistle = muster?.Number,
            Department = role == Role.Department ? null : Offices[random.Next(Offices.Length)],
            Muster = (MusterState)random.Next(1, 8),
            CounterProposal = Offices[random.Next(Offices.Length)],
            Near = random.Next(2) == 0 ? new UnitFix("u1", 30.25, 120.15, now) : null,
        };
    }
}
