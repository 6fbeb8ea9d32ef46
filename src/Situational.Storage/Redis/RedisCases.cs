using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Redis;

/// <summary>
/// Rows of cases, which lie with their grids. A case keeps its id when it moves, and the grid that it left says where it went; until it says
/// so, both have a row, and the city's entry tells which is the newer one.
/// </summary>
internal sealed class RedisCases(RedisStore store)
{
    /// <summary>A case may move on while it is looked for, but not without end.</summary>
    private const int MostMoves = 64;

    private const byte Gone = (byte)'>';

    /// <summary>The case of that id, wherever it lies, or null.</summary>
    public async Task<Case?> FindAsync(string id, CancellationToken cancellationToken)
    {
        // Most cases lie where they were opened: that is asked at the same time.
        var opened = CaseId.TryParse(id, out var home, out _) ? RowAsync(home, id, cancellationToken) : Task.FromResult<byte[]>([]);
        var entry = await EntryAsync(id, cancellationToken).ConfigureAwait(false);
        var row = await opened.ConfigureAwait(false);
        var grid = entry is null ? home : GridOf(entry);
        if (grid != home)
            row = await RowAsync(grid, id, cancellationToken).ConfigureAwait(false);
        var found = await FollowAsync(grid, id, row, cancellationToken).ConfigureAwait(false);
        return found is null && grid != home
            ? await FollowAsync(home, id, await opened.ConfigureAwait(false), cancellationToken).ConfigureAwait(false)
            : found;
    }

    /// <summary>Cases that lie in one grid, each null when it is not there; one that has moved on is followed.</summary>
    public async Task<Case?[]> InAsync(string grid, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var rows = (await store.RunAsync(
            RedisScript.Rows, [store.Keys.Cases(grid)], [.. ids.Select(id => (StackExchange.Redis.RedisValue)id)], cancellationToken).ConfigureAwait(false)).Items();
        var cases = new Case?[ids.Count];
        for (var i = 0; i < cases.Length; i++)
            cases[i] = await FollowAsync(grid, ids[i], rows[i].Bytes(), cancellationToken).ConfigureAwait(false);
        return cases;
    }

    /// <summary>What the city's keys hold of a case, with the grid's version in the first line; null when they know none.</summary>
    public async Task<string?> EntryAsync(string id, CancellationToken cancellationToken)
    {
        var number = (await store.RunAsync(RedisScript.Rows, [store.Keys.CaseNumbers], [id], cancellationToken).ConfigureAwait(false)).Items()[0].Text();
        if (number.Length == 0)
            return null;
        var entry = (await store.RunAsync(RedisScript.Rows, [store.Keys.CaseEntries], [number], cancellationToken).ConfigureAwait(false)).Items()[0].Text();
        return entry.Length == 0 ? null : entry;
    }

    /// <summary>The grid that an entry names.</summary>
    public static string GridOf(string entry) => entry.Split('\n', 4)[2];

    /// <summary>Where a grid says a case has gone, or null when it has the case or never had it.</summary>
    public async Task<string?> WhereToAsync(string grid, string id, CancellationToken cancellationToken) =>
        Next(await RowAsync(grid, id, cancellationToken).ConfigureAwait(false));

    private static string? Next(byte[] row) => row is [Gone, ..] ? System.Text.Encoding.UTF8.GetString(row.AsSpan(1)) : null;

    private async Task<byte[]> RowAsync(string grid, string id, CancellationToken cancellationToken) =>
        (await store.RunAsync(RedisScript.Rows, [store.Keys.Cases(grid)], [id], cancellationToken).ConfigureAwait(false)).Items()[0].Bytes();

    private async Task<Case?> FollowAsync(string grid, string id, byte[] row, CancellationToken cancellationToken)
    {
        for (var moves = 0; Next(row) is { } next && moves < MostMoves; moves++)
        {
            grid = next;
            row = await RowAsync(grid, id, cancellationToken).ConfigureAwait(false);
        }
        if (row.Length == 0 || Next(row) is not null)
            return null;
        var damage = StoredCase.Read(RedisAnswer.ToRow(row), id, out var value);
        return damage is null ? value : throw new JournalDamagedException(store.Place, null, null, $"the row of case {id}: {damage}");
    }
}
