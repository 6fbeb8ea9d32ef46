namespace Situational.Domain.Kpis;

/// <summary>The time that figures are about.</summary>
/// <param name="From">Its begin, included.</param>
/// <param name="Until">Its end, not included. Nothing at or after it counts, except that cases rejected, merged, suspended or reopened since
/// are taken as they stand now.</param>
public readonly record struct KpiPeriod(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Longest period asked for: 366 days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Whether an instant lies in it.</summary>
    public bool Has(DateTimeOffset at) => at >= From && at < Until;

    /// <summary>Whether something lasted at some time of it: from its begin up to but not including its end.</summary>
    /// <param name="begin">When it began.</param>
    /// <param name="end">When it ended; null if it has not.</param>
    public bool Meets(DateTimeOffset begin, DateTimeOffset? end) => begin < Until && (end is null || end > From);
}
