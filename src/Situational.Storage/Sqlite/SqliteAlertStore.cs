using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>Acknowledgements of alerts on SQLite.</summary>
internal sealed class SqliteAlertStore(SqliteStore store) : IAlertStore
{
    /// <summary>Acknowledgements that one write removes at most, so that reports never wait behind a long one.</summary>
    private const int Portion = 500;

    public Task<IReadOnlyList<AlertAcknowledgement>> AcknowledgeAsync(
        IReadOnlyList<AlertAcknowledgement> alerts, AuditEntry audit, CancellationToken cancellationToken)
    {
        var rows = new StoredRow[alerts.Count];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = StoredAcknowledgement.Of(alerts[i]);
        var entry = StoredAudit.Of(audit);
        return store.WriteAsync<IReadOnlyList<AlertAcknowledgement>>(session =>
        {
            var stand = new AlertAcknowledgement[rows.Length];
            var fresh = false;
            for (var i = 0; i < rows.Length; i++)
            {
                var added = Add(session, alerts[i].Alert, alerts[i].At.UtcTicks, rows[i]);
                fresh |= added;
                stand[i] = added ? alerts[i] : Find(session, alerts[i].Alert)!;
            }
            if (fresh)
                AuditTable.Add(session, entry);
            return stand;
        }, cancellationToken);
    }

    public Task<IReadOnlyList<AlertAcknowledgement>> FindAsync(IReadOnlyList<string> alerts, CancellationToken cancellationToken) =>
        store.SearchAsync<IReadOnlyList<AlertAcknowledgement>>(session =>
        {
            var found = new List<AlertAcknowledgement>();
            foreach (var alert in alerts)
                if (Find(session, alert) is { } one)
                    found.Add(one);
            return found;
        }, cancellationToken);

    public Task<IReadOnlyList<AlertAcknowledgement>> SinceAsync(DateTimeOffset after, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return store.SearchAsync<IReadOnlyList<AlertAcknowledgement>>(session =>
        {
            var found = new List<AlertAcknowledgement>();
            using var rows = session.Query(
                "SELECT alert, data, checksum FROM alerts WHERE at > $1 ORDER BY at, alert LIMIT $2", after.UtcTicks, most);
            while (rows.Read())
                found.Add(Read(rows.GetString(0), rows.RowAt(1)));
            return found;
        }, cancellationToken);
    }

    public async Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var gone = 0;
        while (gone < most)
        {
            var portion = Math.Min(Portion, most - gone);
            var removed = await store.WriteAsideAsync(session => session.Run(
                "DELETE FROM alerts WHERE alert IN (SELECT alert FROM alerts WHERE at < $1 ORDER BY at LIMIT $2)", before.UtcTicks, portion),
                cancellationToken);
            gone += removed;
            if (removed < portion)
                break;
        }
        return gone;
    }

    /// <summary>Keeps an acknowledgement; false when that alert has one.</summary>
    public static bool Add(Session session, string alert, long at, StoredRow row) => session.Run(
        "INSERT INTO alerts (alert, at, data, checksum) VALUES ($1, $2, $3, $4) ON CONFLICT (alert) DO NOTHING",
        alert, at, row.Data, row.Checksum) == 1;

    private AlertAcknowledgement? Find(Session session, string alert)
    {
        using var rows = session.Query("SELECT data, checksum FROM alerts WHERE alert = $1", alert);
        return rows.Read() ? Read(alert, rows.RowAt(0)) : null;
    }

    private AlertAcknowledgement Read(string alert, StoredRow row)
    {
        var damage = StoredAcknowledgement.Read(row, alert, out var value);
        return damage is null ? value! : throw new JournalDamagedException(store.File, null, null, $"the acknowledgement of alert {alert}: {damage}");
    }
}
