using Microsoft.Data.Sqlite;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using Situational.Storage.Upkeep;

namespace Situational.Storage.Sqlite;

/// <summary>Reads a database from end to end. Where it cannot, it says so and goes on behind.</summary>
internal sealed class SqliteArchiveReader(Session session, PhotoFiles photos, TrailTable trails)
{
    private const string CaseColumns =
        "id, grid, stage, severity, category, level, due, reported, ended, text, fact, fact_checksum, data, checksum";

    public IEnumerable<ArchiveItem> Everything()
    {
        IEnumerable<ArchiveItem>[] sections =
        [
            Guarded("the database", Integrity()),
            Guarded("the territories", Territories()),
            Guarded("the units", Units()),
            Guarded("the fixes", Fixes()),
            Guarded("the duty states", Duty()),
            Guarded("the trails", trails.Everything(session)),
            Guarded("the coverage sheets", Sheets()),
            Guarded("the acknowledgements", Acknowledgements()),
            Guarded("the photos", Photos()),
            Guarded("the past", PastTable.Kept(session)),
            Guarded("the grids", Grids(session).SelectMany(grid =>
                Guarded($"the snapshot of grid {grid}", Snapshot(grid)).Concat(Guarded($"the events of grid {grid}", Events(grid))))),
            Guarded("the past", PastTable.Everything(session)),
            Guarded("the cases", Cases()),
            Guarded("the idempotency keys", Keys()),
            Guarded("the audit trail", Audit()),
        ];
        return sections.SelectMany(section => section);
    }

    /// <summary>Every grid that has events or a snapshot.</summary>
    public static IEnumerable<string> Grids(Session session)
    {
        var after = "";
        while (session.Value(
            """
            SELECT min(grid) FROM (
                SELECT min(grid) AS grid FROM events WHERE grid > $1
                UNION ALL SELECT min(grid) FROM snapshots WHERE grid > $1)
            """, after) is string grid)
            yield return after = grid;
    }

    public static StoredCase? FindCase(Session session, string id)
    {
        using var rows = session.Query($"SELECT {CaseColumns} FROM cases JOIN case_data USING (number) WHERE id = $1", id);
        return rows.Read() ? CaseOf(rows) : null;
    }

    private static StoredCase CaseOf(SqliteDataReader rows) => new(
        rows.GetString(0), rows.GetString(1), (Stage)rows.GetInt32(2), (Severity)rows.GetInt32(3), rows.GetString(4), (DeadlineLevel)rows.GetInt32(5),
        rows.IsDBNull(6) ? null : rows.GetInt64(6), rows.GetInt64(7), rows.GetInt64(8), rows.GetString(9), rows.RowAt(12), rows.RowAt(10));

    /// <summary>Ends a section where it cannot be read.</summary>
    private static IEnumerable<ArchiveItem> Guarded(string place, IEnumerable<ArchiveItem> section)
    {
        using var items = section.GetEnumerator();
        while (true)
        {
            ArchiveItem item;
            try
            {
                if (!items.MoveNext())
                    yield break;
                item = items.Current;
            }
            catch (Exception e) when (e is SqliteException or InvalidCastException or InvalidOperationException or OverflowException or IOException
                or UnauthorizedAccessException or ArgumentException)
            {
                item = new ArchiveItem.Fault(place, $"it cannot be read on ({e.Message})");
            }
            yield return item;
            if (item is ArchiveItem.Fault { Damage: var damage } && damage.StartsWith("it cannot be read on", StringComparison.Ordinal))
                yield break;
        }
    }

    private IEnumerable<ArchiveItem> Integrity()
    {
        using var rows = session.Query("PRAGMA integrity_check(100)");
        while (rows.Read())
            if (rows.GetString(0) is not "ok" and var found)
                yield return new ArchiveItem.Fault("the database", found.ReplaceLineEndings(" "));
    }

    private IEnumerable<ArchiveItem> Territories()
    {
        using var rows = session.Query("SELECT version, geojson, fingerprint, in_force FROM territories ORDER BY version");
        while (rows.Read())
            yield return new ArchiveItem.Territory(SqliteTerritoryStore.Read(rows));
    }

    private IEnumerable<ArchiveItem> Units()
    {
        using var rows = session.Query("SELECT unit, squad FROM units ORDER BY unit");
        while (rows.Read())
            yield return new ArchiveItem.Unit(new UnitEnrolment(rows.GetString(0), rows.GetString(1)));
    }

    private IEnumerable<ArchiveItem> Fixes()
    {
        using var rows = session.Query($"SELECT {SqliteUnitStore.FixColumns}, squad FROM fixes ORDER BY squad, unit");
        while (rows.Read())
            yield return new ArchiveItem.Fix(rows.GetString(9), SqliteUnitStore.ReadFix(rows));
    }

    private IEnumerable<ArchiveItem> Duty()
    {
        using var rows = session.Query("SELECT unit, squad, data, checksum FROM unit_duty ORDER BY unit");
        while (rows.Read())
            yield return new ArchiveItem.Duty(rows.GetString(0), rows.GetString(1), rows.RowAt(2));
    }

    private IEnumerable<ArchiveItem> Sheets()
    {
        using var rows = session.Query(
            """
            SELECT cadence, day, grid, walkable, walked, data, checksum FROM coverage LEFT JOIN coverage_sheets USING (number)
            ORDER BY cadence, day, grid
            """);
        while (rows.Read())
        {
            var period = new CoveragePeriod((CoverageCadence)rows.GetInt32(0), DateOnly.FromDayNumber(rows.GetInt32(1)));
            var figure = new CoverageFigure(rows.GetString(2), period, rows.GetDouble(3), rows.GetDouble(4));
            yield return rows.IsDBNull(5)
                ? new ArchiveItem.Fault(StoredSheet.NameOf(figure.Grid, period), "its cells are missing")
                : new ArchiveItem.Sheet(figure, rows.RowAt(5));
        }
        if (session.Value("SELECT count(*) FROM coverage_sheets WHERE number NOT IN (SELECT number FROM coverage)") is long orphans and > 0)
            yield return new ArchiveItem.Fault("the coverage sheets", $"{orphans} rows of cells are no sheet's");
    }

    private IEnumerable<ArchiveItem> Acknowledgements()
    {
        using var rows = session.Query("SELECT alert, at, data, checksum FROM alerts ORDER BY at, alert");
        while (rows.Read())
            yield return new ArchiveItem.Acknowledgement(rows.GetString(0), rows.GetInt64(1), rows.RowAt(2));
    }

    private IEnumerable<ArchiveItem> Photos()
    {
        using var rows = session.Query("SELECT id, type FROM photos ORDER BY id");
        while (rows.Read())
        {
            var id = rows.GetString(0);
            yield return !PhotoFiles.IsId(id) ? new ArchiveItem.Fault($"photo {id}", "that is no photo's id")
                : photos.Read(id) is { } content ? new ArchiveItem.Photo(id, new StoredPhoto(rows.GetString(1), content))
                : new ArchiveItem.Fault($"photo {id}", "its file is missing");
        }
    }

    private IEnumerable<ArchiveItem> Snapshot(string grid)
    {
        using var rows = session.Query("SELECT version, data, checksum FROM snapshots WHERE grid = $1", grid);
        if (rows.Read())
            yield return new ArchiveItem.Snapshot(grid, rows.GetInt64(0), rows.RowAt(1));
    }

    private IEnumerable<ArchiveItem> Events(string grid)
    {
        using var rows = session.Query("SELECT version, case_id, data, checksum FROM events WHERE grid = $1 ORDER BY version", grid);
        while (rows.Read())
            yield return new ArchiveItem.Event(grid, rows.GetInt64(0), new StoredEvent(rows.GetString(1), rows.RowAt(2)));
    }

    private IEnumerable<ArchiveItem> Cases()
    {
        using var rows = session.Query($"SELECT {CaseColumns}, number FROM cases LEFT JOIN case_data USING (number) ORDER BY number");
        while (rows.Read())
            yield return rows.IsDBNull(12)
                ? new ArchiveItem.Fault($"case {rows.GetString(0)}", "its data is missing")
                : new ArchiveItem.Case(CaseOf(rows));
        if (session.Value("SELECT count(*) FROM case_data WHERE number NOT IN (SELECT number FROM cases)") is long orphans and > 0)
            yield return new ArchiveItem.Fault("the cases", $"{orphans} rows of data are no case's");
    }

    private IEnumerable<ArchiveItem> Keys()
    {
        using var rows = session.Query("SELECT key, fingerprint, case_id, accepted_ms FROM report_keys ORDER BY number");
        while (rows.Read())
            yield return new ArchiveItem.Key(new AcceptedReport(rows.GetString(0), rows.GetString(1), rows.GetString(2)), rows.GetInt64(3));
    }

    private IEnumerable<ArchiveItem> Audit()
    {
        var last = 0L;
        using var rows = session.Query("SELECT number, at, who, target, data, checksum FROM audit ORDER BY number");
        while (rows.Read())
        {
            var number = rows.GetInt64(0);
            if (number != last + 1)
                yield return new ArchiveItem.Fault($"entry {last + 1} of the audit trail", "it is missing");
            last = number;
            yield return new ArchiveItem.Audit(new StoredAudit(rows.GetInt64(1), rows.GetString(2), rows.GetString(3), rows.RowAt(4)));
        }
    }
}
