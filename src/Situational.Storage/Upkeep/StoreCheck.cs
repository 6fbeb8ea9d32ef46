using System.Security.Cryptography;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Upkeep;

/// <summary>
/// Looks at every item of a store as it streams by, in the order of <see cref="IJournalArchive.ReadAsync"/>: checksums, gap-free versions, what
/// the events fold to against the snapshot and the rows of the cases, facts, keys, territories, photos, duty states, trails and coverage. Counts, and sums up what it saw.
/// </summary>
/// <param name="archive">The store, for looking cases up.</param>
/// <param name="fault">Told each fault: the place, and what is wrong with it as the end of a sentence.</param>
internal sealed class StoreCheck(IJournalArchive archive, Action<string, string> fault)
{
    private readonly List<AcceptedReport> _keys = [];
    private readonly PastCheck _past = new(byCase: false);
    private GridCheck? _grid;
    private ulong _folded;
    private ulong _rows;
    private int _territory;

    /// <summary>What was seen.</summary>
    public StoreSum Sum { get; } = new();

    /// <summary>How many faults were found.</summary>
    public long Faults { get; private set; }

    /// <summary>Looks at the next item.</summary>
    public async Task ObserveAsync(ArchiveItem item, CancellationToken cancellationToken)
    {
        if (_grid is not null && (item as ArchiveItem.Event)?.Grid != _grid.Code)
            await EndGridAsync(cancellationToken);
        switch (item)
        {
            case ArchiveItem.Fault found:
                Report(found.Place, found.Damage);
                return;
            case ArchiveItem.Territory { Value: var territory }:
                LookAt(territory);
                break;
            case ArchiveItem.Fix { Value: var fix }:
                if (!(Math.Abs(fix.Latitude) <= 90 && Math.Abs(fix.Longitude) <= 180))
                    Report($"the fix of unit {fix.Unit}", "it lies nowhere on earth");
                break;
            case ArchiveItem.Duty duty:
                LookAt(duty);
                break;
            case ArchiveItem.Sheet sheet:
                LookAt(sheet);
                break;
            case ArchiveItem.Acknowledgement acknowledgement:
                LookAt(acknowledgement);
                break;
            case ArchiveItem.Photo photo when Convert.ToHexStringLower(SHA256.HashData(photo.Value.Content.Span)) != photo.Id:
                Report($"photo {photo.Id}", "it is not what its name says");
                break;
            case ArchiveItem.Snapshot snapshot:
                (_grid = NewGrid(snapshot.Grid)).Begin(snapshot);
                break;
            case ArchiveItem.Event happened:
                (_grid ??= NewGrid(happened.Grid)).Add(happened);
                break;
            case ArchiveItem.Case { Value: var value }:
                LookAt(value);
                break;
            case ArchiveItem.PastKept { Since: var since }:
                _past.Keep(since);
                break;
            case ArchiveItem.Past past:
                LookAt(past);
                break;
            case ArchiveItem.Key key:
                _keys.Add(key.Report);
                if (_keys.Count == GridCheck.Portion)
                    await LookAtKeysAsync(cancellationToken);
                break;
            case ArchiveItem.Audit { Value: var entry }:
                LookAt(entry);
                break;
        }
        Sum.Add(item);
    }

    /// <summary>Looks at what needs the whole; after the last item.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await EndGridAsync(cancellationToken);
        await LookAtKeysAsync(cancellationToken);
        if (_folded != _rows)
            await NameStraysAsync(cancellationToken);
        _past.EndGrids();
        if (!_past.IsBroken && !_past.IsRight)
            await NamePastAsync(cancellationToken);
    }

    private GridCheck NewGrid(string code)
    {
        Sum.Grids++;
        return new GridCheck(code, _past, Report);
    }

    private async Task EndGridAsync(CancellationToken cancellationToken)
    {
        if (_grid is not null)
            _folded += await _grid.EndAsync(archive, cancellationToken);
        _grid = null;
    }

    private void LookAt(StoredTerritory territory)
    {
        var place = $"version {territory.Version} of the territory";
        if (territory.Version != ++_territory)
            Report($"version {_territory} of the territory", "it is missing");
        _territory = territory.Version;
        if (!string.Equals(Convert.ToHexString(SHA256.HashData(territory.GeoJson.Span)), territory.Fingerprint, StringComparison.OrdinalIgnoreCase))
            Report(place, "it has another fingerprint");
    }

    private void LookAt(StoredCase value)
    {
        _rows += GridCheck.MarkOf(value.Id);
        if (StoredCase.Read(value.Row, value.Id, out var read) is { } damage)
        {
            Report($"case {value.Id}", damage);
            return;
        }
        if (StoredCase.ReadFact(value.Fact, value.Id, out _) is { } wrong)
            Report($"the fact of case {value.Id}", wrong);
        var whole = StoredCase.Of(read!);
        if (whole with { Row = value.Row, Fact = value.Fact } != value)
            Report($"case {value.Id}", "what searches look in is not what the case says");
        else if (!whole.Fact.Data.AsSpan().SequenceEqual(value.Fact.Data))
            Report($"the fact of case {value.Id}", "it is not what the case says");
    }

    private void LookAt(ArchiveItem.Past past)
    {
        _past.Add(past);
        if (StoredPast.Read(past.Row, past.Id, past.From, out var read) is { } damage)
            Report($"a past row of case {past.Id}", damage);
        else if (read!.Stage.IsOpen() != past.Open)
            Report($"a past row of case {past.Id}", "it is not where its stage belongs");
    }

    private void LookAt(ArchiveItem.Duty duty)
    {
        if (StoredDuty.Read(duty.Row, duty.UnitId, out var read) is { } damage)
            Report($"the duty state of unit {duty.UnitId}", damage);
        else if ((read!.Unit, read.Squad) != (duty.UnitId, duty.Squad))
            Report($"the duty state of unit {duty.UnitId}", "it is found under another unit or squad than it says");
    }

    private void LookAt(ArchiveItem.Sheet sheet)
    {
        if (StoredSheet.Read(sheet.Row, sheet.Figure.Grid, sheet.Figure.Period, out var read) is { } damage)
            Report(StoredSheet.NameOf(sheet.Figure.Grid, sheet.Figure.Period), damage);
        else if (read!.Figure != sheet.Figure)
            Report(StoredSheet.NameOf(sheet.Figure.Grid, sheet.Figure.Period), "its figures are not those that stand beside it");
    }

    private void LookAt(ArchiveItem.Acknowledgement acknowledgement)
    {
        if (StoredAcknowledgement.Read(acknowledgement.Row, acknowledgement.Alert, out var read) is { } damage)
            Report($"the acknowledgement of alert {acknowledgement.Alert}", damage);
        else if ((read!.Alert, read.At.UtcTicks) != (acknowledgement.Alert, acknowledgement.At))
            Report($"the acknowledgement of alert {acknowledgement.Alert}", "it is found under another alert or time than it says");
    }

    private void LookAt(StoredAudit entry)
    {
        var place = $"entry {Sum.Audit + 1} of the audit trail";
        if (StoredAudit.Read(entry.Row, out var read) is { } damage)
            Report(place, damage);
        else if (StoredAudit.Of(read!) with { Row = entry.Row } != entry)
            Report(place, "what searches look in is not what the entry says");
    }

    private async Task LookAtKeysAsync(CancellationToken cancellationToken)
    {
        var cases = await archive.FindCasesAsync([.. _keys.Select(key => key.CaseId)], cancellationToken);
        for (var i = 0; i < _keys.Count; i++)
            if (cases[i] is null)
                Report($"idempotency key {_keys[i].Key}", $"its case {_keys[i].CaseId} is not there");
        _keys.Clear();
    }

    /// <summary>The rows of cases are not those that the histories fold to: the ones without any history are named. Needs a second pass.</summary>
    private async Task NameStraysAsync(CancellationToken cancellationToken)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var item in archive.ReadAsync(cancellationToken))
            if (item is ArchiveItem.Event happened)
                known.Add(happened.Value.CaseId);
            else if (item is ArchiveItem.Case { Value: var value } && !known.Contains(value.Id))
                Report($"case {value.Id}", "no history knows it");
    }

    /// <summary>The rows of the past are not those that the histories fold to: the cases are named. Needs a second pass.</summary>
    private async Task NamePastAsync(CancellationToken cancellationToken)
    {
        var past = new PastCheck(byCase: true);
        GridReplay? grid = null;
        await foreach (var item in archive.ReadAsync(cancellationToken))
            switch (item)
            {
                case ArchiveItem.PastKept { Since: var since }:
                    past.Keep(since);
                    break;
                case ArchiveItem.Past row:
                    past.Add(row);
                    break;
                case ArchiveItem.Event happened when StoredEvent.Read(happened.Value.Row, happened.Grid, happened.Version, out var read) is null:
                    if (grid?.State.Grid != happened.Grid)
                    {
                        past.EndGrid();
                        grid = new GridReplay(happened.Grid);
                    }
                    grid.Apply(read!);
                    past.Add(read!, grid.Cases[CaseFold.CaseIdOf(read!)]);
                    break;
            }
        past.EndGrid();
        past.EndGrids();
        foreach (var id in past.Wrong)
            Report($"the past of case {id}", "its rows are not what its history folds to");
    }

    private void Report(string place, string damage)
    {
        Faults++;
        fault(place, damage);
    }
}
