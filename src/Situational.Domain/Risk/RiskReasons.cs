using System.Globalization;

namespace Situational.Domain.Risk;

/// <summary>The two written forms of a <see cref="RiskReason"/>: a short code for the wire, and words in zh-CN and en.</summary>
public static class RiskReasons
{
    private static readonly (RiskCause Cause, string Code)[] Codes =
    [
        (RiskCause.NoOpenCases, "no-open-cases"), (RiskCause.OpenRed, "open-red"), (RiskCause.OpenOrange, "open-orange"),
        (RiskCause.OpenYellow, "open-yellow"), (RiskCause.OpenBlue, "open-blue"), (RiskCause.Overdue, "overdue"),
        (RiskCause.Age, "age"), (RiskCause.Silent, "silent"), (RiskCause.NotLoaded, "not-loaded"),
        (RiskCause.Approaching, "approaching"), (RiskCause.OverdueTwice, "overdue-twice"), (RiskCause.HistoryLost, "history-lost"),
    ];

    /// <summary>The short form <c>code:count:points</c>, such as <c>open-red:2:16</c>.</summary>
    public static string Write(RiskReason reason)
    {
        foreach (var (cause, code) in Codes)
            if (cause == reason.Cause)
                return string.Create(CultureInfo.InvariantCulture, $"{code}:{reason.Count}:{reason.Points:0.##}");
        throw new ArgumentOutOfRangeException(nameof(reason), reason.Cause, "No such cause is known.");
    }

    /// <summary>Reads the short form; false when it is not one.</summary>
    public static bool TryRead(string written, out RiskReason reason)
    {
        var parts = written.Split(':');
        if (parts.Length == 3
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && double.TryParse(parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var points))
        {
            foreach (var (cause, code) in Codes)
                if (code == parts[0])
                {
                    reason = new RiskReason(cause, count, points);
                    return true;
                }
        }
        reason = default;
        return false;
    }

    /// <summary>The short form in words; a text that is not one is returned as it is.</summary>
    /// <param name="written">From <see cref="Write"/>.</param>
    /// <param name="culture">Chinese for <c>zh</c> and its kinds, English for all others.</param>
    public static string InWords(string written, CultureInfo culture) =>
        TryRead(written, out var reason) ? InWords(reason, culture) : written;

    /// <summary>A reason in words.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="culture">Chinese for <c>zh</c> and its kinds, English for all others.</param>
    public static string InWords(RiskReason reason, CultureInfo culture)
    {
        var points = reason.Points.ToString("0.##", CultureInfo.InvariantCulture);
        return culture.TwoLetterISOLanguageName == "zh" ? InChinese(reason, points) : InEnglish(reason, points);
    }

    private static string InChinese(RiskReason reason, string points) => reason.Cause switch
    {
        RiskCause.OpenRed => $"红色案件 {reason.Count} 件未结（+{points}）",
        RiskCause.OpenOrange => $"橙色案件 {reason.Count} 件未结（+{points}）",
        RiskCause.OpenYellow => $"黄色案件 {reason.Count} 件未结（+{points}）",
        RiskCause.OpenBlue => $"蓝色案件 {reason.Count} 件未结（+{points}）",
        RiskCause.Overdue => $"超时案件 {reason.Count} 件（+{points}）",
        RiskCause.Age => $"超过一天未结的案件 {reason.Count} 件（+{points}）",
        RiskCause.Silent => $"静默 {reason.Count} 分钟，情况不明",
        RiskCause.NotLoaded => "案件尚未读取，情况不明",
        RiskCause.Approaching => $"即将超时案件 {reason.Count} 件（+{points}）",
        RiskCause.OverdueTwice => $"超时一倍以上案件 {reason.Count} 件（+{points}）",
        RiskCause.HistoryLost => $"存储恢复后缺少最近 {reason.Count} 条记录，刚受理的内容可能丢失",
        _ => "无未结案件",
    };

    private static string InEnglish(RiskReason reason, string points) => reason.Cause switch
    {
        RiskCause.OpenRed => $"{reason.Count} open red {Cases(reason.Count)} (+{points})",
        RiskCause.OpenOrange => $"{reason.Count} open orange {Cases(reason.Count)} (+{points})",
        RiskCause.OpenYellow => $"{reason.Count} open yellow {Cases(reason.Count)} (+{points})",
        RiskCause.OpenBlue => $"{reason.Count} open blue {Cases(reason.Count)} (+{points})",
        RiskCause.Overdue => $"{reason.Count} {Cases(reason.Count)} overdue (+{points})",
        RiskCause.Age => $"{reason.Count} {Cases(reason.Count)} open for more than a day (+{points})",
        RiskCause.Silent => $"Silent for {reason.Count} {(reason.Count == 1 ? "minute" : "minutes")}: not known to be fine",
        RiskCause.NotLoaded => "Cases not read yet: not known to be fine",
        RiskCause.Approaching => $"{reason.Count} {Cases(reason.Count)} close to a limit (+{points})",
        RiskCause.OverdueTwice => $"{reason.Count} {Cases(reason.Count)} past twice a limit (+{points})",
        RiskCause.HistoryLost => $"The store came back without the newest {reason.Count} {(reason.Count == 1 ? "event" : "events")}: what was just acknowledged may be missing",
        _ => "No open cases",
    };

    private static string Cases(int count) => count == 1 ? "case" : "cases";
}
