using System.Collections.Immutable;
using Situational.Domain.Patrols;
using Situational.Grains.Messages;

namespace Situational.Grains.Grids;

/// <summary>
/// The units in one grid, folded from what squads say in whatever order it arrives: of two words about a unit the one of the higher
/// sequence holds, be it a row or a leaving. Used inside one grain's turns only.
/// </summary>
/// <param name="clock">The silo's clock.</param>
/// <param name="maxUnits">How many units are listed.</param>
/// <param name="leaseMs">After how long a unit that nobody says any more is dropped, in milliseconds.</param>
internal sealed class GridUnits(SituationClock clock, int maxUnits, long leaseMs)
{
    private readonly Dictionary<string, Present> _present = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Leaving> _left = new(StringComparer.Ordinal);
    private readonly List<string> _lapsed = [];
    private readonly long _activatedAt = clock.SteadyMs;
    private long? _heardAt;

    /// <summary>Units that are not gone.</summary>
    public int Count { get; private set; }

    /// <summary>Units of all states.</summary>
    public int Listed => _present.Count;

    /// <summary>Time of the newest report or fix, milliseconds since 1970; 0 for none.</summary>
    public long HeardAtMs { get; private set; }

    /// <summary>
    /// How long nothing was heard, in milliseconds of the steady clock. An activation that has heard nothing counts from its beginning,
    /// so that a fresh start does not call every grid silent at once.
    /// </summary>
    public long UnheardMs => clock.SteadyMs - Math.Max(_heardAt ?? _activatedAt, _activatedAt);

    /// <summary>Notes that something was heard.</summary>
    /// <param name="atMs">When it was measured or reported, milliseconds since 1970.</param>
    public void Heard(long atMs)
    {
        HeardAtMs = Math.Max(HeardAtMs, atMs);
        var heardAt = clock.SteadyMs - Math.Max(0, clock.NowMs - atMs);
        _heardAt = Math.Max(_heardAt ?? long.MinValue, heardAt);
    }

    /// <summary>Takes a squad's word.</summary>
    /// <param name="moved">What it says.</param>
    /// <param name="changed">Receives rows that changed.</param>
    /// <param name="left">Receives units that are here no longer.</param>
    /// <returns>How many units were not listed because the grid is full.</returns>
    public int Take(UnitsMoved moved, ImmutableArray<UnitRow>.Builder changed, ImmutableArray<UnitLeft>.Builder left)
    {
        var now = clock.SteadyMs;
        var dropped = 0;
        foreach (ref readonly var row in moved.Present.AsSpan())
        {
            if (!TakeRow(in row, now, ref dropped))
                continue;
            changed.Add(row);
        }
        foreach (ref readonly var leaving in moved.Left.AsSpan())
        {
            if (_left.TryGetValue(leaving.Unit, out var before) && before.Sequence >= leaving.Sequence)
                continue;
            if (_present.TryGetValue(leaving.Unit, out var here))
            {
                if (here.Row.Sequence > leaving.Sequence)
                    continue;
                Remove(leaving.Unit, here.Row);
                left.Add(leaving);
            }
            // Kept for a while, so that a row that was sent before but arrives after does not bring the unit back.
            if (_left.Count < maxUnits || before.Sequence > 0)
                _left[leaving.Unit] = new Leaving(leaving.Sequence, now);
        }
        return dropped;
    }

    /// <summary>Drops units whose squad no longer says them, and forgets old leavings.</summary>
    /// <param name="left">Receives the dropped units.</param>
    public void Lapse(ImmutableArray<UnitLeft>.Builder left)
    {
        var now = clock.SteadyMs;
        foreach (var (unit, here) in _present)
            if (now - here.SaidAt > leaseMs)
                _lapsed.Add(unit);
        foreach (var unit in _lapsed)
        {
            var row = _present[unit].Row;
            Remove(unit, row);
            left.Add(new UnitLeft(unit, row.Sequence));
        }
        _lapsed.Clear();
        foreach (var (unit, leaving) in _left)
            if (now - leaving.At > leaseMs)
                _lapsed.Add(unit);
        foreach (var unit in _lapsed)
            _left.Remove(unit);
        _lapsed.Clear();
    }

    /// <summary>All rows, in no order.</summary>
    public ImmutableArray<UnitRow> All()
    {
        var rows = ImmutableArray.CreateBuilder<UnitRow>(_present.Count);
        foreach (var here in _present.Values)
            rows.Add(here.Row);
        return rows.MoveToImmutable();
    }

    private bool TakeRow(ref readonly UnitRow row, long now, ref int dropped)
    {
        if (_left.TryGetValue(row.Unit, out var leaving) && leaving.Sequence >= row.Sequence)
            return false;
        var known = _present.TryGetValue(row.Unit, out var here);
        if (known && here.Row.Sequence >= row.Sequence)
        {
            if (here.Row.Sequence == row.Sequence)
                _present[row.Unit] = here with { SaidAt = now };
            return false;
        }
        // Who calls for help is in every picture, however full it is.
        if (!known && _present.Count >= maxUnits && row.SosAtMs == 0)
        {
            dropped++;
            return false;
        }
        if (!known || here.Row.MeasuredAtMs != row.MeasuredAtMs)
            Heard(row.MeasuredAtMs);
        Count += OnMap(row) - (known ? OnMap(here.Row) : 0);
        _present[row.Unit] = new Present(row, now);
        return true;
    }

    private void Remove(string unit, in UnitRow row)
    {
        _present.Remove(unit);
        Count -= OnMap(row);
    }

    private static int OnMap(in UnitRow row) => row.State == (byte)UnitState.Gone ? 0 : 1;

    private readonly record struct Present(UnitRow Row, long SaidAt);

    private readonly record struct Leaving(long Sequence, long At);
}
