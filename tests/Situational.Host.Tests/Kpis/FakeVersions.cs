using System.Text;
using Situational.Domain.Journal;
using Situational.Domain.Territory;
using Situational.Grains.Territory;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Kpis;

/// <summary>A store of territories that has any number of versions, all of the same four grids under a city named for the version.</summary>
internal sealed class FakeVersions(int versions) : ITerritoryStore, ITerritorySource
{
    /// <summary>The versions that were loaded, in order.</summary>
    public List<int> Loaded { get; } = [];

    /// <inheritdoc />
    public TerritoryIndex? Current { get; private set; }

    /// <inheritdoc />
    public event Action<TerritoryIndex>? Changed { add { } remove { } }

    /// <summary>The city's code in a version.</summary>
    public static string CityOf(int version) => "city-" + version;

    /// <summary>Puts the newest version in force.</summary>
    public FakeVersions InForce()
    {
        Current = TerritorySource.Read(Stored(versions));
        return this;
    }

    public Task<TerritoryIndex?> AtLeastAsync(int version, CancellationToken cancellationToken) => Task.FromResult(Current);

    public Task<StoredTerritory?> LoadAsync(int version, CancellationToken cancellationToken)
    {
        Loaded.Add(version);
        return Task.FromResult(version >= 1 && version <= versions ? Stored(version) : null);
    }

    public Task<IReadOnlyList<TerritoryVersion>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TerritoryVersion>>([.. Enumerable.Range(1, versions).Select(v => new TerritoryVersion(v, "", null))]);

    public Task<StoredTerritory?> LoadNewestAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> TryAddAsync(StoredTerritory territory, AuditEntry? audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static StoredTerritory Stored(int version) => new(
        version, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(SmallCity.GeoJson()).Replace($"\"{SmallCity.City}\"", $"\"{CityOf(version)}\"", StringComparison.Ordinal)), "");
}
