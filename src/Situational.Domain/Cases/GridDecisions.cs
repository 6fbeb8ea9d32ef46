namespace Situational.Domain.Cases;

/// <summary>Decides what a command does to a grid. Pure: it neither writes nor looks at a clock.</summary>
public static class GridDecisions
{
    /// <summary>Default of the bound on open cases in one grid.</summary>
    public const int DefaultMaxOpenCases = 10_000;

    /// <summary>Decides a command.</summary>
    /// <param name="state">The grid as it stands.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="now">The time the decision bears, UTC.</param>
    /// <param name="maxOpenCases">How many open cases the grid may hold, from 1.</param>
    public static Decision Decide(GridState state, GridCommand command, DateTimeOffset now, int maxOpenCases) => command switch
    {
        GridCommand.Open open => DecideOpen(state, open, now, maxOpenCases),
        GridCommand.Step step => DecideStep(state, step, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No such command is known."),
    };

    private static Decision DecideOpen(GridState state, GridCommand.Open open, DateTimeOffset now, int maxOpenCases)
    {
        if (state.Open.Count >= maxOpenCases)
            return new Decision.GridFull(maxOpenCases);
        var id = CaseId.Of(state.Grid, state.LastCaseNumber + 1);
        return Accept(state, new CaseOpened(now, id, open.TerritoryVersion, open.Report), null);
    }

    private static Decision DecideStep(GridState state, GridCommand.Step step, DateTimeOffset now)
    {
        if (!state.Open.TryGetValue(step.CaseId, out var found))
            return new Decision.UnknownCase();
        var allowed = CaseSteps.AllowedFrom(found.Stage);
        if (!allowed.Contains(step.What))
            return new Decision.NotAllowed(found, "The case's stage does not allow that.", allowed);
        return Accept(
            state,
            step.What == CaseStep.Start ? new CaseStarted(now, found.Id, step.Note) : new CaseClosed(now, found.Id, step.Note),
            found);
    }

    private static Decision.Accepted Accept(GridState state, GridEvent happened, Case? before)
    {
        var after = CaseFold.Apply(state.Grid, before, happened)
            ?? throw new InvalidOperationException($"{happened.GetType().Name} was decided but cannot be applied.");
        return new Decision.Accepted([happened], after, [after], GridFold.Apply(state, happened));
    }
}
