namespace Situational.Grains.Grids;

/// <summary>
/// The one timer of a grid. It stands at the earliest of what is to come, at most an hour ahead; deadlines are instants of the wall clock, so
/// whoever steps that clock is met by the city's round, which looks at the grid every half minute and arms the timer anew. What is not to be
/// tried before a while (the store is away) waits on the steady clock. Used inside one grain's turns only.
/// </summary>
/// <param name="clock">The silo's clock.</param>
internal sealed class GridClock(SituationClock clock)
{
    private const int LongestMs = 3_600_000;
    private const int LongestPauseMs = 30_000;

    private IGrainTimer? _timer;
    private DateTimeOffset? _awake;
    private long _notBefore = long.MinValue;

    /// <summary>Whether a failed try is not to be repeated yet.</summary>
    public bool Pausing => clock.SteadyMs < _notBefore;

    /// <summary>How many tries in a row failed.</summary>
    public int Failures { get; private set; }

    /// <summary>Takes the timer, which stands still until it is armed.</summary>
    public void Start(IGrainTimer timer) => _timer = timer;

    /// <summary>
    /// Since when the grid has been looking at its clocks: what fell before that is late. A wall clock that was set back takes this instant
    /// along, else what falls in the hour that comes twice would count as late.
    /// </summary>
    /// <param name="now">The time.</param>
    public DateTimeOffset AwakeSince(DateTimeOffset now)
    {
        if (_awake is not { } awake || awake > now)
            _awake = awake = now;
        return awake;
    }

    /// <summary>What was to be done could not be, or was not there: the next try waits, twice as long each time, at most half a minute.</summary>
    public void Failed()
    {
        _awake = null;
        _notBefore = clock.SteadyMs + Math.Min(1_000L << Math.Min(Failures++, 8), LongestPauseMs);
    }

    /// <summary>A try went well, or there was nothing to do: the next failure is the first again.</summary>
    public void Succeeded() => (Failures, _notBefore) = (0, long.MinValue);

    /// <summary>Sets the timer.</summary>
    /// <param name="nextAt">The next deadline, if any.</param>
    /// <param name="workInMs">In how many milliseconds other work waits for a turn; null for none.</param>
    public void Arm(DateTimeOffset? nextAt, long? workInMs)
    {
        // A millisecond more: a timer that is a little early would find nothing due.
        var ms = nextAt is { } at ? Math.Clamp((long)(at - clock.Now).TotalMilliseconds + 1, 0, LongestMs) : LongestMs;
        if (workInMs is { } work)
            ms = Math.Clamp(work, 0, ms);
        if (_notBefore != long.MinValue)
            ms = Math.Max(ms, _notBefore - clock.SteadyMs);
        _timer?.Change(TimeSpan.FromMilliseconds(ms), Timeout.InfiniteTimeSpan);
    }
}
