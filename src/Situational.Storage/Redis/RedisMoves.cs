using System.Globalization;
using System.Text;
using Situational.Domain.Cases;

namespace Situational.Storage.Redis;

/// <summary>
/// Where the past of a case that moved goes over from one grid's rows to another's. No script sees two grids, so what the other one has is read
/// before the append. It does not change any more by then: a case that arrives has departed, and one that was taken has arrived.
/// </summary>
/// <param name="Came">
/// Case id → after how many moves it came, and since when its last row in the grid holds that it came from: its first row here does not begin before.
/// </param>
/// <param name="Left">Case id → since when it is in the grid that took it: so long its last row here held.</param>
/// <param name="Leaving">Case id → where it departs for.</param>
internal sealed record RedisMoves(
    IReadOnlyDictionary<string, (string After, string Since)> Came, IReadOnlyDictionary<string, string> Left, IReadOnlyDictionary<string, string> Leaving)
{
    public static readonly RedisMoves None = new(
        new Dictionary<string, (string, string)>(), new Dictionary<string, string>(), new Dictionary<string, string>());

    public static async Task<RedisMoves> ReadAsync(RedisStore store, RedisAppend append, RedisDeadline deadline, CancellationToken cancellationToken)
    {
        var came = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        var left = new Dictionary<string, string>(StringComparer.Ordinal);
        var leaving = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (happened, hops) in append.Moves)
            switch (happened)
            {
                case CaseDeparted departed:
                    leaving[departed.CaseId] = RedisPast.Leaving(hops, departed.ToGrid);
                    break;
                case CaseArrived arrived:
                    var since = await SinceAsync(store, arrived.FromGrid, arrived.CaseId, deadline, cancellationToken).ConfigureAwait(false);
                    came[arrived.CaseId] = (arrived.Case.Hops.ToString(CultureInfo.InvariantCulture), since);
                    break;
                case HandoverEnded ended:
                    if (await ThereAsync(store, append.Grid, ended, deadline, cancellationToken).ConfigureAwait(false) is { Length: > 0 } there)
                        left[ended.CaseId] = there;
                    break;
            }
        return new RedisMoves(came, left, leaving);
    }

    /// <summary>Since when a case that was taken is there; empty when its reports only were.</summary>
    private static async Task<string> ThereAsync(
        RedisStore store, string grid, HandoverEnded ended, RedisDeadline deadline, CancellationToken cancellationToken)
    {
        var leaving = (await store.RunAsync(
            RedisScript.Rows, [store.Keys.PastLeaving(grid)], [ended.CaseId], deadline, cancellationToken).ConfigureAwait(false)).Items()[0].Text();
        return leaving.Length > 0
            ? await RedisPast.CameAsync(store, ended.CaseId, leaving, deadline, cancellationToken).ConfigureAwait(false)
            // It departed when the store was another one.
            : await SinceAsync(store, ended.ToGrid, ended.CaseId, deadline, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Since when a grid's last row of a case holds, in ticks; empty without one.</summary>
    private static async Task<string> SinceAsync(
        RedisStore store, string grid, string id, RedisDeadline deadline, CancellationToken cancellationToken)
    {
        var now = (await store.RunAsync(RedisScript.Rows, [store.Keys.PastNow(grid)], [id], deadline, cancellationToken).ConfigureAwait(false)).Items()[0].Bytes();
        return now.Length < 20 ? "" : Encoding.ASCII.GetString(now, 1, 19);
    }
}
