namespace Situational.Domain.Journal;

/// <summary>
/// Which alerts someone has acknowledged. What an alert is follows from the picture of the city; only that a person saw it must be kept.
/// Throws <see cref="JournalUnavailableException"/> when the store is away.
/// </summary>
public interface IAlertStore
{
    /// <summary>
    /// Keeps acknowledgements durably, and the entry of the audit trail with them: all or none. Of an alert that was acknowledged before, the
    /// first one stays; where all were, there is nothing to keep and no entry.
    /// </summary>
    /// <returns>How each alert stands now, in the order given.</returns>
    Task<IReadOnlyList<AlertAcknowledgement>> AcknowledgeAsync(
        IReadOnlyList<AlertAcknowledgement> alerts, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Those of some alerts that were acknowledged, in the order given.</summary>
    Task<IReadOnlyList<AlertAcknowledgement>> FindAsync(IReadOnlyList<string> alerts, CancellationToken cancellationToken);

    /// <summary>Those acknowledged after a time, oldest first, at most <paramref name="most"/>.</summary>
    Task<IReadOnlyList<AlertAcknowledgement>> SinceAsync(DateTimeOffset after, int most, CancellationToken cancellationToken);

    /// <summary>Removes those from before a time, at most <paramref name="most"/> at once, and returns how many went.</summary>
    Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken);
}

/// <summary>An alert that someone has seen.</summary>
/// <param name="Alert">The alert's id, such as <c>red:110000-3</c>; at most 160 characters.</param>
/// <param name="By">Id of who acknowledged it.</param>
/// <param name="At">When, UTC.</param>
public sealed record AlertAcknowledgement(string Alert, string By, DateTimeOffset At);
