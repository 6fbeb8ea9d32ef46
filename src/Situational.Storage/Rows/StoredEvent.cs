using Situational.Domain.Cases;

namespace Situational.Storage.Rows;

/// <summary>An event as its row.</summary>
/// <param name="CaseId">The case that it concerns.</param>
/// <param name="Row">The event.</param>
internal readonly record struct StoredEvent(string CaseId, StoredRow Row)
{
    public static StoredEvent Of(GridEvent value, string grid, long version) =>
        new(CaseFold.CaseIdOf(value), StoredRow.Of(value, CaseJson.Types.GridEvent, grid, version));

    /// <summary>Decodes an event; says what is wrong instead of returning it.</summary>
    public static string? Read(StoredRow row, string grid, long version, out GridEvent? value) =>
        row.Read(CaseJson.Types.GridEvent, grid, version, out value);
}
