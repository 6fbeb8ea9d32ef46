namespace Situational.Testing;

/// <summary>
/// A clock that stands still until it is moved; its timers fire on the mover's thread, in order of their time. The wall clock can be
/// stepped without the steady one. Safe for all threads.
/// </summary>
public sealed class FakeClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private long _ticks = TimeSpan.TicksPerHour;

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _timers.Count;
        }
    }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    /// <inheritdoc />
    public override long GetTimestamp()
    {
        lock (_gate)
            return _ticks;
    }

    /// <summary>Moves both clocks on.</summary>
    public void Advance(TimeSpan by)
    {
        long until;
        lock (_gate)
            until = _ticks + by.Ticks;
        while (true)
        {
            Timer? due = null;
            lock (_gate)
            {
                foreach (var timer in _timers)
                    if (timer.DueAt <= until && (due is null || timer.DueAt < due.DueAt))
                        due = timer;
                var to = due is null ? until : Math.Max(due.DueAt, _ticks);
                _now += TimeSpan.FromTicks(to - _ticks);
                _ticks = to;
                if (due is null)
                    return;
                if (due.Period > TimeSpan.Zero)
                    due.DueAt += due.Period.Ticks;
                else
                    _timers.Remove(due);
            }
            due.Fire();
        }
    }

    /// <summary>Steps the wall clock alone, as an administrator or a time server would.</summary>
    public void StepWallClock(TimeSpan by)
    {
        lock (_gate)
            _now += by;
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        public long DueAt { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                DueAt = clock._ticks + dueTime.Ticks;
                Period = period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period;
                clock._timers.Add(this);
            }
            if (dueTime == TimeSpan.Zero)
                clock.Advance(TimeSpan.Zero);
            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
