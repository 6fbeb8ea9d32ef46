using System.Globalization;
using Microsoft.Extensions.Logging;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>A grid's own keys: its head, events, case rows and outbox.</summary>
internal sealed partial class RedisGrids(RedisStore store, ILogger<RedisGrids> log)
{
    private const int Page = 500;

    /// <summary>The newest snapshot and every event after it.</summary>
    /// <param name="grid">The grid's code.</param>
    /// <param name="outbox">What the city's keys may not yet hold.</param>
    /// <param name="cancellationToken">Stops it between two steps.</param>
    public async Task<GridHistory> LoadAsync(string grid, List<OutboxItem> outbox, CancellationToken cancellationToken)
    {
        var head = (await store.RunAsync(RedisScript.Head, [store.Keys.Head(grid), store.Keys.Outbox(grid)], [], cancellationToken).ConfigureAwait(false)).Items();
        var version = head[0].Number();
        var snapshotVersion = head[1].Number();
        outbox.AddRange(OutboxItem.Read(head, 3));
        if (snapshotVersion > version)
            throw new JournalDamagedException(store.Place, grid, snapshotVersion, "the event is missing although a snapshot holds it");
        GridState? snapshot = null;
        if (snapshotVersion > 0)
        {
            var damage = RedisAnswer.ToRow(head[2].Bytes()).Read(Stored.Json.StoredState, grid, snapshotVersion, out var state);
            if (damage is not null)
                LogSnapshotDamaged(log, grid, damage);
            snapshot = state?.ToState();
        }
        return new GridHistory(snapshot, await EventsAsync(grid, snapshot?.Version ?? 0, version, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Appends, with one script.</summary>
    /// <param name="append">What.</param>
    /// <param name="id">The append's id: a second try with the same one changes nothing and is answered alike.</param>
    /// <param name="key">The idempotency key's record, or null.</param>
    /// <param name="deadline">When it must have been answered.</param>
    /// <param name="cancellationToken">Stops it before it is sent.</param>
    /// <returns>How it ended; null when another append took its idempotency key away meanwhile, and nothing was written.</returns>
    public async Task<AppendOutcome?> AppendAsync(
        RedisAppend append, string id, KeyRecord? key, RedisDeadline deadline, CancellationToken cancellationToken)
    {
        var rows = append.Rows;
        var grid = rows.Grid;
        // What is not known by then can only be a grid too many, which is passed over.
        if (rows.ExpectedVersion == 0)
            await store.RunAsync(
                RedisScript.RegisterGrid, [store.Keys.Grids, store.Keys.Numbers], [grid, RedisPast.Ticks(append.BegunAt)], deadline, cancellationToken).ConfigureAwait(false);
        var moves = append.Moves.Count == 0 ? RedisMoves.None : await RedisMoves.ReadAsync(store, append, deadline, cancellationToken).ConfigureAwait(false);
        var values = new List<RedisValue>(10 + 2 * rows.Events.Length + 9 * rows.Cases.Length + 2 * append.Gone.Count + 2 * moves.Left.Count)
        {
            rows.ExpectedVersion, id, key?.Report.Key ?? "", key?.ToText() ?? "",
            rows.Snapshot is { } snapshot ? snapshot.ToValue() : "", rows.Audit is { } audit ? AuditLines.Of(audit) : "",
            rows.Events.Length, rows.Cases.Length, append.Gone.Count, moves.Left.Count,
        };
        foreach (var row in rows.Events)
        {
            values.Add(row.CaseId);
            values.Add(row.Row.ToValue());
        }
        for (var i = 0; i < rows.Cases.Length; i++)
        {
            values.Add(rows.Cases[i].Id);
            values.Add(rows.Cases[i].Row.ToValue());
            values.Add(append.Items[i].Value);
            values.Add(rows.Past[i].Open ? "o" : "e");
            values.Add(rows.Past[i].Row.ToValue());
            values.Add(RedisPast.Ticks(rows.Past[i].From));
            var (after, since) = moves.Came.GetValueOrDefault(rows.Cases[i].Id, ("", ""));
            values.Add(since);
            values.Add(after);
            values.Add(moves.Leaving.GetValueOrDefault(rows.Cases[i].Id, ""));
        }
        foreach (var moved in append.Gone)
        {
            values.Add(moved.CaseId);
            values.Add(moved.Grid);
        }
        foreach (var (left, since) in moves.Left)
        {
            values.Add(left);
            values.Add(since);
        }
        var keys = store.Keys;
        var answer = (await store.RunAsync(
            RedisScript.Append,
            [
                keys.Head(grid), keys.Events(grid), keys.Cases(grid), keys.Trails(grid), keys.Outbox(grid), keys.Fenced(grid),
                keys.PastNow(grid), keys.Past(grid), keys.PastLeaving(grid), keys.PastCame(grid),
            ],
            [.. values], deadline, cancellationToken).ConfigureAwait(false)).Items();
        var version = answer[1].Number();
        return answer[0].Text() switch
        {
            "appended" => new AppendOutcome.Appended(version),
            "conflict" => new AppendOutcome.VersionConflict(version),
            _ => null,
        };
    }

    /// <summary>The events after a version, up to another at least.</summary>
    private async Task<List<GridEvent>> EventsAsync(string grid, long after, long upTo, CancellationToken cancellationToken)
    {
        var events = new List<GridEvent>();
        var version = after;
        while (version < upTo)
        {
            var page = (await store.RunAsync(RedisScript.Events, [store.Keys.Events(grid)], [version, Page], cancellationToken).ConfigureAwait(false)).Items();
            for (var i = 0; i + 2 < page.Length; i += 3)
            {
                version++;
                if (page[i].Text() != string.Create(CultureInfo.InvariantCulture, $"{version}-0"))
                    throw new JournalDamagedException(store.Place, grid, version, "the event is missing");
                var damage = StoredEvent.Read(RedisAnswer.ToRow(page[i + 2].Bytes()), grid, version, out var value);
                if (damage is not null)
                    throw new JournalDamagedException(store.Place, grid, version, damage);
                events.Add(value!);
            }
            if (page.Length < 3 * Page && version < upTo)
                throw new JournalDamagedException(store.Place, grid, version + 1, "the event is missing");
        }
        return events;
    }

    [LoggerMessage(EventId = 20, Level = LogLevel.Warning,
        Message = "The snapshot of grid {Grid} is damaged and passed over ({Damage}); its events are read from the first.")]
    private static partial void LogSnapshotDamaged(ILogger logger, string grid, string damage);
}
