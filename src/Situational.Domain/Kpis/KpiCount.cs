using System.Collections.Frozen;
using System.Collections.Immutable;
using Situational.Domain.Journal;

namespace Situational.Domain.Kpis;

/// <summary>
/// Counts cases into the figures of their areas: each into its grid and all areas above it, as they were in the version of the territory in
/// which the case lies, or lay when it ended. Needs 4 bytes for each stay in a stage and level of the tree, so some 20 MB for 100,000 cases.
/// Not safe for threads.
/// </summary>
/// <param name="period">The period.</param>
public sealed class KpiCount(KpiPeriod period)
{
    private readonly Dictionary<(string Area, string? Parent), FigureSums> _sums = [];
    private readonly CaseReading _reading = new();
    private int _unplaced;

    /// <summary>Counts a case that was open at some time in the period; others are passed over.</summary>
    /// <param name="fact">The case.</param>
    /// <param name="tree">The tree of the case's version of the territory; null when it is not known.</param>
    public void Add(CaseFact fact, AreaTree? tree)
    {
        _reading.Read(fact, period);
        if (!_reading.Counts && !_reading.Excluded)
            return;
        if (tree is null || !tree.Has(fact.Grid))
        {
            _unplaced++;
            return;
        }
        for (var area = fact.Grid; area is not null;)
        {
            var parent = tree.ParentOf(area);
            if (!_sums.TryGetValue((area, parent), out var sums))
                _sums.Add((area, parent), sums = new());
            sums.Add(_reading);
            area = parent;
        }
    }

    /// <summary>The figures of all that was counted; nothing may be counted afterwards.</summary>
    public KpiSheet ToSheet()
    {
        var children = _sums.Where(s => s.Key.Parent is not null).GroupBy(s => s.Key.Parent!).ToFrozenDictionary(
            g => g.Key,
            g => g.OrderBy(s => s.Key.Area, StringComparer.Ordinal).Select(s => new KpiSheet.ChildRates(s.Key.Area, RatesOf(s.Value))).ToImmutableArray(),
            StringComparer.Ordinal);
        var areas = _sums.GroupBy(s => s.Key.Area).ToFrozenDictionary(g => g.Key, g => Together(g.Select(s => s.Value)).ToFigures(), StringComparer.Ordinal);
        return new(period, _unplaced, areas, children);
    }

    private static ImmutableArray<Ratio> RatesOf(FigureSums sums) => [.. Enumerable.Range(0, KpiKeys.Rates.Length).Select(sums.RateOf)];

    /// <summary>An area that lay under several parents, each in its time, is one area.</summary>
    private static FigureSums Together(IEnumerable<FigureSums> parts)
    {
        FigureSums? all = null;
        foreach (var part in parts)
            if (all is null)
                all = part;
            else
                all.Add(part);
        return all!;
    }
}
