namespace Situational.Domain.Kpis;

/// <summary>What is said of a set of durations. Percentiles are by the nearest rank: the smallest of them that at least so many per cent do not exceed.</summary>
/// <param name="Count">How many durations.</param>
/// <param name="MedianSeconds">The 50th percentile, whole seconds; null of none.</param>
/// <param name="P90Seconds">The 90th percentile, whole seconds; null of none.</param>
public readonly record struct TimeFigure(int Count, int? MedianSeconds, int? P90Seconds)
{
    /// <summary>The figure of durations.</summary>
    /// <param name="seconds">The durations in whole seconds; they are sorted in place.</param>
    public static TimeFigure Of(Span<int> seconds)
    {
        if (seconds.IsEmpty)
            return default;
        seconds.Sort();
        return new(seconds.Length, NearestRank(seconds, 50), NearestRank(seconds, 90));
    }

    /// <summary>A percentile by the nearest rank: the value at place ⌈percent × n / 100⌉, counted from 1.</summary>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="percent">1 to 100.</param>
    private static int NearestRank(ReadOnlySpan<int> sorted, int percent) => sorted[(int)(((long)percent * sorted.Length + 99) / 100) - 1];
}
