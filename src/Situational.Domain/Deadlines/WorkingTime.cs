namespace Situational.Domain.Deadlines;

/// <summary>
/// The two scales of working time: working hours in ticks of 100 ns, and working days in parts, of which every working day has as many
/// whatever its length. A place on a scale is a year and what has passed of it; outside working time it is that of the last closing.
/// </summary>
internal static class WorkingTime
{
    /// <summary>
    /// Parts of a working day: 60 · 2⁵ · 3³ · 5² · 7 · 11 · 13 · 17 · 19 · 23, so that a second is a whole number of parts in days of all the
    /// lengths that people agree on, such as 7, 7½, 8 or 9½ hours.
    /// </summary>
    public const long PartsOfDay = 9_637_611_984_000;

    // In days of other lengths, and within a second, places are rounded down to parts, and so is what was used between two of them. A deadline
    // comes so many parts early, so that such crumbs do not carry it over a closing to the next opening. Even in a day of 25 hours a tick has
    // more parts than that, so going to the scale and back still gives the same tick.
    private const long Crumbs = 8;

    /// <summary>More than any limit has, twice over; where it is exceeded nobody needs to know by how much.</summary>
    public const long Most = long.MaxValue / 4;

    /// <summary>The earliest instant by which so much has passed since the start.</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="start">UTC ticks.</param>
    /// <param name="amount">More than 0; ticks, or parts of days.</param>
    /// <param name="inDays">Whether on the scale of working days.</param>
    /// <returns>UTC ticks, not before the start; the greatest value if that is beyond all years.</returns>
    public static long Advance(WorkingCalendar calendar, long start, long amount, bool inDays)
    {
        var (year, passed) = PlaceOf(calendar, start, inDays);
        var target = passed + amount - (inDays ? Crumbs : 0);
        if (target <= passed)
            return start;
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
        return Math.Max(start, InstantOf(calendar, last, (long)(((Int128)share * length + PartsOfDay - 1) / PartsOfDay)));
    }

    /// <summary>What passes between an instant and a later one, ticks or parts of days; never more than about <see cref="Most"/>.</summary>
    public static long Between(WorkingCalendar calendar, long from, long to, bool inDays)
    {
        var (year, passed) = PlaceOf(calendar, from, inDays);
        var (toYear, toPassed) = PlaceOf(calendar, to, inDays);
        var whole = 0L;
        for (; year < toYear && whole < Most; year++)
            whole += Whole(calendar.Year(year), inDays);
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
