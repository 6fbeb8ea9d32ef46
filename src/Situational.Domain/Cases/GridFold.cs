namespace Situational.Domain.Cases;

/// <summary>What events make of a grid. Pure: the same events give the same state, always.</summary>
public static class GridFold
{
    /// <summary>The state after an event.</summary>
    /// <exception cref="GridHistoryException">The event cannot follow on that state.</exception>
    public static GridState Apply(GridState state, GridEvent happened) => Apply(state, happened, null, out _);

    /// <summary>The state after events, oldest first.</summary>
    /// <exception cref="GridHistoryException">An event cannot follow on those before it.</exception>
    public static GridState Apply(GridState state, IReadOnlyList<GridEvent> happened)
    {
        for (var i = 0; i < happened.Count; i++)
            state = Apply(state, happened[i]);
        return state;
    }

    /// <summary>The state after an event, and its case as far as it is known.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="happened">The event.</param>
    /// <param name="ended">The case before, if it had ended and is known: a grid's state holds open cases only.</param>
    /// <param name="after">The case after; null when it had ended and is not known, or is another grid's now.</param>
    internal static GridState Apply(GridState state, GridEvent happened, Case? ended, out Case? after)
    {
        var version = state.Version + 1;
        var id = CaseFold.CaseIdOf(happened);
        var open = state.Open.GetValueOrDefault(id);
        after = null;
        switch (happened)
        {
            case CaseOpened:
                if (!CaseId.TryParse(id, out var grid, out var number) || grid != state.Grid || number <= state.LastCaseNumber)
                    throw new GridHistoryException(state.Grid, version, $"case id {id} does not follow on number {state.LastCaseNumber}.");
                state = state with { LastCaseNumber = number };
                break;
            case CaseRated when open is null:
                after = ended is null ? null : CaseFold.Apply(state.Grid, ended, happened);
                return state with { Version = version };
            case CaseReopened or CaseArrived when open is not null || state.Outbound.ContainsKey(id):
                throw new GridHistoryException(state.Grid, version, $"{happened.GetType().Name}: case {id} is open here or on its way.");
            case HandoverEnded end:
                if (!state.Outbound.ContainsKey(id))
                    throw new GridHistoryException(state.Grid, version, $"case {id} is not on its way.");
                state = state with { Outbound = state.Outbound.Remove(id) };
                if (end.Taken)
                    return state with { Version = version };
                break;
        }
        after = CaseFold.Apply(state.Grid, open, happened)
            ?? throw new GridHistoryException(state.Grid, version, $"{happened.GetType().Name} cannot concern case {id} as it stands.");
        state = state with
        {
            Version = version,
            Open = after.IsOpen && happened is not CaseDeparted ? state.Open.SetItem(id, after) : state.Open.Remove(id),
        };
        return happened switch
        {
            CaseOpened e => Taken(e.Spot is null ? state : GridBounds.Noted(state, new SpotTime(e.Spot.Unit, e.At)), e.At),
            ReportJoined { FromCase: null } => Taken(state, happened.At),
            ReportJoined { FromGrid: not null, FromCase: { } merged } => GridBounds.Arrived(state, merged, int.MaxValue),
            CaseArrived e => GridBounds.Arrived(state, id, e.Case.Hops),
            CaseDeparted e => Outbound(state, new Handover(HandoverKind.Move, e.ToGrid, e.TerritoryVersion, open!, null, Actor.System)),
            CaseMerged e when e.IntoGrid != state.Grid =>
                Outbound(state, new Handover(HandoverKind.Merge, e.IntoGrid, open!.TerritoryVersion, open, e.Into, e.By)),
            _ => state,
        };
    }

    private static GridState Taken(GridState state, DateTimeOffset at) =>
        state with { LastReportAt = state.LastReportAt > at ? state.LastReportAt : at };

    private static GridState Outbound(GridState state, Handover handover) =>
        state with { Outbound = state.Outbound.SetItem(handover.Case.Id, handover) };
}
