namespace Situational.Domain.Deadlines;

/// <summary>
/// The two scales of working time: working hours in ticks of 100 ns, and working days in parts of 10⁻¹², of which every working day has as
/// many whatever its length. A place on a scale is a year and what has passed of it; the same place outside working time as at the last
/// closing. Whole parts are finer than ticks, so going to the scale and back gives the same instant.
/// </summary>
internal static class WorkingTime
{
    /// <summary>Parts of a working day.</summary>
    public const long PartsOfDay = 1_000_000_000_000;

    /// <summary>The earliest instant by which so much has passed since the start.</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="start">UTC ticks.</param>
    /// <param name="amount">More than 0; ticks, or parts of days.</param>
    /// <param name="inDays">Whether on the scale of working days.</param>
    /// <returns>UTC ticks, or the greatest value if that is beyond all years.</returns>
    public static long Advance(WorkingCalendar calendar, long start, long amount, bool inDays)
    {
        var (year, passed) = PlaceOf(calendar, start, inDays);
        var target = passed + amount;
        var sums = calendar.Year(year);
        for (long whole; target > (whole = Whole(sums, inDays)); sums = calendar.Year(year))
        {
            target -= whole;
            if (WallClock.IsBeyond(new DateTime(++year, 12, 31).Ticks))
                return long.MaxValue;
        }
        if (!inDays)
        {
            var day = sums.DayAt(target);
            return InstantOf(calendar, day, target - sums.TicksBefore(day));
        }
        var number = (target - 1) / PartsOfDay + 1;
        var last = sums.Day((int)number);
        var share = target - (number - 1) * PartsOfDay;
        var length = Passed(calendar, last, long.MaxValue, out _);
        return InstantOf(calendar, last, (long)(((Int128)share * length + PartsOfDay - 1) / PartsOfDay));
    }

    /// <summary>What passes between two instants, ticks or parts of days; negative when the second is earlier.</summary>
    public static long Between(WorkingCalendar calendar, long from, long to, bool inDays)
    {
        var (year, passed) = PlaceOf(calendar, from, inDays);
        var (toYear, toPassed) = PlaceOf(calendar, to, inDays);
        var whole = 0L;
        for (; year < toYear; year++)
            whole += Whole(calendar.Year(year), inDays);
        for (; year > toYear; year--)
            whole -= Whole(calendar.Year(year - 1), inDays);
        return whole + toPassed - passed;
    }

    private static (int Year, long Passed) PlaceOf(WorkingCalendar calendar, long utc, bool inDays)
    {
        var day = DateOnly.FromDateTime(new DateTime(calendar.Wall.At(utc)));
        var sums = calendar.Year(day.Year);
        var today = Passed(calendar, day, utc, out var length);
        if (!inDays)
            return (day.Year, sums.TicksBefore(day) + today);
        var share = length == 0 ? 0 : (long)((Int128)today * PartsOfDay / length);
        return (day.Year, sums.DaysBefore(day) * PartsOfDay + share);
    }

    private static long Whole(WorkingYear year, bool inDays) => inDays ? year.Days * PartsOfDay : year.Ticks;

    /// <summary>Working time of a day that has passed at an instant, and all of it.</summary>
    private static long Passed(WorkingCalendar calendar, DateOnly day, long utc, out long length)
    {
        length = 0;
        var passed = 0L;
        var midnight = day.DayNumber * TimeSpan.TicksPerDay;
        foreach (var hours in calendar.HoursOf(day))
        {
            var opens = calendar.Wall.Earliest(midnight + hours.Opens.Ticks);
            var lasts = calendar.Wall.Earliest(midnight + hours.Closes.Ticks) - opens;
            length += lasts;
            passed += Math.Min(Math.Max(utc - opens, 0), lasts);
        }
        return passed;
    }

    /// <summary>The earliest instant of a day by which so much of its working time has passed, from 1 to all of it.</summary>
    private static long InstantOf(WorkingCalendar calendar, DateOnly day, long passed)
    {
        var midnight = day.DayNumber * TimeSpan.TicksPerDay;
        var closes = 0L;
        foreach (var hours in calendar.HoursOf(day))
        {
            var opens = calendar.Wall.Earliest(midnight + hours.Opens.Ticks);
            closes = calendar.Wall.Earliest(midnight + hours.Closes.Ticks);
            if (passed <= closes - opens)
                return opens + passed;
            passed -= closes - opens;
        }
        return closes;
    }
}
