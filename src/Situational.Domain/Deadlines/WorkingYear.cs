namespace Situational.Domain.Deadlines;

/// <summary>Running sums of one local year: working days, and ticks of working time, before each of its days.</summary>
internal sealed class WorkingYear
{
    private readonly DateOnly _first;
    private readonly ushort[] _daysBefore;
    private readonly long[] _ticksBefore;

    public WorkingYear(WorkingCalendar calendar, int year)
    {
        _first = new(year, 1, 1);
        var days = DateTime.IsLeapYear(year) ? 366 : 365;
        _daysBefore = new ushort[days + 1];
        _ticksBefore = new long[days + 1];
        var wall = calendar.Wall;
        // The offset a day before, at, and one and two days after the day's beginning as it would be without daylight saving.
        long At(int day) => wall.OffsetAt((_first.DayNumber + day) * TimeSpan.TicksPerDay - wall.BaseOffset);
        var (yesterday, today, tomorrow) = (At(-1), At(0), At(1));
        for (var day = 0; day < days; day++)
        {
            var next = At(day + 2);
            var isPlain = yesterday == today && today == tomorrow && tomorrow == next;
            var length = Length(calendar, _first.AddDays(day), isPlain);
            _daysBefore[day + 1] = (ushort)(_daysBefore[day] + (length > 0 ? 1 : 0));
            _ticksBefore[day + 1] = _ticksBefore[day] + length;
            (yesterday, today, tomorrow) = (today, tomorrow, next);
        }
    }

    /// <summary>Working days of the year.</summary>
    public int Days => _daysBefore[^1];

    /// <summary>Working time of the year.</summary>
    public long Ticks => _ticksBefore[^1];

    /// <summary>Working days of the year before that one.</summary>
    public int DaysBefore(DateOnly day) => _daysBefore[day.DayNumber - _first.DayNumber];

    /// <summary>Working time of the year before that day.</summary>
    public long TicksBefore(DateOnly day) => _ticksBefore[day.DayNumber - _first.DayNumber];

    /// <summary>The n-th working day of the year, from 1 to <see cref="Days"/>.</summary>
    public DateOnly Day(int number)
    {
        var (low, high) = (0, _daysBefore.Length - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (_daysBefore[middle] >= number)
                high = middle;
            else
                low = middle;
        }
        return _first.AddDays(low);
    }

    /// <summary>The first day by whose end so much working time of the year has passed, from 1 to <see cref="Ticks"/>.</summary>
    public DateOnly DayAt(long ticks)
    {
        var (low, high) = (0, _ticksBefore.Length - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (_ticksBefore[middle] >= ticks)
                high = middle;
            else
                low = middle;
        }
        return _first.AddDays(low);
    }

    /// <summary>How long a day's working time really lasts; only a change of the clocks makes it other than its hours say.</summary>
    private static long Length(WorkingCalendar calendar, DateOnly day, bool isPlain)
    {
        var length = 0L;
        var midnight = day.DayNumber * TimeSpan.TicksPerDay;
        foreach (var hours in calendar.HoursOf(day))
            length += isPlain
                ? hours.Closes.Ticks - hours.Opens.Ticks
                : calendar.Wall.Earliest(midnight + hours.Closes.Ticks) - calendar.Wall.Earliest(midnight + hours.Opens.Ticks);
        return length;
    }
}
