using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Situational.Domain.Cases;

namespace Situational.Domain.Tests.Cases;

public sealed class GridDecisionsTests
{
    private const string Grid = "330106001001001";
    private static readonly GridState Empty = GridState.Empty(Grid);

    [Fact]
    public void Decide_Report_OpensTheNextCaseOfTheGrid()
    {
        var first = Accepted(Empty, Open());
        Assert.Equal(($"{Grid}-1", Stage.Reported, Reports.Noon), (first.Case!.Id, first.Case!.Stage, first.Case!.ReportedAt));
        Assert.Equal((1, 1, Reports.Noon), (first.After.Version, first.After.LastCaseNumber, first.After.LastReportAt));
        Assert.Equal($"{Grid}-2", Accepted(first.After, Open()).Case!.Id);
    }

    [Fact]
    public void Decide_ReportAfterAllWereClosed_NeverUsesANumberAgain()
    {
        var state = Accepted(Empty, Open()).After;
        state = Accepted(state, Step(CaseStep.Close)).After;
        Assert.Empty(state.Open);
        Assert.Equal($"{Grid}-2", Accepted(state, Open()).Case!.Id);
    }

    [Fact]
    public void Decide_StartThenClose_GoesThroughTheStages()
    {
        var state = Accepted(Empty, Open()).After;
        var started = Accepted(state, Step(CaseStep.Start, "on my way"), Reports.Noon.AddMinutes(1));
        Assert.Equal((Stage.Handling, Reports.Noon.AddMinutes(1), "on my way"), (started.Case!.Stage, started.Case!.StartedAt, started.Case!.Note));
        var closed = Accepted(started.After, Step(CaseStep.Close), Reports.Noon.AddMinutes(9));
        Assert.Equal((Stage.Closed, Reports.Noon.AddMinutes(9), "on my way"), (closed.Case!.Stage, closed.Case!.ClosedAt, closed.Case!.Note));
        Assert.Equal(Reports.Noon, closed.Case!.ReportedAt);
        Assert.Empty(closed.After.Open);
        Assert.Equal(3, closed.After.Version);
    }

    [Fact]
    public void Decide_CloseFromReported_IsAllowed() =>
        Assert.Equal(Stage.Closed, Accepted(Accepted(Empty, Open()).After, Step(CaseStep.Close)).Case!.Stage);

    [Fact]
    public void Decide_StartTwice_IsRefusedAndSaysWhatIsAllowed()
    {
        var state = Accepted(Accepted(Empty, Open()).After, Step(CaseStep.Start)).After;
        var refused = Assert.IsType<Decision.NotAllowed>(Decide(state, Step(CaseStep.Start)));
        Assert.Equal(Stage.Handling, refused.Case!.Stage);
        Assert.Equal([CaseStep.Close], refused.Allowed);
    }

    [Fact]
    public void Decide_StepOnACaseThatIsNotOpen_IsUnknown()
    {
        Assert.IsType<Decision.UnknownCase>(Decide(Empty, Step(CaseStep.Start)));
        var closed = Accepted(Accepted(Empty, Open()).After, Step(CaseStep.Close)).After;
        Assert.IsType<Decision.UnknownCase>(Decide(closed, Step(CaseStep.Close)));
    }

    [Fact]
    public void Decide_GridAtItsBound_RefusesTheNextReportOnly()
    {
        var state = Accepted(Accepted(Empty, Open()).After, Open()).After;
        Assert.Equal(2, Assert.IsType<Decision.GridFull>(GridDecisions.Decide(state, Open(), Reports.Noon, 2)).MaxOpenCases);
        var closed = Assert.IsType<Decision.Accepted>(GridDecisions.Decide(state, Step(CaseStep.Close), Reports.Noon, 2)).After;
        Assert.IsType<Decision.Accepted>(GridDecisions.Decide(closed, Open(), Reports.Noon, 2));
    }

    [Fact]
    public void Decide_AClockSetBack_NeitherRenumbersNorReorders()
    {
        var first = Accepted(Empty, Open(), Reports.Noon);
        var second = Accepted(first.After, Open(), Reports.Noon.AddHours(-1));
        Assert.Equal(($"{Grid}-2", 2L), (second.Case!.Id, second.After.Version));
        Assert.Equal(Reports.Noon, second.After.LastReportAt);
    }

    [Fact]
    public void Apply_EventsOfAnyRunOfCommands_GiveTheStateThatWasDecided()
    {
        var commands = Gen.Choose(0, 2).SelectMany(kind => Gen.Choose(1, 12).Select(number => kind switch
        {
            0 => Open(),
            1 => new GridCommand.Step(CaseId.Of(Grid, number), CaseStep.Start, Actor.System),
            _ => new GridCommand.Step(CaseId.Of(Grid, number), CaseStep.Close, Actor.System) { Note = "done" },
        }));
        Prop.ForAll(commands.ListOf().ToArbitrary(), run =>
        {
            var decided = Empty;
            var events = new List<GridEvent>();
            var cases = new Dictionary<string, Case>();
            foreach (var command in run)
                if (GridDecisions.Decide(decided, command, Reports.Noon.AddSeconds(events.Count), 8) is Decision.Accepted accepted)
                {
                    decided = accepted.After;
                    events.AddRange(accepted.Events);
                    cases[accepted.Case!.Id] = accepted.Case!;
                }
            var folded = GridFold.Apply(Empty, events);
            Assert.Equal(events.Count, folded.Version);
            Assert.Equal(decided.LastCaseNumber, folded.LastCaseNumber);
            Assert.InRange(folded.Open.Count, 0, 8);
            Assert.Equal(
                cases.Values.Where(c => c.Stage != Stage.Closed).OrderBy(c => c.Id, StringComparer.Ordinal),
                folded.Open.Values.OrderBy(c => c.Id, StringComparer.Ordinal));
        }).QuickCheckThrowOnFailure();
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

    [Fact]
    public void Events_ThroughTheirStoredForm_ComeBackTheSame()
    {
        GridEvent[] events =
        [
            new CaseOpened(Reports.Noon, $"{Grid}-1", 1, Reports.Of(Severity.Orange)), new CaseStarted(Reports.Noon, $"{Grid}-1", "n"),
            new CaseClosed(Reports.Noon, $"{Grid}-1", null),
        ];
        var stored = JsonSerializer.Serialize(events);
        Assert.Contains("case-opened", stored, StringComparison.Ordinal);
        var back = JsonSerializer.Deserialize<GridEvent[]>(stored)!;
        Assert.Equal(GridFold.Apply(Empty, events).Version, GridFold.Apply(Empty, back).Version);
        Assert.Equal(events[1..], back[1..]);
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

    private static GridCommand Open() => new GridCommand.Open(Reports.Of(Severity.Yellow), 1, Actor.System);

    private static GridCommand Step(CaseStep what, string? note = null) => new GridCommand.Step($"{Grid}-1", what, Actor.System) { Note = note };

    private static Decision Decide(GridState state, GridCommand command) => GridDecisions.Decide(state, command, Reports.Noon, 100);

    private static Decision.Accepted Accepted(GridState state, GridCommand command, DateTimeOffset? at = null) =>
        Assert.IsType<Decision.Accepted>(GridDecisions.Decide(state, command, at ?? Reports.Noon, 100));
}
