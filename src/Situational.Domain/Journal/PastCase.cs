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
/// <param name="DueAt">When its next clock fell due, UTC; null when none ran.</param>
/// <param name="Level">The highest level that a clock of it had reached.</param>
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
    Assignee? Assignee, DateTimeOffset From);
