using System.Text.Json.Serialization;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Cases;

/// <summary>
/// What happened in a grid, as the journal keeps it. Names in the attributes are stored and never change. Events carry what was decided,
/// clocks included, so that folding them needs no rules and no calendar.
/// </summary>
/// <param name="At">When the grid decided it, UTC.</param>
[JsonDerivedType(typeof(CaseOpened), "case-opened")]
[JsonDerivedType(typeof(CaseStarted), "case-started")]
[JsonDerivedType(typeof(CaseClosed), "case-closed")]
[JsonDerivedType(typeof(CaseStepped), "case-stepped")]
[JsonDerivedType(typeof(CaseReopened), "case-reopened")]
[JsonDerivedType(typeof(CaseRated), "case-rated")]
[JsonDerivedType(typeof(ReportJoined), "report-joined")]
[JsonDerivedType(typeof(CaseMerged), "case-merged")]
[JsonDerivedType(typeof(DeadlinePassed), "deadline-passed")]
[JsonDerivedType(typeof(CaseEscalated), "case-escalated")]
[JsonDerivedType(typeof(WhistleBlown), "whistle-blown")]
[JsonDerivedType(typeof(MusterStepped), "muster-stepped")]
[JsonDerivedType(typeof(CaseDeparted), "case-departed")]
[JsonDerivedType(typeof(CaseArrived), "case-arrived")]
[JsonDerivedType(typeof(HandoverEnded), "handover-ended")]
public abstract record GridEvent(DateTimeOffset At);

/// <summary>A report opened a case.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="CaseId">Its id.</param>
/// <param name="TerritoryVersion">Version of the territory in force.</param>
/// <param name="Report">The report.</param>
/// <param name="By">Who reported; null in histories from before it was kept.</param>
/// <param name="Clocks">The clocks that run from now on; null for none.</param>
/// <param name="Spot">Set when it was fixed on the spot: the case begins as handled.</param>
/// <param name="Marks">What is not plausible about it.</param>
/// <param name="Proposals">Ids of open cases that may be the same hazard.</param>
public sealed record CaseOpened(
    DateTimeOffset At, string CaseId, int TerritoryVersion, Report Report, Actor? By = null, IReadOnlyList<Clock>? Clocks = null,
    OnTheSpot? Spot = null, IReadOnlyList<PlausibilityMark>? Marks = null, IReadOnlyList<string>? Proposals = null) : GridEvent(At);

/// <summary>Handling began. Only in histories from before <see cref="CaseStepped"/>.</summary>
public sealed record CaseStarted(DateTimeOffset At, string CaseId, string? Note) : GridEvent(At);

/// <summary>The case was closed. Only in histories from before <see cref="CaseStepped"/>.</summary>
public sealed record CaseClosed(DateTimeOffset At, string CaseId, string? Note) : GridEvent(At);

/// <summary>A step of the loop was taken.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="CaseId">The case.</param>
/// <param name="Step">The step.</param>
/// <param name="To">The stage it led to.</param>
/// <param name="By">Who took it.</param>
/// <param name="Note">What was said, at most 4,000 characters.</param>
/// <param name="Reason">Why, where the step needs a reason; at most 4,000 characters.</param>
/// <param name="Assignee">To whom it is given, for a dispatch.</param>
/// <param name="Photos">Photos of the result, at most 9.</param>
/// <param name="Until">When a suspension ends.</param>
/// <param name="Severity">The severity that counts from now on, if it was set.</param>
/// <param name="Clocks">All clocks of the case from now on; null for none.</param>
/// <param name="Marks">All marks of the case from now on; null when they did not change.</param>
/// <param name="Apart">Id of the proposed duplicate that is none, for <see cref="CaseStep.KeepApart"/>.</param>
/// <param name="Late">True when the system took it later than it was due: at a suspension's end that fell while nobody was awake.</param>
public sealed record CaseStepped(
    DateTimeOffset At, string CaseId, CaseStep Step, Stage To, Actor By, string? Note = null, string? Reason = null, Assignee? Assignee = null,
    IReadOnlyList<string>? Photos = null, DateTimeOffset? Until = null, Severity? Severity = null, IReadOnlyList<Clock>? Clocks = null,
    IReadOnlyList<PlausibilityMark>? Marks = null, string? Apart = null, bool Late = false) : GridEvent(At);

/// <summary>An ended case was reopened. Ended cases are not part of a grid's state, so the event brings it along.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="CaseId">The case.</param>
/// <param name="Case">The case as it stands from now on.</param>
/// <param name="By">Who reopened it.</param>
/// <param name="Reason">Why.</param>
public sealed record CaseReopened(DateTimeOffset At, string CaseId, Case Case, Actor By, string Reason) : GridEvent(At);

/// <summary>A closed case was rated. Changes the case, not the grid's state.</summary>
public sealed record CaseRated(DateTimeOffset At, string CaseId, Rating Rating) : GridEvent(At);

/// <summary>A further report of the same hazard joined a case.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="CaseId">The case that it joined.</param>
/// <param name="Reports">The report, or all reports of a case that was merged.</param>
/// <param name="FromCase">Id of the merged case; null when a report joined by itself.</param>
/// <param name="By">Who joined them; the system when it happened by rule.</param>
/// <param name="FromGrid">Code of the grid where the merged case lay, when it was another one.</param>
/// <param name="Proposals">All proposals of the case from now on; null when they did not change.</param>
public sealed record ReportJoined(
    DateTimeOffset At, string CaseId, IReadOnlyList<Report> Reports, string? FromCase, Actor By, string? FromGrid = null,
    IReadOnlyList<string>? Proposals = null) : GridEvent(At);

/// <summary>A case was merged into another: its reports follow that one.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="CaseId">The case that ends.</param>
/// <param name="Into">Id of the case that goes on.</param>
/// <param name="IntoGrid">Code of the grid where that one lies; when it is another, the reports are handed over to it.</param>
/// <param name="By">Who merged them.</param>
/// <param name="Note">What was said.</param>
public sealed record CaseMerged(DateTimeOffset At, string CaseId, string Into, string IntoGrid, Actor By, string? Note) : GridEvent(At);

/// <summary>A clock of a case or of a muster reached a level.</summary>
/// <param name="At">When it was noticed, UTC.</param>
/// <param name="CaseId">The case.</param>
/// <param name="Clock">The clock after it fired.</param>
/// <param name="Level">The level.</param>
/// <param name="FellAt">When the level was reached, UTC.</param>
/// <param name="Late">True when it was noticed later than a running grid would have: the grid was not awake.</param>
/// <param name="Whistle">Number of the whistle, for a muster's clock.</param>
/// <param name="Department">Code of the department, for a muster's clock.</param>
public sealed record DeadlinePassed(
    DateTimeOffset At, string CaseId, Clock Clock, DeadlineLevel Level, DateTimeOffset FellAt, bool Late, int? Whistle = null,
    string? Department = null) : GridEvent(At);

/// <summary>A case moved up one level of the tree.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="CaseId">The case.</param>
/// <param name="ToArea">Code of the area that deals with it now.</param>
/// <param name="Reason">Why: <c>overdue</c>, <c>overdue-twice</c>, <c>whistle-unanswered</c>, <c>whistle-refused</c>, or what someone said.</param>
/// <param name="By">Who; the system by rule.</param>
public sealed record CaseEscalated(DateTimeOffset At, string CaseId, string ToArea, string Reason, Actor By) : GridEvent(At);

/// <summary>A whistle was blown.</summary>
public sealed record WhistleBlown(DateTimeOffset At, string CaseId, Whistle Whistle) : GridEvent(At);

/// <summary>A department's muster changed.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="CaseId">The case.</param>
/// <param name="Whistle">Number of the whistle.</param>
/// <param name="Muster">The department's muster from now on; new when the department was called by a re-route.</param>
/// <param name="By">Who said so.</param>
public sealed record MusterStepped(DateTimeOffset At, string CaseId, int Whistle, Muster Muster, Actor By) : GridEvent(At);

/// <summary>A case leaves for another grid, because the territory changed. It is that grid's as soon as that one has written it down.</summary>
public sealed record CaseDeparted(DateTimeOffset At, string CaseId, string ToGrid, int TerritoryVersion) : GridEvent(At);

/// <summary>A case came from another grid.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="CaseId">Its id, which it keeps.</param>
/// <param name="FromGrid">Code of the grid it comes from.</param>
/// <param name="TerritoryVersion">Version of the territory that moved it.</param>
/// <param name="Case">The case as it stands here.</param>
public sealed record CaseArrived(DateTimeOffset At, string CaseId, string FromGrid, int TerritoryVersion, Case Case) : GridEvent(At);

/// <summary>A handover to another grid ended.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="CaseId">The case that was handed over.</param>
/// <param name="ToGrid">Code of the other grid.</param>
/// <param name="Taken">True when that grid has it; false when it refused, and the case stays what it was before.</param>
/// <param name="Case">When it was refused: the case as it stands here from now on.</param>
public sealed record HandoverEnded(DateTimeOffset At, string CaseId, string ToGrid, bool Taken, Case? Case = null) : GridEvent(At);
