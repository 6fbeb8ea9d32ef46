using Situational.Domain.Journal;

namespace Situational.Storage.Redis;

/// <summary>Under which append and in which grid an idempotency key was taken.</summary>
/// <param name="Append">The append's id.</param>
/// <param name="Grid">The grid's code.</param>
/// <param name="Report">The key and what it answers.</param>
internal sealed record KeyRecord(string Append, string Grid, AcceptedReport Report)
{
    /// <summary>As stored after state and time: append, grid, case, fingerprint, a line each.</summary>
    public string ToText() => $"{Append}\n{Grid}\n{Report.CaseId}\n{Report.Fingerprint}";

    /// <summary>Reads what stands after so many lines that are not the record's.</summary>
    /// <exception cref="JournalDamagedException">It is no record.</exception>
    public static KeyRecord Parse(string key, string text, int linesBefore, string place)
    {
        var lines = text.Split('\n');
        return lines.Length == linesBefore + 4
            ? new KeyRecord(lines[linesBefore], lines[linesBefore + 1], new AcceptedReport(key, lines[linesBefore + 3], lines[linesBefore + 2]))
            : throw new JournalDamagedException(place, null, null, $"the record of idempotency key {key} cannot be read");
    }
}
