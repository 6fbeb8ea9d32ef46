using Situational.Domain.Territory;
using Situational.Grains.Territory;

namespace Situational.Host.Tests.Feed.Support;

/// <summary>A territory source that a test sets.</summary>
internal sealed class FakeTerritories : ITerritorySource
{
    public event Action<TerritoryIndex>? Changed;

    public TerritoryIndex? Current { get; private set; }

    public Task<TerritoryIndex?> AtLeastAsync(int version, CancellationToken cancellationToken) => Task.FromResult(Current);

    public void Set(CityTerritory territory)
    {
        Current = new TerritoryIndex(territory);
        Changed?.Invoke(Current);
    }
}
