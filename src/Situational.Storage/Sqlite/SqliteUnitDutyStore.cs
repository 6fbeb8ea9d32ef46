using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>Duty states on SQLite.</summary>
internal sealed class SqliteUnitDutyStore(SqliteStore store) : IUnitDutyStore
{
    public Task<IReadOnlyList<UnitDuty>> LoadAsync(string squad, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<UnitDuty>>(session =>
        {
            var states = new List<UnitDuty>();
            using var rows = session.Query("SELECT unit, data, checksum FROM unit_duty WHERE squad = $1 ORDER BY unit", squad);
            while (rows.Read())
            {
                var unit = rows.GetString(0);
                var damage = StoredDuty.Read(rows.RowAt(1), unit, out var duty);
                states.Add(damage is null ? duty! : throw new JournalDamagedException(store.File, null, null, $"the duty state of unit {unit}: {damage}"));
            }
            return states;
        }, cancellationToken);

    public Task SaveAsync(UnitDuty duty, AuditEntry audit, CancellationToken cancellationToken)
    {
        var row = StoredDuty.Of(duty);
        var entry = StoredAudit.Of(audit);
        return store.WriteAsync(session =>
        {
            Put(session, duty.Unit, duty.Squad, row);
            AuditTable.Add(session, entry);
            return true;
        }, cancellationToken);
    }

    /// <summary>Keeps a state in the place of what was kept of its unit.</summary>
    public static void Put(Session session, string unit, string squad, StoredRow row) => session.Run(
        """
        INSERT INTO unit_duty (unit, squad, data, checksum) VALUES ($1, $2, $3, $4)
        ON CONFLICT (unit) DO UPDATE SET squad = excluded.squad, data = excluded.data, checksum = excluded.checksum
        """, unit, squad, row.Data, row.Checksum);
}
