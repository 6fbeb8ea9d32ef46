using Situational.Domain.Cases;
using Situational.Domain.Journal;

namespace Situational.Storage.Rows;

/// <summary>An entry of the audit trail as its row.</summary>
/// <param name="At">Ticks (UTC).</param>
/// <param name="Who">Who wrote.</param>
/// <param name="Target">Upon what.</param>
/// <param name="Row">The entry.</param>
internal sealed record StoredAudit(long At, string Who, string Target, StoredRow Row)
{
    private const string Place = "audit";

    public static StoredAudit Of(AuditEntry entry) =>
        new(entry.At.UtcTicks, entry.Who, entry.Target, StoredRow.Of(entry, CaseJson.Types.AuditEntry, Place, 0));

    /// <summary>Decodes an entry; says what is wrong instead of returning it.</summary>
    public static string? Read(StoredRow row, out AuditEntry? entry) => row.Read(CaseJson.Types.AuditEntry, Place, 0, out entry);
}
