namespace Situational.Contracts.Http;

/// <summary>A page of <c>GET /api/v1/cases/{id}/history</c>, oldest first. Carries no personal data.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="Events">At most <c>limit</c> events.</param>
/// <param name="Next">Pass as <c>cursor</c> for the next page; absent on the last.</param>
/// <param name="Truncated">True when the case has 10,000 events or more: what came after those is not told. Absent otherwise.</param>
public sealed record CaseHistoryAnswer(string Id, IReadOnlyList<CaseEventAnswer> Events, string? Next, bool? Truncated = null);

/// <summary>Something that happened to a case. What does not belong to its kind is absent.</summary>
/// <param name="Number">Its place in the case's history, from 1.</param>
/// <param name="At">When.</param>
/// <param name="What">A step's name, such as <c>accept</c>, or <c>opened</c>, <c>joined</c>, <c>deadline</c>, <c>departed</c>, <c>arrived</c>,
/// <c>handed-over</c> or <c>handover-refused</c>.</param>
/// <param name="Grid">Code of the grid in whose history it stands.</param>
public sealed record CaseEventAnswer(int Number, DateTimeOffset At, string What, string Grid)
{
    /// <summary>Who did it, a reporter without their id; absent where it was not kept.</summary>
    public ActorAnswer? By { get; init; }

    /// <summary>The stage that it led to.</summary>
    public string? Stage { get; init; }

    /// <summary>What was said.</summary>
    public string? Note { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The severity that counts from then on.</summary>
    public string? Severity { get; init; }

    /// <summary>To whom it was given.</summary>
    public AssigneeRequest? Assignee { get; init; }

    /// <summary>Photos of the result.</summary>
    public IReadOnlyList<string>? Photos { get; init; }

    /// <summary>When a suspension was to end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The clocks that ended with it, and whether they were met.</summary>
    public IReadOnlyList<ClockEndAnswer>? Deadlines { get; init; }

    /// <summary>For <c>deadline</c>: the clock that reached a level.</summary>
    public ClockAnswer? Clock { get; init; }

    /// <summary>For <c>deadline</c>: when the level was reached.</summary>
    public DateTimeOffset? FellAt { get; init; }

    /// <summary>True when it was noticed later than it was due, because nobody was awake.</summary>
    public bool? Late { get; init; }

    /// <summary>How many reports joined.</summary>
    public int? Reports { get; init; }

    /// <summary>The other case: the one merged into this one, the one it was merged into, or the one that is none of its duplicates.</summary>
    public string? Other { get; init; }

    /// <summary>Code of the area that it was escalated to.</summary>
    public string? ToArea { get; init; }

    /// <summary>The other grid, of a case that moved.</summary>
    public string? OtherGrid { get; init; }

    /// <summary>Version of the territory that opened or moved it.</summary>
    public int? TerritoryVersion { get; init; }

    /// <summary>Kind of a rating or a whistle.</summary>
    public string? Kind { get; init; }

    /// <summary>The rating, 1 to 5.</summary>
    public int? Score { get; init; }

    /// <summary>Number of the whistle.</summary>
    public int? Whistle { get; init; }

    /// <summary>Codes of the departments that the whistle called, or the one whose muster changed.</summary>
    public IReadOnlyList<string>? Departments { get; init; }

    /// <summary>State of the muster from then on.</summary>
    public string? Muster { get; init; }
}

/// <summary>A clock that ended.</summary>
/// <param name="Kind">As in <see cref="ClockAnswer"/>.</param>
/// <param name="Limit">Its limit, such as <c>4 working-hours</c>.</param>
/// <param name="DueAt">When it was due.</param>
/// <param name="Met">Whether it ended in time.</param>
public sealed record ClockEndAnswer(string Kind, string Limit, DateTimeOffset DueAt, bool Met);
