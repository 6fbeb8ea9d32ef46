using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>The events, one row each, numbered without a gap from 1 in every grid.</summary>
internal sealed class EventTable(string file)
{
    public static long VersionOf(Session session, string grid) =>
        (long?)session.Value("SELECT version FROM events WHERE grid = $1 ORDER BY version DESC LIMIT 1", grid) ?? 0;

    public static void Add(Session session, string grid, long version, StoredRow row) =>
        session.Run("INSERT INTO events (grid, version, data, checksum) VALUES ($1, $2, $3, $4)", grid, version, row.Data, row.Checksum);

    /// <summary>The events after a version.</summary>
    /// <exception cref="JournalDamagedException">One is missing or is not what was written.</exception>
    public List<GridEvent> After(Session session, string grid, long version)
    {
        var first = version;
        var events = new List<GridEvent>();
        using var rows = session.Query(
            "SELECT version, data, checksum FROM events WHERE grid = $1 AND version > $2 ORDER BY version", grid, version);
        while (rows.Read())
        {
            if (rows.GetInt64(0) != ++version)
                throw new JournalDamagedException(file, grid, version, "the event is missing");
            var damage = rows.RowAt(1).Read(Stored.Json.GridEvent, grid, version, out var value);
            if (damage is not null)
                throw new JournalDamagedException(file, grid, version, damage);
            events.Add(value!);
        }
        if (events.Count == 0 && first > 0 && VersionOf(session, grid) < first)
            throw new JournalDamagedException(file, grid, first, "the event is missing although a snapshot holds it");
        return events;
    }
}
