namespace Situational.Contracts.Http;

/// <summary>Body of <c>POST /api/v1/reports</c>.</summary>
/// <param name="Category">Code of the hazard's category, 1 to 64 characters. Required.</param>
/// <param name="Severity"><c>red</c>, <c>orange</c>, <c>yellow</c> or <c>blue</c>. Required.</param>
/// <param name="Description">What was seen, 1 to 4,000 characters. Required.</param>
/// <param name="Location">Where. Required.</param>
/// <param name="Source">What kind of source reports: <c>worker</c>, <c>resident</c>, <c>courier</c>, <c>sensor</c>, <c>system</c> or <c>demo</c>. Required.</param>
/// <param name="Reporter">Who reports; personal data, never on the feed and never in logs.</param>
/// <param name="Photos">At most 9 absolute https or http addresses, each at most 2,000 characters. They are stored, not fetched.</param>
public sealed record ReportRequest(
    string Category,
    string Severity,
    string Description,
    PlaceRequest Location,
    string Source,
    ReporterRequest? Reporter = null,
    IReadOnlyList<string>? Photos = null);

/// <summary>A place as a client states it.</summary>
/// <param name="Lat">Latitude in degrees, -90 to 90.</param>
/// <param name="Lon">Longitude in degrees, -180 to 180.</param>
/// <param name="Datum"><c>wgs84</c> (default), <c>gcj02</c> or <c>bd09</c>.</param>
public sealed record PlaceRequest(double Lat, double Lon, string? Datum = null);

/// <summary>Who reports.</summary>
/// <param name="Name">At most 100 characters.</param>
/// <param name="Phone">At most 32 characters.</param>
public sealed record ReporterRequest(string? Name = null, string? Phone = null);

/// <summary>Optional body of <c>POST /api/v1/cases/{id}/start</c> and <c>/close</c>.</summary>
/// <param name="Note">At most 4,000 characters.</param>
public sealed record CaseActionRequest(string? Note = null);

/// <summary>A case as the API shows it. Carries no personal data.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="Grid">Code of the grid where it lies.</param>
/// <param name="TerritoryVersion">Version of the territory in force when it was opened.</param>
/// <param name="Category">Category code.</param>
/// <param name="Severity"><c>red</c> to <c>blue</c>.</param>
/// <param name="Stage"><c>reported</c>, <c>handling</c> or <c>closed</c>.</param>
/// <param name="Description">As reported.</param>
/// <param name="Lat">Latitude in WGS-84 degrees.</param>
/// <param name="Lon">Longitude in WGS-84 degrees.</param>
/// <param name="Source">Kind of source.</param>
/// <param name="Photos">Addresses of photos.</param>
/// <param name="ReportedAt">When the report was made durable.</param>
/// <param name="UpdatedAt">When the case last changed.</param>
/// <param name="StartedAt">When handling began.</param>
/// <param name="ClosedAt">When it was closed.</param>
/// <param name="Note">The note of the last action.</param>
public sealed record CaseAnswer(
    string Id, string Grid, int TerritoryVersion, string Category, string Severity, string Stage, string Description,
    double Lat, double Lon, string Source, IReadOnlyList<string> Photos,
    DateTimeOffset ReportedAt, DateTimeOffset UpdatedAt, DateTimeOffset? StartedAt, DateTimeOffset? ClosedAt, string? Note);

/// <summary>A page of <c>GET /api/v1/cases</c>, newest first.</summary>
/// <param name="Cases">At most <c>limit</c> cases.</param>
/// <param name="Next">Pass as <c>cursor</c> for the next page; absent on the last.</param>
public sealed record CasesAnswer(IReadOnlyList<CaseAnswer> Cases, string? Next);
