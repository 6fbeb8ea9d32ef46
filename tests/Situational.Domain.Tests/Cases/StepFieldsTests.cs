using System.Collections.Immutable;
using Situational.Domain.Cases;

namespace Situational.Domain.Tests.Cases;

public sealed class StepFieldsTests
{
    [Theory]
    [InlineData(CaseStep.Reject, Stage.Reported)]
    [InlineData(CaseStep.Return, Stage.Dispatched)]
    [InlineData(CaseStep.Rework, Stage.Handled)]
    [InlineData(CaseStep.Suspend, Stage.Accepted)]
    [InlineData(CaseStep.Reopen, Stage.Closed)]
    [InlineData(CaseStep.Escalate, Stage.Handling)]
    public void Decide_WithoutAReason_NamesIt(CaseStep step, Stage stage)
    {
        var loop = Loop.In(stage);
        foreach (var missing in new[] { null, "", " \n" })
        {
            var faulty = Faulty(loop, Loop.Full(step) with { Reason = missing });
            Assert.Equal(("reason", "A reason of 1 to 4,000 characters is needed."), (faulty.Field, faulty.Fault));
        }
        Assert.Equal("reason", Faulty(loop, Loop.Full(step) with { Reason = new string('字', 4_001) }).Field);
        Assert.IsType<Decision.Accepted>(loop.Decide(Loop.Full(step) with { Reason = new string('字', 4_000) }));
    }

    [Fact]
    public void Decide_AResult_NeedsANoteAndTakesNinePhotos()
    {
        var loop = Loop.In(Stage.Handling);
        var handIn = Loop.Full(CaseStep.HandIn, Loop.Worker);
        Assert.Equal("note", Faulty(loop, handIn with { Note = null }).Field);
        var faulty = Faulty(loop, handIn with { Photos = Photos(10) });
        Assert.Equal(("photos", "There may be at most 9 photos."), (faulty.Field, faulty.Fault));
        loop.Do(handIn with { Photos = Photos(9) });
        Assert.Equal(9, loop.One.ResultPhotos.Length);
    }

    [Fact]
    public void Decide_ADispatch_NeedsWhomItIsGivenTo()
    {
        var loop = Loop.In(Stage.Accepted);
        Assert.Equal("assignee", Field(null));
        Assert.Equal("assignee", Field(new Assignee((AssigneeKind)9, "x")));
        Assert.Equal("assignee.id", Field(new Assignee(AssigneeKind.Unit, "")));
        Assert.Equal("assignee.id", Field(new Assignee(AssigneeKind.Squad, new string('x', 65))));
        Assert.Equal("assignee.id", Field(new Assignee(AssigneeKind.Department, "no-such-office")));
        loop.Do(Loop.Full(CaseStep.Dispatch) with { Assignee = new Assignee(AssigneeKind.Department, "water") });
        Assert.Equal(new Assignee(AssigneeKind.Department, "water"), loop.One.Assignee);

        string Field(Assignee? to) => Faulty(loop, Loop.Full(CaseStep.Dispatch) with { Assignee = to }).Field;
    }

    [Fact]
    public void Decide_ASuspension_NeedsAnEndInTheNextYear()
    {
        var loop = Loop.In(Stage.Accepted);
        foreach (var until in new DateTimeOffset?[] { null, loop.Now, loop.Now.AddHours(-1), loop.Now.AddDays(365).AddTicks(1) })
            Assert.Equal("until", Faulty(loop, Loop.Full(CaseStep.Suspend) with { Until = until }).Field);
        Assert.IsType<Decision.Accepted>(loop.Decide(Loop.Full(CaseStep.Suspend) with { Until = loop.Now.AddTicks(1) }));
        Assert.IsType<Decision.Accepted>(loop.Decide(Loop.Full(CaseStep.Suspend) with { Until = loop.Now.AddDays(365) }));
    }

    [Fact]
    public void Decide_AnAcceptance_MayJudgeTheSeverity()
    {
        var loop = Loop.In(Stage.Reported);
        Assert.Equal("severity", Faulty(loop, Loop.Full(CaseStep.Accept) with { Severity = (Severity)5 }).Field);
        loop.Do(Loop.Full(CaseStep.Accept) with { Severity = Severity.Red });
        Assert.Equal((Severity.Red, Severity.Yellow), (loop.One.Severity, loop.One.Report.Severity));
        var unjudged = Loop.In(Stage.Reported);
        unjudged.Do(Loop.Full(CaseStep.Accept));
        Assert.Equal(Severity.Yellow, unjudged.One.Severity);
    }

    [Theory]
    [InlineData(Role.Reporter, "reporter", true)]
    [InlineData(Role.Reporter, "community", false)]
    [InlineData(Role.Department, "department", true)]
    [InlineData(Role.Department, "reporter", false)]
    [InlineData(Role.Supervisor, "supervisor", true)]
    [InlineData(Role.Supervisor, "community", false)]
    [InlineData(Role.Officer, "reporter", true)]
    [InlineData(Role.Officer, "community", true)]
    [InlineData(Role.Officer, "department", true)]
    [InlineData(Role.Officer, "supervisor", false)]
    [InlineData(Role.Officer, "mayor", false)]
    [InlineData(Role.Officer, null, false)]
    public void Decide_ARating_IsOfTheRatersOwnKind(Role role, string? kind, bool allowed)
    {
        var decision = Loop.In(Stage.Closed).Decide(Loop.Full(CaseStep.Rate, new Actor("x", role)) with { RatingKind = kind });
        if (allowed)
            Assert.IsType<Decision.Accepted>(decision);
        else
            Assert.Equal("kind", Assert.IsType<Decision.Faulty>(decision).Field);
    }

    [Fact]
    public void Decide_ARating_IsOneToFiveOnceAPerson()
    {
        var loop = Loop.In(Stage.Closed);
        foreach (var score in new int?[] { null, 0, 6, -1 })
            Assert.Equal("score", Faulty(loop, Loop.Full(CaseStep.Rate) with { Score = score }).Field);
        loop.Do(Loop.Full(CaseStep.Rate, Loop.Reporter));
        Assert.Equal("kind", Faulty(loop, Loop.Full(CaseStep.Rate, Loop.Reporter)).Field);
        for (var i = 1; i < Case.MaxRatings; i++)
            loop.Do(Loop.Full(CaseStep.Rate, new Actor($"reporter-{i}", Role.Reporter)));
        Assert.Equal((16, Stage.Closed), (loop.One.Ratings.Length, loop.One.Stage));
        Assert.Equal("A case has at most 16 ratings.", Assert.IsType<Decision.NotAllowed>(loop.Decide(Loop.Full(CaseStep.Rate, Loop.Supervisor))).Reason);
        Assert.DoesNotContain(Loop.First, loop.State.Open.Keys);
    }

    [Fact]
    public void Decide_InOrder_FirstAsksWhetherItIsKnownThenStaleThenAllowedThenComplete()
    {
        var loop = Loop.In(Stage.Accepted);
        var bare = Loop.Step(CaseStep.Reject) with { IfRevision = 1 };
        Assert.IsType<Decision.UnknownCase>(loop.Decide(bare with { CaseId = Loop.Grid + "-99" }));
        Assert.IsType<Decision.UnknownCase>(loop.Decide(bare with { CaseId = "nonsense" }));
        Assert.Equal(2, Assert.IsType<Decision.Stale>(loop.Decide(bare)).Case.Revision);
        Assert.IsType<Decision.NotAllowed>(loop.Decide(bare with { IfRevision = 2 }));
        Assert.IsType<Decision.Faulty>(loop.Decide(Loop.Step(CaseStep.Suspend) with { IfRevision = 2 }));
        Assert.IsType<Decision.Accepted>(loop.Decide(Loop.Full(CaseStep.Suspend) with { IfRevision = 2 }));
    }

    [Fact]
    public void Decide_TwoOfficersAtOnce_TheSecondGetsThePresentCase()
    {
        var loop = Loop.In(Stage.Reported);
        var seen = loop.One.Revision;
        loop.Do(Loop.Full(CaseStep.Accept) with { IfRevision = seen });
        var stale = Assert.IsType<Decision.Stale>(loop.Decide(Loop.Full(CaseStep.Reject, new Actor("officer-sun", Role.Officer)) with { IfRevision = seen }));
        Assert.Equal((Stage.Accepted, seen + 1), (stale.Case.Stage, stale.Case.Revision));
    }

    [Fact]
    public void Decide_WithAnEndedCaseThatIsNotThisOne_DoesNotKnowIt()
    {
        var loop = Loop.In(Stage.Closed);
        var other = loop.Rows[Loop.First];
        var reopen = Loop.Full(CaseStep.Reopen) with { Ended = other with { Id = Loop.Grid + "-7" } };
        Assert.IsType<Decision.UnknownCase>(GridDecisions.Decide(loop.State, reopen, loop.Now, loop.By));
        Assert.IsType<Decision.UnknownCase>(GridDecisions.Decide(loop.State, reopen with { Ended = null }, loop.Now, loop.By));
        Assert.IsType<Decision.UnknownCase>(GridDecisions.Decide(loop.State, reopen with { Ended = other with { Stage = Stage.Handling } }, loop.Now, loop.By));
        var elsewhere = GridDecisions.Decide(loop.State, reopen with { Ended = other with { Grid = "330106001001002" } }, loop.Now, loop.By);
        Assert.Equal("330106001001002", Assert.IsType<Decision.Elsewhere>(elsewhere).Grid);
    }

    [Fact]
    public void Decide_AReopening_NeedsRoomAndBeginsAnew()
    {
        var loop = Loop.In(Stage.Closed);
        loop.Do(Loop.Full(CaseStep.Rate));
        loop.By = Loop.Rules with { MaxOpenCases = 1 };
        var full = Assert.IsType<Decision.NotAllowed>(loop.Decide(Loop.Full(CaseStep.Reopen)));
        Assert.Contains("1 open cases", full.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(CaseStep.Reopen, full.Allowed);
        loop.By = Loop.Rules;
        var revision = loop.One.Revision;
        loop.Do(Loop.Full(CaseStep.Reopen), 60);
        Assert.Equal((Stage.Accepted, 1, revision + 1), (loop.One.Stage, loop.One.Reopenings, loop.One.Revision));
        Assert.Equal((null, null, null, null, null), (loop.One.ClosedAt, loop.One.OnTime, loop.One.LimitEndedAt, loop.One.Assignee, loop.One.HandedInBy));
        Assert.Empty(loop.One.Ratings);
        Assert.All(loop.One.Clocks, clock => Assert.Equal(loop.Now, clock.StartedAt));
        Assert.Equal(2, loop.One.Clocks.Length);
        Assert.Equal([Stage.Closed, Stage.Accepted], loop.One.Path[^2..].Select(p => p.Stage));
    }

    private static Decision.Faulty Faulty(Loop loop, GridCommand.Step step) => Assert.IsType<Decision.Faulty>(loop.Decide(step));

    private static ImmutableArray<string> Photos(int count) => [.. Enumerable.Range(0, count).Select(i => $"p{i}")];
}
