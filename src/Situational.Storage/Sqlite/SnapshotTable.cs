using Situational.Domain.Cases;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>Each grid's newest snapshot: only a short cut, since every event is kept.</summary>
internal static class SnapshotTable
{
    public static void Put(Session session, string grid, long version, StoredRow row) => session.Run(
        """
        INSERT INTO snapshots (grid, version, data, checksum) VALUES ($1, $2, $3, $4)
        ON CONFLICT (grid) DO UPDATE SET version = excluded.version, data = excluded.data, checksum = excluded.checksum
        """, grid, version, row.Data, row.Checksum);

    /// <summary>Writes a few pages and takes them away again, so that the transaction shows whether there is room for a report.</summary>
    public static bool TryRoom(Session session)
    {
        session.Run("INSERT INTO snapshots (grid, version, data, checksum) VALUES ('', 0, zeroblob(16384), 0)");
        return session.Run("DELETE FROM snapshots WHERE grid = ''") > 0;
    }

    /// <summary>The newest snapshot, or null when there is none or it is damaged.</summary>
    public static GridState? Find(Session session, string grid, out string? damage)
    {
        damage = null;
        using var rows = session.Query("SELECT version, data, checksum FROM snapshots WHERE grid = $1", grid);
        if (!rows.Read())
            return null;
        damage = rows.RowAt(1).Read(Stored.Json.StoredState, grid, rows.GetInt64(0), out var state);
        return state?.ToState();
    }
}
