namespace Situational.Contracts.Http;

/// <summary>Body of <c>POST /api/v1/reports</c>.</summary>
/// <param name="Category">Code of the hazard's category, one of <c>GET /api/v1/categories</c>. Required.</param>
/// <param name="Severity"><c>red</c>, <c>orange</c>, <c>yellow</c> or <c>blue</c>. Default: the category's.</param>
/// <param name="Description">What was seen, 1 to 4,000 characters. Required.</param>
/// <param name="Location">Where. Required.</param>
/// <param name="Source">What kind of source reports: <c>worker</c>, <c>resident</c>, <c>courier</c>, <c>sensor</c>, <c>system</c> or <c>demo</c>. Required.</param>
/// <param name="Reporter">Who reports; personal data, never on the feed and never in logs.</param>
/// <param name="Photos">At most 9: ids from <c>POST /api/v1/photos</c>, or absolute https or http addresses of at most 2,000 characters, which are
/// stored, not fetched.</param>
/// <param name="Device">Id of the reporting device, 1 to 64 characters: the same text from the same device within minutes is one case.</param>
/// <param name="By">Who reports, if it is a worker or a system with an id; never a person's name. Default: a reporter, by the name of the key that is used.</param>
/// <param name="Spot">Set when it was fixed on the spot.</param>
public sealed record ReportRequest(
    string Category,
    string? Severity,
    string Description,
    PlaceRequest Location,
    string Source,
    ReporterRequest? Reporter = null,
    IReadOnlyList<string>? Photos = null,
    string? Device = null,
    ActorRequest? By = null,
    SpotRequest? Spot = null);

/// <summary>A place as a client states it.</summary>
/// <param name="Lat">Latitude in degrees, -90 to 90.</param>
/// <param name="Lon">Longitude in degrees, -180 to 180.</param>
/// <param name="Datum"><c>wgs84</c> (default), <c>gcj02</c> or <c>bd09</c>.</param>
public sealed record PlaceRequest(double Lat, double Lon, string? Datum = null);

/// <summary>Who reports.</summary>
/// <param name="Name">At most 100 characters.</param>
/// <param name="Phone">At most 32 characters.</param>
public sealed record ReporterRequest(string? Name = null, string? Phone = null);
