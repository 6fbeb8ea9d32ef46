using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Situational.Domain.Kpis;

/// <summary>The figures of every area of a city in one period. Immutable; holds no single case and no single duration.</summary>
public sealed class KpiSheet
{
    private readonly FrozenDictionary<string, AreaFigures> _areas;
    private readonly FrozenDictionary<string, ImmutableArray<ChildRates>> _children;

    internal KpiSheet(
        KpiPeriod period, int unplaced, FrozenDictionary<string, AreaFigures> areas, FrozenDictionary<string, ImmutableArray<ChildRates>> children)
    {
        Period = period;
        Unplaced = unplaced;
        _areas = areas;
        _children = children;
    }

    /// <summary>The period.</summary>
    public KpiPeriod Period { get; }

    /// <summary>Cases whose grid is unknown in their version of the territory, so that they belong to no area.</summary>
    public int Unplaced { get; }

    /// <summary>The figures of an area; those of an area without cases are all empty.</summary>
    public AreaFigures Of(string area) => _areas.GetValueOrDefault(area) ?? AreaFigures.Nothing;

    /// <summary>
    /// A rate of each area right under one, of those that had cases, by code. What an area had while it lay under another one is not here:
    /// the children's counts add up to the area's.
    /// </summary>
    public IEnumerable<AreaRatio> ChildrenOf(string area, KpiRate rate) =>
        _children.TryGetValue(area, out var children) ? children.Select(c => new AreaRatio(c.Area, c.Rates[(int)rate])) : [];

    /// <summary>The rates of an area while it lay under one parent.</summary>
    internal readonly record struct ChildRates(string Area, ImmutableArray<Ratio> Rates);
}

/// <summary>An area and a rate of it.</summary>
/// <param name="Area">The area's code.</param>
/// <param name="Ratio">The rate.</param>
public readonly record struct AreaRatio(string Area, Ratio Ratio);
