using System.Collections.Frozen;

namespace Situational.Domain.Territory;

/// <summary>The versioned tree of areas of one city (辖区). Immutable and safe for all threads.</summary>
public sealed class CityTerritory
{
    private readonly FrozenDictionary<string, Area> _byCode;
    private readonly FrozenDictionary<string, int> _gridOrdinals;
    private readonly FrozenDictionary<string, int[]> _gridsUnder;
    private readonly FrozenDictionary<string, string[]> _children;

    /// <summary>Builds the tree from areas that are already known to form one: one root, no cycle, parents present.</summary>
    /// <param name="version">Version in force, from 1.</param>
    /// <param name="levels">Level names from the city down to the grid, 2 to 6.</param>
    /// <param name="areas">All areas in any order.</param>
    /// <param name="simulated">Whether the city is invented.</param>
    public CityTerritory(int version, IReadOnlyList<string> levels, IReadOnlyList<Area> areas, bool simulated = false)
    {
        Version = version;
        Simulated = simulated;
        Levels = levels;
        Areas = areas;
        _byCode = areas.ToFrozenDictionary(a => a.Code, StringComparer.Ordinal);
        City = areas.Single(a => a.Parent is null);
        Grids = [.. areas.Where(a => a.Level == levels[^1]).OrderBy(a => a.Code, StringComparer.Ordinal)];
        _gridOrdinals = Grids.Select((g, i) => (g.Code, i)).ToFrozenDictionary(p => p.Code, p => p.i, StringComparer.Ordinal);
        var under = areas.ToDictionary(a => a.Code, _ => new List<int>(), StringComparer.Ordinal);
        for (var i = 0; i < Grids.Count; i++)
            for (var area = Grids[i]; area is not null; area = area.Parent is null ? null : _byCode[area.Parent])
                under[area.Code].Add(i);
        _gridsUnder = under.ToFrozenDictionary(p => p.Key, p => p.Value.ToArray(), StringComparer.Ordinal);
        _children = areas.Where(a => a.Parent is not null).GroupBy(a => a.Parent!)
            .ToFrozenDictionary(g => g.Key, g => g.Select(a => a.Code).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Version in force, from 1; every frame and case names it.</summary>
    public int Version { get; }

    /// <summary>Whether the city is invented, for demonstration; screens label it so (演示数据).</summary>
    public bool Simulated { get; }

    /// <summary>Level names from the city down to the grid.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>All areas.</summary>
    public IReadOnlyList<Area> Areas { get; }

    /// <summary>The root area.</summary>
    public Area City { get; }

    /// <summary>The grids (网格) in ascending ordinal order of their codes: a grid's place here is its ordinal.</summary>
    public IReadOnlyList<Area> Grids { get; }

    /// <summary>The area of that code, or null.</summary>
    public Area? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The ordinal of the grid of that code, or -1.</summary>
    public int OrdinalOf(string gridCode) => _gridOrdinals.TryGetValue(gridCode, out var i) ? i : -1;

    /// <summary>Ordinals of the grids under an area, ascending; a grid lies under itself; empty for an unknown code.</summary>
    public IReadOnlyList<int> GridsUnder(string areaCode) => _gridsUnder.GetValueOrDefault(areaCode) ?? [];

    /// <summary>Codes of the areas directly under an area, in ascending order.</summary>
    public IReadOnlyList<string> ChildrenOf(string areaCode) => _children.GetValueOrDefault(areaCode) ?? [];
}
