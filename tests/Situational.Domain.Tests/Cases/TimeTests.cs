using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Tests.Cases;

public sealed class TimeTests
{
    private static readonly DateTimeOffset Noon = Reports.Noon;

    [Fact]
    public void Tick_WhileAwake_FiresEveryLevelWhenItFalls()
    {
        var loop = new Loop().Open();
        loop.TickAt(Noon.AddMinutes(25), 1);
        Assert.Equal(
            [(ClockKind.Accept, DeadlineLevel.Approaching, 8, false), (ClockKind.Accept, DeadlineLevel.Overdue, 10, false), (ClockKind.Accept, DeadlineLevel.OverdueTwice, 20, false)],
            Passed(loop.Events));
        Assert.All(loop.Events.OfType<DeadlinePassed>(), e => Assert.Equal(e.FellAt, e.At));
        Assert.Equal(DeadlineLevel.OverdueTwice, loop.One.Level);
    }

    [Fact]
    public void Tick_AfterSleep_FiresEveryLevelOnceInTheOrderInWhichTheyFellAndSaysLate()
    {
        var loop = new Loop().Open();
        loop.Now = Noon.AddMinutes(170);
        var events = loop.Tick(awake: Noon.AddMinutes(165));
        Assert.Equal(
            [
                (ClockKind.Accept, DeadlineLevel.Approaching, 8, true), (ClockKind.Accept, DeadlineLevel.Overdue, 10, true),
                (ClockKind.Accept, DeadlineLevel.OverdueTwice, 20, true), (ClockKind.Close, DeadlineLevel.Approaching, 160, true),
            ],
            Passed(events));
        Assert.All(events, e => Assert.Equal(Noon.AddMinutes(170), e.At));
        Assert.IsType<Decision.Nothing>(loop.Decide(new GridCommand.Tick(Noon)));
        loop.Now = Noon.AddMinutes(200);
        Assert.Equal([(ClockKind.Close, DeadlineLevel.Overdue, 200, false)], Passed(loop.Tick(awake: loop.Now)));
    }

    [Fact]
    public void Tick_Overdue_EscalatesOneLevelAndTwiceOneMoreButNeverBeyondTheCity()
    {
        var loop = new Loop().Open();
        loop.Now = Noon.AddMinutes(1_000);
        loop.Tick();
        Assert.Equal(
            [("330106001001", "overdue"), ("330106001", "overdue-twice"), ("330106", "overdue"), ("3301", "overdue-twice")],
            loop.Events.OfType<CaseEscalated>().Select(e => (e.ToArea, e.Reason)));
        Assert.All(loop.Events.OfType<CaseEscalated>(), e => Assert.Equal(Actor.System, e.By));
        Assert.Equal(("3301", 4), (loop.One.EscalatedTo, loop.One.Escalations));
        loop.Do(Loop.Full(CaseStep.Accept), 0);
        loop.Now = loop.Now.AddMinutes(100);
        Assert.Equal(3, loop.Tick().Length);
        Assert.Equal(("3301", 4), (loop.One.EscalatedTo, loop.One.Escalations));
        var refused = Assert.IsType<Decision.NotAllowed>(loop.Decide(Loop.Full(CaseStep.Escalate)));
        Assert.Equal("The top level deals with it already.", refused.Reason);
    }

    [Fact]
    public void Tick_WhereTheCityDoesNotEscalate_FiresWithoutMoving()
    {
        var loop = new Loop { By = Loop.Rules with { City = Loop.City with { EscalateOverdue = false } } }.Open();
        loop.Now = Noon.AddMinutes(1_000);
        Assert.Equal(6, loop.Tick().Length);
        Assert.Null(loop.One.EscalatedTo);
    }

    [Fact]
    public void Tick_MoreThanOneAppendTakes_SaysSoAndDoesTheRestNext()
    {
        var loop = new Loop { By = Loop.Rules with { MaxOpenCases = 1_000 } }.Open(300);
        loop.Now = Noon.AddMinutes(1_000);
        var appends = new List<int>();
        while (loop.Decide(new GridCommand.Tick(loop.Now)) is Decision.Accepted accepted)
        {
            loop.Take(accepted);
            appends.Add(accepted.Events.Length);
            Assert.Equal(loop.State.Open.Values.Any(c => CaseClocks.NextAt(c) <= loop.Now), accepted.More);
        }
        Assert.All(appends, count => Assert.InRange(count, 1, 500));
        Assert.Equal(300 * 10, appends.Sum());
        Assert.Equal(300 * 6, Passed(loop.Events).Count);
        Assert.All(loop.Rows.Values, row => Assert.Equal(4, row.Escalations));
    }

    [Fact]
    public void Tick_AnyInterleavingAndAClockSetBack_FiresEachLevelOnce()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var loop = new Loop().Open(3);
            loop.Do(Loop.Full(CaseStep.Accept));
            loop.Do(Loop.Full(CaseStep.Blow));
            while (loop.Now < Noon.AddMinutes(600))
            {
                loop.Now = loop.Now.AddMinutes(random.Next(10) == 0 ? -60 : random.Next(1, 90));
                if (random.Next(8) == 0)
                    loop.State = Written.Again(loop.State);
                if (loop.Decide(new GridCommand.Tick(Noon)) is Decision.Accepted accepted)
                    loop.Take(accepted);
            }
            loop.Tick();
            var fired = loop.Events.OfType<DeadlinePassed>().Select(e => (e.CaseId, e.Clock.Kind, e.Department, e.Level)).ToList();
            Assert.Equal(fired.Count, fired.Distinct().Count());
            // Case 1 has dispatch, close and six muster clocks, the two others accept and close; each of them has three levels.
            Assert.Equal((2 + 6 + 2 + 2) * 3, fired.Count);
            Assert.All(fired.GroupBy(f => (f.CaseId, f.Kind, f.Department)), clock => Assert.Equal(clock.Select(c => c.Level).Order(), clock.Select(c => c.Level)));
            Assert.All(loop.Events.OfType<DeadlinePassed>(), e => Assert.True(e.FellAt <= e.At));
        }
    }

    [Fact]
    public void Step_AfterALevelFellUnseen_NotesItFirst()
    {
        var loop = new Loop().Open();
        var accepted = loop.Do(Loop.Full(CaseStep.Accept), 12);
        Assert.Equal(
            [typeof(DeadlinePassed), typeof(DeadlinePassed), typeof(CaseEscalated), typeof(CaseStepped)], accepted.Events.Select(e => e.GetType()));
        Assert.Equal([ClockKind.Close, ClockKind.Dispatch], loop.One.Clocks.Select(c => c.Kind));
        Assert.Equal(5, loop.One.Revision);
    }

    [Fact]
    public void Step_RefusedAfterALevelFellUnseen_ChangesNothing()
    {
        var loop = new Loop().Open();
        loop.Now = Noon.AddMinutes(12);
        Assert.Equal(1, Assert.IsType<Decision.NotAllowed>(loop.Decide(Loop.Full(CaseStep.Close))).Case.Revision);
        Assert.Equal(1, Assert.IsType<Decision.Faulty>(loop.Decide(Loop.Step(CaseStep.Reject))).Case!.Revision);
    }

    [Fact]
    public void Clocks_AlongTheLine_RunInTheirStages()
    {
        var expected = new Dictionary<Stage, ClockKind[]>
        {
            [Stage.Reported] = [ClockKind.Close, ClockKind.Accept],
            [Stage.Accepted] = [ClockKind.Close, ClockKind.Dispatch],
            [Stage.Dispatched] = [ClockKind.Close, ClockKind.Handle],
            [Stage.Handling] = [ClockKind.Close, ClockKind.Handle],
            [Stage.Handled] = [ClockKind.Close, ClockKind.Verify],
            [Stage.Verified] = [ClockKind.Close],
            [Stage.Closed] = [],
            [Stage.Rejected] = [],
            [Stage.Returned] = [ClockKind.Close, ClockKind.Dispatch],
            [Stage.Rework] = [ClockKind.Close, ClockKind.Handle],
            [Stage.Suspended] = [ClockKind.Close, ClockKind.Dispatch],
            [Stage.Merged] = [],
        };
        foreach (var stage in Enum.GetValues<Stage>())
        {
            var one = Loop.In(stage).One;
            Assert.Equal(expected[stage], one.Clocks.Select(c => c.Kind).OrderDescending().OrderBy(k => k == ClockKind.Close ? 0 : 1));
            Assert.All(one.Clocks, clock => Assert.Equal(stage == Stage.Suspended, clock.Stopped));
        }
    }

    [Fact]
    public void Clocks_OfARework_StartAnew()
    {
        var loop = Loop.In(Stage.Rework);
        var handle = Assert.Single(loop.One.Clocks, c => c.Kind == ClockKind.Handle);
        Assert.Equal(loop.Now, handle.StartedAt);
        Assert.Equal(loop.Now.AddMinutes(60), handle.DueAt);
    }

    [Fact]
    public void Clocks_OfACategoryWithoutLimits_AreNone()
    {
        var bare = Loop.City.Categories[Loop.Pothole] with { Limits = new Dictionary<ClockKind, Limit>() };
        var city = Loop.City with { Categories = new Dictionary<string, Category>(Loop.City.Categories) { [Loop.Pothole] = bare } };
        var loop = new Loop { By = Loop.Rules with { City = city } }.Open();
        loop.Now = Noon.AddDays(300);
        Assert.IsType<Decision.Nothing>(loop.Decide(new GridCommand.Tick(Noon)));
        loop.Do(Loop.Full(CaseStep.Reject));
        Assert.Null(loop.One.OnTime);
        Assert.Null(loop.One.LimitEndedAt);
    }

    [Fact]
    public void OnTime_IsWhatEndedBeforeItsWholeLimit()
    {
        var early = new Loop().Open();
        early.Do(Loop.Full(CaseStep.Reject), 199);
        Assert.Equal((true, Noon.AddMinutes(200)), (early.One.OnTime, early.One.LimitEndedAt));
        var late = new Loop().Open();
        late.Do(Loop.Full(CaseStep.Reject), 200);
        Assert.Equal((false, Noon.AddMinutes(200)), (late.One.OnTime, late.One.LimitEndedAt));
    }

    [Fact]
    public void OnTime_OfACaseThatWasFoundOverdue_StaysFalseWhenTheClockIsSetBack()
    {
        var loop = new Loop().Open();
        loop.Now = Noon.AddMinutes(201);
        loop.Tick();
        loop.Do(Loop.Full(CaseStep.Reject), -60);
        Assert.False(loop.One.OnTime);
    }

    [Fact]
    public void Suspension_KeepsWhatWasUsedAndGivesBackWhatIsLeft()
    {
        var loop = HandlingAlone();
        var due = loop.One.Clocks.ToDictionary(c => c.Kind, c => c.DueAt);
        loop.Do(Loop.Full(CaseStep.Suspend) with { Until = loop.Now.AddDays(10) });
        Assert.Equal((Stage.Suspended, Stage.Handling, 1), (loop.One.Stage, loop.One.SuspendedFrom!.Value, loop.One.Suspensions));
        loop.Now = loop.Now.AddMinutes(300);
        Assert.IsType<Decision.Nothing>(loop.Decide(new GridCommand.Tick(Noon)));
        loop.Do(Loop.Full(CaseStep.Resume), 0);
        Assert.Equal((Stage.Handling, null, null), (loop.One.Stage, loop.One.SuspendedFrom, loop.One.SuspendedUntil));
        Assert.All(loop.One.Clocks, clock => Assert.Equal(due[clock.Kind].AddMinutes(300), clock.DueAt));
    }

    [Fact]
    public void Suspension_ThatEndsWhileAwake_EndsByItselfInTime()
    {
        var loop = HandlingAlone();
        var until = loop.Now.AddMinutes(61);
        loop.Do(Loop.Full(CaseStep.Suspend) with { Until = until });
        Assert.Equal(until, CaseClocks.NextAt(loop.One));
        loop.Now = until;
        var resumed = Assert.IsType<CaseStepped>(Assert.Single(loop.Tick()));
        Assert.Equal((CaseStep.Resume, Stage.Handling, Actor.System, false), (resumed.Step, resumed.To, resumed.By, resumed.Late));
    }

    [Fact]
    public void Suspension_ThatEndedInSleep_LetsTheClocksGoOnFromItsEnd()
    {
        var loop = HandlingAlone();
        var due = loop.One.Clocks.Single(c => c.Kind == ClockKind.Handle).DueAt;
        loop.Do(Loop.Full(CaseStep.Suspend) with { Until = loop.Now.AddMinutes(61) });
        loop.Now = loop.Now.AddMinutes(60 + 50);
        var events = loop.Tick(awake: loop.Now);
        Assert.True(Assert.IsType<CaseStepped>(events[0]).Late);
        Assert.Equal(due.AddMinutes(60), loop.One.Clocks.Single(c => c.Kind == ClockKind.Handle).DueAt);
        // 80 % of an hour, of which one minute was used before the suspension.
        var passed = Assert.IsType<DeadlinePassed>(Assert.Single(events.Skip(1)));
        Assert.Equal((DeadlineLevel.Approaching, true, due.AddMinutes(60 - 12)), (passed.Level, passed.Late, passed.FellAt));
    }

    [Fact]
    public void Suspension_ThatEndedUnseen_DoesNotHoldUpAStep()
    {
        var loop = HandlingAlone();
        loop.Do(Loop.Full(CaseStep.Suspend) with { Until = loop.Now.AddMinutes(2) });
        var accepted = loop.Do(Loop.Full(CaseStep.HandIn, Loop.Worker), 5);
        Assert.Equal([CaseStep.Resume, CaseStep.HandIn], accepted.Events.Cast<CaseStepped>().Select(e => e.Step));
    }

    [Fact]
    public void NextAt_OfAGrid_IsTheEarliestOfItsCases()
    {
        var loop = new Loop();
        Assert.Null(CaseClocks.NextAt(loop.State));
        loop.Open(2);
        Assert.Equal(Noon.AddMinutes(8), CaseClocks.NextAt(loop.State));
        loop.Do(Loop.Full(CaseStep.Reject));
        loop.Do(Loop.Full(CaseStep.Accept, id: Loop.Grid + "-2"));
        Assert.Equal(Noon.AddMinutes(2 + 16), CaseClocks.NextAt(loop.State));
        Assert.Null(CaseClocks.NextAt(loop.One));
    }

    [Fact]
    public void Steps_WithAClockSetBack_KeepTheirOrder()
    {
        var loop = new Loop().Open();
        loop.Do(Loop.Full(CaseStep.Accept));
        loop.Do(Loop.Full(CaseStep.Dispatch), -60);
        loop.Do(Loop.Full(CaseStep.Start, Loop.Worker));
        Assert.Equal([Stage.Reported, Stage.Accepted, Stage.Dispatched, Stage.Handling], loop.One.Path.Select(p => p.Stage));
        Assert.Equal(4, loop.One.Revision);
        Assert.Empty(loop.Tick());
    }

    private static List<(ClockKind, DeadlineLevel, int, bool)> Passed(IEnumerable<GridEvent> events) =>
        [.. events.OfType<DeadlinePassed>().Select(e => (e.Clock.Kind, e.Level, (int)(e.FellAt - Noon).TotalMinutes, e.Late))];

    private static Loop HandlingAlone()
    {
        var loop = Loop.In(Stage.Handling);
        loop.Do(Loop.Full(CaseStep.Reject, id: Loop.Grid + "-2"), 0);
        return loop;
    }
}
