using Situational.Domain.Journal;
using Situational.Storage.Rows;
using Situational.Storage.Upkeep;

namespace Situational.Storage.Sqlite;

/// <summary>
/// Fills a database. While it is marked as incomplete nobody relies on it, so its transactions are not made durable one by one; the mark is
/// durable before the first row and goes after the last one is.
/// </summary>
internal static class SqliteArchiveWriter
{
    private static readonly string[] Tables =
        ["events", "snapshots", "report_keys", "cases", "case_data", "territories", "units", "fixes", "audit", "photos", "past", "past_now", "past_kept",
         "unit_duty", "trails", "trail_hours", "trail_heard", "trail_units", "trail_grids", "coverage", "coverage_sheets", "alerts"];

    /// <summary>What an incomplete database is filled from; null when it is complete.</summary>
    public static string? SourceOf(Session session) => (string?)session.Value("SELECT source FROM unfinished LIMIT 1");

    public static StorageUnusableException Incomplete(string file, string source) => new(
        $"the database {file} is incomplete: moving {source} into it was interrupted; run situational migrate again");

    public static void Begin(Session session, PhotoFiles photos, string file, string source)
    {
        var again = SourceOf(session) is not null;
        if (!again && Array.Find(Tables, table => session.Value($"SELECT 1 FROM {table} LIMIT 1") is not null) is { } table)
            throw new StorageUnusableException($"the database {file} is not empty: it holds {table.Replace('_', ' ')}");
        session.Run("PRAGMA synchronous = FULL");
        InTransaction(session, () =>
        {
            foreach (var emptied in Tables.Append("unfinished"))
                session.Run($"DELETE FROM {emptied}");
            session.Run("INSERT INTO unfinished (source) VALUES ($1)", source);
        });
        if (Directory.Exists(photos.Folder))
            Directory.Delete(photos.Folder, recursive: true);
        session.Run("PRAGMA synchronous = NORMAL");
    }

    public static void Write(Session session, PhotoFiles photos, TrailTable trails, IReadOnlyList<ArchiveItem> items)
    {
        TrailTable.Met? met = null;
        InTransaction(session, () =>
        {
            foreach (var item in items)
                if (item is not ArchiveItem.Trail)
                    Write(session, photos, item);
            TrailPoint[] points = [.. items.OfType<ArchiveItem.Trail>().SelectMany(trail => trail.Points)];
            met = trails.Add(session, points, TrailRun.Of(points));
        });
        trails.Remember(met!);
    }

    /// <summary>A checkpoint makes all transactions before it durable; the end of the mark is a durable transaction after it.</summary>
    public static void Complete(Session session)
    {
        session.Run("PRAGMA synchronous = FULL");
        session.Checkpoint();
        InTransaction(session, () => session.Run("DELETE FROM unfinished"));
    }

    private static void Write(Session session, PhotoFiles photos, ArchiveItem item)
    {
        switch (item)
        {
            case ArchiveItem.Territory { Value: var territory }:
                SqliteTerritoryStore.Add(session, territory, territory.GeoJson.ToArray());
                break;
            case ArchiveItem.Unit { Value: var unit }:
                SqliteUnitStore.Enrol(session, unit);
                break;
            case ArchiveItem.Fix { Squad: var squad, Value: var fix }:
                SqliteUnitStore.Save(session, squad, fix);
                break;
            case ArchiveItem.Duty duty:
                SqliteUnitDutyStore.Put(session, duty.UnitId, duty.Squad, duty.Row);
                break;
            case ArchiveItem.Sheet sheet:
                SqliteCoverageStore.Put(session, sheet.Figure, sheet.Row);
                break;
            case ArchiveItem.Acknowledgement { Alert: var alert } acknowledgement:
                SqliteAlertStore.Add(session, alert, acknowledgement.At, acknowledgement.Row);
                break;
            case ArchiveItem.Photo { Id: var id, Value: var photo }:
                photos.Write(id, photo.Content.Span);
                PhotoTable.Add(session, id, photo.ContentType, photo.Content.Length);
                break;
            case ArchiveItem.Event happened:
                EventTable.Add(session, happened.Grid, happened.Version, happened.Value);
                break;
            case ArchiveItem.Snapshot snapshot:
                SnapshotTable.Put(session, snapshot.Grid, snapshot.Version, snapshot.Row);
                break;
            case ArchiveItem.Case { Value: var value }:
                CaseTable.Put(session, value);
                break;
            case ArchiveItem.PastKept { Since: var since }:
                PastTable.Keep(session, since);
                break;
            case ArchiveItem.Past past:
                PastTable.Put(session, past);
                break;
            case ArchiveItem.Key key:
                ReportKeyTable.Put(session, key.Report, key.AcceptedAt);
                break;
            case ArchiveItem.Audit { Value: var entry }:
                AuditTable.Add(session, entry);
                break;
            default:
                throw new ArgumentException($"{item.GetType().Name} cannot be taken in.", nameof(item));
        }
    }

    private static void InTransaction(Session session, Action work)
    {
        session.Run("BEGIN IMMEDIATE");
        try
        {
            work();
            session.Run("COMMIT");
        }
        catch
        {
            // A failure may have ended the transaction already.
            if (SQLitePCL.raw.sqlite3_get_autocommit(session.Connection.Handle) == 0)
                session.Run("ROLLBACK");
            throw;
        }
    }
}
