using System.Globalization;
using System.Text;
using System.Text.Json;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>
/// A search as SQL. A case's number grows with every case opened and never changes, so it is the order of the pages and their cursor:
/// cases opened between two pages come before both.
/// </summary>
internal sealed record CaseSearch(string Sql, object?[] Values, int Limit)
{
    /// <summary>Up to so many grids each grid's own index is read; above, cases are walked from the newest and the others passed over.</summary>
    private const int FewGrids = 200;

    /// <exception cref="FormatException">The cursor is none.</exception>
    public static CaseSearch Of(CaseQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1_000);
        var before = long.MaxValue;
        if (query.Cursor is not null
            && !(long.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before) && before > 0))
            throw new FormatException("The cursor is not one that a page of cases gave.");

        var where = new StringBuilder("number < $1");
        var values = new List<object?> { before, query.Limit + 1 };
        if (query.Stages.Count > 0)
            where.Append(CultureInfo.InvariantCulture, $" AND stage IN ({string.Join(',', query.Stages.Select(stage => $"${Add(values, (int)stage)}"))})");
        if (query.Severity is { } severity)
            where.Append(CultureInfo.InvariantCulture, $" AND severity = ${Add(values, (int)severity)}");
        var index = "";
        if (query.Grids is { } grids)
        {
            var column = grids.Count <= FewGrids ? "grid" : "+grid";
            index = grids.Count <= FewGrids ? "INDEXED BY cases_by_grid" : "";
            var list = JsonSerializer.Serialize(grids, Stored.Json.IReadOnlyCollectionString);
            where.Append(CultureInfo.InvariantCulture, $" AND {column} IN (SELECT value FROM json_each(${Add(values, list)}))");
        }
        return new CaseSearch($"""
            SELECT number, id, data, checksum FROM cases
            WHERE number IN (SELECT number FROM cases {index} WHERE {where} ORDER BY number DESC LIMIT $2)
            ORDER BY number DESC
            """, [.. values], query.Limit);
    }

    private static int Add(List<object?> values, object value)
    {
        values.Add(value);
        return values.Count;
    }
}
