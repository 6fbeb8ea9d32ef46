namespace Situational.Domain.Journal;

/// <summary>The store is away, full or locked. Nothing was acknowledged; trying again later is safe.</summary>
public sealed class JournalUnavailableException : Exception
{
    /// <summary>Creates it.</summary>
    public JournalUnavailableException(string message, Exception? inner = null) : base(message, inner) { }
}
