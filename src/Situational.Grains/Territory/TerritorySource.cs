using Situational.Domain.Journal;
using Situational.Domain.Territory;

namespace Situational.Grains.Territory;

/// <summary>
/// The silo's copy of the territory, read from the store and kept until a newer one is asked for. One reading at a time; those who wait
/// meanwhile share its outcome.
/// </summary>
/// <param name="store">Where territories are kept.</param>
public sealed class TerritorySource(ITerritoryStore store) : ITerritorySource, IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile TerritoryIndex? _current;

    /// <inheritdoc />
    public event Action<TerritoryIndex>? Changed;

    /// <inheritdoc />
    public TerritoryIndex? Current => _current;

    /// <inheritdoc />
    public async Task<TerritoryIndex?> AtLeastAsync(int version, CancellationToken cancellationToken)
    {
        if (_current is { } enough && enough.Territory.Version >= version)
            return enough;
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_current is { } meanwhile && meanwhile.Territory.Version >= version)
                return meanwhile;
            if (await store.LoadNewestAsync(cancellationToken) is not { } newest || newest.Version <= (_current?.Territory.Version ?? 0))
                return _current;
            var index = await Task.Run(() => Read(newest), cancellationToken);
            _current = index;
            Changed?.Invoke(index);
            return index;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Reads a stored territory.</summary>
    /// <exception cref="InvalidDataException">It cannot be read: it was not checked before it was stored, or the store is damaged.</exception>
    public static TerritoryIndex Read(StoredTerritory stored)
    {
        var reading = TerritoryReader.Read(stored.GeoJson, new TerritoryReadOptions { CheckCoverage = false }, stored.Version);
        return reading.Territory is { } territory
            ? new TerritoryIndex(territory)
            : throw new InvalidDataException($"Territory version {stored.Version} cannot be read: {reading.Faults[0].Text}");
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();
}
