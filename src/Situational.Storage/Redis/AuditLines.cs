using Situational.Storage.Rows;
using Situational.Storage.Upkeep;

namespace Situational.Storage.Redis;

/// <summary>An entry of the audit trail in lines: its place in the order of time, who, upon what, then the row.</summary>
internal static class AuditLines
{
    public static string Of(StoredAudit entry) => $"{CaseEntry.Place(entry.At)}\n{Name(entry.Who)}\n{Name(entry.Target)}\n{entry.Row.ToText()}";

    /// <summary>The row in it.</summary>
    public static StoredRow RowOf(string lines) => RedisAnswer.ToRow(lines[(lines.LastIndexOf('\n') + 1)..]);

    /// <summary>The entry in it, for upkeep.</summary>
    public static ArchiveItem ToItem(long number, string lines)
    {
        var row = RowOf(lines);
        return StoredAudit.Read(row, out var entry) is { } damage
            ? new ArchiveItem.Fault($"entry {number} of the audit trail", damage)
            : new ArchiveItem.Audit(StoredAudit.Of(entry!) with { Row = row });
    }

    /// <summary>A name without ends of lines.</summary>
    public static string Name(string name) => name.Replace('\n', ' ');
}
