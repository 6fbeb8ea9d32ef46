namespace Situational.Domain.Cases;

/// <summary>Decides what a command does to a grid. Pure: it neither writes nor looks at a clock.</summary>
public static class GridDecisions
{
    /// <summary>Default of the bound on open cases in one grid.</summary>
    public const int DefaultMaxOpenCases = LoopRules.DefaultMaxOpenCases;

    /// <summary>Decides a command.</summary>
    /// <param name="state">The grid as it stands.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="now">The time the decision bears, UTC. May be before the last one, when a clock was set back: then nothing happens twice.</param>
    /// <param name="rules">What the grid decides by.</param>
    public static Decision Decide(GridState state, GridCommand command, DateTimeOffset now, LoopRules rules) => command switch
    {
        GridCommand.Open open => OpenDecisions.Decide(state, open, now, rules),
        GridCommand.Step step => StepDecisions.Decide(state, step, now, rules),
        GridCommand.Tick tick => TimeDecisions.Tick(state, tick, now, rules),
        GridCommand.Depart depart => HandoverDecisions.Depart(state, depart, now),
        GridCommand.Arrive arrive => HandoverDecisions.Arrive(state, arrive, now, rules),
        GridCommand.EndHandover end => HandoverDecisions.End(state, end, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No such command is known."),
    };

    /// <summary>Decides reports, starts and closings without rules: for callers that have none yet.</summary>
    /// <param name="state">The grid as it stands.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="now">The time the decision bears, UTC.</param>
    /// <param name="maxOpenCases">How many open cases the grid may hold, from 1.</param>
    public static Decision Decide(GridState state, GridCommand command, DateTimeOffset now, int maxOpenCases)
    {
        var draft = new Draft(state);
        switch (command)
        {
            case GridCommand.Open when state.Open.Count >= maxOpenCases:
                return new Decision.GridFull(maxOpenCases);
            case GridCommand.Open open:
                var id = CaseId.Of(state.Grid, state.LastCaseNumber + 1);
                draft.Add(new CaseOpened(now, id, open.TerritoryVersion, open.Report));
                return draft.Decide(id);
            case GridCommand.Step step when !state.Open.ContainsKey(step.CaseId):
                return new Decision.UnknownCase();
            case GridCommand.Step { What: CaseStep.Start } step when state.Open[step.CaseId].Stage == Stage.Reported:
                draft.Add(new CaseStarted(now, step.CaseId, step.Note));
                return draft.Decide(step.CaseId);
            case GridCommand.Step { What: CaseStep.Close } step:
                draft.Add(new CaseClosed(now, step.CaseId, step.Note));
                return draft.Decide(step.CaseId);
            case GridCommand.Step step:
                return new Decision.NotAllowed(state.Open[step.CaseId], "The case's stage does not allow that.", [CaseStep.Close]);
            default:
                throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No such command is known.");
        }
    }
}
