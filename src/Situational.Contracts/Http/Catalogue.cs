namespace Situational.Contracts.Http;

/// <summary>A name in the languages of the pages.</summary>
/// <param name="Zh">In zh-CN.</param>
/// <param name="En">In English.</param>
public sealed record NameAnswer(string Zh, string En);

/// <summary>Answer of <c>GET /api/v1/categories</c>.</summary>
/// <param name="Source">Where the catalogue is from, and whose its codes are.</param>
/// <param name="Categories">In the catalogue's order.</param>
public sealed record CategoriesAnswer(string Source, IReadOnlyList<CategoryAnswer> Categories);

/// <summary>A kind of hazard.</summary>
/// <param name="Code">What a report names.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>event</c> or <c>component</c>.</param>
/// <param name="Class">The class that it belongs to.</param>
/// <param name="Ours">True if the code is this system's or the city's own, false if it is the national standard's.</param>
/// <param name="Severity">Severity of a report that names none.</param>
/// <param name="Limits">How long the stages may take, such as <c>4 working-hours</c>, by <c>accept</c>, <c>dispatch</c>, <c>handle</c>, <c>verify</c>
/// and <c>close</c>; where there is none no clock runs.</param>
/// <param name="MergeMeters">A report at most so far from an open case of the same category may be the same hazard.</param>
/// <param name="MergeWithinMinutes">And at most so long after it.</param>
/// <param name="FastestHandlingMinutes">Handled faster than this is marked.</param>
/// <param name="Departments">Codes of the departments responsible, the first one first.</param>
public sealed record CategoryAnswer(
    string Code, NameAnswer Name, string Kind, NameAnswer Class, bool Ours, string Severity, IReadOnlyDictionary<string, string> Limits,
    double MergeMeters, double MergeWithinMinutes, double FastestHandlingMinutes, IReadOnlyList<string> Departments);

/// <summary>Answer of <c>GET /api/v1/departments</c>.</summary>
/// <param name="Source">Where the catalogue is from.</param>
/// <param name="Departments">In the catalogue's order.</param>
public sealed record DepartmentsAnswer(string Source, IReadOnlyList<CodedAnswer> Departments);

/// <summary>Answer of <c>GET /api/v1/rating-kinds</c>.</summary>
/// <param name="Source">Where the catalogue is from.</param>
/// <param name="MinScore">Worst score.</param>
/// <param name="MaxScore">Best score.</param>
/// <param name="RatingKinds">Who rates, in the catalogue's order.</param>
public sealed record RatingKindsAnswer(string Source, int MinScore, int MaxScore, IReadOnlyList<CodedAnswer> RatingKinds);

/// <summary>Something with a code and a name.</summary>
/// <param name="Code">What requests name.</param>
/// <param name="Name">Its name.</param>
public sealed record CodedAnswer(string Code, NameAnswer Name);

/// <summary>Answer of <c>GET /api/v1/whistle-kinds</c>.</summary>
/// <param name="Source">Where the catalogue is from.</param>
/// <param name="WhistleKinds">In the catalogue's order.</param>
public sealed record WhistleKindsAnswer(string Source, IReadOnlyList<WhistleKindAnswer> WhistleKinds);

/// <summary>A kind of whistle.</summary>
/// <param name="Code">What a whistle names.</param>
/// <param name="Name">Its name.</param>
/// <param name="Acknowledge">How long a department may take to answer, such as <c>10 minutes</c>.</param>
/// <param name="Arrive">How long it may take to arrive.</param>
/// <param name="Solve">How long it may take to report that it is done.</param>
public sealed record WhistleKindAnswer(string Code, NameAnswer Name, string Acknowledge, string Arrive, string Solve);

/// <summary>Answer of <c>GET /api/v1/calendar</c>.</summary>
/// <param name="Year">The year.</param>
/// <param name="Zone">Zone of the city, such as <c>Asia/Shanghai</c>.</param>
/// <param name="Source">Where holidays and make-up days are from.</param>
/// <param name="KnownFrom">First day for which they are known.</param>
/// <param name="KnownUntil">Last day for which they are known; later days are taken by their day of the week.</param>
/// <param name="Days">Every day of the year.</param>
public sealed record CalendarAnswer(
    int Year, string Zone, string Source, DateOnly KnownFrom, DateOnly KnownUntil, IReadOnlyList<CalendarDayAnswer> Days);

/// <summary>A day.</summary>
/// <param name="Date">The day.</param>
/// <param name="Hours">Its working hours, such as <c>09:00-12:00</c>; empty when it is free.</param>
/// <param name="Known">Whether holidays and make-up days are known for it; if not, it is a guess by the day of the week.</param>
public sealed record CalendarDayAnswer(DateOnly Date, IReadOnlyList<string> Hours, bool Known);
