using Situational.Domain.Cases;
using Situational.Host.Ingest;

namespace Situational.Host.Alerts;

/// <summary>
/// Ids of alerts, which follow from the picture: <c>red:{case}</c>, <c>overdue:{case}:{2 or 3}</c>, <c>sos:{unit}:{ms}</c>, <c>silent:{grid}:{ms}</c>.
/// Whether there is such an alert is the picture's to say; here it is only whether the text can be one.
/// </summary>
internal static class AlertId
{
    /// <summary>Longest id.</summary>
    public const int MaxLength = 160;

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
            "overdue" => TrySplit(rest, out var id, out var level) && level is "2" or "3" && IsCase(id),
            "sos" => TrySplit(rest, out var unit, out var at) && IsTime(at) && unit.Length <= ActorFields.MaxId && PlainText.IsFit(unit),
            "silent" => TrySplit(rest, out var grid, out var at) && IsTime(at) && IsCode(grid),
            _ => false,
        };
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
