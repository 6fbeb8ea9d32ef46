namespace Situational.Domain.Kpis;

/// <summary>
/// Areas in the order of a rate. One quick case tops nothing: only areas with enough cases are ranked, by the bound of the 95 % Wilson interval
/// that speaks least for them: the lower one where high is good, the upper one where low is good.
/// </summary>
/// <param name="Ranked">Best first, with the place of each, from 1; areas that cannot be told apart share a place.</param>
/// <param name="TooFew">The others, by code.</param>
public sealed record Ranking(IReadOnlyList<(int Place, AreaRatio Area)> Ranked, IReadOnlyList<AreaRatio> TooFew)
{
    /// <summary>Ranks areas.</summary>
    /// <param name="areas">The areas.</param>
    /// <param name="highIsGood">Whether high values are good.</param>
    /// <param name="minimumSample">Smallest denominator that is ranked, from 1.</param>
    public static Ranking Of(IEnumerable<AreaRatio> areas, bool highIsGood, int minimumSample)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumSample, 1);
        var byWorth = areas.OrderBy(a => a.Area, StringComparer.Ordinal).ToLookup(a => a.Ratio.Denominator >= minimumSample);
        var sorted = byWorth[true].Select(a => (Worth: Worth(a.Ratio, highIsGood), Area: a)).OrderByDescending(a => a.Worth).ToList();
        var ranked = new List<(int, AreaRatio)>(sorted.Count);
        var place = 0;
        for (var i = 0; i < sorted.Count; i++)
        {
            if (i == 0 || sorted[i].Area.Ratio != sorted[i - 1].Area.Ratio)
                place = i + 1;
            ranked.Add((place, sorted[i].Area));
        }
        return new(ranked, [.. byWorth[false]]);
    }

    private static double Worth(Ratio ratio, bool highIsGood)
    {
        var interval = ratio.Interval!.Value;
        return highIsGood ? interval.Low : 1 - interval.High;
    }
}
