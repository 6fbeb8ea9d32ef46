using System.Globalization;
using System.Runtime.CompilerServices;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>What is known about cases, on Redis: read in portions, so that nothing waits behind a long answer.</summary>
internal sealed class RedisCaseRecords(RedisStore store, RedisCases cases, RedisOutbox outbox) : ICaseRecords
{
    private const int Portion = 1_000;

    /// <summary>Events read by one script.</summary>
    private const int Events = 250;

    /// <summary>Grids asked at the same time.</summary>
    private const int AtOnce = 32;

    public async Task<IReadOnlyList<CaseHappening>> HistoryAsync(string caseId, CancellationToken cancellationToken)
    {
        var happenings = new List<CaseHappening>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var grids = new Queue<string>();
        if (CaseId.TryParse(caseId, out var home, out _))
            grids.Enqueue(home);
        if (await cases.EntryAsync(caseId, cancellationToken).ConfigureAwait(false) is { } entry)
            grids.Enqueue(RedisCases.GridOf(entry));
        while (grids.TryDequeue(out var grid) && happenings.Count < CaseHappenings.Most)
        {
            if (!seen.Add(grid))
                continue;
            var first = happenings.Count;
            await AddEventsAsync(happenings, grid, caseId, cancellationToken).ConfigureAwait(false);
            foreach (var happening in happenings.Skip(first))
                if ((happening.Event as CaseDeparted)?.ToGrid is { } to)
                    grids.Enqueue(to);
                else if ((happening.Event as CaseArrived)?.FromGrid is { } from)
                    grids.Enqueue(from);
            if (await cases.WhereToAsync(grid, caseId, cancellationToken).ConfigureAwait(false) is { } gone)
                grids.Enqueue(gone);
        }
        return CaseHappenings.InOrder(happenings);
    }

    public async IAsyncEnumerable<CaseFact> FactsAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await outbox.FlushAsync(store.NewDeadline(), cancellationToken).ConfigureAwait(false);
        // The open ones come first: one that ends meanwhile comes again, and is told once.
        var told = new HashSet<long>();
        var (score, member) = ("", "");
        do
        {
            var page = (await store.RunAsync(
                RedisScript.Facts, [store.Keys.Index("cases:until"), store.Keys.CaseEntries, store.Keys.CaseFacts],
                [score, member, Portion, CaseEntry.Place(from.UtcTicks), to.UtcTicks], cancellationToken).ConfigureAwait(false)).Items();
            for (var i = 2; i + 2 < page.Length; i += 3)
            {
                var fact = Read(page[i + 1].Text(), page[i + 2].Bytes());
                if (fact.ReportedAt < to && (fact.EndedAt is null || fact.EndedAt >= from) && told.Add(page[i].Number()))
                    yield return fact;
            }
            (score, member) = (page[0].Text(), page[1].Text());
        }
        while (score.Length > 0);
    }

    public async IAsyncEnumerable<string> GridsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var some in store.NamesAsync(store.Keys.Grids, cancellationToken).ConfigureAwait(false))
            foreach (var chunk in some.Chunk(AtOnce))
            {
                var heads = await Task.WhenAll(chunk.Select(grid =>
                    store.RunAsync(RedisScript.Rows, [store.Keys.Head(grid)], ["version"], cancellationToken))).ConfigureAwait(false);
                for (var i = 0; i < chunk.Length; i++)
                    if (heads[i].Items()[0].Text() is not ("" or "0"))
                        yield return chunk[i];
            }
    }

    private CaseFact Read(string id, byte[] row)
    {
        var damage = StoredCase.ReadFact(RedisAnswer.ToRow(row), id, out var fact);
        return damage is null ? fact! : throw new JournalDamagedException(store.Place, null, null, $"the fact of case {id}: {damage}");
    }

    private async Task AddEventsAsync(List<CaseHappening> happenings, string grid, string caseId, CancellationToken cancellationToken)
    {
        var trail = (await store.RunAsync(RedisScript.Rows, [store.Keys.Trails(grid)], [caseId], cancellationToken).ConfigureAwait(false)).Items()[0].Text();
        foreach (var versions in trail.Split(',', StringSplitOptions.RemoveEmptyEntries).Take(CaseHappenings.Most - happenings.Count).Chunk(Events))
        {
            var rows = (await store.RunAsync(
                RedisScript.EventsAt, [store.Keys.Events(grid)], [.. versions.Select(v => (RedisValue)v)], cancellationToken).ConfigureAwait(false)).Items();
            for (var i = 0; i < versions.Length; i++)
            {
                var version = long.Parse(versions[i], CultureInfo.InvariantCulture);
                var bytes = rows[i].Bytes();
                var damage = bytes.Length == 0 ? "the event is missing" : StoredEvent.Read(RedisAnswer.ToRow(bytes), grid, version, out _);
                if (damage is not null)
                    throw new JournalDamagedException(store.Place, grid, version, damage);
                StoredEvent.Read(RedisAnswer.ToRow(bytes), grid, version, out var value);
                happenings.Add(new CaseHappening(grid, version, value!));
            }
        }
    }
}
