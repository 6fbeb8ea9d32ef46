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
}
