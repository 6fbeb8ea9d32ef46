using Situational.Domain.Journal;

namespace Situational.Storage.Sqlite;

/// <summary>Idempotency keys, unique, in the order in which they came.</summary>
internal static class ReportKeyTable
{
    public static AcceptedReport? Find(Session session, string key)
    {
        using var rows = session.Query("SELECT fingerprint, case_id FROM report_keys WHERE key = $1", key);
        return rows.Read() ? new AcceptedReport(key, rows.GetString(0), rows.GetString(1)) : null;
    }

    /// <summary>
    /// Adds a key, unless it is there, and drops at most two that are older than <paramref name="keptSince"/>: the table shrinks faster than it
    /// grows. The clock may be wrong, so the newest <paramref name="kept"/> keys stay whatever it says; and as a key is older than every key
    /// after it, one stamped in the future goes when the last below those is old.
    /// </summary>
    public static bool TryAdd(Session session, AcceptedReport report, long now, long keptSince, int kept)
    {
        if (session.Run(
            "INSERT INTO report_keys (key, fingerprint, case_id, accepted_ms) VALUES ($1, $2, $3, $4) ON CONFLICT (key) DO NOTHING",
            report.Key, report.Fingerprint, report.CaseId, now) == 0)
            return false;
        session.Run(
            """
            DELETE FROM report_keys
            WHERE number IN (SELECT number FROM report_keys WHERE number <= (SELECT max(number) FROM report_keys) - $2 ORDER BY number LIMIT 2)
            AND (accepted_ms < $1 OR $1 > (
                SELECT accepted_ms FROM report_keys WHERE number <= (SELECT max(number) FROM report_keys) - $2 ORDER BY number DESC LIMIT 1))
            """, keptSince, kept);
        return true;
    }

    /// <summary>Adds a key and drops none.</summary>
    public static void Put(Session session, AcceptedReport report, long acceptedAt) => session.Run(
        "INSERT INTO report_keys (key, fingerprint, case_id, accepted_ms) VALUES ($1, $2, $3, $4)",
        report.Key, report.Fingerprint, report.CaseId, acceptedAt);
}
