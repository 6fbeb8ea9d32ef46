using System.Globalization;
using System.Text;
using Situational.Domain.Journal;

namespace Situational.Storage.Rows;

/// <summary>
/// Where a page of cases ended: the order's key, and a case's place among equal ones. It carries the mark of its query, so that it fits no
/// other one. The grids are not part of the mark: they change with the territory while someone turns pages.
/// </summary>
/// <param name="Key">Ticks of the last deadline in order <see cref="CaseOrder.Due"/>; 0 in the order of opening.</param>
/// <param name="Number">What tells cases of that key apart.</param>
internal readonly record struct CaseCursor(long Key, long Number)
{
    /// <exception cref="FormatException">No page of this query gave that cursor.</exception>
    public static CaseCursor? Read(CaseQuery query)
    {
        if (query.Cursor is not { } text)
            return null;
        var parts = text.Split('.');
        if (parts.Length == 3 && parts[0] == MarkOf(query)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new CaseCursor(key, number);
        throw new FormatException("The cursor is not one that a page of these cases gave.");
    }

    public string Write(CaseQuery query) => string.Create(CultureInfo.InvariantCulture, $"{MarkOf(query)}.{Key}.{Number}");

    private static string MarkOf(CaseQuery query)
    {
        var stages = string.Join(',', query.Stages.Select(stage => (int)stage).Order());
        var meaning = string.Create(CultureInfo.InvariantCulture,
            $"{(int)query.Order}|{stages}|{(int?)query.Severity}|{query.Category}|{query.DueFrom?.UtcTicks}|{query.DueBefore?.UtcTicks}|{(int)query.MinimumLevel}|{query.Text}");
        return Checksum.Of("cases", 0, Encoding.UTF8.GetBytes(meaning)).ToString("x8", CultureInfo.InvariantCulture);
    }
}
