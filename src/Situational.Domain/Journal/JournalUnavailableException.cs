namespace Situational.Domain.Journal;

/// <summary>The store is away, full or locked. Nothing was acknowledged; trying again later is safe.</summary>
public sealed class JournalUnavailableException : Exception
{
    /// <summary>Creates it for a write of which it is certain that nothing was written, and for reads.</summary>
    public JournalUnavailableException(string message, Exception? inner = null) : this(message, false, inner) { }

    /// <summary>Creates it.</summary>
    /// <param name="message">What is wrong, as a sentence.</param>
    /// <param name="outcomeUnknown">See <see cref="OutcomeUnknown"/>.</param>
    /// <param name="inner">The cause, if any.</param>
    public JournalUnavailableException(string message, bool outcomeUnknown, Exception? inner) : base(message, inner) =>
        OutcomeUnknown = outcomeUnknown;

    /// <summary>
    /// True when the store was asked to write and never said how that ended: it may have written all of it. The same append may still be
    /// sent again, since it conflicts with itself; but what its sender holds in memory is not to be trusted before it was read again.
    /// </summary>
    public bool OutcomeUnknown { get; }
}
