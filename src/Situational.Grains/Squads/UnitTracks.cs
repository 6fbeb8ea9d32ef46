using System.Collections.Immutable;
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
/// <param name="duties">Who is on duty.</param>
/// <param name="trails">Takes where units went; not before it is known who is on duty.</param>
internal sealed partial class UnitTracks(SituationClock clock, PatrolOptions options, DutyBook duties, SquadTrails trails)
{
    private readonly Dictionary<string, UnitTrack> _units = new(StringComparer.Ordinal);
    private readonly AgeLimits _limits = options.Limits;
    private readonly List<int> _offDuty = [];
    private TerritoryIndex? _index;
    private List<UnitTrack> _spare = [];

    /// <summary>Units whose rows have to be told.</summary>
    public List<UnitTrack> Changed { get; private set; } = [];

    /// <summary>Takes the units whose rows have to be told; until the next time they are the taker's.</summary>
    public List<UnitTrack> TakeChanged()
    {
        (Changed, _spare) = (_spare, Changed);
        Changed.Clear();
        return _spare;
    }

    /// <summary>Takes a batch.</summary>
    public FixCounts Take(FixBatch batch)
    {
        Tally counts = default;
        var nowMs = clock.NowMs;
        var steadyMs = clock.SteadyMs;
        var fixes = batch.Fixes.AsSpan();
        for (var i = 0; i < fixes.Length; i++)
            if (!Take(in fixes[i], batch.ArrivedAtMs, nowMs, steadyMs, ref counts))
                _offDuty.Add(i);
        if (_offDuty.Count == 0)
            return counts.ToCounts([]);
        var sum = counts.ToCounts([.. _offDuty]);
        _offDuty.Clear();
        return sum;
    }

    /// <summary>Judges all units' states by their age, and lists those that changed or could not be told.</summary>
    public void Age()
    {
        var now = clock.SteadyMs;
        foreach (var unit in _units.Values)
        {
            if (unit.IsOff)
                continue;
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
            if (!unit.IsOff)
                List(unit);
    }

    /// <summary>Holds all units in the grids of another territory.</summary>
    public void Use(TerritoryIndex? index)
    {
        var before = _index;
        _index = index;
        trails.Use(index);
        foreach (var unit in _units.Values)
        {
            var code = CodeIn(before, unit);
            Place(unit);
            if (code != CodeOf(unit))
                unit.EnteredAtMs = before is null ? 0 : unit.Newest.TakenAtMs;
            if (unit.IsOff)
                continue;
            unit.Sequence++;
            List(unit);
        }
    }

    /// <summary>Takes in what was stored; what has come since is newer.</summary>
    public void Restore(IReadOnlyList<StoredFix> stored)
    {
        foreach (var fix in stored)
        {
            if (!_units.TryGetValue(fix.Unit, out var unit))
            {
                if (_units.Count >= options.MaxUnitsPerSquad)
                    continue;
                unit = Add(fix.Unit);
            }
            else if (unit.HasFix)
            {
                continue;
            }
            var atMs = fix.MeasuredAt.ToUnixTimeMilliseconds();
            unit.CallSign = fix.CallSign;
            // It calls for help already, from elsewhere than where its last shift ended.
            if (unit.SosAtMs != 0 && atMs < unit.TakesFromMs && IsRefused(unit.TakesFromMs, clock.NowMs))
            {
                List(unit);
                continue;
            }
            unit.Newest = new TakenFix(fix.Latitude, fix.Longitude, atMs, atMs, FixMarks.None);
            unit.AccuracyMeters = (float)fix.AccuracyMeters;
            unit.SpeedMetersPerSecond = (float)fix.SpeedMetersPerSecond;
            unit.HeadingDegrees = (float)fix.HeadingDegrees;
            unit.BornAt = clock.SteadyMs - Math.Max(0, clock.NowMs - atMs);
            unit.StoredGrid = fix.Grid;
            unit.State = UnitStates.ByAge(clock.SteadyMs - unit.BornAt, _limits);
            Place(unit);
            List(unit);
        }
    }

    /// <summary>Takes the fixes that are not stored yet.</summary>
    public List<StoredFix> TakeUnsaved()
    {
        var unsaved = new List<StoredFix>();
        // Of who is off duty nothing is stored, so nothing is before it is known who is.
        if (!duties.IsKnown)
            return unsaved;
        foreach (var unit in _units.Values)
        {
            if (!unit.IsUnsaved)
                continue;
            unit.IsUnsaved = false;
            if (!unit.HasFix)
                continue;
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

    /// <returns>False when it is refused because its unit is off duty, or was when it was measured.</returns>
    private bool Take(ref readonly Fix fix, long arrivedAtMs, long nowMs, long steadyMs, ref Tally counts)
    {
        if (FixRules.Check(
            fix.Latitude, fix.Longitude, fix.AccuracyMeters, fix.SpeedMetersPerSecond, fix.HeadingDegrees, fix.MeasuredAtMs, nowMs) != FixFault.None)
        {
            counts.Refused++;
            return true;
        }
        if (!_units.TryGetValue(fix.Unit, out var unit))
            return TakeFirst(in fix, arrivedAtMs, nowMs, steadyMs, ref counts);
        if (fix.MeasuredAtMs < unit.TakesFromMs && IsRefused(unit.TakesFromMs, nowMs))
            return false;
        var outcome = FixOrder.Judge(in unit.Newest, fix.Latitude, fix.Longitude, fix.MeasuredAtMs, arrivedAtMs, out var taken);
        int here;
        if (outcome != FixOutcome.Moved)
        {
            here = _index?.Locate(fix.Latitude, fix.Longitude) ?? -1;
            // The time of one dated ahead is a guess: among points that lie before it has no place.
            if (outcome == FixOutcome.Older && taken.Marks == FixMarks.None && duties.IsKnown)
                trails.Take(unit, in fix, taken.TakenAtMs, here, always: false);
            Count(outcome, taken.Marks, here, ref counts);
            return true;
        }
        here = -1;
        var held = unit.Hold.Ordinal;
        if (_index is not null)
        {
            unit.Hold = GridHysteresis.Next(
                _index, in unit.Hold, fix.Latitude, fix.Longitude, fix.AccuracyMeters, taken.TakenAtMs, out here);
            if (unit.Hold.Ordinal != held)
                unit.EnteredAtMs = taken.TakenAtMs;
        }
        Keep(unit, in fix, in taken, nowMs, steadyMs);
        unit.Sequence++;
        if (duties.IsKnown)
            trails.Take(unit, in fix, taken.TakenAtMs, unit.Hold.Ordinal, always: unit.Hold.Ordinal != held);
        Count(outcome, taken.Marks, here, ref counts);
        return true;
    }

    private bool TakeFirst(ref readonly Fix fix, long arrivedAtMs, long nowMs, long steadyMs, ref Tally counts)
    {
        var takesFromMs = DutyBook.TakesFromMs(duties.Of(fix.Unit));
        if (fix.MeasuredAtMs < takesFromMs && IsRefused(takesFromMs, nowMs))
            return false;
        if (_units.Count >= options.MaxUnitsPerSquad)
        {
            counts.Refused++;
            return true;
        }
        var unit = Add(fix.Unit);
        var taken = FixOrder.First(fix.Latitude, fix.Longitude, fix.MeasuredAtMs, arrivedAtMs);
        Keep(unit, in fix, in taken, nowMs, steadyMs);
        unit.EnteredAtMs = taken.TakenAtMs;
        Place(unit);
        if (duties.IsKnown)
            trails.Take(unit, in fix, taken.TakenAtMs, unit.Hold.Ordinal, always: true);
        Count(FixOutcome.Moved, taken.Marks, unit.Hold.Ordinal, ref counts);
        return true;
    }

    private UnitTrack Add(string id)
    {
        var unit = new UnitTrack(id) { Sequence = clock.FirstNumber() };
        Enter(unit, duties.Of(id));
        _units.Add(id, unit);
        return unit;
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

    private static void Count(FixOutcome outcome, FixMarks marks, int here, ref Tally counts)
    {
        counts.Moved += outcome == FixOutcome.Moved ? 1 : 0;
        counts.Older += outcome == FixOutcome.Older ? 1 : 0;
        counts.Repeated += outcome == FixOutcome.Repeated ? 1 : 0;
        counts.Future += (marks & FixMarks.Future) != 0 ? 1 : 0;
        counts.Jumps += (marks & FixMarks.Jump) != 0 ? 1 : 0;
        counts.Outside += here < 0 ? 1 : 0;
    }

    /// <summary>What <see cref="FixCounts"/> says, while it is counted.</summary>
    private struct Tally
    {
        public int Moved, Older, Repeated, Future, Jumps, Outside, Refused;

        public readonly FixCounts ToCounts(ImmutableArray<int> offDuty) =>
            new(Moved, Older, Repeated, Future, Jumps, Outside, Refused, offDuty.IsEmpty ? default : offDuty);
    }
}
