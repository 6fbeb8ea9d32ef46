using System.Globalization;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Tests.Deadlines;

/// <summary>
/// A deadline worked out by hand. Written as <c>calendar | start | limit | due | how</c>, or with pauses <c>calendar | start | limit | stop > resume, … | due | how</c>;
/// times are those on the wall of the calendar's zone. One that the wall shows twice names its offset.
/// </summary>
internal sealed record WorkedCase(
    string Text, WorkingCalendar Calendar, DateTimeOffset Start, Limit Limit, IReadOnlyList<(DateTimeOffset Stop, DateTimeOffset Resume)> Pauses, DateTimeOffset Due)
{
    public static WorkedCase Parse(string text)
    {
        var fields = text.Split('|', StringSplitOptions.TrimEntries);
        var calendar = Calendars.Of(fields[0]);
        Assert.True(Limit.TryParse(fields[2], out var limit), text);
        var pauses = fields.Length < 6 ? [] : fields[3].Split(',').Select(p => p.Split('>')).Select(p => (At(p[0], calendar), At(p[1], calendar)));
        return new(text, calendar, At(fields[1], calendar), limit, [.. pauses], At(fields[^2], calendar));
    }

    /// <summary>An instant from what the wall shows.</summary>
    public static DateTimeOffset At(string text, WorkingCalendar calendar)
    {
        text = text.Trim();
        if (text.LastIndexOfAny(['+', '-']) > 10)
            return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        var wall = DateTime.ParseExact(text, ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture);
        Assert.False(calendar.Zone.IsAmbiguousTime(wall) || calendar.Zone.IsInvalidTime(wall), $"{text} needs an offset");
        return new(wall, calendar.Zone.GetUtcOffset(wall));
    }
}
