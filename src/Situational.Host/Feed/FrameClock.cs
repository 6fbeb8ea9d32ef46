namespace Situational.Host.Feed;

/// <summary>
/// The clock that frames are stamped by: it goes as the steady clock does and is led to the wall clock, at most a second a second
/// forward and 20 ms a second back, so that a wall clock that is set makes no frame look old and none of its times runs back.
/// Guarded by the live view's gate.
/// </summary>
internal sealed class FrameClock(TimeProvider time)
{
    private const double Forward = 1;
    // A screen takes a frame's age from the quickest of the last two minutes: led back faster, the feed would look late to it.
    private const double Back = 0.02;

    private long _stamp = time.GetTimestamp();
    private double _ms = (double)time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMillisecond - UnixMs;

    private static double UnixMs => (double)DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>Milliseconds since 1970 UTC; never less than before.</summary>
    public long ReadMs()
    {
        var stamp = time.GetTimestamp();
        var passed = Math.Max(0, time.GetElapsedTime(_stamp, stamp).TotalMilliseconds);
        _stamp = stamp;
        _ms += passed;
        var off = (double)time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMillisecond - UnixMs - _ms;
        _ms += Math.Clamp(off, -passed * Back, passed * Forward);
        return (long)Math.Round(_ms);
    }
}
