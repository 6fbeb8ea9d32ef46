using System.Collections.Immutable;
using Situational.Domain.Journal;
using Situational.Domain.Patrols;
using Situational.Grains.Messages;

namespace Situational.Grains.Squads;

/// <summary>The side of duty: who may be shown, and who calls for help.</summary>
internal sealed partial class UnitTracks
{
    private const long EndSaidAgainMs = 3_600_000;

    /// <summary>
    /// It is known now who is on duty. What came before from who is off duty, or was when it was measured, is forgotten: it was neither told
    /// nor stored.
    /// </summary>
    public void KnowDuties()
    {
        var nowMs = clock.NowMs;
        foreach (var duty in duties.All)
        {
            if (_units.TryGetValue(duty.Unit, out var unit))
            {
                Enter(unit, duty);
                if (unit.IsUnsaved && unit.Newest.TakenAtMs < unit.TakesFromMs && IsRefused(unit.TakesFromMs, nowMs))
                    Forget(unit);
                List(unit);
            }
            if (duty.Sos is { AnsweredAt: null } open && PlaceOf(duty.Unit) is null)
                PutForHelp(duty.Unit, open.Latitude ?? 0, open.Longitude ?? 0);
        }
    }

    /// <summary>Takes in what is durable now about a unit's duty, and lists it.</summary>
    public void Apply(UnitDuty duty)
    {
        duties.Put(duty);
        if (!_units.TryGetValue(duty.Unit, out var unit))
            return;
        var wasOff = unit.IsOff;
        Enter(unit, duty);
        unit.Sequence++;
        if (unit.IsOff && !wasOff && unit.HasFix)
            trails.End(unit, duty.Since.ToUnixTimeMilliseconds());
        if (wasOff && !unit.IsOff)
        {
            unit.EnteredAtMs = duty.Since.ToUnixTimeMilliseconds();
            unit.State = UnitStates.ByAge(clock.SteadyMs - unit.BornAt, _limits);
        }
        if (unit.SosAtMs == 0 && !unit.HasFix)
            Forget(unit);
        else if (unit.SosAtMs != 0 && !IsPlacedByFix(unit))
            PutAt(unit, duty.Sos?.Latitude ?? 0, duty.Sos?.Longitude ?? 0, clock.NowMs);
        List(unit);
    }

    /// <summary>
    /// Puts the marker of a unit that calls for help where it says it is. That is no fix: its newest fix keeps its time, and the next one
    /// moves the marker on, whatever clock the device has.
    /// </summary>
    public void PutForHelp(string id, double latitude, double longitude) =>
        PutAt(_units.TryGetValue(id, out var unit) ? unit : Add(id), latitude, longitude, clock.NowMs);

    /// <summary>The last place known of a unit in its present shift, or null.</summary>
    public (double Latitude, double Longitude)? PlaceOf(string id) =>
        _units.TryGetValue(id, out var unit) && IsPlacedByFix(unit) ? (unit.Newest.Latitude, unit.Newest.Longitude) : null;

    /// <summary>Everyone of whom something is known.</summary>
    public ImmutableArray<SquadMember> Describe(string squad)
    {
        var members = ImmutableArray.CreateBuilder<SquadMember>(_units.Count);
        foreach (var unit in _units.Values)
        {
            var shown = !unit.IsOff && (unit.HasFix || unit.SosAtMs != 0);
            members.Add(new SquadMember(
                DutyBook.ToRow(unit.Unit, duties.Of(unit.Unit)), unit.CallSign, shown ? unit.ToRow(squad) : null, shown && unit.HasPlace ? CodeOf(unit) : null));
        }
        foreach (var duty in duties.All)
            if (!_units.ContainsKey(duty.Unit))
                members.Add(new SquadMember(DutyBook.ToRow(duty.Unit, duty), duty.Unit, null, null));
        return members.DrainToImmutable();
    }

    /// <summary>
    /// Says again where trails ended lately: with the process the last points of ten seconds may be lost, and without its end a unit would
    /// stay on the map of the past for a while.
    /// </summary>
    public void SayEndsAgain()
    {
        var nowMs = clock.NowMs;
        foreach (var unit in _units.Values)
            if (unit.IsOff && unit.HasFix && duties.Of(unit.Unit) is { } duty && nowMs - duty.Since.ToUnixTimeMilliseconds() is >= 0 and < EndSaidAgainMs)
                trails.End(unit, duty.Since.ToUnixTimeMilliseconds());
    }

    private static void Enter(UnitTrack unit, UnitDuty? duty)
    {
        unit.TakesFromMs = DutyBook.TakesFromMs(duty);
        unit.SosAtMs = DutyBook.SosAtMs(duty);
    }

    /// <summary>
    /// Whether a fix measured before that time is refused. When a server's clock was set back, that it went on duty lies ahead: then nobody
    /// knows what was before, and a wrong clock must not keep anyone off the map.
    /// </summary>
    private static bool IsRefused(long takesFromMs, long nowMs) => takesFromMs == long.MaxValue || takesFromMs <= nowMs;

    /// <summary>
    /// A fix of its present shift is known. Where it was before it went off duty is nobody's business, and says nothing of where it calls for
    /// help now.
    /// </summary>
    private bool IsPlacedByFix(UnitTrack unit) =>
        unit.HasFix && (unit.Newest.TakenAtMs >= unit.TakesFromMs || !IsRefused(unit.TakesFromMs, clock.NowMs));

    /// <summary>Drops a unit; if it is listed, its grid hears that it left.</summary>
    private void Forget(UnitTrack unit)
    {
        unit.TakesFromMs = long.MaxValue;
        unit.IsUnsaved = false;
        _units.Remove(unit.Unit);
    }

    private void PutAt(UnitTrack unit, double latitude, double longitude, long atMs)
    {
        var before = unit.Hold.Ordinal;
        if (!IsPlacedByFix(unit))
            unit.Newest = default;
        unit.Newest = unit.Newest with { Latitude = latitude, Longitude = longitude };
        unit.StoredGrid = null;
        if (!unit.HasFix)
        {
            unit.HeadingDegrees = unit.SpeedMetersPerSecond = unit.AccuracyMeters = float.NaN;
            unit.BornAt = clock.SteadyMs - clock.NowMs;
            unit.State = UnitState.Gone;
        }
        unit.IsUnsaved = unit.HasFix;
        Place(unit);
        if (unit.Hold.Ordinal != before)
            unit.EnteredAtMs = atMs;
        unit.Sequence++;
        List(unit);
    }
}
