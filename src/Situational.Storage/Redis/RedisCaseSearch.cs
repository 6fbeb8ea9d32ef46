using System.Globalization;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>
/// The search over cases. A case's number grows with every case that reaches the index and never changes: it is the order of opening, and
/// tells cases of one deadline apart. The index says where to look; each case is then read from its grid and must match there.
/// </summary>
internal sealed class RedisCaseSearch(RedisStore store, RedisCases cases, RedisOutbox outbox, TimeProvider time)
{
    /// <summary>Up to so many grids each grid's own index is walked; above, cases are walked in order and those of other grids passed over.</summary>
    private const int FewGrids = 200;

    /// <summary>Grids asked at the same time.</summary>
    private const int AtOnce = 32;

    /// <summary>Cases looked at by one script, so that reports do not wait behind a search.</summary>
    private const int Look = 1_000;

    private readonly SemaphoreSlim _free = new(store.Options.Readers - 1, store.Options.Readers - 1);

    /// <exception cref="FormatException">The cursor is none of this query.</exception>
    public async Task<CasePage> SearchAsync(CaseQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1_000);
        var from = CaseCursor.Read(query) is { } cursor ? Place.Of(query, cursor) : null;
        var end = new RedisDeadline(time, TimeSpan.FromSeconds(store.Options.SearchSeconds));
        if (!await _free.WaitAsync(end.Left, cancellationToken).ConfigureAwait(false))
        {
            StorageMeter.Refused.Add(1);
            throw new JournalUnavailableException("Too many searches wait.");
        }
        try
        {
            await outbox.FlushAsync(store.NewDeadline(), cancellationToken).ConfigureAwait(false);
            var found = query is { Order: CaseOrder.Newest, Grids: { Count: <= FewGrids } few }
                ? await InEachAsync(few, query, from, end, cancellationToken).ConfigureAwait(false)
                : await WalkAsync(IndexOf(query), query.Grids, query, from, end, cancellationToken).ConfigureAwait(false);
            var more = found.Count > query.Limit;
            if (more)
                found.RemoveRange(query.Limit, found.Count - query.Limit);
            var page = await ReadAsync(found, query, cancellationToken).ConfigureAwait(false);
            return new CasePage(page, more ? found[^1].At.ToCursor(query).Write(query) : null);
        }
        finally
        {
            _free.Release();
        }
    }

    private static string IndexOf(CaseQuery query) => query switch
    {
        { Order: CaseOrder.Due } => "cases:due",
        { Stages: { Count: 1 } one } => string.Create(CultureInfo.InvariantCulture, $"cases:stage:{(int)one.First()}"),
        { Stages.Count: > 1 } when query.Stages.All(stage => stage.IsOpen()) => "cases:open",
        { MinimumLevel: > DeadlineLevel.None } or { DueFrom: not null } or { DueBefore: not null } => "cases:open",
        _ => "cases",
    };

    private async Task<List<Match>> InEachAsync(
        IReadOnlyCollection<string> few, CaseQuery query, Place? from, RedisDeadline end, CancellationToken cancellationToken)
    {
        var found = new List<Match>();
        foreach (var some in few.Distinct(StringComparer.Ordinal).Chunk(AtOnce))
        {
            var walks = some.Select(grid => WalkAsync($"cases:grid:{grid}", null, query, from, end, cancellationToken)).ToArray();
            foreach (var walk in await Task.WhenAll(walks).ConfigureAwait(false))
                found.AddRange(walk);
            found.Sort(static (one, other) => string.CompareOrdinal(other.At.Member, one.At.Member));
            if (found.Count > query.Limit + 1)
                found.RemoveRange(query.Limit + 1, found.Count - query.Limit - 1);
        }
        return found;
    }

    /// <summary>Walks an index until one more than the page holds is found.</summary>
    private async Task<List<Match>> WalkAsync(
        string index, IReadOnlyCollection<string>? within, CaseQuery query, Place? from, RedisDeadline end, CancellationToken cancellationToken)
    {
        var found = new List<Match>();
        if (within is { Count: 0 })
            return found;
        RedisValue[] filters =
        [
            string.Concat(query.Stages.Select(stage => string.Create(CultureInfo.InvariantCulture, $",{(int)stage},"))),
            query.Severity is { } severity ? (int)severity : "", query.Category ?? "",
            query.MinimumLevel > DeadlineLevel.None ? (int)query.MinimumLevel : "", query.DueFrom?.UtcTicks ?? RedisValue.EmptyString,
            query.DueBefore?.UtcTicks ?? RedisValue.EmptyString, query.Text is { } text ? CaseText.Fold(text) : "",
            .. within?.Select(grid => (RedisValue)grid) ?? [],
        ];
        do
        {
            if (end.Left <= TimeSpan.Zero)
                throw new JournalUnavailableException("The search took too long.");
            var page = (await store.RunAsync(
                RedisScript.Search, [store.Keys.Index(index), store.Keys.CaseEntries],
                [query.Order == CaseOrder.Due ? ">" : "<", from?.Score ?? "", from?.Member ?? "", query.Limit + 1 - found.Count, Look, .. filters],
                cancellationToken).ConfigureAwait(false)).Items();
            for (var i = 2; i + 3 < page.Length; i += 4)
                found.Add(new Match(new Place(page[i].Text(), page[i + 1].Text()), page[i + 2].Text(), page[i + 3].Text()));
            from = new Place(page[0].Text(), page[1].Text());
        }
        while (from.Score.Length > 0 && found.Count <= query.Limit);
        return found;
    }

    /// <summary>The cases as their grids have them now; one that has changed so that it does not match any more is left out.</summary>
    private async Task<List<Case>> ReadAsync(List<Match> found, CaseQuery query, CancellationToken cancellationToken)
    {
        var rows = new Case?[found.Count];
        foreach (var some in Enumerable.Range(0, found.Count).GroupBy(i => found[i].Grid, StringComparer.Ordinal).Chunk(AtOnce))
            await Task.WhenAll(some.Select(async group =>
            {
                var places = group.ToArray();
                var read = await cases.InAsync(group.Key, [.. places.Select(i => found[i].Id)], cancellationToken).ConfigureAwait(false);
                for (var i = 0; i < places.Length; i++)
                    rows[places[i]] = read[i];
            })).ConfigureAwait(false);
        var page = new List<Case>(found.Count);
        foreach (var row in rows)
            if (row is not null && Matches(row, query))
                page.Add(row);
        return page;
    }

    private static bool Matches(Case row, CaseQuery query)
    {
        var due = row.IsOpen ? row.NextClock?.DueAt : null;
        return (query.Stages.Count == 0 || query.Stages.Contains(row.Stage))
            && (query.Severity is null || row.Severity == query.Severity)
            && row.Level >= query.MinimumLevel
            && (query.DueFrom is null || due >= query.DueFrom)
            && (query.DueBefore is null || due < query.DueBefore)
            && (query.Order != CaseOrder.Due || row.IsOpen);
    }

    /// <summary>A place in an index.</summary>
    private sealed record Place(string Score, string Member)
    {
        public static Place Of(CaseQuery query, CaseCursor cursor)
        {
            var member = cursor.Number.ToString("0000000000000000", CultureInfo.InvariantCulture);
            return new Place(query.Order == CaseOrder.Due ? cursor.Key.ToString(CultureInfo.InvariantCulture) : member, member);
        }

        public CaseCursor ToCursor(CaseQuery query) => new(
            query.Order == CaseOrder.Due ? long.Parse(Score, CultureInfo.InvariantCulture) : 0, long.Parse(Member, CultureInfo.InvariantCulture));
    }

    private readonly record struct Match(Place At, string Id, string Grid);
}
