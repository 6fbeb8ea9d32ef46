using System.Collections.Frozen;
using Situational.Domain.Territory;

namespace Situational.Domain.Kpis;

/// <summary>Who lies under whom in one version of the territory: the tree without its shapes, small enough to keep of many versions.</summary>
public sealed class AreaTree
{
    private readonly FrozenDictionary<string, string?> _parents;

    private AreaTree(int version, FrozenDictionary<string, string?> parents)
    {
        Version = version;
        _parents = parents;
    }

    /// <summary>The tree of a territory.</summary>
    public static AreaTree Of(CityTerritory territory) =>
        new(territory.Version, territory.Areas.ToFrozenDictionary(a => a.Code, a => a.Parent, StringComparer.Ordinal));

    /// <summary>The version.</summary>
    public int Version { get; }

    /// <summary>Whether that version has an area of that code.</summary>
    public bool Has(string code) => _parents.ContainsKey(code);

    /// <summary>Code of the area right above; null above the city and for an unknown code.</summary>
    public string? ParentOf(string code) => _parents.GetValueOrDefault(code);
}
