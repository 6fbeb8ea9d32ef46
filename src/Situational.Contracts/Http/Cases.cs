namespace Situational.Contracts.Http;

/// <summary>Who acts, as the calling system states it.</summary>
/// <param name="Id">Id of the person, unit, department or system, 1 to 64 characters.</param>
/// <param name="Role"><c>worker</c>, <c>department</c>, <c>officer</c> or <c>supervisor</c>; <c>reporter</c> for reports and ratings.</param>
public sealed record ActorRequest(string Id, string Role);

/// <summary>Who acted.</summary>
/// <param name="Id">Id of the person, unit, department or system; absent for a <c>reporter</c>, whose id may be a phone number or the like: it stands
/// in the audit trail alone.</param>
/// <param name="Role">As in <see cref="ActorRequest"/>, or <c>system</c>.</param>
public sealed record ActorAnswer(string? Id, string Role);

/// <summary>To whom a case is given.</summary>
/// <param name="Kind"><c>unit</c>, <c>squad</c> or <c>department</c>.</param>
/// <param name="Id">Id of the unit or squad, or code of the department, 1 to 64 characters.</param>
public sealed record AssigneeRequest(string Kind, string Id);

/// <summary>What was fixed on the spot, with the report.</summary>
/// <param name="Unit">Id of the unit that fixed it, 1 to 64 characters. Required.</param>
/// <param name="Note">What was done, 1 to 4,000 characters. Required.</param>
/// <param name="Photos">At most 9 photos of the result: ids from <c>POST /api/v1/photos</c> or absolute addresses.</param>
/// <param name="FoundAt">When it was found, RFC 3339.</param>
/// <param name="FixedAt">When it was fixed, RFC 3339. Default: the time of the report.</param>
public sealed record SpotRequest(
    string Unit, string Note, IReadOnlyList<string>? Photos = null, DateTimeOffset? FoundAt = null, DateTimeOffset? FixedAt = null);

/// <summary>
/// Body of <c>POST /api/v1/cases/{id}/{step}</c>; which fields a step needs stands in docs/cases.md, the others are ignored. Steps: <c>accept</c>,
/// <c>reject</c>, <c>dispatch</c>, <c>return</c>, <c>start</c>, <c>hand-in</c>, <c>verify</c>, <c>rework</c>, <c>close</c>, <c>suspend</c>,
/// <c>resume</c>, <c>reopen</c>, <c>rate</c>, <c>merge</c>, <c>keep-apart</c>, <c>escalate</c>, <c>whistle</c>, <c>muster</c>.
/// </summary>
/// <param name="By">Who acts. Default: an officer of the name of the key that is used.</param>
/// <param name="Note">At most 4,000 characters.</param>
/// <param name="Reason">At most 4,000 characters.</param>
/// <param name="Assignee">For <c>dispatch</c>.</param>
/// <param name="Photos">For <c>hand-in</c>: at most 9.</param>
/// <param name="Until">For <c>suspend</c>: RFC 3339, in the future.</param>
/// <param name="Severity">For <c>accept</c>: another severity.</param>
/// <param name="Kind">For <c>rate</c>: who rates; for <c>whistle</c>: the kind of whistle.</param>
/// <param name="Score">For <c>rate</c>: 1 to 5.</param>
/// <param name="Into">For <c>merge</c> and <c>keep-apart</c>: the other case's id.</param>
/// <param name="Unit">The unit that acts; its newest fix is held against the case's place.</param>
/// <param name="Departments">For <c>whistle</c>: codes of 1 to 16 departments.</param>
/// <param name="Whistle">For <c>muster</c>: number of the whistle.</param>
/// <param name="Department">For <c>muster</c>: the department that answers.</param>
/// <param name="State">For <c>muster</c>: <c>acknowledged</c>, <c>en-route</c>, <c>arrived</c>, <c>done</c> or <c>refused</c>.</param>
/// <param name="CounterProposal">For a refusal: code of the department that is responsible instead.</param>
public sealed record CaseStepRequest(
    ActorRequest? By = null, string? Note = null, string? Reason = null, AssigneeRequest? Assignee = null, IReadOnlyList<string>? Photos = null,
    DateTimeOffset? Until = null, string? Severity = null, string? Kind = null, int? Score = null, string? Into = null, string? Unit = null,
    IReadOnlyList<string>? Departments = null, int? Whistle = null, string? Department = null, string? State = null,
    string? CounterProposal = null);

/// <summary>A case as the API shows it. Carries no personal data.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="Revision">Rises with every change: the <c>ETag</c>, and what <c>If-Match</c> is held against.</param>
/// <param name="Grid">Code of the grid where it lies.</param>
/// <param name="TerritoryVersion">Version of the territory that the grid belongs to.</param>
/// <param name="Category">Category code.</param>
/// <param name="Severity"><c>red</c> to <c>blue</c>: the one that counts.</param>
/// <param name="Stage"><c>reported</c>, <c>accepted</c>, <c>dispatched</c>, <c>handling</c>, <c>handled</c>, <c>verified</c>, <c>closed</c>,
/// <c>rejected</c>, <c>returned</c>, <c>rework</c>, <c>suspended</c> or <c>merged</c>.</param>
/// <param name="Description">As reported.</param>
/// <param name="Lat">Latitude in WGS-84 degrees.</param>
/// <param name="Lon">Longitude in WGS-84 degrees.</param>
/// <param name="Source">Kind of source.</param>
/// <param name="Photos">Photos of the report.</param>
/// <param name="ReportedAt">When the report was made durable.</param>
/// <param name="UpdatedAt">When the case last changed.</param>
/// <param name="StartedAt">When handling first began.</param>
/// <param name="ClosedAt">When it ended.</param>
/// <param name="Note">The note of the last step.</param>
/// <param name="Assignee">To whom it is given.</param>
/// <param name="DueAt">When its next clock falls due; absent when none runs.</param>
/// <param name="Level"><c>none</c>, <c>approaching</c>, <c>overdue</c> or <c>overdue-twice</c>.</param>
/// <param name="Clocks">Its clocks.</param>
/// <param name="SuspendedUntil">When a suspension ends by itself.</param>
/// <param name="EscalatedTo">Code of the area that it was escalated to.</param>
/// <param name="Reports">How many reports it stands for, from 1.</param>
/// <param name="Proposals">Ids of cases that may be the same hazard.</param>
/// <param name="MergedInto">Id of the case that its reports follow.</param>
/// <param name="Spot">Set when it was fixed on the spot.</param>
/// <param name="Marks">What is not plausible about it.</param>
/// <param name="ResultPhotos">Photos of the result.</param>
/// <param name="Ratings">Its ratings.</param>
/// <param name="Whistles">Its whistles with their muster boards.</param>
/// <param name="Allowed">The steps that someone can take with it as it stands; docs/cases.md says who.</param>
/// <param name="Joined">True in the answer to a report that joined this case instead of opening one; else absent.</param>
public sealed record CaseAnswer(
    string Id, long Revision, string Grid, int TerritoryVersion, string Category, string Severity, string Stage, string Description,
    double Lat, double Lon, string Source, IReadOnlyList<string> Photos,
    DateTimeOffset ReportedAt, DateTimeOffset UpdatedAt, DateTimeOffset? StartedAt, DateTimeOffset? ClosedAt, string? Note,
    AssigneeRequest? Assignee, DateTimeOffset? DueAt, string Level, IReadOnlyList<ClockAnswer> Clocks, DateTimeOffset? SuspendedUntil,
    string? EscalatedTo, int Reports, IReadOnlyList<string> Proposals, string? MergedInto, SpotAnswer? Spot, IReadOnlyList<MarkAnswer> Marks,
    IReadOnlyList<string> ResultPhotos, IReadOnlyList<RatingAnswer> Ratings, IReadOnlyList<WhistleAnswer> Whistles, IReadOnlyList<string> Allowed,
    bool? Joined = null);

/// <summary>A clock of a case or a muster.</summary>
/// <param name="Kind"><c>accept</c>, <c>dispatch</c>, <c>handle</c>, <c>verify</c>, <c>close</c>, <c>acknowledge</c>, <c>arrive</c> or <c>solve</c>.</param>
/// <param name="Limit">Its limit, such as <c>4 working-hours</c>.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="DueAt">When it falls due; for one that stands still, when it would have.</param>
/// <param name="Level">The highest level that it reached.</param>
/// <param name="Stopped">Whether it stands still.</param>
public sealed record ClockAnswer(string Kind, string Limit, DateTimeOffset StartedAt, DateTimeOffset DueAt, string Level, bool Stopped);

/// <summary>What was fixed on the spot.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Note">What was done.</param>
/// <param name="Recheck">Whether it was drawn for a random re-check.</param>
/// <param name="Verified">Whether it was verified; absent while nobody looked.</param>
/// <param name="FoundAt">When it was found, if said.</param>
/// <param name="FixedAt">When it was fixed, if said.</param>
public sealed record SpotAnswer(string Unit, string Note, bool Recheck, bool? Verified, DateTimeOffset? FoundAt, DateTimeOffset? FixedAt);

/// <summary>Something that is not plausible.</summary>
/// <param name="Code"><c>too-fast</c>, <c>too-far</c>, <c>no-fix</c> or <c>many-at-once</c>.</param>
/// <param name="Value">The value found.</param>
/// <param name="Limit">The limit it is held against.</param>
/// <param name="Explanation">In English, with units.</param>
public sealed record MarkAnswer(string Code, double Value, double Limit, string Explanation);

/// <summary>A rating.</summary>
public sealed record RatingAnswer(string Kind, int Score, DateTimeOffset At, ActorAnswer By, string? Note);

/// <summary>A whistle and its muster board.</summary>
public sealed record WhistleAnswer(int Number, string Kind, DateTimeOffset At, ActorAnswer By, string? Note, IReadOnlyList<MusterAnswer> Musters);

/// <summary>One department on a muster board.</summary>
/// <param name="Department">Code of the department.</param>
/// <param name="State"><c>notified</c>, <c>acknowledged</c>, <c>en-route</c>, <c>arrived</c>, <c>done</c>, <c>refused</c> or <c>dismissed</c>.</param>
/// <param name="NotifiedAt">When it was called.</param>
/// <param name="AcknowledgedAt">When it acknowledged.</param>
/// <param name="EnRouteAt">When it set out.</param>
/// <param name="ArrivedAt">When it said that it had arrived.</param>
/// <param name="ArrivalVerified">Whether a unit's fix confirms that; absent when none is known.</param>
/// <param name="ArrivalMeters">How far that fix was from the case.</param>
/// <param name="EndedAt">When it reported done or refused.</param>
/// <param name="Note">Its last note, or why it refused.</param>
/// <param name="RoutedFrom">The department that refused and proposed this one.</param>
/// <param name="CounterProposal">The department that it proposed instead of itself.</param>
/// <param name="Clocks">Its clocks.</param>
public sealed record MusterAnswer(
    string Department, string State, DateTimeOffset NotifiedAt, DateTimeOffset? AcknowledgedAt, DateTimeOffset? EnRouteAt,
    DateTimeOffset? ArrivedAt, bool? ArrivalVerified, double? ArrivalMeters, DateTimeOffset? EndedAt, string? Note, string? RoutedFrom,
    string? CounterProposal, IReadOnlyList<ClockAnswer> Clocks);

/// <summary>A page of <c>GET /api/v1/cases</c>.</summary>
/// <param name="Cases">At most <c>limit</c> cases, fewer when they have some 8 MiB.</param>
/// <param name="Next">Pass as <c>cursor</c> for the next page; absent on the last.</param>
public sealed record CasesAnswer(IReadOnlyList<CaseAnswer> Cases, string? Next);
