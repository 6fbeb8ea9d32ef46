using System.Globalization;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Storage.Rows;

namespace Situational.Storage.Redis;

/// <summary>
/// What the city's keys hold of a case: when it is due and until when it is open, as places in their indexes, its fact, and in lines what a
/// search filters by. Indexes are ordered by whole microseconds since 1970: Redis counts exactly up to 2^53.
/// </summary>
/// <param name="Due">Place by the next deadline; empty when it has ended.</param>
/// <param name="Until">Place by its end.</param>
/// <param name="Fact">The fact's row.</param>
/// <param name="Lines">Revision, grid, id, stage, severity, category, level, due, reported, ended (ticks), then the text.</param>
internal sealed record CaseEntry(string Due, string Until, string Fact, string Lines)
{
    /// <summary>Behind all times.</summary>
    private const string Last = "9000000000000000";

    private const int Fields = 10;

    public static CaseEntry Of(StoredCase row, long revision)
    {
        var due = row.Due is null ? "" : Place(row.Due.Value);
        var lines = string.Create(CultureInfo.InvariantCulture,
            $"{revision}\n{row.Grid}\n{row.Id}\n{(int)row.Stage}\n{(int)row.Severity}\n{row.Category}\n{(int)row.Level}\n{row.Due}\n{row.Reported}\n{row.Ended}\n{row.Text}");
        return new CaseEntry(due, Place(row.Ended), row.Fact.ToText(), lines);
    }

    /// <summary>The place of a time, given in ticks, in an index.</summary>
    public static string Place(long ticks) => ticks == StoredCase.Never
        ? Last
        : ((ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);

    public string ToText() => $"{Due}\n{Until}\n{Fact}\n{Lines}";

    /// <exception cref="FormatException">It is none.</exception>
    public static CaseEntry Parse(string text) => text.Split('\n', 4) is [var due, var until, var fact, var lines]
        ? new CaseEntry(due, until, fact, lines)
        : throw new FormatException("That is no entry of a case.");

    /// <summary>The row of a case, from its parts.</summary>
    /// <param name="lines">What the city's entry holds, after the grid's version.</param>
    /// <param name="row">The case.</param>
    /// <param name="fact">Its fact.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static StoredCase ToCase(string lines, StoredRow row, StoredRow fact)
    {
        var parts = lines.Split('\n', Fields + 1);
        if (parts.Length != Fields + 1)
            throw new FormatException("That is no entry of a case.");
        return new StoredCase(
            parts[2], parts[1], (Stage)Number(parts[3]), (Severity)Number(parts[4]), parts[5], (DeadlineLevel)Number(parts[6]),
            parts[7].Length == 0 ? null : Number(parts[7]), Number(parts[8]), Number(parts[9]), parts[10], row, fact);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
