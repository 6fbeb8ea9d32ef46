using System.Collections.Immutable;
using Situational.Grains.Messages;

namespace Situational.Grains.Feed;

/// <summary>
/// The way from this silo to one web node: at most one message in flight; what changes meanwhile merges, bounded by the city's
/// size. A message that failed merges back and goes again. Used by the pump's loop alone.
/// </summary>
internal sealed class NodeStream(string node, ILiveViewObserver observer, string silo, FeedOutbox outbox, FeedOutboxOptions options, TimeProvider time)
{
    private readonly PendingChanges _waiting = new();
    private long _sequence;
    private Task? _flight;
    private ImmutableArray<GridChange> _flying = [];
    private long _sentAt;
    private long _retryAt;

    /// <summary>The node's id.</summary>
    public string Node => node;

    /// <summary>Where messages go.</summary>
    public ILiveViewObserver Observer { get; set; } = observer;

    /// <summary>Grids of which something waits for this node alone.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>The failure that <see cref="Settle"/> found; the reader sets it back.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Looks at the message in flight. True when another may be sent.</summary>
    public bool Settle(long now)
    {
        if (_flight is { IsCompleted: false })
            return false;
        if (_flight is { IsCompletedSuccessfully: false } failed)
        {
            Failure = failed.Exception?.InnerException ?? new TaskCanceledException(failed);
            _retryAt = now + options.RetryMilliseconds * time.TimestampFrequency / 1000;
            // What was lost is older than what waits: it goes in front, so that the merge keeps the order.
            var later = _waiting.Take();
            _waiting.Add(_flying);
            _waiting.Add(later);
        }
        _flight = null;
        _flying = [];
        return now >= _retryAt;
    }

    /// <summary>Takes changes in while nothing can be sent.</summary>
    public void Keep(ImmutableArray<GridChange> changes) => _waiting.Add(changes);

    /// <summary>Time until an empty message is due; zero or less when it is.</summary>
    public TimeSpan Quiet(long now) =>
        _sequence == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(options.QuietMilliseconds) - time.GetElapsedTime(_sentAt, now);

    /// <summary>Time until a failed node may be tried again; zero or less when it may.</summary>
    public TimeSpan Pause(long now) => time.GetElapsedTime(now, Math.Max(now, _retryAt));

    /// <summary>Sends what waits together with what just changed; only after <see cref="Settle"/> said so.</summary>
    public void Send(ImmutableArray<GridChange> changes, long now)
    {
        if (_waiting.Count > 0)
        {
            _waiting.Add(changes);
            changes = _waiting.Take();
        }
        _flying = changes;
        _sentAt = now;
        var message = new FeedMessage(silo, ++_sequence, time.GetUtcNow().ToUnixTimeMilliseconds(), outbox.StoreAway, changes);
        var flight = DeliverAsync(Observer, message);
        _flight = flight;
        _ = flight.ContinueWith(
            static (_, signal) => ((FeedSignal)signal!).Set(), outbox.Signal,
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    // On the pool: an observer in this process may do its work before its first await, and the other nodes must not wait for it.
    private Task DeliverAsync(ILiveViewObserver observer, FeedMessage message) =>
        Task.Run(() => observer.OnFeedAsync(message)).WaitAsync(TimeSpan.FromMilliseconds(options.AnswerMilliseconds), time);
}
