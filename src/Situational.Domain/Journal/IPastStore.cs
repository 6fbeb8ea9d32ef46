namespace Situational.Domain.Journal;

/// <summary>
/// What every open case looked like at any kept moment: one row a change, written with its append, so that the picture of a past moment is read and
/// not folded from every event since the beginning. It follows from the events alone and can be made from them anew.
/// Throws <see cref="JournalUnavailableException"/> when the store is away.
/// </summary>
/// <remarks>
/// A row holds from <see cref="PastCase.From"/> until the case's next row. A case's rows never go back in time: one that was written after the
/// server's clock was set back counts from its predecessor's time.
/// </remarks>
public interface IPastStore
{
    /// <summary>The cases that were open at that moment, each once, in any order.</summary>
    IAsyncEnumerable<PastCase> AtAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Every row that came after <paramref name="from"/>, up to and including <paramref name="to"/>, oldest first; of a case that ended
    /// its last row, whose stage says how.</summary>
    IAsyncEnumerable<PastCase> ChangesAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Since when the past is known whole; null before the first row.</summary>
    Task<DateTimeOffset?> KeptSinceAsync(CancellationToken cancellationToken);

    /// <summary>Removes rows that held no longer at <paramref name="before"/>; from then on nothing earlier is known.</summary>
    /// <param name="before">The earliest moment that stays whole.</param>
    /// <param name="most">At most so many rows at once, 1 up: a long write holds up reports.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How many rows went; fewer than <paramref name="most"/> when none is left.</returns>
    Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken);
}
