using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;

namespace Situational.Domain.Tests.Cases;

public sealed class WhistleTests
{
    [Fact]
    public void Blow_AtDepartments_StartsTheClocksOfEach()
    {
        var loop = Blown();
        var whistle = Assert.Single(loop.One.Whistles);
        Assert.Equal((1, "management", Loop.Officer, loop.Now), (whistle.Number, whistle.Kind, whistle.By, whistle.At));
        Assert.Equal(["sanitation", "water"], whistle.Musters.Select(m => m.Department));
        Assert.All(whistle.Musters, muster =>
        {
            Assert.Equal(MusterState.Notified, muster.State);
            Assert.Equal(
                [(ClockKind.Acknowledge, 10.0), (ClockKind.Arrive, 40.0), (ClockKind.Solve, 100.0)],
                muster.Clocks.Select(c => (c.Kind, (c.DueAt - loop.Now).TotalMinutes)));
        });
    }

    [Fact]
    public void Muster_AlongItsLine_StopsItsClocks()
    {
        var loop = Blown();
        foreach (var state in new[] { MusterState.Acknowledged, MusterState.EnRoute, MusterState.Arrived, MusterState.Done })
            loop.Do(Muster(state));
        var muster = Of(loop, "sanitation");
        Assert.Equal(
            (MusterState.Done, 1.0, 2.0, 3.0, 4.0),
            (muster.State, After(muster.AcknowledgedAt), After(muster.EnRouteAt), After(muster.ArrivedAt), After(muster.EndedAt)));
        Assert.True(muster.Ended);
        Assert.Equal([1.0, 3.0, 4.0], muster.Clocks.Select(c => After(c.StoppedAt)));
        Assert.Equal(MusterState.Notified, Of(loop, "water").State);
        loop.Now = loop.Now.AddMinutes(500);
        Assert.All(loop.Tick().OfType<DeadlinePassed>().Where(e => e.Whistle is not null), e => Assert.Equal("water", e.Department));

        double After(DateTimeOffset? at) => (at!.Value - muster.NotifiedAt).TotalMinutes;
    }

    [Fact]
    public void Muster_FromEveryStateToEveryState_IsAllowedExactlyWhereThisListSaysSo()
    {
        var expected = new Dictionary<MusterState, MusterState[]>
        {
            [MusterState.Notified] = [MusterState.Acknowledged, MusterState.EnRoute, MusterState.Arrived, MusterState.Refused],
            [MusterState.Acknowledged] = [MusterState.EnRoute, MusterState.Arrived, MusterState.Refused],
            [MusterState.EnRoute] = [MusterState.Arrived],
            [MusterState.Arrived] = [MusterState.Done],
            [MusterState.Done] = [],
            [MusterState.Refused] = [],
        };
        foreach (var (from, allowed) in expected)
            foreach (var to in Enum.GetValues<MusterState>())
            {
                var loop = Blown();
                if (from != MusterState.Notified)
                {
                    if (from == MusterState.Done)
                        loop.Do(Muster(MusterState.Arrived));
                    loop.Do(Muster(from));
                }
                var decision = loop.Decide(Muster(to));
                if (allowed.Contains(to))
                    Assert.IsType<Decision.Accepted>(decision);
                else
                    Assert.Equal("state", Assert.IsType<Decision.Faulty>(decision).Field);
            }
    }

    [Fact]
    public void Muster_ByRolesFromStages_IsForTheDepartmentItselfAnOfficerOrASupervisor()
    {
        foreach (var stage in new[] { Stage.Accepted, Stage.Dispatched, Stage.Handling, Stage.Handled, Stage.Verified, Stage.Returned, Stage.Rework, Stage.Suspended })
        {
            var loop = Loop.In(stage);
            loop.Do(Loop.Full(CaseStep.Blow));
            foreach (var (by, may) in new[]
            {
                (Loop.Sanitation, true), (Loop.Officer, true), (Loop.Supervisor, true), (new Actor("police", Role.Department), false),
                (Loop.Worker, false), (Loop.Reporter, false), (Actor.System, false),
            })
            {
                var decision = loop.Decide(Muster(MusterState.Acknowledged, by: by));
                Assert.Equal(may ? typeof(Decision.Accepted) : typeof(Decision.NotAllowed), decision.GetType());
                Assert.Equal(may, CaseSteps.AllowedTo(loop.One, by, loop.Now, loop.By).Contains(CaseStep.Muster));
            }
        }
        foreach (var stage in new[] { Stage.Reported, Stage.Closed, Stage.Rejected, Stage.Merged })
            Assert.IsType<Decision.NotAllowed>(Loop.In(stage).Decide(Muster(MusterState.Acknowledged)));
    }

    [Fact]
    public void Muster_OfAnotherDepartment_IsRefused()
    {
        var loop = Blown();
        var faulty = Assert.IsType<Decision.Faulty>(loop.Decide(Muster(MusterState.Acknowledged, "water", Loop.Sanitation)));
        Assert.Equal(("department", "A department answers for itself only."), (faulty.Field, faulty.Fault));
        loop.Do(Muster(MusterState.Acknowledged, null, Loop.Sanitation));
        Assert.Equal(MusterState.Acknowledged, Of(loop, "sanitation").State);
    }

    [Fact]
    public void Muster_Refused_GoesToTheCounterProposalWithFreshClocks()
    {
        var loop = Blown();
        var accepted = loop.Do(Refuse("sanitation", "housing"), 5);
        Assert.Equal(2, accepted.Events.Length);
        var refused = Of(loop, "sanitation");
        Assert.Equal((MusterState.Refused, "housing", "reason", loop.Now), (refused.State, refused.CounterProposal, refused.Note, refused.EndedAt));
        var called = Of(loop, "housing");
        Assert.Equal((MusterState.Notified, "sanitation", loop.Now), (called.State, called.RoutedFrom, called.NotifiedAt));
        Assert.All(called.Clocks, clock => Assert.Equal(loop.Now, clock.StartedAt));
        Assert.Equal(["sanitation", "water", "housing"], loop.One.Whistles[0].Musters.Select(m => m.Department));
    }

    [Fact]
    public void Muster_RefusedOftenerThanTheCityAllows_StandsAndEscalates()
    {
        var loop = Blown();
        loop.Do(Refuse("sanitation", "housing"));
        loop.Do(Refuse("housing", "police"));
        loop.Do(Refuse("police", "landscape"));
        Assert.Null(loop.One.EscalatedTo);
        loop.Do(Refuse("landscape", "market"));
        Assert.Null(loop.One.Whistles[0].MusterOf("market"));
        Assert.Equal(("330106001001", "whistle-refused"), (loop.One.EscalatedTo, loop.Events.OfType<CaseEscalated>().Single().Reason));
        // Another department's call has its own count.
        loop.Do(Refuse("water", "market"));
        Assert.Equal("water", Of(loop, "market").RoutedFrom);
    }

    [Theory]
    [InlineData(null, "housing", "reason")]
    [InlineData(" ", "housing", "reason")]
    [InlineData("why", null, "counterProposal")]
    [InlineData("why", "no-such-office", "counterProposal")]
    [InlineData("why", "sanitation", "counterProposal")]
    [InlineData("why", "water", "counterProposal")]
    public void Muster_RefusedWithoutReasonOrProposal_NamesTheField(string? reason, string? instead, string field)
    {
        var step = Muster(MusterState.Refused) with { Reason = reason, CounterProposal = instead };
        Assert.Equal(field, Assert.IsType<Decision.Faulty>(Blown().Decide(step)).Field);
    }

    [Fact]
    public void Muster_ManySilent_EscalatesOnceAWhistleEvenWhereTheCityDoesNot()
    {
        var loop = new Loop { By = Loop.Rules with { City = Loop.City with { EscalateOverdue = false } } }.Open(2);
        loop.Do(Loop.Full(CaseStep.Accept));
        loop.Do(Loop.Full(CaseStep.Blow) with { Departments = ["sanitation", "water", "public-works"] });
        loop.Now = loop.Now.AddMinutes(500);
        loop.Tick();
        Assert.Equal(["whistle-unanswered"], loop.Events.OfType<CaseEscalated>().Select(e => e.Reason));
        Assert.Equal(
            9, loop.Events.OfType<DeadlinePassed>().Count(e => e is { Whistle: 1, Department: "sanitation" }));
    }

    [Theory]
    [InlineData(149.0, 0, true)]
    [InlineData(151.0, 0, false)]
    [InlineData(10.0, 10, true)]
    [InlineData(10.0, 11, null)]
    [InlineData(null, 0, null)]
    public void Muster_Arrived_IsVerifiedByAFreshFixNearby(double? meters, int ageMinutes, bool? verified)
    {
        var loop = Blown();
        loop.Do(Muster(MusterState.Arrived) with
        {
            Near = meters is { } north ? new UnitFix("u7", Loop.Report(north).Latitude, 120.15, loop.Now.AddMinutes(1 - ageMinutes)) : null,
        });
        Assert.Equal(verified, Of(loop, "sanitation").ArrivalVerified);
        if (verified is not null)
            Assert.InRange(Of(loop, "sanitation").ArrivalMeters!.Value, meters!.Value - 1, meters.Value + 1);
    }

    [Fact]
    public void Blow_WithoutWhatItNeeds_NamesTheField()
    {
        var loop = Loop.In(Stage.Accepted);
        var blow = Loop.Full(CaseStep.Blow);
        Assert.Equal("kind", Field(blow with { WhistleKind = null }));
        Assert.Equal("kind", Field(blow with { WhistleKind = "fog-horn" }));
        Assert.Equal("departments", Field(blow with { Departments = [] }));
        Assert.Equal("departments", Field(blow with { Departments = [.. Enumerable.Repeat("water", 17)] }));
        Assert.Equal("departments[1]", Field(blow with { Departments = ["water", "no-such-office"] }));
        Assert.Equal("departments[1]", Field(blow with { Departments = ["water", "water"] }));
        Assert.Equal("note", Field(blow with { Note = new string('x', 4_001) }));

        string Field(GridCommand.Step step) => Assert.IsType<Decision.Faulty>(loop.Decide(step)).Field;
    }

    [Fact]
    public void Blow_MoreOftenThanACaseHolds_IsRefused()
    {
        var loop = Loop.In(Stage.Accepted);
        for (var i = 0; i < Case.MaxWhistles; i++)
            loop.Do(Loop.Full(CaseStep.Blow) with { Departments = ["water"] }, 0);
        Assert.Equal(Enumerable.Range(1, 20), loop.One.Whistles.Select(w => w.Number));
        var refused = Assert.IsType<Decision.NotAllowed>(loop.Decide(Loop.Full(CaseStep.Blow)));
        Assert.Equal("A case has at most 20 whistles.", refused.Reason);
        Assert.DoesNotContain(CaseStep.Blow, CaseSteps.AllowedTo(loop.One, Role.Officer));
    }

    [Fact]
    public void Muster_ReRoutedOftenerThanAWhistleHolds_StandsAndEscalates()
    {
        var offices = Enumerable.Range(0, 200).ToDictionary(i => $"office-{i}", i => new Department($"office-{i}", new LocalName("处", "Office")));
        var loop = new Loop { By = Loop.Rules with { City = Loop.City with { Departments = offices, MaxReroutes = 20 } } }.Open();
        loop.Do(Loop.Full(CaseStep.Accept));
        loop.Do(Loop.Full(CaseStep.Blow) with { Departments = [.. Enumerable.Range(0, 16).Select(i => $"office-{i}")] }, 0);
        for (var i = 0; i < 60; i++)
            loop.Do(Muster(MusterState.Refused, $"office-{i}") with { CounterProposal = $"office-{16 + i}" }, 0);
        Assert.Equal(Whistle.MaxMusters, loop.One.Whistles[0].Musters.Length);
        Assert.Equal(4, loop.One.Escalations);
    }

    [Fact]
    public void Case_Ended_DismissesWhoHasNotEnded()
    {
        var loop = Blown();
        loop.Do(Muster(MusterState.Acknowledged));
        loop.Do(Refuse("water", "housing"));
        loop.Do(Loop.Full(CaseStep.Merge));
        Assert.Equal(
            [MusterState.Dismissed, MusterState.Refused, MusterState.Dismissed], loop.One.Whistles[0].Musters.Select(m => m.State));
        Assert.All(loop.One.Whistles[0].Musters, m => Assert.All(m.Clocks, c => Assert.True(c.Stopped)));
        Assert.Equal(loop.Now, Of(loop, "housing").EndedAt);
    }

    [Fact]
    public void Fact_OfMusters_SaysWhoDidNotAnswerAndWhatWasNotSolved()
    {
        var loop = Loop.In(Stage.Accepted);
        loop.Do(Loop.Full(CaseStep.Blow) with { Departments = ["sanitation", "water", "housing", "police", "market", "landscape"] });
        loop.Do(Muster(MusterState.Arrived, "sanitation"));
        loop.Do(Muster(MusterState.Done, "sanitation"));
        loop.Do(Muster(MusterState.Acknowledged, "water"));
        loop.Do(Refuse("housing", "emergency"), 1);
        loop.Do(Muster(MusterState.Acknowledged, "landscape"), 1);
        loop.Do(Muster(MusterState.Acknowledged, "market"), 10);
        loop.Do(Muster(MusterState.Arrived, "landscape"), 80);
        loop.Do(Muster(MusterState.Done, "landscape"), 60);
        loop.Do(Loop.Full(CaseStep.Merge));
        var facts = CaseFact.Of(loop.One).Whistles.ToDictionary(f => f.Department);
        Assert.Equal((false, false), (facts["sanitation"].Unanswered, facts["sanitation"].Unsolved));
        Assert.Equal((false, true), (facts["water"].Unanswered, facts["water"].Unsolved));
        Assert.Equal((false, false, MusterState.Refused), (facts["housing"].Unanswered, facts["housing"].Unsolved, facts["housing"].State));
        Assert.Equal(Of(loop, "housing").EndedAt, facts["housing"].AcknowledgedAt);
        Assert.Equal((true, false, null), (facts["police"].Unanswered, facts["police"].Unsolved, facts["police"].AcknowledgedAt));
        Assert.Equal((true, true), (facts["market"].Unanswered, facts["market"].Unsolved));
        Assert.Equal((true, false), (facts["emergency"].Unanswered, facts["emergency"].Unsolved));
        Assert.Equal((false, true, MusterState.Done), (facts["landscape"].Unanswered, facts["landscape"].Unsolved, facts["landscape"].State));
    }

    private static Loop Blown()
    {
        var loop = Loop.In(Stage.Accepted);
        loop.Do(Loop.Full(CaseStep.Blow));
        return loop;
    }

    private static GridCommand.Step Muster(MusterState state, string? department = "sanitation", Actor? by = null) =>
        Loop.Full(CaseStep.Muster, by) with { Department = department, Muster = state, CounterProposal = "traffic-police" };

    private static GridCommand.Step Refuse(string department, string instead) =>
        Muster(MusterState.Refused, department) with { CounterProposal = instead };

    private static Muster Of(Loop loop, string department) => loop.One.Whistles[0].MusterOf(department)!;
}
