using System.Globalization;
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
        var rows = new StoredRow[alerts.Count];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = StoredAcknowledgement.Of(alerts[i]);
        var answer = await KeepAsync(store, alerts, rows, AuditLines.Of(StoredAudit.Of(audit)), cancellationToken).ConfigureAwait(false);
        var stand = new AlertAcknowledgement[alerts.Count];
        for (var i = 0; i < stand.Length; i++)
            stand[i] = Read(alerts[i].Alert, answer[i].Bytes());
        return stand;
    }

    public async Task<IReadOnlyList<AlertAcknowledgement>> SinceAsync(DateTimeOffset after, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var found = new List<AlertAcknowledgement>();
        var from = $"[{Place(after.UtcTicks + 1)}";
        while (found.Count < most)
        {
            var portion = Math.Min(Portion, most - found.Count);
            var page = (await store.RunAsync(
                RedisScript.Alerts, [store.Keys.Alerts, store.Keys.AlertTimes], [from, portion], cancellationToken).ConfigureAwait(false)).Items();
            for (var i = 0; i + 1 < page.Length; i += 2)
                found.Add(Read(page[i].Text()[TimeLength..], page[i + 1].Bytes()));
            if (page.Length < 2 * portion)
                break;
            from = $"({page[^2].Text()}";
        }
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
        RedisStore store, IReadOnlyList<AlertAcknowledgement> alerts, IReadOnlyList<StoredRow> rows, string entry, CancellationToken cancellationToken)
    {
        var values = new List<RedisValue>(3 + 3 * rows.Count) { store.Keys.IndexPrefix, Guid.NewGuid().ToString("N"), entry };
        for (var i = 0; i < rows.Count; i++)
        {
            values.Add(alerts[i].Alert);
            values.Add(Place(alerts[i].At.UtcTicks));
            values.Add(rows[i].ToValue());
        }
        return (await store.RunAsync(
            RedisScript.Acknowledge, [store.Keys.Alerts, store.Keys.AlertTimes, store.Keys.Numbers, store.Keys.AuditEntries], [.. values],
            cancellationToken).ConfigureAwait(false)).Items();
    }

    /// <summary>A time's place among times, as text.</summary>
    private static string Place(long ticks) => ticks.ToString("d19", CultureInfo.InvariantCulture);

    private AlertAcknowledgement Read(string alert, byte[] value)
    {
        var damage = StoredAcknowledgement.Read(RedisAnswer.ToRow(value), alert, out var read);
        return damage is null ? read! : throw new JournalDamagedException(store.Place, null, null, $"the acknowledgement of alert {alert}: {damage}");
    }
}
