namespace Situational.Domain.Cases;

/// <summary>Where a unit was when something was said to have been done there.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="Latitude">WGS-84 degrees.</param>
/// <param name="Longitude">WGS-84 degrees.</param>
/// <param name="MeasuredAt">Time of the fix, UTC.</param>
public sealed record UnitFix(string Unit, double Latitude, double Longitude, DateTimeOffset MeasuredAt);
