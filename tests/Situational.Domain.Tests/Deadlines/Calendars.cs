using Situational.Domain.Deadlines;

namespace Situational.Domain.Tests.Deadlines;

/// <summary>The calendars of these tests.</summary>
internal static class Calendars
{
    /// <summary>The shipped one: 09:00-12:00 and 14:00-18:00, China's holidays and make-up days of 2025 and 2026.</summary>
    public static WorkingCalendar China { get; } = CalendarReader.Read(CalendarReader.DefaultFile).Calendar!;

    /// <summary>Monday to Friday 08:00-16:00, no holidays, a zone with daylight saving.</summary>
    public static WorkingCalendar Berlin { get; } = Plain("Europe/Berlin", "08:00-16:00");

    /// <summary>Monday to Friday 08:00-16:00, no holidays, a zone with daylight saving on other days.</summary>
    public static WorkingCalendar NewYork { get; } = Plain("America/New_York", "08:00-16:00");

    /// <summary>Every day around the clock, a zone with daylight saving.</summary>
    public static WorkingCalendar AlwaysInBerlin { get; } = Make("Europe/Berlin", [.. Enum.GetValues<DayOfWeek>()], "00:00-24:00");

    /// <summary>Sundays too, at the hours in which the clocks change.</summary>
    public static WorkingCalendar NightsInBerlin { get; } = Make("Europe/Berlin", [.. Enum.GetValues<DayOfWeek>()], "01:00-04:00");

    /// <summary>Hours that differ from day to day: a short Friday.</summary>
    public static WorkingCalendar ShortFriday { get; } = new(
        TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"),
        new Dictionary<DayOfWeek, IReadOnlyList<WorkingInterval>>
        {
            [DayOfWeek.Monday] = Hours("08:00-16:00"),
            [DayOfWeek.Tuesday] = Hours("08:00-16:00"),
            [DayOfWeek.Wednesday] = Hours("08:00-16:00"),
            [DayOfWeek.Thursday] = Hours("08:00-16:00"),
            [DayOfWeek.Friday] = Hours("08:00-12:00"),
        },
        Hours("08:00-16:00"), [], [], new(2025, 1, 1), new(2026, 12, 31), "test");

    public static WorkingCalendar Of(string name) => name switch
    {
        "china" => China,
        "berlin" => Berlin,
        "newyork" => NewYork,
        "always" => AlwaysInBerlin,
        "nights" => NightsInBerlin,
        "friday" => ShortFriday,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such calendar"),
    };

    public static WorkingCalendar Make(string zone, IReadOnlyList<DayOfWeek> days, params string[] hours) => new(
        TimeZoneInfo.FindSystemTimeZoneById(zone), days.ToDictionary(d => d, _ => Hours(hours)), Hours(hours), [], [],
        new(2025, 1, 1), new(2026, 12, 31), "test");

    private static WorkingCalendar Plain(string zone, params string[] hours) =>
        Make(zone, [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], hours);

    private static IReadOnlyList<WorkingInterval> Hours(params string[] hours) =>
        [.. hours.Select(h => WorkingInterval.TryParse(h, out var interval) ? interval : throw new FormatException(h))];
}
