namespace Situational.Domain.Deadlines;

/// <summary>The clock on the wall of one zone. Times are ticks of 100 ns: UTC ones, or those that the wall shows.</summary>
internal sealed class WallClock(TimeZoneInfo zone)
{
    // No zone is further than 14 h from UTC, so a change of offset that matters to a wall time lies well within these ticks of it.
    private const long Reach = 36 * TimeSpan.TicksPerHour;

    // Room at both ends of what a DateTime can hold, so that nothing here needs to look out for overflow.
    private static readonly long First = new DateTime(2, 1, 2).Ticks;
    private static readonly long Last = new DateTime(9998, 12, 30).Ticks;

    /// <summary>Offset from UTC when no daylight saving applies.</summary>
    public long BaseOffset { get; } = zone.BaseUtcOffset.Ticks;

    /// <summary>The nearest time that the calculations can deal with: years 2 to 9998.</summary>
    public static long Clamp(long ticks) => Math.Clamp(ticks, First, Last);

    /// <summary>Whether it is the last time that the calculations can deal with, or later.</summary>
    public static bool IsBeyond(long ticks) => ticks >= Last;

    /// <summary>Offset from UTC at an instant.</summary>
    public long OffsetAt(long utc) => zone.GetUtcOffset(new DateTime(utc, DateTimeKind.Utc)).Ticks;

    /// <summary>What the wall shows at an instant.</summary>
    public long At(long utc) => utc + OffsetAt(utc);

    /// <summary>
    /// The earliest instant at which the wall shows that time. A time that is shown twice is the first of the two; one that is skipped is the
    /// instant at which the clocks go forward.
    /// </summary>
    public long Earliest(long wall)
    {
        var before = OffsetAt(wall - BaseOffset - Reach);
        if (OffsetAt(wall - before) == before)
            return wall - before;
        var after = OffsetAt(wall - BaseOffset + Reach);
        if (OffsetAt(wall - after) == after)
            return wall - after;
        return Change(wall - after, wall - before);
    }

    /// <summary>The instant after <paramref name="low"/> and up to <paramref name="high"/> from which the offset is that of <paramref name="high"/>.</summary>
    private long Change(long low, long high)
    {
        var offset = OffsetAt(high);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (OffsetAt(middle) == offset)
                high = middle;
            else
                low = middle;
        }
        return high;
    }
}
