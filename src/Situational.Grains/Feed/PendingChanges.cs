using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Situational.Grains.Messages;

namespace Situational.Grains.Feed;

/// <summary>At most one waiting change a grid, in order of the grids' first change. Not safe for several threads.</summary>
internal sealed class PendingChanges
{
    private readonly Dictionary<string, PendingChange> _byGrid = new(StringComparer.Ordinal);

    /// <summary>Grids of which something waits.</summary>
    public int Count => _byGrid.Count;

    /// <summary>Puts a change in, merged with what waits of its grid.</summary>
    public void Add(GridChange change)
    {
        if (_byGrid.TryGetValue(change.Grid, out var pending))
            pending.Merge(change);
        else
            _byGrid.Add(change.Grid, new PendingChange(change));
    }

    /// <summary>Puts many in.</summary>
    public void Add(ImmutableArray<GridChange> changes)
    {
        foreach (var change in changes)
            Add(change);
    }

    /// <summary>Takes everything out.</summary>
    public ImmutableArray<GridChange> Take()
    {
        if (_byGrid.Count == 0)
            return [];
        var changes = new GridChange[_byGrid.Count];
        var i = 0;
        foreach (var pending in _byGrid.Values)
            changes[i++] = pending.ToChange();
        _byGrid.Clear();
        return ImmutableCollectionsMarshal.AsImmutableArray(changes);
    }
}
