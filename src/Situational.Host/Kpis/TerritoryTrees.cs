using Situational.Domain.Journal;
using Situational.Domain.Kpis;
using Situational.Domain.Territory;
using Situational.Grains.Territory;

namespace Situational.Host.Kpis;

/// <summary>Trees of the territory's versions, read from the store when a figure needs one. Keeps the last few that were asked for. Safe for all threads.</summary>
internal sealed class TerritoryTrees(ITerritoryStore store, ITerritorySource source)
{
    /// <summary>Most trees that are kept.</summary>
    public const int MaxKept = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, (AreaTree Tree, long Asked)> _kept = [];
    private long _asked;

    /// <summary>Trees kept now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _kept.Count;
        }
    }

    /// <summary>The tree of a version; null when the store does not have it.</summary>
    public async ValueTask<AreaTree?> FindAsync(int version, CancellationToken cancellationToken)
    {
        lock (_gate)
            if (_kept.TryGetValue(version, out var known))
            {
                _kept[version] = (known.Tree, ++_asked);
                return known.Tree;
            }
        var territory = source.Current?.Territory is { } current && current.Version == version ? current : await ReadAsync(version, cancellationToken);
        return territory is null ? null : Keep(AreaTree.Of(territory));
    }

    /// <summary>Whether an area of that code is in the territory in force, or was in one of the newest versions that are kept.</summary>
    public async Task<bool> HasAsync(string area, CancellationToken cancellationToken)
    {
        if (source.Current?.Territory.Find(area) is not null)
            return true;
        var versions = await store.ListAsync(cancellationToken);
        for (var i = versions.Count - 1; i >= Math.Max(0, versions.Count - MaxKept); i--)
            if (await FindAsync(versions[i].Version, cancellationToken) is { } tree && tree.Has(area))
                return true;
        return false;
    }

    private async Task<CityTerritory?> ReadAsync(int version, CancellationToken cancellationToken)
    {
        if (await store.LoadAsync(version, cancellationToken) is not { } stored)
            return null;
        var reading = await Task.Run(
            () => TerritoryReader.Read(stored.GeoJson, new TerritoryReadOptions { CheckCoverage = false }, stored.Version), cancellationToken);
        return reading.Territory ?? throw new InvalidDataException($"Territory version {version} cannot be read: {reading.Faults[0].Text}");
    }

    private AreaTree Keep(AreaTree tree)
    {
        lock (_gate)
        {
            _kept[tree.Version] = (tree, ++_asked);
            if (_kept.Count > MaxKept)
                _kept.Remove(_kept.MinBy(k => k.Value.Asked).Key);
            return tree;
        }
    }
}
