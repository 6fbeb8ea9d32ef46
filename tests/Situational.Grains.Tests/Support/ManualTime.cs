namespace Situational.Grains.Tests.Support;

/// <summary>A clock that moves only when told. The wall clock can be set; the steady one only goes on.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _wall = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private long _steadyTicks = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public long NowMs => GetUtcNow().ToUnixTimeMilliseconds();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _wall;
    }

    public override long GetTimestamp()
    {
        lock (_lock)
            return _steadyTicks;
    }

    /// <summary>Time goes by.</summary>
    public void Advance(TimeSpan by)
    {
        lock (_lock)
        {
            _wall += by;
            _steadyTicks += by.Ticks;
        }
    }

    /// <summary>The wall clock is set; no time goes by.</summary>
    public void StepWall(TimeSpan by)
    {
        lock (_lock)
            _wall += by;
    }
}
