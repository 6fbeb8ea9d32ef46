using System.Collections.Concurrent;
using Situational.Grains.Feed;
using Situational.Grains.Messages;

namespace Situational.Grains.Tests.Support;

/// <summary>Keeps what grids publish, and checks that their revisions form one unbroken line.</summary>
internal sealed class CatchingOutbox : IFeedOutbox
{
    private readonly ConcurrentQueue<GridChange> _changes = new();
    private readonly ConcurrentDictionary<string, GridChange> _newest = new();

    /// <summary>What was last noted of the store; null before anything was.</summary>
    public bool? StoreAway { get; private set; }

    /// <summary>Everything, in the order in which it was published.</summary>
    public IReadOnlyList<GridChange> All => [.. _changes];

    public IReadOnlyList<GridChange> Of(string grid) => [.. _changes.Where(c => c.Grid == grid)];

    public GridChange? Newest(string grid) => _newest.GetValueOrDefault(grid);

    public void Publish(GridChange change)
    {
        _changes.Enqueue(change);
        _newest[change.Grid] = change;
    }

    public void NoteStore(bool away) => StoreAway = away;

    public void Clear() => _changes.Clear();

    /// <summary>The units of a grid as a live view would hold them.</summary>
    public IReadOnlyDictionary<string, UnitRow> UnitsOf(string grid)
    {
        var units = new Dictionary<string, UnitRow>();
        foreach (var change in Of(grid))
        {
            if (change.Full)
                units.Clear();
            foreach (var row in change.Units)
                units[row.Unit] = row;
            foreach (var left in change.Left)
                units.Remove(left.Unit);
        }
        return units;
    }

    /// <summary>Every change follows on the one before; whole pictures may repeat a revision.</summary>
    public void AssertUnbroken(string grid)
    {
        GridChange? before = null;
        foreach (var change in Of(grid))
        {
            if (before is not null && before.Activation == change.Activation)
            {
                Assert.Equal(before.Revision, change.Previous);
                Assert.InRange(change.Revision, change.Full ? change.Previous : change.Previous + 1, change.Previous + 1);
            }
            before = change;
        }
    }
}
