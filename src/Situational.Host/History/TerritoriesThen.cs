using Situational.Domain.Journal;
using Situational.Domain.Territory;
using Situational.Grains.Territory;

namespace Situational.Host.History;

/// <summary>
/// Which version of the territory was in force when, read from the store when the past is asked for. Keeps the last few that were. Safe for all
/// threads.
/// </summary>
internal sealed class TerritoriesThen(ITerritoryStore store, ITerritorySource source) : IDisposable
{
    /// <summary>Most versions that are kept; one of a full city takes some tens of megabytes.</summary>
    public const int MaxKept = 4;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly List<CityTerritory> _kept = [];

    /// <summary>The number of the version that was in force, 0 if none was. One of which nobody knows since when counts as having always been.</summary>
    public async Task<int> VersionAtAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        VersionAt(await store.ListAsync(cancellationToken), at);

    /// <inheritdoc cref="VersionAtAsync"/>
    /// <param name="versions">All versions, oldest first.</param>
    /// <param name="at">The moment.</param>
    public static int VersionAt(IReadOnlyList<TerritoryVersion> versions, DateTimeOffset at)
    {
        var found = 0;
        foreach (var version in versions)
            if (version.InForceAt is not { } since || since <= at)
                found = version.Version;
        return found;
    }

    /// <summary>A version.</summary>
    /// <exception cref="InvalidDataException">The store does not have it, or it cannot be read.</exception>
    public async Task<CityTerritory> ReadAsync(int version, CancellationToken cancellationToken)
    {
        if (source.Current?.Territory is { } current && current.Version == version)
            return current;
        await _one.WaitAsync(cancellationToken);
        try
        {
            var place = _kept.FindIndex(kept => kept.Version == version);
            if (place >= 0)
            {
                var known = _kept[place];
                _kept.RemoveAt(place);
                _kept.Add(known);
                return known;
            }
            var stored = await store.LoadAsync(version, cancellationToken) ?? throw new InvalidDataException($"Territory version {version} is not in the store.");
            var territory = await Task.Run(() => TerritorySource.Read(stored).Territory, cancellationToken);
            if (_kept.Count == MaxKept)
                _kept.RemoveAt(0);
            _kept.Add(territory);
            return territory;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The grids that an area had at any time of a period; null when no version of the period has it.</summary>
    public async Task<HashSet<string>?> GridsAsync(string area, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var versions = await store.ListAsync(cancellationToken);
        var first = VersionAt(versions, from);
        HashSet<string>? grids = null;
        foreach (var version in versions)
        {
            if (version.Version < first || version.InForceAt > to)
                continue;
            var territory = await ReadAsync(version.Version, cancellationToken);
            var code = area == Feed.CityPicture.RootAlias && territory.Find(area) is null ? territory.City.Code : area;
            if (territory.Find(code) is null)
                continue;
            grids ??= new HashSet<string>(StringComparer.Ordinal);
            foreach (var ordinal in territory.GridsUnder(code))
                grids.Add(territory.Grids[ordinal].Code);
        }
        return grids;
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();
}
