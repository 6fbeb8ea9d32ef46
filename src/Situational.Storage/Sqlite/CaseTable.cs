using System.Globalization;
using Microsoft.Data.Sqlite;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>Every case as of its newest event: written with the events, in their transaction.</summary>
internal sealed class CaseTable(string file)
{
    public static void Put(Session session, StoredCase value) => session.Run(
        """
        INSERT INTO cases (id, grid, stage, severity, data, checksum) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE SET stage = excluded.stage, severity = excluded.severity, data = excluded.data, checksum = excluded.checksum
        """, value.Id, value.Grid, (int)value.Stage, (int)value.Severity, value.Row.Data, value.Row.Checksum);

    public Case? Find(Session session, string id)
    {
        using var rows = session.Query("SELECT number, id, data, checksum FROM cases WHERE id = $1", id);
        return rows.Read() ? Read(rows) : null;
    }

    public CasePage Search(Session session, CaseSearch search)
    {
        var cases = new List<Case>();
        long last = 0;
        using var rows = session.Query(search.Sql, search.Values);
        while (rows.Read())
        {
            if (cases.Count == search.Limit)
                return new CasePage(cases, last.ToString(CultureInfo.InvariantCulture));
            cases.Add(Read(rows));
            last = rows.GetInt64(0);
        }
        return new CasePage(cases, null);
    }

    private Case Read(SqliteDataReader rows)
    {
        var id = rows.GetString(1);
        var damage = rows.RowAt(2).Read(Stored.Json.Case, id, 0, out var value);
        return damage is null ? value! : throw new JournalDamagedException(file, null, null, $"the row of case {id}: {damage}");
    }
}
