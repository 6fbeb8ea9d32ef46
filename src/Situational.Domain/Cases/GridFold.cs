namespace Situational.Domain.Cases;

/// <summary>What events make of a grid. Pure: the same events give the same state, always.</summary>
public static class GridFold
{
    /// <summary>The state after an event.</summary>
    /// <exception cref="GridHistoryException">The event cannot follow on that state.</exception>
    public static GridState Apply(GridState state, GridEvent happened)
    {
        var version = state.Version + 1;
        var id = CaseFold.CaseIdOf(happened);
        var after = CaseFold.Apply(state.Grid, state.Open.GetValueOrDefault(id), happened)
            ?? throw new GridHistoryException(state.Grid, version, $"{happened.GetType().Name} cannot concern case {id} as it stands.");
        if (happened is not CaseOpened)
            return state with
            {
                Version = version,
                Open = after.Stage == Stage.Closed ? state.Open.Remove(id) : state.Open.SetItem(id, after),
            };
        if (!CaseId.TryParse(id, out var grid, out var number) || grid != state.Grid || number <= state.LastCaseNumber)
            throw new GridHistoryException(state.Grid, version, $"case id {id} does not follow on number {state.LastCaseNumber}.");
        return state with
        {
            Version = version,
            LastCaseNumber = number,
            Open = state.Open.Add(id, after),
            LastReportAt = state.LastReportAt > happened.At ? state.LastReportAt : happened.At,
        };
    }

    /// <summary>The state after events, oldest first.</summary>
    /// <exception cref="GridHistoryException">An event cannot follow on those before it.</exception>
    public static GridState Apply(GridState state, IReadOnlyList<GridEvent> happened)
    {
        for (var i = 0; i < happened.Count; i++)
            state = Apply(state, happened[i]);
        return state;
    }
}
