using System.Globalization;
using System.Runtime.CompilerServices;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using Situational.Storage.Upkeep;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>Reads a store from end to end, in portions. What it cannot read it says, and goes on behind.</summary>
internal sealed class RedisArchiveReader(RedisStore store, RedisOutbox outbox)
{
    private const int Portion = 500;
    private readonly RedisKeys _keys = store.Keys;
    private readonly RedisDeskReader _desks = new(store);
    private readonly RedisPastArchive _past = new(store);

    public async Task<ArchiveCounts> CountAsync(CancellationToken cancellationToken)
    {
        var sizes = await SizesAsync(
            [_keys.TerritoryHeads, _keys.Units, _keys.Photos, _keys.Index("cases"), _keys.ReportKeys, _keys.AuditEntries, _keys.Duty, _keys.Alerts],
            cancellationToken).ConfigureAwait(false);
        long fixes = 0, grids = 0, events = 0, snapshots = 0, past = 0;
        await foreach (var squads in store.NamesAsync(_keys.FixSquads, cancellationToken).ConfigureAwait(false))
            fixes += (await SizesAsync([.. squads.Select(_keys.Fixes)], cancellationToken).ConfigureAwait(false)).Sum();
        await foreach (var some in store.NamesAsync(_keys.Grids, cancellationToken).ConfigureAwait(false))
            foreach (var grid in some)
            {
                var (version, snapshot, _) = await HeadAsync(grid, cancellationToken).ConfigureAwait(false);
                grids += version > 0 ? 1 : 0;
                events += version;
                snapshots += snapshot > 0 ? 1 : 0;
                past += (await SizesAsync([_keys.PastNow(grid), _keys.Past(grid)], cancellationToken).ConfigureAwait(false)).Sum();
            }
        var trails = await _desks.CountTrailsAsync(cancellationToken).ConfigureAwait(false);
        var sheets = await _desks.CountSheetsAsync(cancellationToken).ConfigureAwait(false);
        return new ArchiveCounts(
            sizes[0], sizes[1], fixes, sizes[2], grids, events, snapshots, sizes[3], sizes[4], sizes[5], sizes[6], trails, sheets, sizes[7], past);
    }

    public async IAsyncEnumerable<ArchiveItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerable<ArchiveItem>[] sections =
            [Territories(cancellationToken), Units(cancellationToken), Fixes(cancellationToken), _desks.Duty(cancellationToken),
             _desks.Trails(cancellationToken), _desks.Sheets(cancellationToken), _desks.Acknowledgements(cancellationToken),
             Photos(cancellationToken), _past.Kept(cancellationToken), Grids(cancellationToken), _past.Rows(cancellationToken),
             Cases(cancellationToken), Keys(cancellationToken), Audit(cancellationToken)];
        foreach (var section in sections)
            await foreach (var item in section.ConfigureAwait(false))
                yield return item;
    }

    public async Task<IReadOnlyList<StoredCase?>> FindCasesAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return [];
        var numbers = await RowsAsync(_keys.CaseNumbers, ids, cancellationToken).ConfigureAwait(false);
        var there = Enumerable.Range(0, ids.Count).Where(i => numbers[i].Length > 0).ToArray();
        var found = new StoredCase?[ids.Count];
        var read = await ReadCasesAsync([.. there.Select(i => numbers[i].AsText())], cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < there.Length; i++)
            found[there[i]] = (read[i] as ArchiveItem.Case)?.Value;
        return found;
    }

    private async IAsyncEnumerable<ArchiveItem> Territories([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var territories = new RedisTerritoryStore(store);
        foreach (var known in await territories.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            ArchiveItem item;
            try
            {
                var found = await territories.LoadAsync(known.Version, cancellationToken).ConfigureAwait(false);
                item = found is null ? new ArchiveItem.Fault($"version {known.Version} of the territory", "it is missing") : new ArchiveItem.Territory(found);
            }
            catch (JournalDamagedException e)
            {
                item = new ArchiveItem.Fault($"version {known.Version} of the territory", e.Message);
            }
            yield return item;
        }
    }

    private async IAsyncEnumerable<ArchiveItem> Units([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var names in store.NamesAsync(_keys.Units, cancellationToken).ConfigureAwait(false))
        {
            var squads = await RowsAsync(_keys.Squads, names, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < names.Count; i++)
                yield return squads[i].Length > 0
                    ? new ArchiveItem.Unit(new UnitEnrolment(names[i], squads[i].AsText()))
                    : new ArchiveItem.Fault($"unit {names[i]}", "its squad is missing");
        }
    }

    private async IAsyncEnumerable<ArchiveItem> Fixes([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var squads in store.NamesAsync(_keys.FixSquads, cancellationToken).ConfigureAwait(false))
            foreach (var squad in squads)
            {
                var whole = (await store.RunAsync(RedisScript.Whole, [_keys.Fixes(squad)], [], cancellationToken).ConfigureAwait(false)).Items();
                var items = new List<(string Unit, ArchiveItem Item)>(whole.Length / 2);
                for (var i = 0; i + 1 < whole.Length; i += 2)
                {
                    var unit = whole[i].Text();
                    var damage = RedisAnswer.ToRow(whole[i + 1].Bytes()).Read(RedisJson.Default.StoredFix, unit, 0, out var fix);
                    items.Add((unit, damage is null ? new ArchiveItem.Fix(squad, fix!) : new ArchiveItem.Fault($"the fix of unit {unit}", damage)));
                }
                foreach (var (_, item) in items.OrderBy(item => item.Unit, StringComparer.Ordinal))
                    yield return item;
            }
    }

    private async IAsyncEnumerable<ArchiveItem> Photos([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var ids in store.NamesAsync(_keys.Photos, cancellationToken).ConfigureAwait(false))
            foreach (var id in ids)
                // One that is known and not there was never acknowledged: its name is written first.
                if (await store.PhotoAsync(id, cancellationToken).ConfigureAwait(false) is { } photo)
                    yield return new ArchiveItem.Photo(id, photo);
    }

    private async IAsyncEnumerable<ArchiveItem> Grids([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var grids in store.NamesAsync(_keys.Grids, cancellationToken).ConfigureAwait(false))
            foreach (var grid in grids)
                await foreach (var item in Grid(grid, cancellationToken).ConfigureAwait(false))
                    yield return item;
    }

    private async IAsyncEnumerable<ArchiveItem> Grid(string grid, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What the city's keys do not yet hold is brought over, so that nothing is missing behind.
        var left = OutboxItem.Read((await store.RunAsync(RedisScript.Whole, [_keys.Outbox(grid)], [], cancellationToken).ConfigureAwait(false)).Items(), 0);
        if (left.Count > 0)
        {
            outbox.Add(grid, left);
            await outbox.FlushAsync(store.NewDeadline(), cancellationToken).ConfigureAwait(false);
        }
        var (version, snapshotVersion, snapshot) = await HeadAsync(grid, cancellationToken).ConfigureAwait(false);
        if (snapshotVersion > 0)
            yield return new ArchiveItem.Snapshot(grid, snapshotVersion, RedisAnswer.ToRow(snapshot));
        var last = 0L;
        while (true)
        {
            var page = (await store.RunAsync(RedisScript.Events, [_keys.Events(grid)], [last, Portion], cancellationToken).ConfigureAwait(false)).Items();
            for (var i = 0; i + 2 < page.Length; i += 3)
            {
                last = long.Parse(page[i].Text().Split('-')[0], CultureInfo.InvariantCulture);
                yield return new ArchiveItem.Event(grid, last, new StoredEvent(page[i + 1].Text(), RedisAnswer.ToRow(page[i + 2].Bytes())));
            }
            if (page.Length < 3 * Portion)
                break;
        }
        if (last != version)
            yield return new ArchiveItem.Fault($"grid {grid}", $"its events end with version {last} and it has version {version}");
    }

    private async IAsyncEnumerable<ArchiveItem> Cases([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var from = 0L; ; from += Portion)
        {
            var numbers = (await store.RunAsync(
                RedisScript.Range, [_keys.Index("cases")], [from, Portion], cancellationToken).ConfigureAwait(false)).Items();
            foreach (var item in await ReadCasesAsync(Array.ConvertAll(numbers, static n => n.Text()), cancellationToken).ConfigureAwait(false))
                yield return item;
            if (numbers.Length < Portion)
                yield break;
        }
    }

    private async Task<IReadOnlyList<ArchiveItem>> ReadCasesAsync(string[] numbers, CancellationToken cancellationToken)
    {
        if (numbers.Length == 0)
            return [];
        var entries = await RowsAsync(_keys.CaseEntries, numbers, cancellationToken).ConfigureAwait(false);
        var facts = await RowsAsync(_keys.CaseFacts, numbers, cancellationToken).ConfigureAwait(false);
        var items = new ArchiveItem[numbers.Length];
        var parts = entries.Select(entry => entry.AsText().Split('\n', 5)).ToArray();
        foreach (var group in Enumerable.Range(0, numbers.Length).GroupBy(i => parts[i].Length == 5 ? parts[i][2] : "", StringComparer.Ordinal))
        {
            var places = group.ToArray();
            var rows = await RowsAsync(_keys.Cases(group.Key), [.. places.Select(i => parts[i].Length == 5 ? parts[i][3] : "")], cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < places.Length; i++)
                items[places[i]] = ItemOf(numbers[places[i]], entries[places[i]].AsText(), rows[i].Value, facts[places[i]].Value);
        }
        return items;
    }

    private static ArchiveItem ItemOf(string number, string entry, byte[] row, byte[] fact)
    {
        try
        {
            var lines = entry[(entry.IndexOf('\n', StringComparison.Ordinal) + 1)..];
            var value = CaseEntry.ToCase(lines, RedisAnswer.ToRow(row), RedisAnswer.ToRow(fact));
            return row.Length == 0 ? new ArchiveItem.Fault($"case {value.Id}", "its row is missing") : new ArchiveItem.Case(value);
        }
        catch (FormatException e)
        {
            return new ArchiveItem.Fault($"the entry of the case with number {number}", $"it cannot be read ({e.Message})");
        }
    }

    private async IAsyncEnumerable<ArchiveItem> Keys([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var from = 0L; ; from += Portion)
        {
            var keys = Array.ConvertAll((await store.RunAsync(
                RedisScript.Range, [_keys.ReportKeyOrder], [from, Portion], cancellationToken).ConfigureAwait(false)).Items(), static k => k.Text());
            var records = keys.Length == 0 ? [] : await RowsAsync(_keys.ReportKeys, keys, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < keys.Length; i++)
            {
                var text = records[i].AsText();
                // A reservation without its confirmation belongs to an append that was not written: its grid's outbox was brought over.
                if (text.StartsWith('c'))
                    yield return new ArchiveItem.Key(
                        KeyRecord.Parse(keys[i], text, 2, store.Place).Report, long.Parse(text.Split('\n')[1], CultureInfo.InvariantCulture));
            }
            if (keys.Length < Portion)
                yield break;
        }
    }

    private async IAsyncEnumerable<ArchiveItem> Audit([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var from = 0L; ; from += Portion)
        {
            var ids = Array.ConvertAll((await store.RunAsync(
                RedisScript.List, [_keys.AuditWritten], [from, Portion], cancellationToken).ConfigureAwait(false)).Items(), static id => id.Text());
            var entries = ids.Length == 0 ? [] : await RowsAsync(_keys.AuditEntries, ids, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < ids.Length; i++)
                yield return AuditLines.ToItem(from + i + 1, entries[i].AsText());
            if (ids.Length < Portion)
                yield break;
        }
    }

    private async Task<(long Version, long SnapshotVersion, byte[] Snapshot)> HeadAsync(string grid, CancellationToken cancellationToken)
    {
        var head = await RowsAsync(_keys.Head(grid), ["version", "snapshot-version", "snapshot"], cancellationToken).ConfigureAwait(false);
        return (head[0].AsNumber(), head[1].AsNumber(), head[2].Value);
    }

    private async Task<Field[]> RowsAsync(RedisKey hash, IReadOnlyList<string> fields, CancellationToken cancellationToken) => Array.ConvertAll(
        (await store.RunAsync(RedisScript.Rows, [hash], [.. fields.Select(f => (RedisValue)f)], cancellationToken).ConfigureAwait(false)).Items(),
        static value => new Field(value.Bytes()));

    private async Task<long[]> SizesAsync(RedisKey[] keys, CancellationToken cancellationToken) => Array.ConvertAll(
        (await store.RunAsync(RedisScript.Sizes, keys, [], cancellationToken).ConfigureAwait(false)).Items(), static size => size.Number());

    private readonly record struct Field(byte[] Value)
    {
        public int Length => Value.Length;

        public string AsText() => System.Text.Encoding.UTF8.GetString(Value);

        public long AsNumber() => Value.Length == 0 ? 0 : long.Parse(AsText(), CultureInfo.InvariantCulture);
    }
}
