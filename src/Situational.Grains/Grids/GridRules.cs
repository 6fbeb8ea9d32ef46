using System.Collections.Immutable;
using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Domain.Territory;
using Situational.Grains.Territory;

namespace Situational.Grains.Grids;

/// <summary>What one grid decides by: the city's rules, its own bound, and its place in the territory that the silo holds. Used inside one grain's turns only.</summary>
/// <param name="grid">The grid's code.</param>
/// <param name="city">The city's rules.</param>
/// <param name="maxOpenCases">How many open cases the grid may hold.</param>
/// <param name="territory">The silo's copy of the territory.</param>
internal sealed class GridRules(string grid, CityRules city, int maxOpenCases, ITerritorySource territory)
{
    private LoopRules _loop = new(city, maxOpenCases, []);
    private TerritoryIndex? _index;

    /// <summary>Version of the territory that the silo holds, 0 before the first.</summary>
    public int Version => territory.Current?.Territory.Version ?? 0;

    /// <summary>The rules of the loop, with the areas above the grid under the present territory, or under the last that had the grid.</summary>
    public LoopRules Loop
    {
        get
        {
            var index = territory.Current;
            if (index is null || ReferenceEquals(index, _index))
                return _loop;
            _index = index;
            var above = Above(index.Territory);
            if (!above.IsEmpty)
                _loop = new LoopRules(city, maxOpenCases, above);
            return _loop;
        }
    }

    /// <summary>Waits for the silo's first copy of the territory.</summary>
    public async ValueTask ReadyAsync(CancellationToken cancellationToken)
    {
        if (territory.Current is null)
            await territory.AtLeastAsync(1, cancellationToken);
    }

    /// <summary>Makes the silo read the territory if it holds an older version.</summary>
    public async ValueTask AtLeastAsync(int version, CancellationToken cancellationToken)
    {
        if (version > Version)
            await territory.AtLeastAsync(version, cancellationToken);
    }

    /// <summary>
    /// Version of the territory, and the code of the grid that a place belongs to under it when that is another one; null when it is this one
    /// or cannot be told. A place that no grid contains any more stays where it is; of a grid that has vanished it goes to the nearest one.
    /// </summary>
    /// <param name="latitude">WGS-84 degrees.</param>
    /// <param name="longitude">WGS-84 degrees.</param>
    public (int Version, string? Other) Place(double latitude, double longitude) =>
        territory.Current is { } index ? (index.Territory.Version, OtherOwner(index, latitude, longitude)) : (0, null);

    /// <summary>The grid that a case is to go to; null when it may stay. The version that placed it, or an earlier one, moves it no more.</summary>
    public string? OtherOwner(Case one) =>
        territory.Current is { } index && one.TerritoryVersion < index.Territory.Version
            ? OtherOwner(index, one.Report.Latitude, one.Report.Longitude)
            : null;

    /// <summary>The command that sends cases to the grids they belong to, at most so many; null when all may stay.</summary>
    public GridCommand.Depart? Depart(GridState state, int most)
    {
        if (territory.Current is not { } index)
            return null;
        var version = index.Territory.Version;
        var owners = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var (id, one) in state.Open)
        {
            if (one.TerritoryVersion >= version || OtherOwner(index, one.Report.Latitude, one.Report.Longitude) is not { } owner)
                continue;
            owners.Add((id, owner));
            if (owners.Count == most)
                break;
        }
        return owners.Count == 0 ? null : new GridCommand.Depart(version, owners.DrainToImmutable());
    }

    private string? OtherOwner(TerritoryIndex index, double latitude, double longitude)
    {
        var owner = index.Locate(latitude, longitude);
        if (owner < 0)
        {
            if (index.Territory.OrdinalOf(grid) >= 0)
                return null;
            owner = index.Nearest(latitude, longitude).Ordinal;
        }
        return owner >= 0 && index.Territory.Grids[owner].Code is var code && code != grid ? code : null;
    }

    private ImmutableArray<string> Above(CityTerritory city)
    {
        var above = ImmutableArray.CreateBuilder<string>();
        for (var area = city.Find(grid); area?.Parent is { } parent; area = city.Find(parent))
            above.Add(parent);
        return above.DrainToImmutable();
    }
}
