using System.Globalization;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Redis;

/// <summary>The audit trail on Redis, newest first; of one instant the last written first.</summary>
internal sealed class RedisAuditTrail(RedisStore store, RedisOutbox outbox, TimeProvider time) : IAuditTrail
{
    /// <summary>Entries looked at by one script.</summary>
    private const int Look = 1_000;

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        var names = store.Keys;
        return store.RunAsync(
            RedisScript.Settle,
            [names.ReportKeys, names.Numbers, names.CaseNumbers, names.CaseEntries, names.CaseFacts, names.AuditEntries],
            [names.IndexPrefix, 0, 1, 0, Guid.NewGuid().ToString("N"), AuditLines.Of(StoredAudit.Of(entry))], cancellationToken);
    }

    public async Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1_000);
        var (score, member) = ReadCursor(query.Cursor);
        await outbox.FlushAsync(store.NewDeadline(), cancellationToken).ConfigureAwait(false);
        var index = query.Target is { } target ? $"audit:target:{AuditLines.Name(target)}" : query.Who is { } who ? $"audit:who:{AuditLines.Name(who)}" : "audit";
        var found = new List<(string Cursor, AuditEntry Entry)>();
        var end = new RedisDeadline(time, TimeSpan.FromSeconds(store.Options.SearchSeconds));
        do
        {
            if (end.Left <= TimeSpan.Zero)
                throw new JournalUnavailableException("The search took too long.");
            var page = (await store.RunAsync(
                RedisScript.Audit, [store.Keys.Index(index), store.Keys.AuditEntries],
                [
                    score, member, query.Limit + 1 - found.Count, Look, query.From is { } from ? CaseEntry.Place(from.UtcTicks) : "",
                    query.To is { } to ? CaseEntry.Place(to.UtcTicks) : "", AuditLines.Name(query.Who ?? ""), AuditLines.Name(query.Target ?? ""),
                ], cancellationToken).ConfigureAwait(false)).Items();
            for (var i = 2; i + 2 < page.Length; i += 3)
            {
                var entry = Read(page[i + 1].Text(), page[i + 2].Text());
                if ((query.From is null || entry.At >= query.From) && (query.To is null || entry.At < query.To))
                    found.Add(($"{page[i].Text()}.{page[i + 1].Text()}", entry));
            }
            (score, member) = (page[0].Text(), page[1].Text());
        }
        while (score.Length > 0 && found.Count <= query.Limit);
        return found.Count > query.Limit
            ? new AuditPage([.. found.Take(query.Limit).Select(f => f.Entry)], found[query.Limit - 1].Cursor)
            : new AuditPage([.. found.Select(f => f.Entry)], null);
    }

    private AuditEntry Read(string number, string lines)
    {
        var damage = StoredAudit.Read(AuditLines.RowOf(lines), out var entry);
        return damage is null ? entry! : throw new JournalDamagedException(store.Place, null, null, $"entry {number} of the audit trail: {damage}");
    }

    private static (string Score, string Member) ReadCursor(string? cursor)
    {
        if (cursor is null)
            return ("", "");
        if (cursor.Split('.') is [var score, { Length: 16 } member]
            && long.TryParse(score, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            && long.TryParse(member, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return (score, member);
        throw new FormatException("The cursor is not one that a page of the audit trail gave.");
    }
}
