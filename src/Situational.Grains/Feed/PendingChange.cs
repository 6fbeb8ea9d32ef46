using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Situational.Domain.Cases;
using Situational.Grains.Messages;

namespace Situational.Grains.Feed;

/// <summary>
/// What waits to be sent of one grid: one change, or several merged into one that says the same. Not safe for several threads.
/// </summary>
/// <remarks>Rows are absolute, so a merged change may be applied by a view that already knows a part of what it covers.</remarks>
internal sealed class PendingChange(GridChange first)
{
    private GridChange _change = first;
    // What moves most are units: the other three are made when there is something to hold.
    private Dictionary<string, UnitRow>? _units;
    private Dictionary<string, UnitLeft>? _left;
    private Dictionary<string, CaseRow>? _cases;
    private HashSet<string>? _closed;

    /// <summary>Takes in a later change of the same grid.</summary>
    public void Merge(GridChange next)
    {
        if (next.Full)
        {
            if (next.Activation == _change.Activation && next.Revision < _change.Revision)
                return;
            Restart(WithEnds(next));
            return;
        }
        if (next.Activation != _change.Activation)
        {
            // What it builds on is not here: the view will notice and ask for the whole.
            Restart(next);
            return;
        }
        if (next.Revision <= _change.Revision)
            return;
        Unfold();
        foreach (ref readonly var row in next.Units.AsSpan())
        {
            _units![row.Unit] = row;
            if (_left is not null && _left.TryGetValue(row.Unit, out var gone) && gone.Sequence <= row.Sequence)
                _left.Remove(row.Unit);
        }
        foreach (var left in next.Left)
        {
            if (_units!.TryGetValue(left.Unit, out var row) && row.Sequence > left.Sequence)
                continue;
            _units.Remove(left.Unit);
            if (!_change.Full)
                (_left ??= NewLeft())[left.Unit] = left;
        }
        foreach (var row in next.Cases)
        {
            (_cases ??= NewCases())[row.Id] = row;
            _closed?.Remove(row.Id);
        }
        foreach (var id in next.Closed)
        {
            // The row that says how a case ended goes along, also with a whole picture.
            if (_cases is not null && _cases.TryGetValue(id, out var last) && ((Stage)last.Stage).IsOpen())
                _cases.Remove(id);
            if (!_change.Full)
                (_closed ??= NewClosed()).Add(id);
        }
        // A hole between the two stays visible: the view must ask.
        var previous = next.Previous > _change.Revision && !_change.Full ? next.Previous : _change.Previous;
        _change = next with { Previous = previous, Full = _change.Full };
    }

    /// <summary>The change as it goes out.</summary>
    public GridChange ToChange()
    {
        if (_units is null)
            return _change;
        _change = _change with
        {
            Units = Values(_units),
            Left = Values(_left),
            Cases = Values(_cases),
            Closed = _closed is null ? [] : [.. _closed],
        };
        Refold();
        return _change;
    }

    /// <summary>A whole picture with the rows that say how cases ended that waited to be sent: it would only lack them.</summary>
    private GridChange WithEnds(GridChange whole)
    {
        if (whole.Activation != _change.Activation)
            return whole;
        ImmutableArray<CaseRow>.Builder? ends = null;
        foreach (var row in _units is null ? _change.Cases : Values(_cases))
        {
            if (((Stage)row.Stage).IsOpen() || Names(whole, row.Id))
                continue;
            if (ends is null)
            {
                ends = ImmutableArray.CreateBuilder<CaseRow>();
                ends.AddRange(whole.Cases);
            }
            ends.Add(row);
        }
        return ends is null ? whole : whole with { Cases = ends.ToImmutable() };
    }

    private static bool Names(GridChange change, string id)
    {
        foreach (var row in change.Cases)
            if (row.Id == id)
                return true;
        return false;
    }

    private void Restart(GridChange change)
    {
        _change = change;
        Refold();
    }

    private void Refold() => (_units, _left, _cases, _closed) = (null, null, null, null);

    private void Unfold()
    {
        if (_units is not null)
            return;
        _units = new Dictionary<string, UnitRow>(_change.Units.Length, StringComparer.Ordinal);
        foreach (ref readonly var row in _change.Units.AsSpan())
            _units[row.Unit] = row;
        foreach (var left in _change.Left)
            (_left ??= NewLeft())[left.Unit] = left;
        foreach (var row in _change.Cases)
            (_cases ??= NewCases())[row.Id] = row;
        foreach (var id in _change.Closed)
            (_closed ??= NewClosed()).Add(id);
    }

    private static Dictionary<string, UnitLeft> NewLeft() => new(StringComparer.Ordinal);

    private static Dictionary<string, CaseRow> NewCases() => new(StringComparer.Ordinal);

    private static HashSet<string> NewClosed() => new(StringComparer.Ordinal);

    private static ImmutableArray<T> Values<T>(Dictionary<string, T>? map)
    {
        if (map is null || map.Count == 0)
            return [];
        var values = new T[map.Count];
        map.Values.CopyTo(values, 0);
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }
}
