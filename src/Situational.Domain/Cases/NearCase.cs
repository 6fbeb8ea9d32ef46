namespace Situational.Domain.Cases;

/// <summary>An open case of the same category that lies near a report, in another grid.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="Latitude">WGS-84 degrees.</param>
/// <param name="Longitude">WGS-84 degrees.</param>
/// <param name="ReportedAt">When it was opened, UTC.</param>
public readonly record struct NearCase(string Id, double Latitude, double Longitude, DateTimeOffset ReportedAt);
