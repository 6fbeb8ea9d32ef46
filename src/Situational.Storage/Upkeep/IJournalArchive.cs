using Situational.Storage.Rows;

namespace Situational.Storage.Upkeep;

/// <summary>
/// A whole store as a stream: everything out, everything in. For upkeep, while no server runs on it: opening one takes the store for this
/// process alone where that can be done, and throws <see cref="StorageUnusableException"/> when it is in use or cannot be opened.
/// Nothing is held in memory but the items under way. Used by one caller at a time.
/// </summary>
internal interface IJournalArchive : IAsyncDisposable
{
    /// <summary>What messages call it: the file, or the address and the prefix of the keys.</summary>
    string Place { get; }

    /// <summary>How much it holds, for showing progress.</summary>
    Task<ArchiveCounts> CountAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Everything, in this order: territories, units, fixes, duty states, trails by slot, coverage sheets by period, acknowledgements and photos;
    /// since when the past is kept, if some was forgotten; then grid by grid its snapshot, if any, and after it its events by version; then the
    /// rows of the past in any order, cases in the order in which they were opened, idempotency keys in the order in which they came, and the audit trail as it
    /// was written. What cannot be read comes as an <see cref="ArchiveItem.Fault"/> in its place; nothing else is checked here.
    /// </summary>
    IAsyncEnumerable<ArchiveItem> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The rows of those cases, in order; null where there is none.</summary>
    Task<IReadOnlyList<StoredCase?>> FindCasesAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Marks the store as incomplete, durably: until <see cref="CompleteAsync"/> no server starts on it. One that is marked already, by a move
    /// that was interrupted, is emptied first.
    /// </summary>
    /// <param name="source">What it is filled from.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StorageUnusableException">It holds something and is not marked: nothing is written into a store in use.</exception>
    Task BeginAsync(string source, CancellationToken cancellationToken);

    /// <summary>Takes items in, in the order of <see cref="ReadAsync"/>, all or none. Durable at the latest when <see cref="CompleteAsync"/> returns.</summary>
    Task WriteAsync(IReadOnlyList<ArchiveItem> items, CancellationToken cancellationToken);

    /// <summary>Makes everything durable and takes the mark away.</summary>
    Task CompleteAsync(CancellationToken cancellationToken);
}
