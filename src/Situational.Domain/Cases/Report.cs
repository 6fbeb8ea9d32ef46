namespace Situational.Domain.Cases;

/// <summary>One submission of a hazard (上报). Immutable.</summary>
/// <param name="Category">Category code, 1 to 64 characters.</param>
/// <param name="Severity">As reported.</param>
/// <param name="Description">What was seen, 1 to 4,000 characters.</param>
/// <param name="Latitude">WGS-84 degrees.</param>
/// <param name="Longitude">WGS-84 degrees.</param>
/// <param name="Source">Kind of source: worker, resident, courier, sensor, system or demo.</param>
/// <param name="ReporterName">Personal data: never on the feed, never in logs.</param>
/// <param name="ReporterPhone">Personal data: never on the feed, never in logs.</param>
/// <param name="Photos">Ids or addresses of photos, at most 9.</param>
/// <param name="Device">Id of the device that reported, at most 64 characters; identical device and text within minutes merges by itself.</param>
public sealed record Report(
    string Category, Severity Severity, string Description, double Latitude, double Longitude, string Source,
    string? ReporterName, string? ReporterPhone, IReadOnlyList<string> Photos, string? Device = null);
