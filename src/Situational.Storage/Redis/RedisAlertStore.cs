using System.Globalization;
using System.Runtime.CompilerServices;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>Acknowledgements of alerts on Redis.</summary>
internal sealed class RedisAlertStore(RedisStore store) : IAlertStore
{
    /// <summary>Acknowledgements one script gives or removes at most.</summary>
    private const int Portion = 1_000;

    /// <summary>Digits of a time, and the end of its line.</summary>
    private const int TimeLength = 20;

    public async Task<IReadOnlyList<AlertAcknowledgement>> AcknowledgeAsync(
        IReadOnlyList<AlertAcknowledgement> alerts, AuditEntry audit, CancellationToken cancellationToken)
    {
        var rows = new (string, long, StoredRow)[alerts.Count];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = (alerts[i].Alert, alerts[i].At.UtcTicks, StoredAcknowledgement.Of(alerts[i]));
        var answer = await KeepAsync(store, rows, AuditLines.Of(StoredAudit.Of(audit)), cancellationToken).ConfigureAwait(false);
        var stand = new AlertAcknowledgement[alerts.Count];
        for (var i = 0; i < stand.Length; i++)
            stand[i] = Read(alerts[i].Alert, RedisAnswer.ToRow(answer[i].Bytes()));
        return stand;
    }

    public async Task<IReadOnlyList<AlertAcknowledgement>> FindAsync(IReadOnlyList<string> alerts, CancellationToken cancellationToken)
    {
        var answer = (await store.RunAsync(
            RedisScript.FindAlerts, [store.Keys.Alerts], [.. alerts.Select(alert => (RedisValue)alert)], cancellationToken).ConfigureAwait(false)).Items();
        var found = new List<AlertAcknowledgement>();
        for (var i = 0; i < alerts.Count; i++)
            if (answer[i].Bytes() is { Length: > 0 } bytes)
                found.Add(Read(alerts[i], RedisAnswer.ToRow(bytes)));
        return found;
    }

    public async Task<IReadOnlyList<AlertAcknowledgement>> SinceAsync(DateTimeOffset after, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var found = new List<AlertAcknowledgement>();
        await foreach (var (alert, _, row) in RowsAsync(store, $"[{Place(after.UtcTicks + 1)}", most, cancellationToken).ConfigureAwait(false))
            found.Add(Read(alert, row));
        return found;
    }

    public async Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var gone = 0;
        while (gone < most)
        {
            var portion = Math.Min(Portion, most - gone);
            var removed = (int)(await store.RunAsync(
                RedisScript.ForgetAlerts, [store.Keys.Alerts, store.Keys.AlertTimes], [$"({Place(before.UtcTicks)}", portion], cancellationToken)
                .ConfigureAwait(false)).Number();
            gone += removed;
            if (removed < portion)
                break;
        }
        return gone;
    }

    /// <summary>Keeps acknowledgements of alerts that have none, with an entry of the audit trail unless it is empty; returns how each stands.</summary>
    public static async Task<RedisResult[]> KeepAsync(
        RedisStore store, IReadOnlyList<(string Alert, long At, StoredRow Row)> alerts, string entry, CancellationToken cancellationToken)
    {
        var values = new List<RedisValue>(3 + 3 * alerts.Count) { store.Keys.IndexPrefix, Guid.NewGuid().ToString("N"), entry };
        foreach (var (alert, at, row) in alerts)
        {
            values.Add(alert);
            values.Add(Place(at));
            values.Add(row.ToValue());
        }
        return (await store.RunAsync(
            RedisScript.Acknowledge, [store.Keys.Alerts, store.Keys.AlertTimes, store.Keys.Numbers, store.Keys.AuditEntries], [.. values],
            cancellationToken).ConfigureAwait(false)).Items();
    }

    /// <summary>Acknowledgements, oldest first.</summary>
    /// <param name="store">The store.</param>
    /// <param name="from">From which, as a range of names; <c>-</c> for the first.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async IAsyncEnumerable<(string Alert, long At, StoredRow Row)> RowsAsync(
        RedisStore store, string from, long most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (most > 0)
        {
            var portion = Math.Min(Portion, most);
            var page = (await store.RunAsync(
                RedisScript.Alerts, [store.Keys.Alerts, store.Keys.AlertTimes], [from, portion], cancellationToken).ConfigureAwait(false)).Items();
            for (var i = 0; i + 1 < page.Length; i += 2)
            {
                var name = page[i].Text();
                yield return (
                    name[TimeLength..], long.Parse(name.AsSpan(0, TimeLength - 1), CultureInfo.InvariantCulture), RedisAnswer.ToRow(page[i + 1].Bytes()));
            }
            if (page.Length < 2 * portion)
                yield break;
            most -= portion;
            from = $"({page[^2].Text()}";
        }
    }

    /// <summary>A time's place among times, as text.</summary>
    private static string Place(long ticks) => ticks.ToString("d19", CultureInfo.InvariantCulture);

    private AlertAcknowledgement Read(string alert, StoredRow row)
    {
        var damage = StoredAcknowledgement.Read(row, alert, out var read);
        return damage is null ? read! : throw new JournalDamagedException(store.Place, null, null, $"the acknowledgement of alert {alert}: {damage}");
    }
}
