namespace Situational.Grains;

/// <summary>
/// The silo's clock. Instants that are shown, stored or compared with a device's come from the wall clock; ages, leases and limits are
/// measured on the steady clock, so that a wall clock that is set forward or back makes nothing older, younger or forgotten.
/// </summary>
/// <param name="time">The source of both.</param>
public sealed class SituationClock(TimeProvider time)
{
    // 2025-01-01T00:00:00Z: numbers count from there, so that they stay far below 2^53.
    private const long NumbersFromMs = 1_735_689_600_000;
    private const int NumbersPerMs = 16;

    private readonly long _startedMs = time.GetUtcNow().ToUnixTimeMilliseconds();
    private readonly long _startedStamp = time.GetTimestamp();

    /// <summary>The wall clock, UTC.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The wall clock in milliseconds since 1970.</summary>
    public long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The steady clock: milliseconds since this silo started. Never set, never runs back.</summary>
    public long SteadyMs => (long)time.GetElapsedTime(_startedStamp).TotalMilliseconds;

    /// <summary>
    /// Where revisions and sequences start that have to be ahead of those of an earlier activation: 16 for every millisecond since 2025,
    /// counted steadily from the wall clock at the silo's start. At least 1; below 2^53 for 17,000 years.
    /// </summary>
    public long FirstNumber() => Math.Max(1, (_startedMs + SteadyMs - NumbersFromMs) * NumbersPerMs);
}
