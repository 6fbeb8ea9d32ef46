using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;

namespace Situational.Storage.Rows;

/// <summary>A case as its row: what a search filters and orders by, and the case and its fact themselves.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="Grid">Code of the grid where it lies.</param>
/// <param name="Stage">Its stage.</param>
/// <param name="Severity">The severity that counts.</param>
/// <param name="Category">Its category.</param>
/// <param name="Level">The highest level that its clocks have reached.</param>
/// <param name="Due">Ticks (UTC) of its next deadline; <see cref="Never"/> when it is open and has none; null when it has ended.</param>
/// <param name="Reported">Ticks (UTC) of when it was opened.</param>
/// <param name="Ended">Ticks (UTC) of when it ended; <see cref="Never"/> while it is open.</param>
/// <param name="Text">What a search for text looks in, see <see cref="CaseText"/>.</param>
/// <param name="Row">The case.</param>
/// <param name="Fact">Its <see cref="CaseFact"/>.</param>
internal sealed record StoredCase(
    string Id, string Grid, Stage Stage, Severity Severity, string Category, DeadlineLevel Level, long? Due, long Reported, long Ended, string Text,
    StoredRow Row, StoredRow Fact)
{
    /// <summary>Later than all times.</summary>
    public const long Never = long.MaxValue;

    private const long FactVersion = 1;

    public static StoredCase Of(Case value)
    {
        var fact = CaseFact.Of(value);
        return new(value.Id, value.Grid, value.Stage, value.Severity, value.Report.Category, value.Level,
            value.IsOpen ? value.NextClock?.DueAt.UtcTicks ?? Never : null, fact.ReportedAt.UtcTicks, fact.EndedAt?.UtcTicks ?? Never,
            CaseText.Of(value), StoredRow.Of(value, CaseJson.Types.Case, value.Id, 0),
            StoredRow.Of(fact, CaseJson.Types.CaseFact, value.Id, FactVersion));
    }

    /// <summary>Decodes a case; says what is wrong instead of returning it.</summary>
    public static string? Read(StoredRow row, string id, out Case? value) => row.Read(CaseJson.Types.Case, id, 0, out value);

    /// <summary>Decodes a fact; says what is wrong instead of returning it.</summary>
    public static string? ReadFact(StoredRow row, string id, out CaseFact? value) => row.Read(CaseJson.Types.CaseFact, id, FactVersion, out value);
}
