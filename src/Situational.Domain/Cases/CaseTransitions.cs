using System.Collections.Immutable;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Cases;

/// <summary>
/// The loop as one table: the only place that says which step leads where, who may take it, what it needs and which clocks it moves. Decisions
/// read it, <c>docs/cases.md</c> is printed from it.
/// </summary>
public static class CaseTransitions
{
    private static readonly ImmutableArray<Role> Officer = [Role.Officer];
    private static readonly ImmutableArray<Role> Judges = [Role.Officer, Role.Supervisor];
    private static readonly ImmutableArray<Role> Handlers = [Role.Worker, Role.Department, Role.Officer];

    private static readonly ImmutableArray<Stage> Open =
    [
        Stage.Reported, Stage.Accepted, Stage.Dispatched, Stage.Handling, Stage.Handled, Stage.Verified, Stage.Returned, Stage.Rework,
        Stage.Suspended,
    ];

    private static readonly ImmutableArray<Stage> FromAccepted = Open.Remove(Stage.Reported);

    /// <summary>The rows, along the line first. A step has more than one row only if they differ in more than the stage.</summary>
    public static ImmutableArray<CaseTransition> Rows { get; } =
    [
        new(CaseStep.Accept, [Stage.Reported], Stage.Accepted, Officer)
            { Takes = [StepField.Severity, StepField.Note], Starts = [ClockKind.Dispatch], Ends = [ClockKind.Accept] },
        new(CaseStep.Reject, [Stage.Reported], Stage.Rejected, Officer)
            { Needs = [StepField.Reason], Takes = [StepField.Note], AllClocks = ClockEffect.End },
        new(CaseStep.Dispatch, [Stage.Accepted, Stage.Returned], Stage.Dispatched, Officer)
            { Needs = [StepField.Assignee], Takes = [StepField.Note], Starts = [ClockKind.Handle], Ends = [ClockKind.Dispatch] },
        new(CaseStep.Return, [Stage.Dispatched, Stage.Handling], Stage.Returned, Handlers)
        {
            Needs = [StepField.Reason], Takes = [StepField.Note], Starts = [ClockKind.Dispatch], Ends = [ClockKind.Handle],
            Only = CaseCondition.OwnDepartment,
        },
        new(CaseStep.Start, [Stage.Dispatched, Stage.Rework], Stage.Handling, Handlers)
            { Takes = [StepField.Note], Only = CaseCondition.OwnDepartment },
        new(CaseStep.HandIn, [Stage.Handling], Stage.Handled, Handlers)
        {
            Needs = [StepField.Note], Takes = [StepField.Photos, StepField.Unit], Starts = [ClockKind.Verify], Ends = [ClockKind.Handle],
            Only = CaseCondition.OwnDepartment,
        },
        new(CaseStep.Verify, [Stage.Handled], Stage.Verified, Judges)
            { Takes = [StepField.Note], Ends = [ClockKind.Verify], Only = CaseCondition.NotOwnResult },
        new(CaseStep.Rework, [Stage.Handled], Stage.Rework, Judges)
        {
            Needs = [StepField.Reason], Takes = [StepField.Note], Starts = [ClockKind.Handle], Ends = [ClockKind.Verify],
            Only = CaseCondition.NotOwnResult,
        },
        new(CaseStep.Close, [Stage.Verified], Stage.Closed, Officer) { Takes = [StepField.Note], AllClocks = ClockEffect.End },
        new(CaseStep.Close, [Stage.Handled], Stage.Closed, Officer)
            { Takes = [StepField.Note], AllClocks = ClockEffect.End, Only = CaseCondition.PlainSpot },
        new(CaseStep.Rate, [Stage.Closed], null, [Role.Reporter, Role.Department, Role.Officer, Role.Supervisor])
            { Needs = [StepField.RatingKind, StepField.Score], Takes = [StepField.Note], Only = CaseCondition.RatingsLeft },
        new(CaseStep.Reopen, [Stage.Closed, Stage.Rejected], Stage.Accepted, Judges)
            { Needs = [StepField.Reason], Starts = [ClockKind.Dispatch, ClockKind.Close], Only = CaseCondition.EndedLately },
        new(CaseStep.Suspend, [Stage.Accepted, Stage.Dispatched, Stage.Handling, Stage.Returned, Stage.Rework], Stage.Suspended, Officer)
            { Needs = [StepField.Reason, StepField.Until], Takes = [StepField.Note], AllClocks = ClockEffect.Stop },
        new(CaseStep.Resume, [Stage.Suspended], null, [Role.Officer, Role.System])
            { Takes = [StepField.Note], AllClocks = ClockEffect.Resume },
        new(CaseStep.Merge, Open, Stage.Merged, Officer)
            { Needs = [StepField.Into], Takes = [StepField.Note], AllClocks = ClockEffect.End },
        new(CaseStep.KeepApart, Open, null, Officer) { Needs = [StepField.Apart], Takes = [StepField.Note], Only = CaseCondition.Proposed },
        new(CaseStep.Escalate, Open, null, [Role.Officer, Role.Supervisor, Role.System])
            { Needs = [StepField.Reason], Only = CaseCondition.BelowTop },
        new(CaseStep.Blow, FromAccepted, null, Officer)
            { Needs = [StepField.WhistleKind, StepField.Departments], Takes = [StepField.Note], Only = CaseCondition.WhistlesLeft },
        new(CaseStep.Muster, FromAccepted, null, [Role.Department, Role.Officer, Role.Supervisor])
            { Needs = [StepField.Muster], Takes = [StepField.Note, StepField.Unit], Only = CaseCondition.Called },
    ];

    /// <summary>The clocks that start when a case is reported, and when it is fixed on the spot.</summary>
    public static ImmutableArray<ClockKind> StartsWithReport { get; } = [ClockKind.Accept, ClockKind.Close];

    /// <summary>The clocks that start when a case is reported as fixed on the spot.</summary>
    public static ImmutableArray<ClockKind> StartsOnTheSpot { get; } = [ClockKind.Verify, ClockKind.Close];

    /// <summary>Who may report a case as fixed on the spot.</summary>
    public static ImmutableArray<Role> MayFixOnTheSpot { get; } = [Role.Worker, Role.Department, Role.Officer, Role.System];
}
