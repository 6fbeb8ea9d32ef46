namespace Situational.Contracts.Http;

/// <summary>One fix as <c>POST /api/v1/positions</c> takes it, in a JSON array or one a line (NDJSON).</summary>
/// <param name="Unit">Id of the unit, 1 to 64 characters, no control characters. Required.</param>
/// <param name="Lat">Latitude in degrees, -90 to 90. Required.</param>
/// <param name="Lon">Longitude in degrees, -180 to 180. Required.</param>
/// <param name="At">Time of measurement: RFC 3339 with offset, or whole milliseconds since 1970 as a number. Required.</param>
/// <param name="Accuracy">Radius of 68 % confidence in metres, 0 to 100,000. Default: unknown.</param>
/// <param name="Speed">Metres per second, 0 to 200. Default: unknown.</param>
/// <param name="Heading">Degrees clockwise from north, 0 up to but not including 360. Default: unknown.</param>
/// <param name="Squad">Squad to enrol an unknown unit into, 1 to 64 characters.</param>
/// <param name="CallSign">What the wall shows for the unit, at most 32 characters. Default: the unit's id.</param>
/// <param name="Battery">Percent, 0 to 100. Default: unknown.</param>
/// <param name="Datum"><c>wgs84</c> (default), <c>gcj02</c> or <c>bd09</c>.</param>
public sealed record FixRequest(
    string Unit,
    double Lat,
    double Lon,
    DateTimeOffset At,
    double? Accuracy = null,
    double? Speed = null,
    double? Heading = null,
    string? Squad = null,
    string? CallSign = null,
    int? Battery = null,
    string? Datum = null);

/// <summary>Answer of <c>POST /api/v1/positions</c>, status 202.</summary>
/// <param name="Received">Fixes read from the request.</param>
/// <param name="Accepted">Fixes taken: <paramref name="Moved"/> + <paramref name="Older"/> + <paramref name="Repeated"/>.</param>
/// <param name="Moved">Fixes that became their unit's newest.</param>
/// <param name="Older">Fixes older than the unit's newest; they move no marker.</param>
/// <param name="Repeated">Fixes of the same time as the unit's newest; ignored.</param>
/// <param name="Future">Accepted fixes dated more than 30 s ahead, kept at their arrival time and marked.</param>
/// <param name="Jumps">Accepted fixes that imply more than 100 m/s, marked.</param>
/// <param name="Outside">Accepted fixes that lie in no grid.</param>
/// <param name="Refused">Fixes refused.</param>
/// <param name="Reasons">Index and reason of the first 100 refused.</param>
public sealed record PositionsAnswer(
    int Received, int Accepted, int Moved, int Older, int Repeated, int Future, int Jumps, int Outside, int Refused,
    IReadOnlyList<RefusedFix> Reasons);

/// <summary>Why one fix was refused.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Unit">Its unit's id, if it could be read.</param>
/// <param name="Reason">A code in kebab case, such as <c>latitude-out-of-range</c>.</param>
/// <param name="Detail">The field, the value's fault and the limit, in English.</param>
public sealed record RefusedFix(int Index, string? Unit, string Reason, string Detail);
