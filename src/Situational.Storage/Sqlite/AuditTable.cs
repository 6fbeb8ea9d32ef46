using System.Globalization;
using System.Text;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>The audit trail: rows are added and never changed, so their numbers have no gap.</summary>
internal sealed class AuditTable(string file)
{
    public static void Add(Session session, StoredAudit entry) => session.Run(
        "INSERT INTO audit (at, who, target, data, checksum) VALUES ($1, $2, $3, $4, $5)",
        entry.At, entry.Who, entry.Target, entry.Row.Data, entry.Row.Checksum);

    /// <summary>A page, newest first; of one instant the last written first.</summary>
    /// <exception cref="FormatException">The cursor is none.</exception>
    /// <exception cref="JournalDamagedException">An entry is not what was written.</exception>
    public AuditPage Search(Session session, AuditQuery query)
    {
        var (sql, values) = Compose(query);
        var entries = new List<AuditEntry>();
        string? last = null;
        using var rows = session.Query(sql, values);
        while (rows.Read())
        {
            if (entries.Count == query.Limit)
                return new AuditPage(entries, last);
            var damage = StoredAudit.Read(rows.RowAt(2), out var entry);
            entries.Add(damage is null
                ? entry!
                : throw new JournalDamagedException(file, null, null, $"entry {rows.GetInt64(1)} of the audit trail: {damage}"));
            last = string.Create(CultureInfo.InvariantCulture, $"{rows.GetInt64(0)}.{rows.GetInt64(1)}");
        }
        return new AuditPage(entries, null);
    }

    /// <exception cref="FormatException">The cursor is none.</exception>
    public static (string Sql, object?[] Values) Compose(AuditQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1_000);
        var (at, number) = ReadCursor(query.Cursor);
        var where = new StringBuilder("(at, number) < ($1, $2)");
        var values = new List<object?> { at, number, query.Limit + 1 };
        Narrow("who =", query.Who);
        Narrow("target =", query.Target);
        Narrow("at >=", query.From?.UtcTicks);
        Narrow("at <", query.To?.UtcTicks);
        return ($"SELECT at, number, data, checksum FROM audit WHERE {where} ORDER BY at DESC, number DESC LIMIT $3", [.. values]);

        void Narrow(string condition, object? value)
        {
            if (value is null)
                return;
            values.Add(value);
            where.Append(CultureInfo.InvariantCulture, $" AND {condition} ${values.Count}");
        }
    }

    private static (long At, long Number) ReadCursor(string? cursor)
    {
        if (cursor is null)
            return (long.MaxValue, long.MaxValue);
        if (cursor.Split('.') is [var first, var second]
            && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return (at, number);
        throw new FormatException("The cursor is not one that a page of the audit trail gave.");
    }
}
