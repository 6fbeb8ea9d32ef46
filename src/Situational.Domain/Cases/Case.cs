namespace Situational.Domain.Cases;

/// <summary>What is done about a report (案件); lives in the grid where it lies.</summary>
/// <param name="Id">Grid code, a hyphen and the case's number in that grid, from 1.</param>
/// <param name="Grid">Code of the grid.</param>
/// <param name="TerritoryVersion">Version of the territory in force when it was opened.</param>
/// <param name="Report">The report that opened it.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="ReportedAt">When the grid decided to open it, UTC.</param>
/// <param name="UpdatedAt">When it last changed, UTC.</param>
/// <param name="StartedAt">When handling began, UTC.</param>
/// <param name="ClosedAt">When it was closed, UTC.</param>
/// <param name="Note">Note of the last action.</param>
public sealed record Case(
    string Id, string Grid, int TerritoryVersion, Report Report, Stage Stage, DateTimeOffset ReportedAt, DateTimeOffset UpdatedAt,
    DateTimeOffset? StartedAt = null, DateTimeOffset? ClosedAt = null, string? Note = null);
