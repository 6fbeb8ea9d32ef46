using Situational.Domain.Cases;

namespace Situational.Domain.Journal;

/// <summary>What the journal knows about cases beyond their present state. Throws <see cref="JournalUnavailableException"/> when the store is away.</summary>
public interface ICaseRecords
{
    /// <summary>Most events of a case that are told: its first ones.</summary>
    const int MostHappenings = 10_000;

    /// <summary>Everything that happened to a case, in all grids where it lay, oldest first; at most 10,000 events.</summary>
    Task<IReadOnlyList<CaseHappening>> HistoryAsync(string caseId, CancellationToken cancellationToken);

    /// <summary>The facts of every case that was reported before <paramref name="to"/> and did not end before <paramref name="from"/>, in any order.</summary>
    IAsyncEnumerable<CaseFact> FactsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Code of every grid that has a history, each once, in any order.</summary>
    IAsyncEnumerable<string> GridsAsync(CancellationToken cancellationToken);
}

/// <summary>An event of a case and its place.</summary>
/// <param name="Grid">Code of the grid in whose history it stands.</param>
/// <param name="Version">Its number there, from 1.</param>
/// <param name="Event">The event.</param>
public sealed record CaseHappening(string Grid, long Version, GridEvent Event);
