using System.Runtime.CompilerServices;
using Situational.Domain.Journal;

namespace Situational.Storage.Sqlite;

/// <summary>The past on SQLite. Whoever reads slowly holds no reader meanwhile.</summary>
internal sealed class SqlitePastStore(SqliteStore store) : IPastStore
{
    /// <summary>Rows that are read at a time, about.</summary>
    private const int Portion = 20_000;

    private readonly PastTable _past = new(store.File);

    public async IAsyncEnumerable<PastCase> AtAsync(DateTimeOffset at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // All at once: a case that changes meanwhile would else be told twice or not at all.
        foreach (var one in await store.SearchAsync(session => _past.At(session, at.UtcTicks), cancellationToken))
            yield return one;
    }

    public async IAsyncEnumerable<PastCase> ChangesAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await store.SearchAsync(static session => PastTable.Edges(session), cancellationToken) is not { } edges)
            yield break;
        var begin = Math.Max(from.UtcTicks, edges.First - 1);
        var last = Math.Min(to.UtcTicks, edges.Last);
        // How many rows a time has is only known afterwards: what comes next is taken in longer or shorter pieces.
        var piece = TimeSpan.TicksPerHour;
        while (begin < last)
        {
            var after = begin;
            var end = last - begin > piece ? begin + piece : last;
            var rows = await store.SearchAsync(session => _past.Between(session, after, end), cancellationToken);
            foreach (var one in rows)
                yield return one;
            begin = end;
            piece = rows.Count > Portion ? Math.Max(piece / 2, TimeSpan.TicksPerSecond) : rows.Count < Portion / 2 ? piece * 2 : piece;
        }
    }

    public async Task<DateTimeOffset?> KeptSinceAsync(CancellationToken cancellationToken) =>
        await store.SearchAsync(static session => PastTable.KeptSince(session), cancellationToken) is { } since
            ? new DateTimeOffset(since, TimeSpan.Zero)
            : null;

    public Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return store.WriteAsync(session => PastTable.Forget(session, before.UtcTicks, most), cancellationToken);
    }
}
