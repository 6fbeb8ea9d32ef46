using System.Globalization;
using Situational.Domain.Cases;
using Situational.Host.Feed;
using Situational.Host.Ingest;

namespace Situational.Host.Alerts;

/// <summary>
/// Ids of alerts, which follow from the picture: <c>red:{case}</c>, <c>overdue:{case}:{2 or 3}:{ms}</c>, <c>sos:{unit}:{ms}</c>,
/// <c>silent:{grid}:{ms}</c>. Here it is whether the text can be one and, given the picture, whether there is such an alert right now.
/// </summary>
internal static class AlertId
{
    /// <summary>Longest id.</summary>
    public const int MaxLength = 160;

    /// <summary>
    /// A grid that was never heard, or not since the start, has no time to tell one silence from the next: its alert carries the beginning of
    /// such a span instead and comes back with the next. Counted from 1970 UTC they are the shifts of China: 0, 8 and 16 o'clock.
    /// </summary>
    public const long UnheardSpanMs = 8 * 3_600_000;

    private const int MaxDigits = 15;

    /// <summary>Whether the text has the form of one.</summary>
    public static bool IsOne(string text)
    {
        if (text.Length > MaxLength || text.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon))
            return false;
        var rest = text[(colon + 1)..];
        return text[..colon] switch
        {
            "red" => IsCase(rest),
            "overdue" => TrySplitOverdue(rest, out var id, out _, out var due) && IsTime(due) && IsCase(id),
            "sos" => TrySplit(rest, out var unit, out var at) && IsTime(at) && unit.Length <= ActorFields.MaxId && PlainText.IsFit(unit),
            "silent" => TrySplit(rest, out var grid, out var at) && IsTime(at) && IsCode(grid),
            _ => false,
        };
    }

    /// <summary>Whether the picture has that alert now. The text must have the form of one.</summary>
    /// <param name="text">The id.</param>
    /// <param name="city">The picture.</param>
    /// <param name="nowMs">Milliseconds since 1970.</param>
    public static bool IsOn(string text, ILiveCity city, long nowMs)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var rest = text[(colon + 1)..];
        switch (text[..colon])
        {
            case "red":
                return city.Case(rest) is { Severity: (byte)Severity.Red };
            case "overdue":
                // What is overdue twice was overdue before: whoever saw that is not refused because the next level was reached meanwhile.
                return TrySplitOverdue(rest, out var id, out var level, out var due) && city.Case(id) is { } one
                    && one.Level >= level && one.DueAtMs == Number(due);
            case "sos":
                return TrySplit(rest, out var unit, out var at) && Number(at) is > 0 and var called && city.Unit(unit)?.SosAtMs == called;
            default:
                if (!TrySplit(rest, out var grid, out var since) || city.SilentSince(grid) is not { } heardAt)
                    return false;
                var span = nowMs - nowMs % UnheardSpanMs;
                return heardAt > 0 ? Number(since) == heardAt : Number(since) is var begin && (begin == span || begin == span - UnheardSpanMs);
        }
    }

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    private static bool TrySplitOverdue(string text, out string id, out int level, out string due)
    {
        (id, level) = ("", 0);
        if (!TrySplit(text, out var before, out due) || !TrySplit(before, out id, out var digit) || digit is not ("2" or "3"))
            return false;
        level = digit[0] - '0';
        return true;
    }

    private static bool IsCase(string text) => CaseId.TryParse(text, out var grid, out _) && IsCode(grid);

    /// <summary>Codes of areas are ASCII, as are the ids of cases that begin with them.</summary>
    private static bool IsCode(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static bool IsTime(string text) => text.Length is > 0 and <= MaxDigits && text.All(char.IsAsciiDigit);

    private static bool TrySplit(string text, out string before, out string after)
    {
        var colon = text.LastIndexOf(':');
        (before, after) = colon < 0 ? ("", "") : (text[..colon], text[(colon + 1)..]);
        return colon > 0;
    }
}
