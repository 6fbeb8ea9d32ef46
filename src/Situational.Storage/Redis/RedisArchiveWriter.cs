using Situational.Domain.Journal;
using Situational.Storage.Rows;
using Situational.Storage.Upkeep;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>Fills a store. While it is marked as incomplete nobody relies on it; what was taken in twice, after a lost reply, is there once.</summary>
internal sealed class RedisArchiveWriter(RedisStore store, TimeProvider time)
{
    private readonly RedisKeys _keys = store.Keys;
    private readonly RedisTrailStore _trails = new(store);
    private readonly RedisPastArchive _past = new(store);
    private long _audit;

    public async Task BeginAsync(string source, CancellationToken cancellationToken)
    {
        var again = (await store.RunAsync(RedisScript.Unfinished, [_keys.Unfinished], [], cancellationToken).ConfigureAwait(false)).Text().Length > 0;
        if (!again)
            await RequireEmptyAsync(cancellationToken).ConfigureAwait(false);
        await MarkAsync(source, cancellationToken).ConfigureAwait(false);
        var cursor = "0";
        do
            cursor = (await store.RunAsync(RedisScript.Empty, [], [_keys.All, cursor], cancellationToken).ConfigureAwait(false)).Text();
        while (cursor != "0");
        await MarkAsync(source, cancellationToken).ConfigureAwait(false);
        _audit = 0;
    }

    public async Task WriteAsync(IReadOnlyList<ArchiveItem> items, CancellationToken cancellationToken)
    {
        for (var from = 0; from < items.Count;)
        {
            var to = from + 1;
            while (to < items.Count && RunOf(items[to]) == RunOf(items[from]))
                to++;
            await WriteAsync([.. items.Skip(from).Take(to - from)], items[from], cancellationToken).ConfigureAwait(false);
            from = to;
        }
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        // appendfsync everysec: what was written two seconds ago is on the disk.
        await Task.Delay(TimeSpan.FromSeconds(2), time, cancellationToken).ConfigureAwait(false);
        await MarkAsync("", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Items that one script takes: of one kind and one hash slot.</summary>
    private static (Type Kind, string Place) RunOf(ArchiveItem item) => item switch
    {
        ArchiveItem.Territory territory => (item.GetType(), $"{territory.Value.Version}"),
        ArchiveItem.Photo photo => (item.GetType(), photo.Id),
        ArchiveItem.Fix fix => (item.GetType(), fix.Squad),
        ArchiveItem.Sheet { Figure.Period: var period } => (item.GetType(), $"{period}"),
        ArchiveItem.Snapshot snapshot => (item.GetType(), snapshot.Grid),
        ArchiveItem.Event happened => (item.GetType(), happened.Grid),
        _ => (item.GetType(), ""),
    };

    private async Task WriteAsync(ArchiveItem[] run, ArchiveItem first, CancellationToken cancellationToken)
    {
        switch (first)
        {
            case ArchiveItem.Territory { Value: var territory }:
                await new RedisTerritoryStore(store).TryAddAsync(territory, null, cancellationToken).ConfigureAwait(false);
                break;
            case ArchiveItem.Unit:
                await new RedisUnitStore(store).EnrolAsync([.. run.Cast<ArchiveItem.Unit>().Select(u => u.Value)], cancellationToken).ConfigureAwait(false);
                break;
            case ArchiveItem.Fix { Squad: var squad }:
                await new RedisUnitStore(store).SaveFixesAsync(squad, [.. run.Cast<ArchiveItem.Fix>().Select(f => f.Value)], cancellationToken).ConfigureAwait(false);
                break;
            case ArchiveItem.Duty:
                await store.RunAsync(
                    RedisScript.FillDuty, [_keys.Duty, _keys.DutySquads],
                    [.. run.Cast<ArchiveItem.Duty>().SelectMany(duty => new RedisValue[] { duty.UnitId, duty.Squad, duty.Row.ToValue() })],
                    cancellationToken).ConfigureAwait(false);
                break;
            case ArchiveItem.Trail:
                await _trails.SaveAsync([.. run.Cast<ArchiveItem.Trail>().SelectMany(trail => trail.Points)], cancellationToken).ConfigureAwait(false);
                break;
            case ArchiveItem.Sheet:
                await RedisCoverageStore.SaveAsync(
                    store, [.. run.Cast<ArchiveItem.Sheet>().Select(sheet => (sheet.Figure, sheet.Row))], cancellationToken).ConfigureAwait(false);
                break;
            case ArchiveItem.Acknowledgement:
                await RedisAlertStore.KeepAsync(
                    store, [.. run.Cast<ArchiveItem.Acknowledgement>().Select(one => (one.Alert, one.At, one.Row))], "", cancellationToken)
                    .ConfigureAwait(false);
                break;
            case ArchiveItem.Photo { Id: var id, Value: var photo }:
                // what was kept elsewhere is kept here, whatever the bound
                await RedisPhotoStore.AddAsync(store, id, photo, long.MaxValue, cancellationToken).ConfigureAwait(false);
                break;
            case ArchiveItem.Snapshot snapshot:
                await FillAsync(snapshot.Grid, snapshot, [], cancellationToken).ConfigureAwait(false);
                break;
            case ArchiveItem.Event { Grid: var grid }:
                await FillAsync(grid, null, run.Cast<ArchiveItem.Event>(), cancellationToken).ConfigureAwait(false);
                break;
            case ArchiveItem.Case:
                await FillAsync([.. run.Cast<ArchiveItem.Case>().Select(c => c.Value)], cancellationToken).ConfigureAwait(false);
                break;
            case ArchiveItem.PastKept { Since: var since }:
                await _past.KeepAsync(since, cancellationToken).ConfigureAwait(false);
                break;
            case ArchiveItem.Past:
                var rows = run.Cast<ArchiveItem.Past>().ToArray();
                await _past.FillAsync(rows, cancellationToken).ConfigureAwait(false);
                await _past.NoteAsync(_past.GridOf(rows[0]), rows.Min(row => row.From), cancellationToken).ConfigureAwait(false);
                break;
            case ArchiveItem.Key:
                await store.RunAsync(RedisScript.FillKeys, [_keys.ReportKeys, _keys.ReportKeyOrder, _keys.Numbers],
                    [.. run.Cast<ArchiveItem.Key>().SelectMany(key => new RedisValue[]
                    {
                        key.Report.Key, $"c\n{key.AcceptedAt}\n{new KeyRecord("moved", "", key.Report).ToText()}",
                    })], cancellationToken).ConfigureAwait(false);
                break;
            case ArchiveItem.Audit:
                await SettleAsync(0, run.Length, run.Cast<ArchiveItem.Audit>().SelectMany(entry => new RedisValue[]
                {
                    $"moved/{++_audit}", AuditLines.Of(entry.Value),
                }), cancellationToken).ConfigureAwait(false);
                break;
            default:
                throw new ArgumentException($"{first.GetType().Name} cannot be taken in.", nameof(first));
        }
    }

    private async Task FillAsync(string grid, ArchiveItem.Snapshot? snapshot, IEnumerable<ArchiveItem.Event> events, CancellationToken cancellationToken)
    {
        await store.RunAsync(RedisScript.Register, [_keys.Grids], [grid], cancellationToken).ConfigureAwait(false);
        await store.RunAsync(RedisScript.FillGrid, [_keys.Head(grid), _keys.Events(grid), _keys.Trails(grid)],
            [
                snapshot is null ? "" : snapshot.Version, snapshot is null ? "" : snapshot.Row.ToValue(),
                .. events.SelectMany(happened => new RedisValue[] { happened.Version, happened.Value.CaseId, happened.Value.Row.ToValue() }),
            ], cancellationToken).ConfigureAwait(false);
    }

    private async Task FillAsync(StoredCase[] cases, CancellationToken cancellationToken)
    {
        foreach (var group in cases.GroupBy(c => c.Grid, StringComparer.Ordinal))
            await store.RunAsync(RedisScript.FillRows, [_keys.Cases(group.Key)],
                [.. group.SelectMany(c => new RedisValue[] { c.Id, c.Row.ToValue() })], cancellationToken).ConfigureAwait(false);
        await SettleAsync(cases.Length, 0, cases.SelectMany(c =>
        {
            var revision = StoredCase.Read(c.Row, c.Id, out var value) is null ? value!.Revision : 1;
            var entry = CaseEntry.Of(c, revision);
            return new RedisValue[] { c.Id, 0, entry.Due, entry.Until, entry.Fact, entry.Lines };
        }), cancellationToken).ConfigureAwait(false);
    }

    private Task SettleAsync(int cases, int audit, IEnumerable<RedisValue> values, CancellationToken cancellationToken) => store.RunAsync(
        RedisScript.Settle,
        [_keys.ReportKeys, _keys.Numbers, _keys.CaseNumbers, _keys.CaseEntries, _keys.CaseFacts, _keys.AuditEntries],
        [_keys.IndexPrefix, 0, audit, cases, .. values], cancellationToken);

    private Task<RedisResult> MarkAsync(string source, CancellationToken cancellationToken) =>
        store.RunAsync(RedisScript.Mark, [_keys.Unfinished], [source], cancellationToken);

    private async Task RequireEmptyAsync(CancellationToken cancellationToken)
    {
        (string What, RedisKey Key)[] kinds =
        [
            ("territories", _keys.TerritoryHeads), ("units", _keys.Squads), ("fixes", _keys.FixSquads), ("photos", _keys.Photos),
            ("events", _keys.Grids), ("cases", _keys.CaseNumbers), ("idempotency keys", _keys.ReportKeys), ("an audit trail", _keys.AuditEntries),
            ("duty states", _keys.Duty), ("trails", _keys.TrailSlots), ("acknowledgements", _keys.Alerts),
            .. Enum.GetValues<CoverageCadence>().Select(cadence => ("coverage sheets", _keys.CoverageDays((int)cadence))),
        ];
        var sizes = (await store.RunAsync(RedisScript.Sizes, [.. kinds.Select(k => k.Key)], [], cancellationToken).ConfigureAwait(false)).Items();
        for (var i = 0; i < kinds.Length; i++)
            if (sizes[i].Number() > 0)
                throw new StorageUnusableException($"the {store.Place} is not empty: it holds {kinds[i].What}");
    }
}
