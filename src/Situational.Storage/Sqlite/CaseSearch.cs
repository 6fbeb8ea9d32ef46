using System.Globalization;
using System.Text;
using System.Text.Json;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>
/// A search as SQL. A case's number grows with every case opened and never changes: it is the order of opening, and tells cases of one
/// deadline apart. Cases opened between two pages come before both.
/// </summary>
internal sealed record CaseSearch(CaseQuery Query, string Sql, object?[] Values)
{
    /// <summary>Up to so many grids each grid's own index is read; above, cases are walked in order and the others passed over.</summary>
    private const int FewGrids = 200;

    /// <exception cref="FormatException">The cursor is none of this query.</exception>
    public static CaseSearch Of(CaseQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1_000);
        var due = query.Order == CaseOrder.Due;
        var from = CaseCursor.Read(query) ?? (due ? new CaseCursor(-1, 0) : new CaseCursor(0, long.MaxValue));
        var where = new Conditions(query.Limit + 1);
        if (due)
            where.Add($"due IS NOT NULL AND (due, number) > ({where.Value(from.Key)}, {where.Value(from.Number)})");
        else
            where.Add($"number < {where.Value(from.Number)}");
        var index = due ? "INDEXED BY cases_by_due" : "";
        if (query.Grids is { } grids)
        {
            var few = grids.Count <= FewGrids;
            if (few)
                index = "INDEXED BY cases_by_grid";
            var list = JsonSerializer.Serialize(grids, Stored.Json.IReadOnlyCollectionString);
            where.Add($"{(few ? "grid" : "+grid")} IN (SELECT value FROM json_each({where.Value(list)}))");
        }
        Narrow(where, query);
        var order = due ? "due, number" : "number DESC";
        return new CaseSearch(query, $"""
            SELECT number, id, data, checksum, due FROM cases JOIN case_data USING (number)
            WHERE number IN (SELECT number FROM cases {index} WHERE {where} ORDER BY {order} LIMIT $1)
            ORDER BY {order}
            """, where.Values);
    }

    private static void Narrow(Conditions where, CaseQuery query)
    {
        if (query.Stages.Count > 0)
            where.Add($"stage IN ({string.Join(',', query.Stages.Select(stage => where.Value((int)stage)))})");
        if (query.Severity is { } severity)
            where.Add($"severity = {where.Value((int)severity)}");
        if (query.Category is { } category)
            where.Add($"category = {where.Value(category)}");
        // Written out, so that the index of the cases that have reached a level can answer.
        if (query.MinimumLevel > DeadlineLevel.None)
            where.Add($"level > 0 AND level >= {where.Value((int)query.MinimumLevel)}");
        if (query.DueFrom is { } from)
            where.Add($"due >= {where.Value(from.UtcTicks)} AND due < {where.Value(StoredCase.Never)}");
        if (query.DueBefore is { } before)
            where.Add($"due < {where.Value(before.UtcTicks)}");
        if (query.Text is { } text)
            where.Add($"instr(text, {where.Value(CaseText.Fold(text))}) > 0");
    }

    /// <summary>Conditions with their values; the first value is the limit.</summary>
    private sealed class Conditions(int limit)
    {
        private readonly StringBuilder _sql = new();
        private readonly List<object?> _values = [limit];

        public object?[] Values => [.. _values];

        public void Add(string condition) => _sql.Append(_sql.Length == 0 ? "" : " AND ").Append(condition);

        public string Value(object value)
        {
            _values.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $"${_values.Count}");
        }

        public override string ToString() => _sql.ToString();
    }
}
