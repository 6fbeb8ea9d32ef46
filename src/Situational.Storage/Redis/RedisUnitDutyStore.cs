using System.Runtime.CompilerServices;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Redis;

/// <summary>Duty states on Redis.</summary>
internal sealed class RedisUnitDutyStore(RedisStore store) : IUnitDutyStore
{
    /// <summary>States one script gives at most.</summary>
    private const int Portion = 1_000;

    public async Task<IReadOnlyList<UnitDuty>> LoadAsync(string squad, CancellationToken cancellationToken)
    {
        var states = new List<UnitDuty>();
        // What follows the end of a line in the order of names is behind all units of the squad.
        await foreach (var (unit, _, row) in RowsAsync(store, $"[{squad}\n", $"({squad}\v", cancellationToken).ConfigureAwait(false))
        {
            var damage = StoredDuty.Read(row, unit, out var duty);
            states.Add(damage is null ? duty! : throw new JournalDamagedException(store.Place, null, null, $"the duty state of unit {unit}: {damage}"));
        }
        return states;
    }

    public Task SaveAsync(UnitDuty duty, AuditEntry audit, CancellationToken cancellationToken) => store.RunAsync(
        RedisScript.SaveDuty, [store.Keys.Duty, store.Keys.DutySquads, store.Keys.Numbers, store.Keys.AuditEntries],
        [
            duty.Unit, duty.Squad, StoredDuty.Of(duty).ToValue(), store.Keys.IndexPrefix, Guid.NewGuid().ToString("N"),
            AuditLines.Of(StoredAudit.Of(audit)),
        ], cancellationToken);

    /// <summary>States in the order of squads and units.</summary>
    /// <param name="store">The store.</param>
    /// <param name="from">From which name, as a range of names; <c>-</c> for the first.</param>
    /// <param name="to">To which name; <c>+</c> for the last.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async IAsyncEnumerable<(string Unit, string Squad, StoredRow Row)> RowsAsync(
        RedisStore store, string from, string to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = (await store.RunAsync(
                RedisScript.Duty, [store.Keys.Duty, store.Keys.DutySquads], [from, to, Portion], cancellationToken).ConfigureAwait(false)).Items();
            for (var i = 0; i + 1 < page.Length; i += 2)
            {
                var name = page[i].Text();
                var end = name.IndexOf('\n', StringComparison.Ordinal);
                var state = page[i + 1].Bytes();
                yield return (name[(end + 1)..], name[..end], RedisAnswer.ToRow(state[(Array.IndexOf(state, (byte)'\n') + 1)..]));
            }
            if (page.Length < 2 * Portion)
                yield break;
            from = $"({page[^2].Text()}";
        }
    }
}
