using Situational.Domain.Cases;
using Situational.Domain.Catalogue;

namespace Situational.Domain.Tests.Cases;

public sealed class GridDecisionsTests
{
    private const string Grid = "330106001001001";
    private static readonly GridState Empty = GridState.Empty(Grid);
    private static readonly LoopRules Rules = new(CityRules.Default, 100, ["330106001001", "330106001", "330106", "3301"]);
    private static readonly Actor Officer = new("wang", Role.Officer);
    private static readonly Actor Worker = new("li", Role.Worker);

    [Fact]
    public void Decide_Report_OpensTheNextCaseOfTheGrid()
    {
        var first = Accepted(Empty, Open());
        Assert.Equal(($"{Grid}-1", Stage.Reported, Reports.Noon), (first.Case!.Id, first.Case!.Stage, first.Case!.ReportedAt));
        Assert.Equal((1, 1, Reports.Noon), (first.After.Version, first.After.LastCaseNumber, first.After.LastReportAt));
        Assert.Equal($"{Grid}-2", Accepted(first.After, Open()).Case!.Id);
    }

    [Fact]
    public void Decide_ReportAfterAllEnded_NeverUsesANumberAgain()
    {
        var state = Accepted(Empty, Open()).After;
        state = Accepted(state, Step(CaseStep.Reject) with { Reason = "not ours" }).After;
        Assert.Empty(state.Open);
        Assert.Equal($"{Grid}-2", Accepted(state, Open()).Case!.Id);
    }

    [Fact]
    public void Decide_TheLine_GoesFromReportToRating()
    {
        var state = Accepted(Empty, Open()).After;
        Case one = state.Open[$"{Grid}-1"];
        var minutes = 0;
        foreach (var (step, stage) in new (GridCommand.Step, Stage)[]
        {
            (Step(CaseStep.Accept) with { Severity = Severity.Red }, Stage.Accepted),
            (Step(CaseStep.Dispatch) with { Assignee = new Assignee(AssigneeKind.Unit, "u1") }, Stage.Dispatched),
            (Step(CaseStep.Start, Worker), Stage.Handling),
            (Step(CaseStep.HandIn, Worker) with { Note = "done", Photos = ["p"] }, Stage.Handled),
            (Step(CaseStep.Rework) with { Reason = "still there" }, Stage.Rework),
            (Step(CaseStep.Start, Worker), Stage.Handling),
            (Step(CaseStep.HandIn, Worker) with { Note = "done now" }, Stage.Handled),
            (Step(CaseStep.Verify), Stage.Verified),
            (Step(CaseStep.Close), Stage.Closed),
        })
        {
            var accepted = Accepted(state, step, Reports.Noon.AddMinutes(++minutes));
            (state, one) = (accepted.After, accepted.Case!);
            Assert.Equal((stage, step.What), (one.Stage, ((CaseStepped)accepted.Events[^1]).Step));
        }
        Assert.Empty(state.Open);
        Assert.Equal((true, 2, 1, Severity.Red, "done now"), (one.OnTime, one.HandIns, one.Reworks, one.Severity, one.Note));
        var rated = Accepted(state, Step(CaseStep.Rate) with { RatingKind = "community", Score = 5, Ended = one }).Case!;
        Assert.Equal(5, Assert.Single(rated.Ratings).Score);
        var reopened = Accepted(state, Step(CaseStep.Reopen) with { Reason = "back again", Ended = rated });
        Assert.Equal((Stage.Accepted, 1), (reopened.Case!.Stage, reopened.Case.Reopenings));
        Assert.Single(reopened.After.Open);
    }

    [Fact]
    public void Decide_GridAtItsBound_RefusesTheNextReportOnly()
    {
        var rules = Rules with { MaxOpenCases = 2 };
        var state = Accepted(Accepted(Empty, Open()).After, Open()).After;
        Assert.Equal(2, Assert.IsType<Decision.GridFull>(GridDecisions.Decide(state, Open(), Reports.Noon, rules)).MaxOpenCases);
        var after = Accepted(state, Step(CaseStep.Reject) with { Reason = "not ours" }).After;
        Assert.IsType<Decision.Accepted>(GridDecisions.Decide(after, Open(), Reports.Noon, rules));
    }

    [Trait("Fault", "15")]
    [Fact]
    public void Decide_AClockSetBack_NeitherRenumbersNorReorders()
    {
        var first = Accepted(Empty, Open(), Reports.Noon);
        var second = Accepted(first.After, Open(), Reports.Noon.AddHours(-1));
        Assert.Equal(($"{Grid}-2", 2L), (second.Case!.Id, second.After.Version));
        Assert.Equal(Reports.Noon, second.After.LastReportAt);
    }

    [Fact]
    public void Apply_AnEventThatCannotFollow_NamesThePlace()
    {
        var fault = Assert.Throws<GridHistoryException>(() => GridFold.Apply(Empty, new CaseStarted(Reports.Noon, $"{Grid}-1", null)));
        Assert.Equal((Grid, 1L), (fault.Grid, fault.Version));
        var one = GridFold.Apply(Empty, new CaseOpened(Reports.Noon, $"{Grid}-1", 1, Reports.Of(Severity.Red)));
        Assert.Throws<GridHistoryException>(() => GridFold.Apply(one, new CaseOpened(Reports.Noon, $"{Grid}-1", 1, Reports.Of(Severity.Red))));
        Assert.Throws<GridHistoryException>(() => GridFold.Apply(one, new CaseOpened(Reports.Noon, "elsewhere-2", 1, Reports.Of(Severity.Red))));
    }

    [Theory]
    [InlineData("330106001001001-1", "330106001001001", 1)]
    [InlineData("a-b-12", "a-b", 12)]
    public void TryParse_AnId_IsTakenApart(string id, string grid, int number)
    {
        Assert.True(CaseId.TryParse(id, out var foundGrid, out var foundNumber));
        Assert.Equal((grid, number), (foundGrid, foundNumber));
        Assert.Equal(id, CaseId.Of(grid, number));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("330106")]
    [InlineData("330106-")]
    [InlineData("330106-0")]
    [InlineData("330106-01")]
    [InlineData("330106-1x")]
    [InlineData("330106-99999999999")]
    [InlineData("330106-１")]
    public void TryParse_NoId_IsRefused(string id) => Assert.False(CaseId.TryParse(id, out _, out _));

    private static GridCommand.Open Open() => new(Reports.Of(Severity.Yellow), 1, Actor.System);

    private static GridCommand.Step Step(CaseStep what, Actor? by = null) => new($"{Grid}-1", what, by ?? Officer);

    private static Decision.Accepted Accepted(GridState state, GridCommand command, DateTimeOffset? at = null) =>
        Assert.IsType<Decision.Accepted>(GridDecisions.Decide(state, command, at ?? Reports.Noon, Rules));
}
