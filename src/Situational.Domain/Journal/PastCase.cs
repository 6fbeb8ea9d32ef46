using Situational.Domain.Cases;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Journal;

/// <summary>A case as a screen showed it from some moment on: no text and no reporter.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="Grid">Code of the grid where it lay.</param>
/// <param name="Category">Category code.</param>
/// <param name="Severity">The severity that counted.</param>
/// <param name="Stage">Where it stood; an ended stage in the last row of a case that ended.</param>
/// <param name="Latitude">WGS-84 degrees.</param>
/// <param name="Longitude">WGS-84 degrees.</param>
/// <param name="ReportedAt">When it was opened, UTC.</param>
/// <param name="DueAt">When its next clock fell due, UTC; null when none ran. Of an open case that was not suspended, null says that it had no clocks:
/// then <see cref="Risk.RiskRules.NextDueAt(PastCase)"/> tells by the rules of today, as live screens do.</param>
/// <param name="Level">The highest level that a clock of it was known to have reached; <see cref="DeadlineLevel.None"/> without clocks, and then
/// <see cref="Risk.RiskRules.LevelOf(PastCase, DateTimeOffset)"/> tells it for a moment.</param>
/// <param name="Escalations">How many levels it was escalated.</param>
/// <param name="Whistle">Code of the kind of its latest whistle that had not ended; null for none.</param>
/// <param name="Called">Departments called by that whistle that had neither refused nor been dismissed.</param>
/// <param name="Arrived">Those of them that had arrived or were done.</param>
/// <param name="WhistledAt">When that whistle was blown, UTC; null without one.</param>
/// <param name="Assignee">To whom it was given.</param>
/// <param name="From">Since when this is so, UTC.</param>
public sealed record PastCase(
    string Id, string Grid, string Category, Severity Severity, Stage Stage, double Latitude, double Longitude, DateTimeOffset ReportedAt,
    DateTimeOffset? DueAt, DeadlineLevel Level, int Escalations, string? Whistle, int Called, int Arrived, DateTimeOffset? WhistledAt,
    Assignee? Assignee, DateTimeOffset From)
{
    /// <summary>What a screen showed of a case that stood so. Follows from its events alone: no rule and no clock on the wall has a say.</summary>
    /// <param name="one">The case after an event.</param>
    /// <param name="from">Since when, UTC.</param>
    public static PastCase Of(Case one, DateTimeOffset from)
    {
        var whistle = one.FindOpenWhistle();
        return new PastCase(
            one.Id, one.Grid, one.Report.Category, one.Severity, one.Stage, one.Report.Latitude, one.Report.Longitude, one.ReportedAt,
            one.NextClock?.DueAt, one.Level, one.Escalations, whistle?.Kind, whistle?.CountCalled() ?? 0, whistle?.CountArrived() ?? 0, whistle?.At,
            one.Assignee, from);
    }
}
