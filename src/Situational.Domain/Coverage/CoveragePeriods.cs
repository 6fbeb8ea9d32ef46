using Situational.Domain.Journal;

namespace Situational.Domain.Coverage;

/// <summary>Days, months and quarters of the calendar.</summary>
public static class CoveragePeriods
{
    /// <summary>All cadences, the shortest first.</summary>
    public static IReadOnlyList<CoverageCadence> Cadences { get; } = [CoverageCadence.Daily, CoverageCadence.Monthly, CoverageCadence.Quarterly];

    /// <summary>The period of a cadence that has a day.</summary>
    public static CoveragePeriod Of(CoverageCadence cadence, DateOnly day) => new(cadence, cadence switch
    {
        CoverageCadence.Daily => day,
        CoverageCadence.Monthly => new(day.Year, day.Month, 1),
        CoverageCadence.Quarterly => new(day.Year, (day.Month - 1) / 3 * 3 + 1, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(cadence), cadence, null),
    });

    /// <summary>The period so many before.</summary>
    /// <param name="period">From where.</param>
    /// <param name="count">How many, 0 or more; the first day that a calendar can hold ends it.</param>
    public static CoveragePeriod Before(this CoveragePeriod period, int count)
    {
        var months = period.Cadence == CoverageCadence.Quarterly ? 3 * count : count;
        return period with
        {
            First = period.Cadence == CoverageCadence.Daily ? period.First.AddDays(-count) : period.First.AddMonths(-months),
        };
    }
}
