using Situational.Domain.Journal;
using Situational.Domain.Patrols;
using Situational.Domain.Territory;
using Situational.Grains.Messages;
using Situational.Grains.Options;

namespace Situational.Grains.Squads;

/// <summary>
/// A squad's units: takes fixes, holds each unit in its grid, and lists what changed. No awaits and no I/O: the squad tells the grids and
/// the store. Used inside one grain's turns only.
/// </summary>
/// <param name="clock">The silo's clock.</param>
/// <param name="options">Limits and bounds.</param>
internal sealed class UnitTracks(SituationClock clock, PatrolOptions options)
{
    private readonly Dictionary<string, UnitTrack> _units = new(StringComparer.Ordinal);
    private readonly AgeLimits _limits = options.Limits;
    private TerritoryIndex? _index;

    /// <summary>Units whose rows have to be told; emptied by the one who tells them.</summary>
    public List<UnitTrack> Changed { get; } = [];

    /// <summary>Takes a batch.</summary>
    public FixCounts Take(FixBatch batch)
    {
        FixCounts counts = default;
        var nowMs = clock.NowMs;
        var steadyMs = clock.SteadyMs;
        foreach (ref readonly var fix in batch.Fixes.AsSpan())
            Take(in fix, batch.ArrivedAtMs, nowMs, steadyMs, ref counts);
        return counts;
    }

    /// <summary>Judges all units' states by their age, and lists those that changed or could not be told.</summary>
    public void Age()
    {
        var now = clock.SteadyMs;
        foreach (var unit in _units.Values)
        {
            var state = UnitStates.ByAge(now - unit.BornAt, _limits);
            if (state != unit.State)
            {
                unit.State = state;
                unit.Sequence++;
                List(unit);
            }
            else if (unit.IsUntold)
            {
                List(unit);
            }
        }
    }

    /// <summary>Lists all units, changed or not, so that their grids hear of them again.</summary>
    public void ListAll()
    {
        foreach (var unit in _units.Values)
            List(unit);
    }

    /// <summary>Holds all units in the grids of another territory.</summary>
    public void Use(TerritoryIndex? index)
    {
        var before = _index;
        _index = index;
        foreach (var unit in _units.Values)
        {
            var code = CodeIn(before, unit);
            Place(unit);
            if (code != CodeOf(unit))
                unit.EnteredAtMs = before is null ? 0 : unit.Newest.TakenAtMs;
            unit.Sequence++;
            List(unit);
        }
    }

    /// <summary>Takes in what was stored; what has come since is newer.</summary>
    public void Restore(IReadOnlyList<StoredFix> stored)
    {
        foreach (var fix in stored)
        {
            if (_units.ContainsKey(fix.Unit) || _units.Count >= options.MaxUnitsPerSquad)
                continue;
            var atMs = fix.MeasuredAt.ToUnixTimeMilliseconds();
            var unit = new UnitTrack(fix.Unit)
            {
                CallSign = fix.CallSign,
                Newest = new TakenFix(fix.Latitude, fix.Longitude, atMs, atMs, FixMarks.None),
                AccuracyMeters = (float)fix.AccuracyMeters,
                SpeedMetersPerSecond = (float)fix.SpeedMetersPerSecond,
                HeadingDegrees = (float)fix.HeadingDegrees,
                BornAt = clock.SteadyMs - Math.Max(0, clock.NowMs - atMs),
                StoredGrid = fix.Grid,
                Sequence = clock.FirstNumber(),
            };
            unit.State = UnitStates.ByAge(clock.SteadyMs - unit.BornAt, _limits);
            Place(unit);
            _units.Add(unit.Unit, unit);
            List(unit);
        }
    }

    /// <summary>Takes the fixes that are not stored yet.</summary>
    public List<StoredFix> TakeUnsaved()
    {
        var unsaved = new List<StoredFix>();
        foreach (var unit in _units.Values)
        {
            if (!unit.IsUnsaved)
                continue;
            unit.IsUnsaved = false;
            unsaved.Add(new StoredFix(
                unit.Unit, unit.CallSign, CodeOf(unit), unit.Newest.Latitude, unit.Newest.Longitude, unit.AccuracyMeters,
                unit.SpeedMetersPerSecond, unit.HeadingDegrees, DateTimeOffset.FromUnixTimeMilliseconds(unit.Newest.TakenAtMs)));
        }
        return unsaved;
    }

    /// <summary>Gives fixes back that could not be stored.</summary>
    public void GiveBack(List<StoredFix> unsaved)
    {
        foreach (var fix in unsaved)
            if (_units.TryGetValue(fix.Unit, out var unit))
                unit.IsUnsaved = true;
    }

    private void Take(ref readonly Fix fix, long arrivedAtMs, long nowMs, long steadyMs, ref FixCounts counts)
    {
        if (FixRules.Check(
            fix.Latitude, fix.Longitude, fix.AccuracyMeters, fix.SpeedMetersPerSecond, fix.HeadingDegrees, fix.MeasuredAtMs, nowMs) != FixFault.None)
        {
            counts = counts with { Refused = counts.Refused + 1 };
            return;
        }
        if (!_units.TryGetValue(fix.Unit, out var unit))
        {
            TakeFirst(in fix, arrivedAtMs, nowMs, steadyMs, ref counts);
            return;
        }
        var outcome = FixOrder.Judge(in unit.Newest, fix.Latitude, fix.Longitude, fix.MeasuredAtMs, arrivedAtMs, out var taken);
        int here;
        if (outcome != FixOutcome.Moved)
        {
            here = _index?.Locate(fix.Latitude, fix.Longitude) ?? -1;
            Count(outcome, taken.Marks, here, ref counts);
            return;
        }
        here = -1;
        if (_index is not null)
        {
            var held = unit.Hold.Ordinal;
            unit.Hold = GridHysteresis.Next(
                _index, in unit.Hold, fix.Latitude, fix.Longitude, fix.AccuracyMeters, taken.TakenAtMs, out here);
            if (unit.Hold.Ordinal != held)
                unit.EnteredAtMs = taken.TakenAtMs;
        }
        Keep(unit, in fix, in taken, nowMs, steadyMs);
        unit.Sequence++;
        Count(outcome, taken.Marks, here, ref counts);
    }

    private void TakeFirst(ref readonly Fix fix, long arrivedAtMs, long nowMs, long steadyMs, ref FixCounts counts)
    {
        if (_units.Count >= options.MaxUnitsPerSquad)
        {
            counts = counts with { Refused = counts.Refused + 1 };
            return;
        }
        var unit = new UnitTrack(fix.Unit) { Sequence = clock.FirstNumber() };
        var taken = FixOrder.First(fix.Latitude, fix.Longitude, fix.MeasuredAtMs, arrivedAtMs);
        Keep(unit, in fix, in taken, nowMs, steadyMs);
        unit.EnteredAtMs = taken.TakenAtMs;
        Place(unit);
        _units.Add(unit.Unit, unit);
        Count(FixOutcome.Moved, taken.Marks, unit.Hold.Ordinal, ref counts);
    }

    private void Keep(UnitTrack unit, ref readonly Fix fix, ref readonly TakenFix taken, long nowMs, long steadyMs)
    {
        unit.Newest = taken;
        unit.AccuracyMeters = fix.AccuracyMeters;
        unit.SpeedMetersPerSecond = fix.SpeedMetersPerSecond;
        unit.HeadingDegrees = fix.HeadingDegrees;
        unit.CallSign = fix.CallSign ?? unit.CallSign;
        if (fix.BatteryPercent >= 0)
            unit.BatteryPercent = fix.BatteryPercent;
        unit.BornAt = steadyMs - Math.Max(0, nowMs - taken.TakenAtMs);
        unit.State = UnitStates.ByAge(steadyMs - unit.BornAt, _limits);
        unit.IsUnsaved = true;
        // Where it was held when it was stored says nothing of where it is now.
        unit.StoredGrid = null;
        List(unit);
    }

    /// <summary>Puts a unit where its newest fix lies, or where it was held when it was stored.</summary>
    private void Place(UnitTrack unit)
    {
        if (_index is null)
        {
            unit.Hold = GridHold.In(-1);
            return;
        }
        var stored = unit.StoredGrid is null ? -1 : _index.Territory.OrdinalOf(unit.StoredGrid);
        unit.StoredGrid = null;
        unit.Hold = stored >= 0
            ? GridHold.In(stored)
            : GridHysteresis.First(_index, unit.Newest.Latitude, unit.Newest.Longitude);
    }

    private string CodeOf(UnitTrack unit) => CodeIn(_index, unit);

    private static string CodeIn(TerritoryIndex? index, UnitTrack unit) =>
        unit.Hold.Ordinal >= 0 && index is not null ? index.Territory.Grids[unit.Hold.Ordinal].Code : unit.StoredGrid ?? IGridGrain.Outside;

    private void List(UnitTrack unit)
    {
        if (unit.IsListed)
            return;
        unit.IsListed = true;
        Changed.Add(unit);
    }

    private static void Count(FixOutcome outcome, FixMarks marks, int here, ref FixCounts counts) => counts = counts with
    {
        Moved = counts.Moved + (outcome == FixOutcome.Moved ? 1 : 0),
        Older = counts.Older + (outcome == FixOutcome.Older ? 1 : 0),
        Repeated = counts.Repeated + (outcome == FixOutcome.Repeated ? 1 : 0),
        Future = counts.Future + ((marks & FixMarks.Future) != 0 ? 1 : 0),
        Jumps = counts.Jumps + ((marks & FixMarks.Jump) != 0 ? 1 : 0),
        Outside = counts.Outside + (here < 0 ? 1 : 0),
    };
}
