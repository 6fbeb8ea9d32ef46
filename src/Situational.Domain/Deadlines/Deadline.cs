namespace Situational.Domain.Deadlines;

/// <summary>
/// When a limit is used up, and how much of it. What is used is counted in parts: ticks of 100 ns for minutes, working hours and calendar
/// days, a small fraction of a day for working days; <see cref="PartsOf(Limit)"/> says how many a limit has. Pure; every answer is in UTC; what would lie
/// beyond the year 9998 is <see cref="DateTimeOffset.MaxValue"/>. The rules stand in <c>docs/deadlines.md</c>.
/// </summary>
public static class Deadline
{
    /// <summary>When a limit that starts to run at <paramref name="start"/> is used up.</summary>
    /// <param name="start">When it starts, any offset. Outside working time a working limit starts at the next opening.</param>
    /// <param name="rule">The limit.</param>
    /// <param name="calendar">The city's calendar.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of bounds.</exception>
    public static DateTimeOffset From(DateTimeOffset start, Limit rule, WorkingCalendar calendar) =>
        After(start, PartsOf(rule), rule.Unit, calendar);

    /// <summary>When a share of a limit is used up.</summary>
    /// <param name="start">When it starts to run.</param>
    /// <param name="rule">The limit.</param>
    /// <param name="share">More than 0 and at most 2; 0.8 is when it is approaching, 1 when it is due, 2 when it is overdue twice.</param>
    /// <param name="calendar">The city's calendar.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit or the share is out of bounds.</exception>
    public static DateTimeOffset AtShare(DateTimeOffset start, Limit rule, double share, WorkingCalendar calendar)
    {
        if (share is not (> 0 and <= 2))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share must be more than 0 and at most 2.");
        return After(start, Math.Max(1, (long)decimal.Round(PartsOf(rule) * (decimal)share)), rule.Unit, calendar);
    }

    /// <summary>The earliest instant by which so many parts are used; with what a stopped limit has left, its deadline after it resumes.</summary>
    /// <param name="start">When it starts or resumes.</param>
    /// <param name="parts">Parts; if not more than 0 the answer is <paramref name="start"/>.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="calendar">The city's calendar.</param>
    public static DateTimeOffset After(DateTimeOffset start, long parts, LimitUnit unit, WorkingCalendar calendar)
    {
        var utc = WallClock.Clamp(start.UtcTicks);
        if (parts <= 0)
            return Instant(start.UtcTicks);
        if (parts > WorkingTime.Most)
            parts = WorkingTime.Most;
        return unit switch
        {
            LimitUnit.Minutes => Instant(utc + parts),
            LimitUnit.WorkingHours => Instant(WorkingTime.Advance(calendar, utc, parts, inDays: false)),
            LimitUnit.WorkingDays => Instant(WorkingTime.Advance(calendar, utc, parts, inDays: true)),
            LimitUnit.CalendarDays => calendar.Wall.At(utc) + parts is var wall && WallClock.IsBeyond(wall)
                ? DateTimeOffset.MaxValue
                : Instant(calendar.Wall.Earliest(wall)),
            _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "There is no such unit."),
        };
    }

    /// <summary>What is used between two instants, in parts; 0 when the second is not later.</summary>
    /// <param name="from">From when.</param>
    /// <param name="to">Until when.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="calendar">The city's calendar.</param>
    public static long Used(DateTimeOffset from, DateTimeOffset to, LimitUnit unit, WorkingCalendar calendar)
    {
        var (start, end) = (WallClock.Clamp(from.UtcTicks), WallClock.Clamp(to.UtcTicks));
        return end <= start ? 0 : Math.Max(0, unit switch
        {
            LimitUnit.Minutes => end - start,
            LimitUnit.WorkingHours => WorkingTime.Between(calendar, start, end, inDays: false),
            LimitUnit.WorkingDays => WorkingTime.Between(calendar, start, end, inDays: true),
            LimitUnit.CalendarDays => calendar.Wall.At(end) - calendar.Wall.At(start),
            _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "There is no such unit."),
        });
    }

    /// <summary>How many parts a limit has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of bounds.</exception>
    public static long PartsOf(Limit rule) => rule.IsValid()
        ? rule.Amount * PartsOf(rule.Unit)
        : throw new ArgumentOutOfRangeException(nameof(rule), rule, "The limit is out of bounds.");

    /// <summary>How many parts one of a unit has; divisible by five, so that 80 % of a limit is whole.</summary>
    public static long PartsOf(LimitUnit unit) => unit switch
    {
        LimitUnit.Minutes => TimeSpan.TicksPerMinute,
        LimitUnit.WorkingHours => TimeSpan.TicksPerHour,
        LimitUnit.WorkingDays => WorkingTime.PartsOfDay,
        LimitUnit.CalendarDays => TimeSpan.TicksPerDay,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "There is no such unit."),
    };

    private static DateTimeOffset Instant(long utcTicks) => WallClock.IsBeyond(utcTicks) ? DateTimeOffset.MaxValue : new(utcTicks, TimeSpan.Zero);
}
