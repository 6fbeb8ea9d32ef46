using Situational.Domain.Cases;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Journal;

/// <summary>What <see cref="IJournal.SearchAsync"/> looks for; what is null or empty does not narrow it.</summary>
/// <param name="Grids">Grid codes to look in; null for all.</param>
/// <param name="Limit">1 to 1,000 cases.</param>
public sealed record CaseQuery(IReadOnlyCollection<string>? Grids, int Limit)
{
    /// <summary>Only these stages.</summary>
    public IReadOnlyCollection<Stage> Stages { get; init; } = [];

    /// <summary>Only this severity, the one that counts.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Only this category.</summary>
    public string? Category { get; init; }

    /// <summary>Only cases whose next deadline is at or after this time.</summary>
    public DateTimeOffset? DueFrom { get; init; }

    /// <summary>Only cases whose next deadline is before this time.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>Only cases of at least this level.</summary>
    public DeadlineLevel MinimumLevel { get; init; }

    /// <summary>Only cases whose id or any of whose descriptions contains this text, without regard to ASCII case; 1 to 100 characters.</summary>
    public string? Text { get; init; }

    /// <summary>The order.</summary>
    public CaseOrder Order { get; init; }

    /// <summary>From <see cref="CasePage.Next"/> of the same query, or null for the first page.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Order of a search.</summary>
public enum CaseOrder
{
    /// <summary>The last opened first.</summary>
    Newest = 0,

    /// <summary>The next deadline first, cases without one last; only open cases.</summary>
    Due = 1,
}

/// <summary>A page of cases.</summary>
/// <param name="Cases">At most as many as the query's limit.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
public sealed record CasePage(IReadOnlyList<Case> Cases, string? Next);
