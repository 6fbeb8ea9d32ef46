namespace Situational.Grains.Feed;

/// <summary>Wakes one waiting loop; setting it twice before the loop looks is the same as once. Safe for all threads.</summary>
public sealed class FeedSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _source = New();

    /// <summary>Completes when set; take it before looking at the state that the signal speaks of.</summary>
    public Task Task
    {
        get
        {
            lock (_gate)
                return _source.Task;
        }
    }

    /// <summary>Wakes the loop.</summary>
    public void Set()
    {
        lock (_gate)
            _source.TrySetResult();
    }

    /// <summary>Makes the next <see cref="Task"/> wait for the next <see cref="Set"/>.</summary>
    public void Reset()
    {
        lock (_gate)
            if (_source.Task.IsCompleted)
                _source = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
