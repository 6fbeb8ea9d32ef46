namespace Situational.Contracts.Http;

/// <summary>Answer of <c>GET /api/v1/history/marks</c>: what a time slider shows.</summary>
/// <param name="Area">Code of the area.</param>
/// <param name="From">Begin, included.</param>
/// <param name="To">End, not included.</param>
/// <param name="KeptSince">The earliest moment that can be shown; absent when nothing is kept yet.</param>
/// <param name="BucketSeconds">Length of a bucket.</param>
/// <param name="Buckets"><c>[reported, ended, overdue]</c> a bucket, oldest first: how many cases were opened, ended, came to be overdue.</param>
/// <param name="Marks"><c>[at, kind, subject, grid, n]</c> as the feed's events, oldest first, the weightiest 500: red cases, whistles, escalations, overdue twice.</param>
/// <param name="Truncated">True when there are more than that.</param>
public sealed record HistoryMarksAnswer(
    string Area, DateTimeOffset From, DateTimeOffset To, DateTimeOffset? KeptSince, int BucketSeconds, IReadOnlyList<int[]> Buckets,
    IReadOnlyList<object[]> Marks, bool? Truncated = null);

/// <summary>Answer of <c>GET /api/v1/shift</c>: what changed in an area since someone came.</summary>
/// <param name="Area">Code of the area.</param>
/// <param name="Since">Since when.</param>
/// <param name="AsOf">Up to when.</param>
/// <param name="Then">How it was.</param>
/// <param name="Now">How it is.</param>
/// <param name="Opened">Cases reported in between.</param>
/// <param name="Closed">Cases closed in between.</param>
/// <param name="EndedOtherwise">Cases rejected or merged in between.</param>
/// <param name="BecameOverdue">Cases that came to be overdue in between, whatever became of them.</param>
/// <param name="Red">Open red cases, the next deadline first.</param>
/// <param name="Overdue">Open overdue cases that are not red, the longest overdue first.</param>
/// <param name="Whistles">Other cases with a whistle that has not ended.</param>
/// <param name="ToVerify">Other cases whose result waits for a look, the next deadline first.</param>
/// <param name="DueSoon">Other open cases that fall due within the next 8 hours, the next first.</param>
/// <param name="Silent">Silent grids.</param>
/// <param name="Sos">Calls for help that nobody has answered.</param>
public sealed record ShiftAnswer(
    string Area, DateTimeOffset Since, DateTimeOffset AsOf, ShiftFigures Then, ShiftFigures Now, int Opened, int Closed, int EndedOtherwise,
    int BecameOverdue, ShiftCases Red, ShiftCases Overdue, ShiftCases Whistles, ShiftCases ToVerify, ShiftCases DueSoon, ShiftGrids Silent,
    IReadOnlyList<ShiftSos> Sos);

/// <summary>An area at a moment.</summary>
public sealed record ShiftFigures(int Red, int Orange, int Yellow, int Blue, int Overdue, int Escalated, int Whistles);

/// <summary>The first cases of a kind.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="First">The first 12 of them.</param>
public sealed record ShiftCases(int Total, IReadOnlyList<ShiftCase> First);

/// <summary>A case in a hand-over.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="Grid">Code of its grid.</param>
/// <param name="Category">Category code.</param>
/// <param name="Severity"><c>red</c> to <c>blue</c>.</param>
/// <param name="Stage">Its stage.</param>
/// <param name="Level">As in <see cref="CaseAnswer"/>.</param>
/// <param name="DueAt">When its next clock falls due.</param>
/// <param name="Assignee">To whom it is given.</param>
/// <param name="Description">The first 80 characters of the report.</param>
/// <param name="New">Whether it was opened since.</param>
public sealed record ShiftCase(
    string Id, string Grid, string Category, string Severity, string Stage, string Level, DateTimeOffset? DueAt, AssigneeRequest? Assignee,
    string Description, bool New);

/// <summary>The first grids of a kind: how many there are, and the codes of the first 12.</summary>
public sealed record ShiftGrids(int Total, IReadOnlyList<string> First);

/// <summary>A call for help that nobody has answered.</summary>
public sealed record ShiftSos(string Unit, string CallSign, DateTimeOffset At, string? Grid);
