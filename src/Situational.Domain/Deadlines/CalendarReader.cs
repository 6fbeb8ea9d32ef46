using System.Globalization;
using Situational.Domain.Configuration;

namespace Situational.Domain.Deadlines;

/// <summary>
/// Reads a working calendar: <c>zone</c> (IANA name), <c>source</c>, <c>knownFrom</c>, <c>knownUntil</c>, <c>hours</c> (by day of the week,
/// each a list of intervals as <c>09:00-12:00</c>), <c>makeUpHours</c>, <c>holidays</c> (<c>name</c>, <c>from</c>, <c>to</c>) and
/// <c>makeUpDays</c>. Whatever the input, it answers with a reading and throws nothing.
/// </summary>
public static class CalendarReader
{
    /// <summary>Most holiday periods, and most make-up days.</summary>
    public const int MaxPeriods = 2_000;

    /// <summary>Longest holiday period, days.</summary>
    public const int MaxPeriodDays = 366;

    private const int MaxIntervals = 12;
    private static readonly string[] DayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    /// <summary>The calendar that comes with the program: the public holidays of China with their notices.</summary>
    public static ReadOnlyMemory<byte> DefaultFile { get; } = ConfigurationFile.Embedded("calendar-cn.json");

    /// <summary>Reads and checks a calendar.</summary>
    /// <param name="utf8">The file, UTF-8, at most 4 MiB.</param>
    public static CalendarReading Read(ReadOnlyMemory<byte> utf8)
    {
        var file = new ConfigurationFile("calendar");
        var calendar = file.Read(utf8, node => Read(node, file));
        return new(calendar, file.Faults);
    }

    private static WorkingCalendar? Read(ConfigurationNode node, ConfigurationFile file)
    {
        node.Knows("zone", "source", "knownFrom", "knownUntil", "hours", "makeUpHours", "holidays", "makeUpDays");
        var zone = ZoneOf(node);
        var source = node.Text("source", 2_000);
        var (from, until) = (node.Day("knownFrom"), node.Day("knownUntil"));
        if (until < from)
            node.Refuse("knownUntil", "out-of-bounds", "knownUntil must not be before knownFrom.");
        var week = WeekOf(node);
        var makeUpHours = HoursOf(node, "makeUpHours", 1);
        var holidays = HolidaysOf(node, from, until);
        var makeUpDays = new HashSet<DateOnly>();
        foreach (var (path, text) in node.Texts("makeUpDays", 0, MaxPeriods))
            if (!ConfigurationNode.TryDay(text, out var day) || day < from || day > until)
                node.RefuseAt(path, "out-of-bounds", $"{path} must be a day as 2026-02-28 within knownFrom and knownUntil.");
            else if (holidays.Contains(day))
                node.RefuseAt(path, "contradiction", $"{path} is a holiday too.");
            else if (week.TryGetValue(day.DayOfWeek, out var hours) && hours.Count > 0)
                node.RefuseAt(path, "contradiction", $"{path} is a {day.DayOfWeek}, which is worked anyway.");
            else if (!makeUpDays.Add(day))
                node.RefuseAt(path, "duplicate-day", $"{path} is given twice.");
        return file.HasFaults ? null : new(zone!, week, makeUpHours, holidays, makeUpDays, from, until, source);
    }

    private static TimeZoneInfo? ZoneOf(ConfigurationNode node)
    {
        var name = node.Text("zone", 100);
        if (name.Length == 0)
            return null;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return zone;
        node.Refuse("zone", "unknown-zone",
            $"zone names {name}, which this machine does not know. It must be an IANA name such as Asia/Shanghai, and the machine needs time zone data (package tzdata).");
        return null;
    }

    private static Dictionary<DayOfWeek, IReadOnlyList<WorkingInterval>> WeekOf(ConfigurationNode node)
    {
        var week = new Dictionary<DayOfWeek, IReadOnlyList<WorkingInterval>>();
        if (node.Object("hours") is not { } hours)
            return week;
        hours.Knows(DayNames);
        for (var day = 0; day < DayNames.Length; day++)
            week[(DayOfWeek)day] = HoursOf(hours, DayNames[day], 0);
        if (week.Values.All(h => h.Count == 0))
            node.Refuse("hours", "out-of-bounds", "hours must give one day of the week at least some working hours.");
        return week;
    }

    private static List<WorkingInterval> HoursOf(ConfigurationNode node, string member, int min)
    {
        var hours = new List<WorkingInterval>();
        foreach (var (path, text) in node.Texts(member, min, MaxIntervals))
            if (!WorkingInterval.TryParse(text, out var interval))
                node.RefuseAt(path, "out-of-bounds", $"{path} must be an interval as 09:00-12:00 that ends after it begins and by 24:00.");
            else if (hours.Count > 0 && interval.Opens < hours[^1].Closes)
                node.RefuseAt(path, "out-of-bounds", $"{path} begins before the interval before it ends.");
            else
                hours.Add(interval);
        return hours;
    }

    private static HashSet<DateOnly> HolidaysOf(ConfigurationNode node, DateOnly knownFrom, DateOnly knownUntil)
    {
        var holidays = new HashSet<DateOnly>();
        foreach (var period in node.Objects("holidays", 0, MaxPeriods))
        {
            period.Knows("name", "from", "to");
            period.Text("name", 100);
            var (from, to) = (period.Day("from"), period.Day("to"));
            if (to < from || to.DayNumber - from.DayNumber >= MaxPeriodDays)
                period.Refuse("to", "out-of-bounds", $"{period.Path}.to must not be before from, and at most {MaxPeriodDays} days may be in between.");
            else if (from < knownFrom || to > knownUntil)
                period.Refuse("from", "out-of-bounds", $"{period.Path}.from and to must lie within knownFrom and knownUntil.");
            else
                for (var day = from; day <= to; day = day.AddDays(1))
                    if (!holidays.Add(day))
                        period.Refuse("from", "duplicate-day", $"{period.Path}.from to to has the day {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, which another holiday has too.");
        }
        return holidays;
    }
}
