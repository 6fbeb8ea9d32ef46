using System.Runtime.CompilerServices;
using Situational.Domain.Journal;

namespace Situational.Storage.Sqlite;

/// <summary>What is known about cases, on SQLite. Whoever reads slowly holds no reader meanwhile.</summary>
internal sealed class SqliteCaseRecords(SqliteStore store) : ICaseRecords
{
    /// <summary>Rows that are read at a time.</summary>
    private const int Portion = 2_000;

    private readonly EventTable _events = new(store.File);
    private readonly CaseTable _cases = new(store.File);

    public Task<IReadOnlyList<CaseHappening>> HistoryAsync(string caseId, CancellationToken cancellationToken) =>
        store.SearchAsync(session => _events.OfCase(session, caseId), cancellationToken);

    /// <summary>Which cases belong is settled at once, so that none is told twice or passed over when it ends meanwhile; their facts follow.</summary>
    public async IAsyncEnumerable<CaseFact> FactsAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var numbers = await store.SearchAsync(session => CaseTable.NumbersBetween(session, from.UtcTicks, to.UtcTicks), cancellationToken);
        for (var begin = 0; begin < numbers.Count; begin += Portion)
        {
            var portion = numbers.GetRange(begin, Math.Min(Portion, numbers.Count - begin));
            foreach (var fact in await store.SearchAsync(session => _cases.Facts(session, portion), cancellationToken))
                yield return fact;
        }
    }

    public async IAsyncEnumerable<string> GridsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = "";
        while (true)
        {
            var begin = after;
            var grids = await store.SearchAsync(session => EventTable.Grids(session, begin, Portion), cancellationToken);
            foreach (var grid in grids)
                yield return grid;
            if (grids.Count < Portion)
                yield break;
            after = grids[^1];
        }
    }
}
