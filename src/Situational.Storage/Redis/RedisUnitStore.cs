using Situational.Domain.Journal;
using Situational.Storage.Rows;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>Units on Redis. Fixes are as durable as Redis is told to be when their save returns; who saves seldom loses what came between.</summary>
internal sealed class RedisUnitStore(RedisStore store) : IUnitStore
{
    /// <summary>Rows one script carries at most, so that reports never wait behind a long one.</summary>
    private const int Portion = 1_000;

    public async Task<IReadOnlyList<string>> EnrolAsync(IReadOnlyList<UnitEnrolment> units, CancellationToken cancellationToken)
    {
        var squads = new List<string>(units.Count);
        for (var from = 0; from < units.Count; from += Portion)
        {
            var values = new List<RedisValue>(2 * Portion);
            for (var i = from; i < units.Count && i < from + Portion; i++)
            {
                values.Add(units[i].Unit);
                values.Add(units[i].Squad);
            }
            var answer = await store.RunAsync(RedisScript.Enrol, [store.Keys.Squads, store.Keys.Units], [.. values], cancellationToken).ConfigureAwait(false);
            foreach (var squad in answer.Items())
                squads.Add(squad.Text());
        }
        return squads;
    }

    public async Task<IReadOnlyList<UnitEnrolment>> LoadEnrolmentsAsync(CancellationToken cancellationToken)
    {
        var units = new List<UnitEnrolment>();
        var after = "";
        while (true)
        {
            var page = (await store.RunAsync(
                RedisScript.Enrolments, [store.Keys.Squads, store.Keys.Units], [after, Portion], cancellationToken).ConfigureAwait(false)).Items();
            for (var i = 0; i + 1 < page.Length; i += 2)
                units.Add(new UnitEnrolment(page[i].Text(), page[i + 1].Text()));
            if (page.Length < 2 * Portion)
                return units;
            after = units[^1].Unit;
        }
    }

    public async Task<IReadOnlyList<StoredFix>> LoadFixesAsync(string squad, CancellationToken cancellationToken)
    {
        var whole = (await store.RunAsync(RedisScript.Whole, [store.Keys.Fixes(squad)], [], cancellationToken).ConfigureAwait(false)).Items();
        var fixes = new List<StoredFix>(whole.Length / 2);
        for (var i = 0; i + 1 < whole.Length; i += 2)
        {
            var unit = whole[i].Text();
            var damage = RedisAnswer.ToRow(whole[i + 1].Bytes()).Read(RedisJson.Default.StoredFix, unit, 0, out var fix);
            if (damage is not null)
                throw new JournalDamagedException(store.Place, null, null, $"the newest fix of unit {unit}: {damage}");
            fixes.Add(fix!);
        }
        fixes.Sort(static (one, other) => string.CompareOrdinal(one.Unit, other.Unit));
        return fixes;
    }

    public async Task SaveFixesAsync(string squad, IReadOnlyList<StoredFix> fixes, CancellationToken cancellationToken)
    {
        if (fixes.Count > 0)
            await store.RunAsync(RedisScript.Register, [store.Keys.FixSquads], [squad], cancellationToken).ConfigureAwait(false);
        for (var from = 0; from < fixes.Count; from += Portion)
        {
            var values = new List<RedisValue>(2 * Portion);
            for (var i = from; i < fixes.Count && i < from + Portion; i++)
            {
                values.Add(fixes[i].Unit);
                values.Add(StoredRow.Of(fixes[i], RedisJson.Default.StoredFix, fixes[i].Unit, 0).ToValue());
            }
            await store.RunAsync(RedisScript.SaveFixes, [store.Keys.Fixes(squad)], [.. values], cancellationToken).ConfigureAwait(false);
        }
    }
}
