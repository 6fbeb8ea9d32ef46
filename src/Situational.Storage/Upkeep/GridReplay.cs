using Situational.Domain.Cases;

namespace Situational.Storage.Upkeep;

/// <summary>A grid's history folded from its first event: the grid's state, and every case that it ever had as it was last here.</summary>
internal sealed class GridReplay(string grid)
{
    private readonly Dictionary<string, Case> _cases = new(StringComparer.Ordinal);

    public GridState State { get; private set; } = GridState.Empty(grid);

    /// <summary>Every case by its id, also those that have ended or left.</summary>
    public IReadOnlyDictionary<string, Case> Cases => _cases;

    /// <summary>Folds the next event in.</summary>
    /// <exception cref="GridHistoryException">It cannot follow on those before it.</exception>
    public void Apply(GridEvent happened)
    {
        var id = CaseFold.CaseIdOf(happened);
        State = GridFold.Apply(State, happened);
        // A case that is not open here any more is no part of the state.
        if ((State.Open.GetValueOrDefault(id) ?? CaseFold.Apply(grid, _cases.GetValueOrDefault(id), happened)) is { } after)
            _cases[id] = after;
    }
}
