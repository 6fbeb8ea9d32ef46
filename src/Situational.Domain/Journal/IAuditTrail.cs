namespace Situational.Domain.Journal;

/// <summary>
/// Every write by a person or a system: who, when, from where, what. Append-only. Writes about a case come with their
/// <see cref="JournalAppend"/>, a new territory's with its version (<see cref="ITerritoryStore.TryAddAsync"/>); all others through here. Throws <see cref="JournalUnavailableException"/> when the store is away.
/// </summary>
public interface IAuditTrail
{
    /// <summary>Writes an entry durably.</summary>
    Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>A page of entries, newest first.</summary>
    /// <exception cref="FormatException">The cursor is none that a page gave.</exception>
    Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken);
}

/// <summary>One write.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Who">Id of who wrote; never a reporter's name.</param>
/// <param name="Role">In which role.</param>
/// <param name="From">From which address.</param>
/// <param name="What">What was done, such as <c>case.accept</c> or <c>territory.put</c>; at most 64 characters.</param>
/// <param name="Target">Upon what: id of the case or version of the territory.</param>
/// <param name="Detail">More, such as a reason; at most 4,000 characters, no personal data.</param>
public sealed record AuditEntry(
    DateTimeOffset At, string Who, string Role, string? From, string What, string Target, string? Detail = null);

/// <summary>What to look for in the audit trail; what is null does not narrow it.</summary>
/// <param name="Limit">1 to 1,000.</param>
/// <param name="Who">Only writes of this one.</param>
/// <param name="Target">Only writes upon this.</param>
/// <param name="From">Only at or after this time.</param>
/// <param name="To">Only before this time.</param>
/// <param name="Cursor">From <see cref="AuditPage.Next"/>.</param>
public sealed record AuditQuery(
    int Limit, string? Who = null, string? Target = null, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Cursor = null);

/// <summary>A page of the audit trail.</summary>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, string? Next);
