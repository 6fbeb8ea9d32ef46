namespace Orleans.Runtime;

/// <summary>A timer whose ticks are turns. One tick at a time: the next is due a period after the end of the last.</summary>
internal abstract class GrainTimer : Turn, IGrainTimer
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly Activation _activation;
    private readonly Silo _silo;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private TimeSpan _due;
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;

    protected GrainTimer(Activation activation, Silo silo, GrainTimerCreationOptions options)
    {
        (_activation, _silo) = (activation, silo);
        AlwaysInterleaves = options.Interleave;
        KeepsAlive = options.KeepAlive;
        if (ExecutionContext.IsFlowSuppressed())
        {
            _timer = CreateTimer();
            return;
        }

        using (ExecutionContext.SuppressFlow())
            _timer = CreateTimer();
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        lock (_gate)
        {
            (_due, _period, _changed) = (dueTime, period, true);
            if (!_ticking && !_disposed.IsCancellationRequested)
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _timer.Dispose();
        _activation.Forget(this);
    }

    public override Task Start(object instance)
    {
        lock (_gate)
            _changed = false;
        return _disposed.IsCancellationRequested ? Task.CompletedTask : Tick(_disposed.Token);
    }

    public override void End(Task ended)
    {
        if (ended.Exception is { } fault)
            _silo.LogTimerFault(_activation.Target, fault.InnerException ?? fault);
        lock (_gate)
        {
            _ticking = false;
            if (!_disposed.IsCancellationRequested)
                _timer.Change(_changed ? _due : _period, Timeout.InfiniteTimeSpan);
        }
    }

    protected abstract Task Tick(CancellationToken cancellationToken);

    private ITimer CreateTimer() =>
        _silo.Time.CreateTimer(static timer => ((GrainTimer)timer!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private void OnDue()
    {
        lock (_gate)
        {
            if (_ticking || _disposed.IsCancellationRequested)
                return;
            _ticking = true;
        }

        _activation.TryReceive(this);
    }

    private static void Check(TimeSpan time, string name)
    {
        const uint Longest = 0xfffffffe;
        var milliseconds = (long)time.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfLessThan(milliseconds, -1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, Longest, name);
    }
}

/// <summary>A timer and what it calls.</summary>
internal sealed class GrainTimer<TState>(
    Activation activation, Silo silo, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    : GrainTimer(activation, silo, options)
{
    protected override Task Tick(CancellationToken cancellationToken) => callback(state, cancellationToken);
}
