namespace Situational.Domain.Journal;

/// <summary>Keeps every version of the territory that was ever in force. Throws <see cref="JournalUnavailableException"/> when it cannot.</summary>
public interface ITerritoryStore
{
    /// <summary>The newest version, or null before the first.</summary>
    Task<StoredTerritory?> LoadNewestAsync(CancellationToken cancellationToken);

    /// <summary>That version, or null.</summary>
    Task<StoredTerritory?> LoadAsync(int version, CancellationToken cancellationToken);

    /// <summary>Every version and since when it is in force, oldest first.</summary>
    Task<IReadOnlyList<TerritoryVersion>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Keeps it durably, and with it what the audit trail is to say of it: both or neither. False, and nothing is written, when a
    /// version of that number is there already.</summary>
    /// <param name="territory">The version.</param>
    /// <param name="audit">The entry of the audit trail; null when nobody is to be named, as when a store is moved with its trail.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<bool> TryAddAsync(StoredTerritory territory, AuditEntry? audit, CancellationToken cancellationToken);
}

/// <summary>A territory as stored.</summary>
/// <param name="Version">From 1.</param>
/// <param name="GeoJson">The normalized GeoJSON FeatureCollection, UTF-8.</param>
/// <param name="Fingerprint">SHA-256 of <paramref name="GeoJson"/> in hexadecimal.</param>
/// <param name="InForceAt">Since when it is in force, UTC; null in stores from before it was kept.</param>
public sealed record StoredTerritory(int Version, ReadOnlyMemory<byte> GeoJson, string Fingerprint, DateTimeOffset? InForceAt = null);

/// <summary>A version of the territory.</summary>
public sealed record TerritoryVersion(int Version, string Fingerprint, DateTimeOffset? InForceAt);
