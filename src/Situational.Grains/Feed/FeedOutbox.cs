using System.Collections.Immutable;
using Situational.Grains.Messages;

namespace Situational.Grains.Feed;

/// <inheritdoc cref="IFeedOutbox" />
public sealed class FeedOutbox : IFeedOutbox
{
    private readonly Lock _gate = new();
    private readonly PendingChanges _pending = new();
    private readonly FeedSignal _signal = new();
    private volatile bool _storeAway;

    /// <summary>Whether the journal could not be written at the last try.</summary>
    public bool StoreAway => _storeAway;

    /// <summary>Grids of which a change waits.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _pending.Count;
        }
    }

    /// <summary>Set whenever something was put in.</summary>
    internal FeedSignal Signal => _signal;

    /// <inheritdoc />
    public void Publish(GridChange change)
    {
        bool first;
        lock (_gate)
        {
            first = _pending.Count == 0;
            _pending.Add(change);
        }
        if (first)
            _signal.Set();
    }

    /// <inheritdoc />
    public void NoteStore(bool away)
    {
        if (_storeAway == away)
            return;
        _storeAway = away;
        _signal.Set();
    }

    /// <summary>Takes out what waits.</summary>
    internal ImmutableArray<GridChange> Take()
    {
        lock (_gate)
            return _pending.Take();
    }
}
