using Situational.Contracts.Feed;
using Situational.Domain.Patrols;
using Situational.Domain.Territory;
using Situational.Grains.Messages;

namespace Situational.Host.Feed;

/// <summary>What became of a grid's change.</summary>
internal enum MergeOutcome
{
    /// <summary>It is in the picture.</summary>
    Applied,

    /// <summary>The picture knew it already.</summary>
    Known,

    /// <summary>Something before it is missing: the grid must be asked.</summary>
    Gap,

    /// <summary>The picture's territory has no such grid.</summary>
    NoSuchGrid,
}

/// <summary>
/// The node's whole picture of the city over one territory, merged by the grids' revisions; every unit has one owner, the highest
/// sequence wins, whatever the order in which grids speak. Also what changed since the last cut. Guarded by the live view's gate.
/// </summary>
internal sealed partial class CityPicture
{
    /// <summary>Events kept for the tickers of screens that come.</summary>
    private const int EventsKept = 500;

    private readonly Dictionary<string, UnitSlot> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AreaScope> _scopes = new(StringComparer.Ordinal);
    private readonly List<UnitSlot> _left = [];
    private readonly List<CaseSlot> _closed = [];
    private long _pass;

    /// <param name="territory">What the city consists of; null before there is one.</param>
    /// <param name="before">The picture over another territory that this one takes the place of: what it knows of grids that both have goes on.</param>
    public CityPicture(CityTerritory? territory, CityPicture? before = null)
    {
        Territory = territory;
        Outside = territory?.Grids.Count ?? 0;
        Grids = new GridSlot[Outside + 1];
        for (var i = 0; i < Outside; i++)
            Grids[i] = new GridSlot(territory!.Grids[i].Code, i);
        Grids[Outside] = new GridSlot(FeedNames.Outside, Outside);
        if (before is not null)
            Carry(before);
    }

    public CityTerritory? Territory { get; }

    /// <summary>Whether events that name a unit are noted. Default: true.</summary>
    public bool NotesUnits { get; init; } = true;

    public int TerritoryVersion => Territory?.Version ?? 0;

    /// <summary>All grids by ordinal, the pseudo-grid last.</summary>
    public GridSlot[] Grids { get; }

    /// <summary>Ordinal of the pseudo-grid of units that are in no grid.</summary>
    public int Outside { get; }

    /// <summary>Grids heard.</summary>
    public int Heard { get; private set; }

    /// <summary>All units by id; those that left since the last cut own no grid.</summary>
    public IReadOnlyDictionary<string, UnitSlot> Units => _units;

    /// <summary>Rises with every change.</summary>
    public long Step { get; private set; }

    public EventLog Events { get; } = new(EventsKept);

    /// <summary>Changed since <see cref="Settle"/>.</summary>
    public List<GridSlot> DirtyGrids { get; } = [];

    /// <inheritdoc cref="DirtyGrids" />
    public List<UnitSlot> DirtyUnits { get; } = [];

    /// <inheritdoc cref="DirtyGrids" />
    public List<CaseSlot> DirtyCases { get; } = [];

    /// <summary>Events since <see cref="Settle"/>.</summary>
    public List<CityEvent> NewEvents { get; } = [];

    public bool Dirty => DirtyGrids.Count > 0 || DirtyUnits.Count > 0 || DirtyCases.Count > 0;

    /// <summary>The slot of a grid, or null.</summary>
    public GridSlot? Find(string grid)
    {
        if (grid == FeedNames.Outside)
            return Grids[Outside];
        var ordinal = Territory?.OrdinalOf(grid) ?? -1;
        return ordinal < 0 ? null : Grids[ordinal];
    }

    /// <summary>Code that a watch of that area goes by, or null if there is no such area. The word <c>city</c> means the root, also before there is one.</summary>
    public string? AreaOf(string area)
    {
        if (Territory is null)
            return area == RootAlias ? RootAlias : null;
        if (Territory.Find(area) is { } found)
            return found.Code;
        return area == RootAlias ? Territory.City.Code : null;
    }

    /// <summary>Whether an area, by a code that <see cref="AreaOf"/> gave, is another one or lies under it; everything lies in the empty code.</summary>
    public bool LiesIn(string code, string other)
    {
        if (other.Length == 0)
            return true;
        for (var area = Territory?.Find(code); area is not null; area = area.Parent is null ? null : Territory!.Find(area.Parent))
            if (area.Code == other)
                return true;
        return false;
    }

    /// <summary>The alias of the root area.</summary>
    public const string RootAlias = "city";

    /// <summary>Which grids an area has, by a code that <see cref="AreaOf"/> gave.</summary>
    public AreaScope Scope(string code)
    {
        if (_scopes.TryGetValue(code, out var scope))
            return scope;
        var root = Territory is null || Territory.City.Code == code;
        var under = Territory?.GridsUnder(code) ?? [];
        int[] ordinals = root ? [.. under, Outside] : [.. under];
        scope = new AreaScope(code, ordinals, Grids.Length);
        _scopes.Add(code, scope);
        return scope;
    }

    /// <summary>As <see cref="Scope"/>, by an area's code as anyone may say it; null if there is no such area.</summary>
    public AreaScope? ScopeOf(string area) => AreaOf(area) is { } code ? Scope(code) : null;

    /// <summary>Takes in what a grid said.</summary>
    /// <param name="change">What it said.</param>
    /// <param name="timestamp">The node's monotonic clock.</param>
    /// <param name="nowMs">The node's clock, for events.</param>
    /// <param name="answered">Whether the grid said it because it was asked.</param>
    public MergeOutcome Merge(GridChange change, long timestamp, long nowMs, bool answered = false)
    {
        if (Find(change.Grid) is not { } slot)
            return MergeOutcome.NoSuchGrid;
        slot.HeardAt = timestamp;
        var sameActivation = slot.Known && slot.Activation == change.Activation;
        if (change.Full)
        {
            if (sameActivation && change.Revision < slot.Revision)
                return MergeOutcome.Known;
            // Either a late word of an activation that has ended, or the machine's clock was set back between two of them. The one that
            // lives tells them apart: what comes late is never the answer to an ask.
            if (slot.Known && !sameActivation && change.Revision < slot.Revision && !(answered && slot.Doubted == change.Activation))
            {
                slot.Doubted = change.Activation;
                return MergeOutcome.Gap;
            }
        }
        else
        {
            if (sameActivation && change.Revision <= slot.Revision)
                return MergeOutcome.Known;
            // Rows are absolute, so a change that reaches back further than needed says the same.
            if (!sameActivation || change.Previous > slot.Revision)
            {
                slot.Want(change);
                if (!sameActivation)
                    slot.Doubted = change.Activation;
                return MergeOutcome.Gap;
            }
        }
        Apply(slot, change, nowMs);
        return MergeOutcome.Applied;
    }

    /// <summary>Forgets what changed: it was cut.</summary>
    public void Settle()
    {
        foreach (var slot in DirtyGrids)
            slot.Dirty = false;
        foreach (var unit in DirtyUnits)
        {
            unit.Dirty = false;
            unit.CutGrid = unit.Grid;
            unit.CutLatitude6 = unit.Latitude6;
            unit.CutLongitude6 = unit.Longitude6;
            if (unit.Grid < 0)
                _units.Remove(unit.Id);
        }
        foreach (var open in DirtyCases)
        {
            open.Dirty = false;
            open.Cut = true;
        }
        DirtyGrids.Clear();
        DirtyUnits.Clear();
        DirtyCases.Clear();
        NewEvents.Clear();
    }

    private void Apply(GridSlot slot, GridChange change, long nowMs)
    {
        Step++;
        if (!slot.Known)
            Heard++;
        else if (slot.Summary.Silent != change.Summary.Silent)
            Note(new CityEvent(nowMs, change.Summary.Silent ? EventKind.Silent : EventKind.Heard, slot.Code, slot.Ordinal, 0));
        if (slot.Take(change))
            Touch(slot);
        _pass++;
        foreach (var row in change.Units)
            Place(slot, row, nowMs);
        foreach (var row in change.Cases)
            Open(slot, row, nowMs);
        if (change.Full)
        {
            DropUnseen(slot, nowMs);
            return;
        }
        foreach (var left in change.Left)
            if (_units.TryGetValue(left.Unit, out var unit) && unit.Grid == slot.Ordinal && unit.Row.Sequence <= left.Sequence)
                Remove(unit);
        foreach (var id in change.Closed)
            if (slot.Cases.TryGetValue(id, out var closed))
                Close(slot, closed, null, nowMs);
    }

    private void DropUnseen(GridSlot slot, long nowMs)
    {
        foreach (var unit in slot.Units)
            if (unit.Pass != _pass)
                _left.Add(unit);
        foreach (var unit in _left)
            Remove(unit);
        _left.Clear();
        // A grid that could not read its history does not know its cases: what it does not name is not closed.
        if (!slot.Summary.Loaded)
            return;
        foreach (var open in slot.Cases.Values)
            if (open.Pass != _pass)
                _closed.Add(open);
        foreach (var closed in _closed)
            Close(slot, closed, null, nowMs);
        _closed.Clear();
    }

    private void Place(GridSlot slot, in UnitRow row, long nowMs)
    {
        if (!_units.TryGetValue(row.Unit, out var unit))
        {
            unit = new UnitSlot(row.Unit);
            _units.Add(row.Unit, unit);
        }
        else if (unit.Grid == slot.Ordinal)
        {
            // A grid's own word on its own units is in order already, its revisions see to that.
            unit.Pass = _pass;
            if (unit.Row == row)
                return;
        }
        else if (unit.Grid >= 0 && row.Sequence <= unit.Row.Sequence)
        {
            return;
        }
        unit.Pass = _pass;
        var present = unit.Grid >= 0;
        var wasGone = present && unit.Row.State == (byte)UnitState.Gone;
        var isGone = row.State == (byte)UnitState.Gone;
        if (present && wasGone != isGone)
            NoteUnit(new CityEvent(nowMs, isGone ? EventKind.Gone : EventKind.Back, unit.Id, slot.Ordinal, 0));
        if (row.SosAtMs != 0 && (!present || unit.Row.SosAtMs != row.SosAtMs))
            NoteUnit(new CityEvent(row.SosAtMs, EventKind.Sos, unit.Id, slot.Ordinal, 0));
        else if (present && row.SosAtMs == 0 && unit.Row.SosAtMs != 0)
            NoteUnit(new CityEvent(nowMs, EventKind.SosAnswered, unit.Id, slot.Ordinal, 0));
        Unlink(unit);
        unit.Row = row;
        unit.Grid = slot.Ordinal;
        unit.Latitude6 = Micro(row.Latitude);
        unit.Longitude6 = Micro(row.Longitude);
        slot.Units.Add(unit);
        slot.States[row.State & 3]++;
        Touch(unit);
    }

    private void Remove(UnitSlot unit)
    {
        Unlink(unit);
        unit.Grid = -1;
        Touch(unit);
    }

    private void Unlink(UnitSlot unit)
    {
        if (unit.Grid < 0)
            return;
        var owner = Grids[unit.Grid];
        owner.Units.Remove(unit);
        owner.States[unit.Row.State & 3]--;
    }

    private void NoteUnit(in CityEvent happened)
    {
        if (NotesUnits)
            Note(happened);
    }

    private void Note(in CityEvent happened)
    {
        // One that is known already, or older than all that is kept, is no news to any screen.
        if (Events.Add(happened))
            NewEvents.Add(happened);
    }

    private void Touch(GridSlot slot)
    {
        if (slot.Held && slot.News)
            slot.Held = slot.Dirty = false;
        if (slot.Dirty)
            return;
        slot.Dirty = true;
        DirtyGrids.Add(slot);
    }

    private void Touch(UnitSlot unit)
    {
        if (unit.Dirty)
            return;
        unit.Dirty = true;
        DirtyUnits.Add(unit);
    }

    private void Touch(CaseSlot open)
    {
        if (open.Dirty)
            return;
        open.Dirty = true;
        DirtyCases.Add(open);
    }

    private static int Micro(double degrees) => (int)Math.Round(degrees * 1e6);
}
