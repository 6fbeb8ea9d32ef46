using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>Territories on SQLite.</summary>
internal sealed class SqliteTerritoryStore(SqliteStore store) : ITerritoryStore
{
    public Task<StoredTerritory?> LoadNewestAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(session => Load(session, "ORDER BY version DESC LIMIT 1"), cancellationToken);

    public Task<StoredTerritory?> LoadAsync(int version, CancellationToken cancellationToken) =>
        store.ReadAsync(session => Load(session, "WHERE version = $1", version), cancellationToken);

    public Task<IReadOnlyList<TerritoryVersion>> ListAsync(CancellationToken cancellationToken) => store.ReadAsync(List, cancellationToken);

    public Task<bool> TryAddAsync(StoredTerritory territory, AuditEntry? audit, CancellationToken cancellationToken)
    {
        var geoJson = territory.GeoJson.ToArray();
        var entry = audit is null ? null : StoredAudit.Of(audit);
        return store.WriteAsync(session =>
        {
            if (!Add(session, territory, geoJson))
                return false;
            if (entry is not null)
                AuditTable.Add(session, entry);
            return true;
        }, cancellationToken);
    }

    /// <summary>Adds a version; false when there is one of that number.</summary>
    public static bool Add(Session session, StoredTerritory territory, byte[] geoJson) => session.Run(
        "INSERT INTO territories (version, geojson, fingerprint, in_force) VALUES ($1, $2, $3, $4) ON CONFLICT (version) DO NOTHING",
        territory.Version, geoJson, territory.Fingerprint, territory.InForceAt?.UtcTicks) == 1;

    /// <summary>The row of the columns version, geojson, fingerprint and in_force.</summary>
    public static StoredTerritory Read(SqliteDataReader rows) =>
        new(rows.GetInt32(0), rows.GetFieldValue<byte[]>(1), rows.GetString(2), Since(rows, 3));

    private static IReadOnlyList<TerritoryVersion> List(Session session)
    {
        var versions = new List<TerritoryVersion>();
        using var rows = session.Query("SELECT version, fingerprint, in_force FROM territories ORDER BY version");
        while (rows.Read())
            versions.Add(new TerritoryVersion(rows.GetInt32(0), rows.GetString(1), Since(rows, 2)));
        return versions;
    }

    private StoredTerritory? Load(Session session, string which, params object?[] values)
    {
        using var rows = session.Query($"SELECT version, geojson, fingerprint, in_force FROM territories {which}", values);
        if (!rows.Read())
            return null;
        var territory = Read(rows);
        if (!string.Equals(Convert.ToHexString(SHA256.HashData(territory.GeoJson.Span)), territory.Fingerprint, StringComparison.OrdinalIgnoreCase))
            throw new JournalDamagedException(store.File, null, null, $"version {territory.Version} of the territory has another fingerprint");
        return territory;
    }

    private static DateTimeOffset? Since(SqliteDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : new DateTimeOffset(rows.GetInt64(column), TimeSpan.Zero);
}
