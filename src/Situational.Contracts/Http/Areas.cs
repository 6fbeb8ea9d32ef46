namespace Situational.Contracts.Http;

/// <summary>Answer of <c>PUT /api/v1/territory</c>: 201 when a territory came into force, 200 when the same one already is.</summary>
/// <param name="Version">Version in force, from 1.</param>
/// <param name="City">Code of the root area.</param>
/// <param name="Areas">Areas of all levels.</param>
/// <param name="Grids">Grids.</param>
/// <param name="Repairs">What <c>repair=true</c> mended.</param>
/// <param name="Warnings">Overlaps and gaps, with their area in square metres.</param>
public sealed record TerritoryAnswer(
    int Version, string City, int Areas, int Grids, IReadOnlyList<string> Repairs, IReadOnlyList<string> Warnings);

/// <summary>Answer of <c>GET /api/v1/territory/versions</c>.</summary>
/// <param name="Versions">Oldest first; the last is in force.</param>
/// <param name="Settled">Whether every open case has found its grid under the version in force.</param>
/// <param name="Unsettled">Grids that may still hold cases of others; absent when settled or not counted yet.</param>
public sealed record TerritoryVersionsAnswer(IReadOnlyList<TerritoryVersionAnswer> Versions, bool Settled, int? Unsettled);

/// <summary>One version of the territory; <c>GET /api/v1/territory?version=</c> has its shapes.</summary>
/// <param name="Version">From 1.</param>
/// <param name="InForceAt">Since when it is in force; absent in stores from before that was kept.</param>
/// <param name="Fingerprint">SHA-256 of its GeoJSON.</param>
public sealed record TerritoryVersionAnswer(int Version, DateTimeOffset? InForceAt, string Fingerprint);

/// <summary>Answer of <c>GET /api/v1/areas/{code}</c>.</summary>
public sealed record AreaAnswer(
    string Code, string Name, string Level, string? Parent, IReadOnlyList<string> Children, int Grids, int TerritoryVersion,
    SeverityCounts Open, UnitCounts Units, int SilentGrids);

/// <summary>Answer of <c>GET /api/v1/grids/{code}</c>.</summary>
public sealed record GridAnswer(
    string Code, string Name, string Parent, int TerritoryVersion, long Revision, string Risk, double Score,
    IReadOnlyList<string> Reasons, bool Silent, DateTimeOffset? HeardAt, SeverityCounts Open, IReadOnlyList<string> Cases,
    IReadOnlyList<string> Units);

/// <summary>Open cases by severity.</summary>
public sealed record SeverityCounts(int Red, int Orange, int Yellow, int Blue);

/// <summary>Units by state.</summary>
public sealed record UnitCounts(int Live, int Late, int Stale, int Gone);

/// <summary>One row of <c>GET /api/v1/units</c>.</summary>
/// <param name="Id">The unit's id.</param>
/// <param name="CallSign">What the wall shows.</param>
/// <param name="Squad">Its squad.</param>
/// <param name="Grid">Code of the grid it is in, or <c>outside</c>.</param>
/// <param name="Lat">Latitude in WGS-84 degrees; 0 with a longitude of 0 for one that calls for help from nobody knows where.</param>
/// <param name="Lon">Longitude in WGS-84 degrees.</param>
/// <param name="At">Time of its newest fix; the begin of 1970 for one that calls for help and of which no fix is known.</param>
/// <param name="State"><c>live</c>, <c>late</c>, <c>stale</c> or <c>gone</c>.</param>
/// <param name="Heading">Degrees clockwise from north, if known.</param>
/// <param name="Marks"><c>future</c> and <c>jump</c>, if the newest fix is so marked.</param>
/// <param name="Battery">Percent, if known.</param>
/// <param name="EnteredAt">Since when it is in its grid, if known.</param>
/// <param name="Sos">When it called for help, as long as nobody has answered.</param>
public sealed record UnitAnswer(
    string Id, string CallSign, string Squad, string Grid, double Lat, double Lon, DateTimeOffset At, string State,
    double? Heading, IReadOnlyList<string> Marks, int? Battery = null, DateTimeOffset? EnteredAt = null, DateTimeOffset? Sos = null);
