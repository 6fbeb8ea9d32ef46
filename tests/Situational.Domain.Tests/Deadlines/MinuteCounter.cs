using Situational.Domain.Deadlines;

namespace Situational.Domain.Tests.Deadlines;

/// <summary>
/// The slow way to a deadline: walks from step to step and asks of each whether the city works. It shares nothing with the fast way but the
/// hours of a day. Right for hours that begin and end outside the hour in which clocks go back.
/// </summary>
internal static class MinuteCounter
{
    /// <summary>The end of the step in which the limit is used up.</summary>
    public static DateTimeOffset Due(
        DateTimeOffset start, Limit limit, WorkingCalendar calendar, IReadOnlyList<(DateTimeOffset Stop, DateTimeOffset Resume)> pauses)
    {
        var step = start.Second == 0 ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(1);
        // Exact as long as nothing is used of days of different lengths at once; a hair is allowed for thirds.
        var left = limit.Amount * (limit.Unit is LimitUnit.CalendarDays ? (decimal)TimeSpan.FromDays(1).Ticks : 1m) - 0.000000001m;
        var wall = Wall(start, calendar);
        (DateOnly Day, decimal Steps) length = default;
        for (var at = start; ; at += step)
        {
            var next = Wall(at + step, calendar);
            if (!pauses.Any(p => at >= p.Stop && at < p.Resume))
            {
                left -= limit.Unit switch
                {
                    LimitUnit.Minutes => (decimal)step.TotalMinutes,
                    LimitUnit.WorkingHours => IsOpen(wall, calendar) ? (decimal)step.TotalMinutes / 60 : 0,
                    LimitUnit.WorkingDays => IsOpen(wall, calendar) ? 1 / LengthOf(DateOnly.FromDateTime(wall)) : 0,
                    _ => (next - wall).Ticks,
                };
                if (left <= 0)
                    return at + step;
            }
            wall = next;
        }

        decimal LengthOf(DateOnly day)
        {
            if (length.Day == day)
                return length.Steps;
            var steps = 0m;
            var noon = new DateTimeOffset(day.ToDateTime(new(12, 0)), TimeSpan.Zero);
            for (var at = noon.AddDays(-2); at < noon.AddDays(2); at += step)
                if (Wall(at, calendar) is var shown && DateOnly.FromDateTime(shown) == day && IsOpen(shown, calendar))
                    steps++;
            length = (day, steps);
            return steps;
        }
    }

    private static DateTime Wall(DateTimeOffset at, WorkingCalendar calendar) => TimeZoneInfo.ConvertTime(at, calendar.Zone).DateTime;

    private static bool IsOpen(DateTime wall, WorkingCalendar calendar)
    {
        foreach (var hours in calendar.HoursOf(DateOnly.FromDateTime(wall)))
            if (wall.TimeOfDay >= hours.Opens && wall.TimeOfDay < hours.Closes)
                return true;
        return false;
    }
}
