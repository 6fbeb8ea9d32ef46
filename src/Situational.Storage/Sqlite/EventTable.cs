using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>The events, one row each, numbered without a gap from 1 in every grid.</summary>
internal sealed class EventTable(string file)
{
    public static long VersionOf(Session session, string grid) =>
        (long?)session.Value("SELECT version FROM events WHERE grid = $1 ORDER BY version DESC LIMIT 1", grid) ?? 0;

    public static void Add(Session session, string grid, long version, StoredEvent value) => session.Run(
        "INSERT INTO events (grid, version, data, checksum, case_id) VALUES ($1, $2, $3, $4, $5)",
        grid, version, value.Row.Data, value.Row.Checksum, value.CaseId);

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
            var damage = StoredEvent.Read(rows.RowAt(1), grid, version, out var value);
            if (damage is not null)
                throw new JournalDamagedException(file, grid, version, damage);
            events.Add(value!);
        }
        if (events.Count == 0 && first > 0 && VersionOf(session, grid) < first)
            throw new JournalDamagedException(file, grid, first, "the event is missing although a snapshot holds it");
        return events;
    }

    /// <summary>The events of a case in all grids, oldest first.</summary>
    /// <exception cref="JournalDamagedException">One is not what was written.</exception>
    public IReadOnlyList<CaseHappening> OfCase(Session session, string caseId)
    {
        var happenings = new List<CaseHappening>();
        using var rows = session.Query(
            "SELECT grid, version, data, checksum FROM events WHERE case_id = $1 ORDER BY number LIMIT $2", caseId, CaseHappenings.Most);
        while (rows.Read())
        {
            var (grid, version) = (rows.GetString(0), rows.GetInt64(1));
            var damage = StoredEvent.Read(rows.RowAt(2), grid, version, out var value);
            if (damage is not null)
                throw new JournalDamagedException(file, grid, version, damage);
            happenings.Add(new CaseHappening(grid, version, value!));
        }
        return CaseHappenings.InOrder(happenings);
    }

    /// <summary>At most so many codes of grids with a history, after one, in order.</summary>
    public static List<string> Grids(Session session, string after, int most)
    {
        var grids = new List<string>();
        while (grids.Count < most && session.Value("SELECT min(grid) FROM events WHERE grid > $1", after) is string grid)
            grids.Add(after = grid);
        return grids;
    }
}
