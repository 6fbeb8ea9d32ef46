using System.Text.Json;
using Microsoft.Data.Sqlite;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>
/// Every case as of its newest event: written with the events, in their transaction. What searches and figures go through stands in narrow
/// rows; the case itself, which may be long, beside them in <c>case_data</c>.
/// </summary>
internal sealed class CaseTable(string file)
{
    public static void Put(Session session, StoredCase value)
    {
        var number = session.Value(
            """
            INSERT INTO cases (id, grid, stage, severity, category, level, due, reported, ended, fact, fact_checksum, text)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (id) DO UPDATE SET
                grid = excluded.grid, stage = excluded.stage, severity = excluded.severity, category = excluded.category,
                level = excluded.level, due = excluded.due, reported = excluded.reported, ended = excluded.ended,
                fact = excluded.fact, fact_checksum = excluded.fact_checksum, text = excluded.text
            RETURNING number
            """,
            value.Id, value.Grid, (int)value.Stage, (int)value.Severity, value.Category, (int)value.Level, value.Due, value.Reported, value.Ended,
            value.Fact.Data, value.Fact.Checksum, value.Text);
        session.Run(
            """
            INSERT INTO case_data (number, data, checksum) VALUES ($1, $2, $3)
            ON CONFLICT (number) DO UPDATE SET data = excluded.data, checksum = excluded.checksum
            """, number, value.Row.Data, value.Row.Checksum);
    }

    /// <summary>Takes a case's row away if it is still that grid's: another grid's row is newer.</summary>
    public static void Drop(Session session, string id, string grid)
    {
        if (session.Value("DELETE FROM cases WHERE id = $1 AND grid = $2 RETURNING number", id, grid) is { } number)
            session.Run("DELETE FROM case_data WHERE number = $1", number);
    }

    public Case? Find(Session session, string id)
    {
        using var rows = session.Query("SELECT number, id, data, checksum FROM cases JOIN case_data USING (number) WHERE id = $1", id);
        return rows.Read() ? Read(rows) : null;
    }

    public CasePage Search(Session session, CaseSearch search)
    {
        var cases = new List<Case>();
        var last = default(CaseCursor);
        using var rows = session.Query(search.Sql, search.Values);
        while (rows.Read())
        {
            if (cases.Count == search.Query.Limit)
                return new CasePage(cases, last.Write(search.Query));
            cases.Add(Read(rows));
            last = new CaseCursor(search.Query.Order == CaseOrder.Due ? rows.GetInt64(4) : 0, rows.GetInt64(0));
        }
        return new CasePage(cases, null);
    }

    /// <summary>Numbers of the cases that were reported before a time and did not end before another, ascending.</summary>
    public static List<long> NumbersBetween(Session session, long from, long to)
    {
        var numbers = new List<long>();
        using var rows = session.Query("SELECT number FROM cases WHERE ended >= $1 AND reported < $2", from, to);
        while (rows.Read())
            numbers.Add(rows.GetInt64(0));
        numbers.Sort();
        return numbers;
    }

    /// <summary>The facts of those cases.</summary>
    /// <exception cref="JournalDamagedException">One is not what was written.</exception>
    public List<CaseFact> Facts(Session session, IReadOnlyCollection<long> numbers)
    {
        var facts = new List<CaseFact>(numbers.Count);
        using var rows = session.Query(
            "SELECT id, fact, fact_checksum FROM cases WHERE number IN (SELECT value FROM json_each($1))",
            JsonSerializer.Serialize(numbers, Stored.Json.IReadOnlyCollectionInt64));
        while (rows.Read())
        {
            var id = rows.GetString(0);
            var damage = StoredCase.ReadFact(rows.RowAt(1), id, out var fact);
            facts.Add(damage is null ? fact! : throw new JournalDamagedException(file, null, null, $"the fact of case {id}: {damage}"));
        }
        return facts;
    }

    private Case Read(SqliteDataReader rows)
    {
        var id = rows.GetString(1);
        var damage = StoredCase.Read(rows.RowAt(2), id, out var value);
        return damage is null ? value! : throw new JournalDamagedException(file, null, null, $"the row of case {id}: {damage}");
    }
}
