namespace Situational.Contracts.Http;

/// <summary>Body of <c>POST /api/v1/units/{id}/duty</c>.</summary>
/// <param name="On">True to go on duty, false to go off: from then on its fixes are refused and it is on no map. Required.</param>
public sealed record DutyRequest(bool On);

/// <summary>A unit's duty state.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="OnDuty">Whether it is on duty.</param>
/// <param name="Since">Since when; absent when nobody ever said.</param>
public sealed record DutyAnswer(string Unit, bool OnDuty, DateTimeOffset? Since);

/// <summary>Body of <c>POST /api/v1/units/{id}/sos</c>: the unit calls for help. Puts it on duty.</summary>
/// <param name="Lat">Where, latitude in WGS-84 degrees; both or neither. Default: its newest fix.</param>
/// <param name="Lon">Where, longitude in WGS-84 degrees.</param>
/// <param name="Note">At most 1,000 characters.</param>
public sealed record SosRequest(double? Lat = null, double? Lon = null, string? Note = null);

/// <summary>Body of <c>POST /api/v1/units/{id}/sos/answer</c>: someone takes care of it.</summary>
/// <param name="Note">At most 1,000 characters.</param>
public sealed record SosReplyRequest(string? Note = null);

/// <summary>A unit's call for help.</summary>
/// <param name="At">When.</param>
/// <param name="Lat">Where, if known.</param>
/// <param name="Lon">Where, if known.</param>
/// <param name="Note">What was said.</param>
/// <param name="AnsweredAt">When someone answered; absent while nobody has.</param>
/// <param name="AnsweredBy">Id of who answered.</param>
/// <param name="Answer">What they said.</param>
public sealed record SosAnswer(
    DateTimeOffset At, double? Lat, double? Lon, string? Note, DateTimeOffset? AnsweredAt, string? AnsweredBy, string? Answer);

/// <summary>Answer of <c>GET /api/v1/units/nearest</c>: units on duty, the nearest first, as the crow flies.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Meters">Distance in metres.</param>
/// <param name="Cases">Ids of open cases that are given to it.</param>
public sealed record NearUnitAnswer(UnitAnswer Unit, int Meters, IReadOnlyList<string> Cases);

/// <summary>Answer of <c>GET /api/v1/squads</c>.</summary>
/// <param name="Id">The squad's id.</param>
/// <param name="Units">How many units it has.</param>
public sealed record SquadAnswer(string Id, int Units);

/// <summary>Answer of <c>GET /api/v1/squads/{id}</c>: everyone in it, on duty or off.</summary>
/// <param name="Id">The squad's id.</param>
/// <param name="Members">In ascending order of their ids.</param>
public sealed record SquadMembersAnswer(string Id, IReadOnlyList<SquadMemberAnswer> Members);

/// <summary>A unit of a squad. One that is off duty has no place.</summary>
/// <param name="Id">The unit's id.</param>
/// <param name="CallSign">What the wall shows.</param>
/// <param name="OnDuty">Whether it is on duty.</param>
/// <param name="Since">Since when it is on or off duty, if someone said.</param>
/// <param name="State">As in <see cref="UnitAnswer"/>; absent off duty.</param>
/// <param name="At">Time of its newest fix; absent off duty.</param>
/// <param name="Battery">Percent; absent when unknown or off duty.</param>
/// <param name="Grid">Code of its grid, or <c>outside</c>; absent off duty.</param>
/// <param name="EnteredAt">Since when it is in that grid; absent off duty.</param>
/// <param name="Cases">Ids of open cases given to it, at most 20.</param>
/// <param name="Sos">Its newest call for help.</param>
public sealed record SquadMemberAnswer(
    string Id, string CallSign, bool OnDuty, DateTimeOffset? Since, string? State, DateTimeOffset? At, int? Battery, string? Grid,
    DateTimeOffset? EnteredAt, IReadOnlyList<string> Cases, SosAnswer? Sos);

/// <summary>Answer of <c>GET /api/v1/units/{id}/trail</c>. Who asked for it stands in the audit trail.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="From">Begin, included.</param>
/// <param name="To">End, included.</param>
/// <param name="Points"><c>[at, lat, lon, accuracy, grid, ends]</c>, oldest first: milliseconds since 1970, millionths of a degree, metres or -1, code,
/// 1 where the unit went off duty. At most 20,000.</param>
/// <param name="Truncated">True when there are more.</param>
public sealed record TrailAnswer(string Unit, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<object[]> Points, bool? Truncated = null);
