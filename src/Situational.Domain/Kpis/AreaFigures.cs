using System.Collections.Immutable;

namespace Situational.Domain.Kpis;

/// <summary>The figures of one area in one period. Immutable.</summary>
/// <param name="Cases">Cases that were open at some time in the period, without the excluded.</param>
/// <param name="Excluded">Cases left out because they stand rejected or merged.</param>
/// <param name="Rates">The rates; the place of each is its <see cref="KpiRate"/>.</param>
/// <param name="Times">The times; the place of each is its <see cref="KpiTime"/>.</param>
public sealed record AreaFigures(int Cases, int Excluded, ImmutableArray<Ratio> Rates, ImmutableArray<TimeFigure> Times)
{
    /// <summary>The figures of an area where nothing was.</summary>
    public static AreaFigures Nothing { get; } =
        new(0, 0, [.. new Ratio[KpiKeys.Rates.Length]], [.. new TimeFigure[KpiKeys.Times.Length]]);

    /// <summary>A rate.</summary>
    public Ratio this[KpiRate rate] => Rates[(int)rate];

    /// <summary>A time.</summary>
    public TimeFigure this[KpiTime time] => Times[(int)time];
}
