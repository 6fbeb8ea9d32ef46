using Situational.Domain.Cases;

namespace Situational.Domain.Tests.Cases;

/// <summary>The loop, written down a second time by hand: who may take which step from which stage, and where it leads.</summary>
public sealed class CaseTransitionsTests
{
    private const string Any = "reported accepted dispatched handling handled verified returned rework suspended";
    private const string Begun = "accepted dispatched handling handled verified returned rework suspended";

    private static readonly (CaseStep Step, string From, Stage? To, string Roles)[] Expected =
    [
        (CaseStep.Accept, "reported", Stage.Accepted, "officer"),
        (CaseStep.Reject, "reported", Stage.Rejected, "officer"),
        (CaseStep.Dispatch, "accepted returned", Stage.Dispatched, "officer"),
        (CaseStep.Start, "dispatched rework", Stage.Handling, "worker department officer"),
        (CaseStep.Return, "dispatched handling", Stage.Returned, "worker department officer"),
        (CaseStep.HandIn, "handling", Stage.Handled, "worker department officer"),
        (CaseStep.Verify, "handled", Stage.Verified, "officer supervisor"),
        (CaseStep.Rework, "handled", Stage.Rework, "officer supervisor"),
        (CaseStep.Close, "verified", Stage.Closed, "officer"),
        (CaseStep.Suspend, "accepted dispatched handling returned rework", Stage.Suspended, "officer"),
        (CaseStep.Resume, "suspended", Stage.Accepted, "officer system"),
        (CaseStep.Reopen, "closed rejected", Stage.Accepted, "officer supervisor"),
        (CaseStep.Rate, "closed", null, "reporter department officer supervisor"),
        (CaseStep.Merge, Any, Stage.Merged, "officer"),
        (CaseStep.Escalate, Any, null, "officer supervisor system"),
        (CaseStep.Blow, Begun, null, "officer"),
    ];

    [Fact]
    public void Decide_EveryStepFromEveryStageByEveryRole_IsAllowedExactlyWhereThisListSaysSo()
    {
        var allowed = 0;
        foreach (var stage in Enum.GetValues<Stage>())
        {
            var loop = Loop.In(stage);
            Assert.Equal(stage, loop.One.Stage);
            foreach (var (step, from, to, roles) in Expected)
                foreach (var role in Enum.GetValues<Role>())
                {
                    var decision = loop.Decide(Loop.Full(step, new Actor("somebody", role)));
                    var expected = from.Split(' ').Contains(Name(stage)) && roles.Split(' ').Contains(Name(role));
                    if (!expected)
                    {
                        var refused = Assert.IsType<Decision.NotAllowed>(decision);
                        Assert.NotEmpty(refused.Reason);
                        Assert.DoesNotContain(step, refused.Allowed);
                        continue;
                    }
                    allowed++;
                    var accepted = Assert.IsType<Decision.Accepted>(decision);
                    Assert.Equal(to ?? stage, accepted.Case!.Stage);
                    Assert.Contains(step, CaseSteps.AllowedFrom(stage));
                    Assert.Contains(step, CaseSteps.AllowedTo(loop.One, role));
                }
        }
        Assert.Equal(83, allowed);
    }

    [Fact]
    public void Decide_ARefusedStep_SaysWhatThisOneCouldDo()
    {
        var loop = Loop.In(Stage.Handling);
        Assert.Equal([CaseStep.Return, CaseStep.HandIn], Refused(loop, Loop.Full(CaseStep.Close, Loop.Worker)).Allowed);
        Assert.Equal(
            [CaseStep.Return, CaseStep.HandIn, CaseStep.Suspend, CaseStep.Merge, CaseStep.Escalate, CaseStep.Blow],
            Refused(loop, Loop.Full(CaseStep.Close)).Allowed);
        Assert.Equal([CaseStep.Escalate], Refused(loop, Loop.Full(CaseStep.Close, Loop.Supervisor)).Allowed);
        Assert.Empty(Refused(loop, Loop.Full(CaseStep.Close, Loop.Reporter)).Allowed);
        Assert.Equal(
            "The case is handling; the step close is possible when it is verified or handled.", Refused(loop, Loop.Full(CaseStep.Close)).Reason);
        Assert.Equal("The step return is not for the role supervisor.", Refused(loop, Loop.Full(CaseStep.Return, Loop.Supervisor)).Reason);
    }

    [Fact]
    public void Decide_WhatWouldBeAllowed_IsAllowed()
    {
        foreach (var stage in Enum.GetValues<Stage>())
        {
            var loop = Loop.In(stage);
            foreach (var role in Enum.GetValues<Role>())
            {
                var by = new Actor("somebody", role);
                foreach (var step in CaseSteps.AllowedTo(loop.One, role))
                    Assert.IsType<Decision.Accepted>(loop.Decide(Loop.Full(step, by)));
            }
        }
    }

    [Fact]
    public void AllowedFrom_AStage_IsWhatTheTableHasForIt()
    {
        foreach (var stage in Enum.GetValues<Stage>())
            Assert.Equal(
                Enum.GetValues<CaseStep>().Where(step => CaseTransitions.Rows.Any(row => row.Step == step && row.From.Contains(stage))).Order(),
                CaseSteps.AllowedFrom(stage).Order());
        Assert.Empty(CaseSteps.AllowedFrom((Stage)99));
        Assert.Empty(CaseSteps.AllowedFrom(Stage.Merged));
    }

    [Fact]
    public void Decide_AnUnknownStep_IsNotAllowed()
    {
        var refused = Refused(Loop.In(Stage.Handling), Loop.Full((CaseStep)99));
        Assert.Equal("There is no such step.", refused.Reason);
    }

    [Fact]
    public void Decide_OnesOwnResult_IsJudgedByOthersOrASupervisor()
    {
        var loop = Loop.In(Stage.Handling);
        loop.Do(Loop.Full(CaseStep.HandIn, Loop.Officer));
        foreach (var step in new[] { CaseStep.Verify, CaseStep.Rework })
        {
            var refused = Refused(loop, Loop.Full(step, Loop.Officer));
            Assert.Equal("Nobody but a supervisor judges a result that they handed in themselves.", refused.Reason);
            Assert.DoesNotContain(step, refused.Allowed);
            Assert.IsType<Decision.Accepted>(loop.Decide(Loop.Full(step, new Actor("officer-sun", Role.Officer))));
            Assert.IsType<Decision.Accepted>(loop.Decide(Loop.Full(step, new Actor(Loop.Officer.Id, Role.Supervisor))));
        }
    }

    [Fact]
    public void Decide_AReworkedAndReopenedCase_ForgetsWhoHandedInBefore()
    {
        var loop = Loop.In(Stage.Handling);
        loop.Do(Loop.Full(CaseStep.HandIn, Loop.Officer));
        loop.Do(Loop.Full(CaseStep.Rework, Loop.Supervisor));
        loop.Through(CaseStep.Start, CaseStep.HandIn);
        Assert.IsType<Decision.Accepted>(loop.Decide(Loop.Full(CaseStep.Verify, Loop.Officer)));
    }

    [Fact]
    public void Decide_ACaseGivenToADepartment_IsNotForAnother()
    {
        var loop = Loop.In(Stage.Accepted);
        loop.Do(Loop.Full(CaseStep.Dispatch) with { Assignee = new Assignee(AssigneeKind.Department, "sanitation") });
        Assert.Equal("It is given to the department sanitation.", Refused(loop, Loop.Full(CaseStep.Start, new Actor("water", Role.Department))).Reason);
        Assert.IsType<Decision.Accepted>(loop.Decide(Loop.Full(CaseStep.Start, Loop.Sanitation)));
        Assert.IsType<Decision.Accepted>(loop.Decide(Loop.Full(CaseStep.Start, Loop.Worker)));
    }

    [Fact]
    public void Decide_ReopeningTooLate_IsRefusedAndSaysWhy()
    {
        var loop = Loop.In(Stage.Closed);
        loop.Now = loop.One.ClosedAt!.Value.AddDays(7);
        Assert.IsType<Decision.Accepted>(loop.Decide(Loop.Full(CaseStep.Reopen)));
        loop.Now = loop.Now.AddTicks(1);
        var refused = Refused(loop, Loop.Full(CaseStep.Reopen));
        Assert.Equal("It ended on 2026-11-22 12:06 UTC and can be reopened for 168 hours.", refused.Reason);
        Assert.Equal([CaseStep.Rate], refused.Allowed);
    }

    private static Decision.NotAllowed Refused(Loop loop, GridCommand.Step step) => Assert.IsType<Decision.NotAllowed>(loop.Decide(step));

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
