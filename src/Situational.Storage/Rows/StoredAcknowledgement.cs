using Situational.Domain.Journal;

namespace Situational.Storage.Rows;

/// <summary>An acknowledgement as its row.</summary>
internal static class StoredAcknowledgement
{
    public static StoredRow Of(AlertAcknowledgement value) => StoredRow.Of(value, Stored.Json.AlertAcknowledgement, value.Alert, 0);

    /// <summary>Decodes one; says what is wrong instead of returning it.</summary>
    public static string? Read(StoredRow row, string alert, out AlertAcknowledgement? value) =>
        row.Read(Stored.Json.AlertAcknowledgement, alert, 0, out value);
}
