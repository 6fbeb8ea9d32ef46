using Situational.Domain.Cases;

namespace Situational.Storage.Redis;

/// <summary>
/// Where the past of a case that moved goes over from one grid's rows to another's. No script sees two grids, so what the other one has is read
/// before the append. It does not change any more by then: a case that arrives has departed, and one that was taken has arrived.
/// </summary>
/// <param name="Came">Case id → since when its last row in the grid holds that it came from: its first row here does not begin before.</param>
/// <param name="Left">Case id → since when it is in the grid that took it: so long its last row here held.</param>
/// <param name="Leaving">Case id → the grid that it departs for.</param>
internal sealed record RedisMoves(
    IReadOnlyDictionary<string, string> Came, IReadOnlyDictionary<string, string> Left, IReadOnlyDictionary<string, string> Leaving)
{
    public static readonly RedisMoves None = new(
        new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<string, string>());

    public static async Task<RedisMoves> ReadAsync(RedisStore store, RedisAppend append, RedisDeadline deadline, CancellationToken cancellationToken)
    {
        var came = new Dictionary<string, string>(StringComparer.Ordinal);
        var left = new Dictionary<string, string>(StringComparer.Ordinal);
        var leaving = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var happened in append.Moves)
            if (happened is CaseDeparted departed)
                leaving[departed.CaseId] = departed.ToGrid;
            else if (happened is CaseArrived arrived)
                came[arrived.CaseId] = await SinceAsync(store, arrived.FromGrid, arrived.CaseId, deadline, cancellationToken).ConfigureAwait(false);
            else if (happened is HandoverEnded ended
                && await SinceAsync(store, append.Grid, ended.CaseId, deadline, cancellationToken).ConfigureAwait(false) is { Length: > 0 } since
                && await RedisPast.FirstAsync(store, ended.ToGrid, ended.CaseId, since, deadline, cancellationToken).ConfigureAwait(false) is { Length: > 0 } there)
                left[ended.CaseId] = there;
        return new RedisMoves(came, left, leaving);
    }

    /// <summary>Since when a grid's last row of a case holds; empty without one.</summary>
    private static async Task<string> SinceAsync(
        RedisStore store, string grid, string id, RedisDeadline deadline, CancellationToken cancellationToken)
    {
        var now = (await store.RunAsync(RedisScript.Rows, [store.Keys.PastNow(grid)], [id], deadline, cancellationToken).ConfigureAwait(false)).Items()[0].Bytes();
        return now.Length < 20 ? "" : System.Text.Encoding.ASCII.GetString(now, 1, 19);
    }
}
