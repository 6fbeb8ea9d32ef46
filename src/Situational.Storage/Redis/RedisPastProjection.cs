using System.Runtime.CompilerServices;
using Situational.Domain.Cases;
using Situational.Storage.Rows;
using Situational.Storage.Upkeep;

namespace Situational.Storage.Redis;

/// <summary>Makes the past of a store that has a history and no past rows: one from before there were any.</summary>
internal sealed class RedisPastProjection(RedisStore store)
{
    private const int Portion = 500;

    /// <summary>
    /// Folds every history once, and notes at the end that it is done: what an interruption leaves is made again. Takes a time that grows with
    /// the events. A damaged history tells the past up to its damage; <c>verify</c> names it.
    /// </summary>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        var kept = (await store.RunAsync(RedisScript.PastKept, [store.Keys.Numbers], [""], cancellationToken).ConfigureAwait(false)).Text();
        if (kept.Length > 0)
            return;
        var archive = new RedisPastArchive(store);
        var fold = new PastFold();
        var (first, last) = (long.MaxValue, "");
        await foreach (var grids in store.NamesAsync(store.Keys.Grids, cancellationToken).ConfigureAwait(false))
            foreach (var grid in grids)
            {
                await foreach (var (happened, after) in HistoryAsync(grid, cancellationToken).ConfigureAwait(false))
                {
                    first = Math.Min(first, happened.At.UtcTicks);
                    fold.Add(happened, after);
                }
                await FillAsync(fold.EndGrid()).ConfigureAwait(false);
                last = grid;
            }
        await FillAsync(fold.End()).ConfigureAwait(false);
        if (first != long.MaxValue)
            await archive.NoteAsync(last, first, cancellationToken).ConfigureAwait(false);

        async Task FillAsync(IEnumerable<List<KeptPast>> cases)
        {
            foreach (var rows in cases.SelectMany(rows => rows).Chunk(Portion))
                await archive.FillAsync([.. rows.Select(kept => new ArchiveItem.Past(
                    kept.Row.Id, kept.Row.From, kept.Row.Open ? kept.Until : 0, kept.Row.Open, kept.Row.Row))], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A grid's events with their cases after them, up to the first that cannot be read or cannot follow.</summary>
    private async IAsyncEnumerable<(GridEvent Happened, Case After)> HistoryAsync(
        string grid, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var replay = new GridReplay(grid);
        while (true)
        {
            var page = (await store.RunAsync(
                RedisScript.Events, [store.Keys.Events(grid)], [replay.State.Version, Portion], cancellationToken).ConfigureAwait(false)).Items();
            for (var i = 0; i + 2 < page.Length; i += 3)
            {
                if (StoredEvent.Read(RedisAnswer.ToRow(page[i + 2].Bytes()), grid, replay.State.Version + 1, out var happened) is not null)
                    yield break;
                try
                {
                    replay.Apply(happened!);
                }
                catch (GridHistoryException)
                {
                    yield break;
                }
                yield return (happened!, replay.Cases[CaseFold.CaseIdOf(happened!)]);
            }
            if (page.Length < 3 * Portion)
                yield break;
        }
    }
}
