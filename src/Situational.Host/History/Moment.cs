namespace Situational.Host.History;

/// <summary>
/// Moments of the past are whole milliseconds, as the feed's times are, and events are finer: what happened within a millisecond belongs to
/// it, so that a moment which is said as an event's time shows the event.
/// </summary>
internal static class Moment
{
    /// <summary>The last instant of the millisecond of a time.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset at) => BeginOf(at).AddTicks(TimeSpan.TicksPerMillisecond - 1);

    /// <summary>The first instant of the millisecond of a time.</summary>
    public static DateTimeOffset BeginOf(DateTimeOffset at) => at.ToUniversalTime().AddTicks(-(at.UtcTicks % TimeSpan.TicksPerMillisecond));
}
