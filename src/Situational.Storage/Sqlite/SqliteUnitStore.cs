using Microsoft.Data.Sqlite;
using Situational.Domain.Journal;

namespace Situational.Storage.Sqlite;

/// <summary>Units on SQLite. Fixes are durable when their save returns; who saves seldom loses what came between.</summary>
internal sealed class SqliteUnitStore(SqliteStore store) : IUnitStore
{
    /// <summary>The columns of <see cref="ReadFix"/>.</summary>
    public const string FixColumns = "unit, call_sign, grid, latitude, longitude, accuracy_m, speed_mps, heading, measured";

    /// <summary>Rows one write request carries at most, so that reports never wait behind a long one.</summary>
    private const int Portion = 1_000;

    public async Task<IReadOnlyList<string>> EnrolAsync(IReadOnlyList<UnitEnrolment> units, CancellationToken cancellationToken)
    {
        var squads = new string[units.Count];
        for (var from = 0; from < units.Count; from += Portion)
        {
            var begin = from;
            var end = Math.Min(units.Count, begin + Portion);
            await store.WriteAsync(session =>
            {
                for (var i = begin; i < end; i++)
                    squads[i] = Enrol(session, units[i]);
                return true;
            }, cancellationToken);
        }
        return squads;
    }

    public Task<IReadOnlyList<UnitEnrolment>> LoadEnrolmentsAsync(CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<UnitEnrolment>>(static session =>
        {
            var units = new List<UnitEnrolment>();
            using var rows = session.Query("SELECT unit, squad FROM units ORDER BY unit");
            while (rows.Read())
                units.Add(new UnitEnrolment(rows.GetString(0), rows.GetString(1)));
            return units;
        }, cancellationToken);

    public Task<IReadOnlyList<StoredFix>> LoadFixesAsync(string squad, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<StoredFix>>(session =>
        {
            var fixes = new List<StoredFix>();
            using var rows = session.Query($"SELECT {FixColumns} FROM fixes WHERE squad = $1 ORDER BY unit", squad);
            while (rows.Read())
                fixes.Add(ReadFix(rows));
            return fixes;
        }, cancellationToken);

    public async Task SaveFixesAsync(string squad, IReadOnlyList<StoredFix> fixes, CancellationToken cancellationToken)
    {
        for (var from = 0; from < fixes.Count; from += Portion)
        {
            var begin = from;
            var end = Math.Min(fixes.Count, begin + Portion);
            await store.WriteAsync(session =>
            {
                for (var i = begin; i < end; i++)
                    Save(session, squad, fixes[i]);
                return true;
            }, cancellationToken);
        }
    }

    /// <summary>Enrols a unit that nobody has enrolled and returns its squad.</summary>
    public static string Enrol(Session session, UnitEnrolment unit)
    {
        session.Run("INSERT INTO units (unit, squad) VALUES ($1, $2) ON CONFLICT (unit) DO NOTHING", unit.Unit, unit.Squad);
        return (string)session.Value("SELECT squad FROM units WHERE unit = $1", unit.Unit)!;
    }

    /// <summary>Keeps a fix in the place of what was kept of its unit.</summary>
    public static void Save(Session session, string squad, StoredFix fix) => session.Run(
        """
        INSERT INTO fixes (squad, unit, call_sign, grid, latitude, longitude, accuracy_m, speed_mps, heading, measured)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (squad, unit) DO UPDATE SET
            call_sign = excluded.call_sign, grid = excluded.grid, latitude = excluded.latitude, longitude = excluded.longitude,
            accuracy_m = excluded.accuracy_m, speed_mps = excluded.speed_mps, heading = excluded.heading, measured = excluded.measured
        """,
        squad, fix.Unit, fix.CallSign, fix.Grid, fix.Latitude, fix.Longitude,
        OrNull(fix.AccuracyMeters), OrNull(fix.SpeedMetersPerSecond), OrNull(fix.HeadingDegrees), fix.MeasuredAt.UtcTicks);

    /// <summary>The fix of a row that begins with <see cref="FixColumns"/>.</summary>
    public static StoredFix ReadFix(SqliteDataReader rows) => new(
        rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetDouble(3), rows.GetDouble(4),
        Known(rows, 5), Known(rows, 6), Known(rows, 7), new DateTimeOffset(rows.GetInt64(8), TimeSpan.Zero));

    /// <summary>SQLite has no NaN.</summary>
    private static object? OrNull(double value) => double.IsNaN(value) ? null : value;

    private static double Known(SqliteDataReader rows, int column) => rows.IsDBNull(column) ? double.NaN : rows.GetDouble(column);
}
