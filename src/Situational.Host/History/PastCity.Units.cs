using System.Collections.Immutable;
using Situational.Domain.Journal;
using Situational.Domain.Patrols;
using Situational.Grains.Messages;

namespace Situational.Host.History;

/// <summary>The side of the units: where each last was, and in which state by the age of that.</summary>
internal sealed partial class PastCity
{
    private readonly IUnitNames _names;
    private readonly string? _squad;
    private readonly Dictionary<string, TrailPoint> _moved = new(StringComparer.Ordinal);
    private readonly List<int> _stirred = [];
    private long _sequence;

    /// <summary>Takes in where a unit went. Points come oldest first.</summary>
    public void Apply(in TrailPoint point)
    {
        Hear(GroundOf(point), point.At.ToUnixTimeMilliseconds());
        _moved[point.Unit] = point;
    }

    private List<UnitRow>?[] PlaceAll(IReadOnlyList<TrailPoint> points, long atMs)
    {
        var units = new List<UnitRow>?[_grounds.Length];
        foreach (var point in points)
        {
            var ordinal = GroundOf(point);
            if (_grounds[ordinal] is null)
                continue;
            Hear(ordinal, point.At.ToUnixTimeMilliseconds());
            if (!point.Ends && Shows(point.Unit))
                (units[ordinal] ??= []).Add(RowOf(point, atMs));
        }
        return units;
    }

    private void MoveUnits(long atMs)
    {
        foreach (var point in _moved.Values)
            Move(point, atMs);
        foreach (var unit in Picture.Units.Values)
        {
            if (unit.Grid < 0 || _moved.ContainsKey(unit.Id))
                continue;
            var state = (byte)UnitStates.ByAge(atMs - unit.Row.MeasuredAtMs, _rules.Ages);
            if (state != unit.Row.State)
                Come(unit.Grid, unit.Row with { State = state, Sequence = ++_sequence });
        }
        _moved.Clear();
        foreach (var ordinal in _stirred)
        {
            var (slot, ground) = (Picture.Grids[ordinal], _grounds[ordinal]);
            var change = new GridChange(
                slot.Code, Activation, slot.Revision, ++ground.Revision, false, slot.Summary, ground.Present?.DrainToImmutable() ?? [],
                ground.Left?.DrainToImmutable() ?? [], [], []);
            (ground.Present, ground.Left) = (null, null);
            Merge(change, atMs);
        }
        _stirred.Clear();
    }

    private void Move(in TrailPoint point, long atMs)
    {
        var ordinal = GroundOf(point);
        var from = Picture.Units.TryGetValue(point.Unit, out var known) ? known.Grid : -1;
        if (!point.Ends && _grounds[ordinal] is not null && Shows(point.Unit))
        {
            Come(ordinal, RowOf(point, atMs));
            // Its coming takes it out of the grid before, whose number of units is counted anew.
            if (from >= 0)
                _grounds[from].Touched = true;
        }
        else if (from >= 0)
        {
            Stir(from);
            (_grounds[from].Left ??= ImmutableArray.CreateBuilder<UnitLeft>()).Add(new UnitLeft(point.Unit, ++_sequence));
        }
    }

    private void Come(int ordinal, in UnitRow row)
    {
        Stir(ordinal);
        (_grounds[ordinal].Present ??= ImmutableArray.CreateBuilder<UnitRow>()).Add(row);
    }

    private void Stir(int ordinal)
    {
        var ground = _grounds[ordinal];
        ground.Touched = true;
        if (ground.Present is null && ground.Left is null)
            _stirred.Add(ordinal);
    }

    private bool Shows(string unit) => _squad is null || _names.Of(unit).Squad == _squad;

    private UnitRow RowOf(in TrailPoint point, long atMs)
    {
        var measuredMs = point.At.ToUnixTimeMilliseconds();
        var (squad, callSign) = _names.Of(point.Unit);
        return new UnitRow(
            point.Unit, ++_sequence, squad, callSign, point.Latitude, point.Longitude, float.NaN,
            (byte)UnitStates.ByAge(atMs - measuredMs, _rules.Ages), 0, measuredMs);
    }

    /// <summary>Where a point lay; a grid that the territory of the moment does not have counts as outside.</summary>
    private int GroundOf(in TrailPoint point) => OrdinalOf(point.Grid) is >= 0 and var ordinal ? ordinal : Picture.Outside;

    private static int OnMap(List<UnitRow>? units)
    {
        var count = 0;
        foreach (var unit in units ?? [])
            if (unit.State != (byte)UnitState.Gone)
                count++;
        return count;
    }
}
