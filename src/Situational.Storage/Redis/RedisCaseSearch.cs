using System.Globalization;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>
/// The search over cases. A case's number grows with every case that reaches the index and never changes, so it is the order of the pages
/// and their cursor. The index only says where to look: each case is read from its grid and must match there.
/// </summary>
internal sealed class RedisCaseSearch(RedisStore store, RedisGrids grids, RedisOutbox outbox, TimeProvider time)
{
    /// <summary>Up to so many grids each grid's own index is walked; above, all cases or a stage's are, and those of other grids passed over.</summary>
    private const int FewGrids = 200;

    /// <summary>Grids walked at the same time.</summary>
    private const int AtOnce = 32;

    /// <summary>Cases looked at by one script, so that reports do not wait behind a search.</summary>
    private const int Look = 1_000;

    /// <exception cref="FormatException">The cursor is none.</exception>
    public async Task<CasePage> SearchAsync(CaseQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1_000);
        var before = "";
        if (query.Cursor is not null)
            before = long.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number.ToString(CultureInfo.InvariantCulture)
                : throw new FormatException("The cursor is not one that a page of cases gave.");
        await outbox.FlushAsync(store.NewDeadline(), cancellationToken).ConfigureAwait(false);
        var end = new RedisDeadline(time, TimeSpan.FromSeconds(store.Options.SearchSeconds));
        var found = query.Grids is { Count: <= FewGrids } few
            ? await InEachAsync(few, query, before, end, cancellationToken).ConfigureAwait(false)
            : await InAllAsync(query, before, end, cancellationToken).ConfigureAwait(false);
        var more = found.Count > query.Limit;
        if (more)
            found.RemoveRange(query.Limit, found.Count - query.Limit);
        var cases = await ReadAsync(found, query, cancellationToken).ConfigureAwait(false);
        return new CasePage(cases, more ? found[^1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }

    private async Task<List<Match>> InEachAsync(
        IReadOnlyCollection<string> few, CaseQuery query, string before, RedisDeadline end, CancellationToken cancellationToken)
    {
        var found = new List<Match>();
        foreach (var some in few.Distinct(StringComparer.Ordinal).Chunk(AtOnce))
        {
            var walks = some.Select(grid => WalkAsync(store.Keys.GridCases(grid), null, query, before, end, cancellationToken)).ToArray();
            foreach (var walk in await Task.WhenAll(walks).ConfigureAwait(false))
                found.AddRange(walk);
            found.Sort(static (one, other) => other.Number.CompareTo(one.Number));
            if (found.Count > query.Limit + 1)
                found.RemoveRange(query.Limit + 1, found.Count - query.Limit - 1);
        }
        return found;
    }

    private Task<List<Match>> InAllAsync(CaseQuery query, string before, RedisDeadline end, CancellationToken cancellationToken)
    {
        var index = query.Stages is { Count: 1 } one ? store.Keys.StageCases((int)one.First()) : store.Keys.AllCases;
        return WalkAsync(index, query.Grids?.ToHashSet(StringComparer.Ordinal), query, before, end, cancellationToken);
    }

    /// <summary>Walks an index down until one more than the page holds is found.</summary>
    private async Task<List<Match>> WalkAsync(
        RedisKey index, HashSet<string>? within, CaseQuery query, string before, RedisDeadline end, CancellationToken cancellationToken)
    {
        var found = new List<Match>();
        var stages = string.Concat(query.Stages.Select(stage => string.Create(CultureInfo.InvariantCulture, $",{(int)stage},")));
        var severity = query.Severity is { } level ? ((int)level).ToString(CultureInfo.InvariantCulture) : "";
        var wanted = query.Limit + 1;
        do
        {
            if (end.Left <= TimeSpan.Zero)
                throw new JournalUnavailableException("The search took too long.");
            var page = (await store.RunAsync(
                RedisScript.Search, [index, store.Keys.CaseEntries], [before, Math.Min(wanted, Look), Look, stages, severity], cancellationToken).ConfigureAwait(false)).Items();
            before = page[0].Text();
            for (var i = 1; i + 2 < page.Length && found.Count <= query.Limit; i += 3)
            {
                var grid = page[i + 2].Text();
                if (within is null || within.Contains(grid))
                    found.Add(new Match(page[i].Number(), page[i + 1].Text(), grid));
            }
            wanted *= 2;
        }
        while (before.Length > 0 && found.Count <= query.Limit);
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
                var read = await grids.CasesAsync(group.Key, [.. places.Select(i => found[i].Id)], cancellationToken).ConfigureAwait(false);
                for (var i = 0; i < places.Length; i++)
                    rows[places[i]] = read[i];
            })).ConfigureAwait(false);
        var cases = new List<Case>(found.Count);
        foreach (var row in rows)
            if (row is not null && (query.Stages.Count == 0 || query.Stages.Contains(row.Stage)) && (query.Severity is null || row.Severity == query.Severity))
                cases.Add(row);
        return cases;
    }

    private readonly record struct Match(long Number, string Id, string Grid);
}
