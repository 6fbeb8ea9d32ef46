using Situational.Domain.Cases;

namespace Situational.Storage.Upkeep;

/// <summary>A grid's history folded from its first event: the grid's state, and every case that it ever had as it was last here.</summary>
internal sealed class GridReplay(string grid)
{
    private readonly Dictionary<string, Case> _cases = new(StringComparer.Ordinal);
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);

    public GridState State { get; private set; } = GridState.Empty(grid);

    /// <summary>Every case by its id, also those that have ended or left.</summary>
    public IReadOnlyDictionary<string, Case> Cases => _cases;

    /// <summary>Whether a case went to another grid and did not come back.</summary>
    public bool HasLeft(string id) => _left.Contains(id);

    /// <summary>Whether the grid that a case went to has said that it has it.</summary>
    public bool WasTaken(string id) => _left.Contains(id) && !State.Outbound.ContainsKey(id);

    /// <summary>Folds the next event in.</summary>
    /// <exception cref="GridHistoryException">It cannot follow on those before it.</exception>
    public void Apply(GridEvent happened)
    {
        var id = CaseFold.CaseIdOf(happened);
        State = GridFold.Apply(State, happened);
        if (happened is CaseDeparted)
            _left.Add(id);
        else if (happened is CaseArrived or HandoverEnded { Taken: false })
            _left.Remove(id);
        // A case that is not open here any more is no part of the state.
        if ((State.Open.GetValueOrDefault(id) ?? CaseFold.Apply(grid, _cases.GetValueOrDefault(id), happened)) is { } after)
            _cases[id] = after;
    }
}
