using System.Runtime.InteropServices;

namespace Situational.Host.Feed;

/// <summary>
/// One cut: encodes each row that changed once, and for each channel chooses which of them it shows. Keeps its buffers, so one cut at a
/// time; guarded by the live view's gate.
/// </summary>
internal sealed class CutText(RowText text, RowText scratch)
{
    private readonly CutIndex _grids = new();
    private readonly CutIndex _units = new();
    private readonly CutIndex _unitsBefore = new();
    private readonly CutIndex _cases = new();
    private readonly CutIndex _casesClosed = new();
    private readonly CutIndex _events = new();
    private readonly List<int> _starts = [];
    private readonly List<int> _ids = [];
    private readonly List<int> _ends = [];
    private readonly List<int> _picked = [];
    private readonly Dictionary<AreaScope, CutArea?> _areas = [];
    private CityPicture _picture = null!;
    private IReadOnlyList<Trouble> _troubles = [];
    private CutRows _rows = null!;
    private int _firstUnit;
    private int _firstCase;
    private int _firstEvent;
    private long _atMs;

    /// <summary>Bytes that all frames of the cut share and keep alive.</summary>
    public int Size { get; private set; }

    /// <summary>Encodes all that changed since the last cut.</summary>
    public void Begin(CityPicture picture, IReadOnlyList<Trouble> troubles, long atMs)
    {
        (_picture, _troubles, _atMs) = (picture, troubles, atMs);
        _starts.Clear();
        _ids.Clear();
        _ends.Clear();
        _areas.Clear();
        var json = text.Begin();
        json.WriteStartArray();
        _grids.Clear();
        foreach (var slot in picture.DirtyGrids)
        {
            _grids.Add(_starts.Count, slot.Ordinal, 0, 0);
            Start();
            RowWriter.WriteGrid(json, slot, picture, scratch);
            End();
        }
        EncodeUnits();
        EncodeCases();
        _firstEvent = _starts.Count;
        _events.Clear();
        foreach (var happened in picture.NewEvents)
        {
            _events.Add(_starts.Count, happened.Grid, 0, 0);
            Start();
            RowWriter.WriteEvent(json, happened, picture);
            End();
        }
        _rows = new CutRows(text.End().ToArray(), [.. _starts], [.. _ids], [.. _ends]);
        Size = _rows.Size;
    }

    /// <summary>What changed for a channel, or null if nothing did.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="revision">The revision that it leads to.</param>
    /// <param name="evenEmpty">Whether a delta without rows is made when nothing changed: then it says that time went by.</param>
    public EncodedFrame? Delta(FeedChannel channel, long revision, bool evenEmpty = false)
    {
        _picked.Clear();
        int gone = 0, cases = 0;
        if (channel.Key.Units)
        {
            _units.Select(channel.Scope, channel.Key.Box, _picked);
            gone = cases = _picked.Count;
            _unitsBefore.Select(channel.Scope, channel.Key.Box, _picked);
            cases = KeepGone(channel, gone);
        }
        _cases.Select(channel.Scope, channel.Key.Box, _picked);
        var closed = _picked.Count;
        _casesClosed.Select(channel.Scope, channel.Key.Box, _picked);
        KeepClosed(channel, closed);
        if (AreaOf(channel.Scope, needed: _picked.Count > 0 || evenEmpty) is not { } area)
            return null;
        return new EncodedFrame(revision, channel.Revision, new DeltaText(channel.EpochText, area, [.. _picked], gone, cases, closed));
    }

    private void EncodeUnits()
    {
        var json = text.Writer;
        _firstUnit = _starts.Count;
        _units.Clear();
        _unitsBefore.Clear();
        foreach (var unit in _picture.DirtyUnits)
        {
            _units.Add(_starts.Count, unit.Grid, unit.Latitude6, unit.Longitude6);
            _unitsBefore.Add(_starts.Count, unit.CutGrid, unit.CutLatitude6, unit.CutLongitude6);
            Start();
            json.WriteStartArray();
            json.WriteStringValue(unit.Id);
            _ids.Add(text.Position);
            // Of one that left only the id is said.
            if (unit.Grid >= 0)
                RowWriter.WriteUnit(json, unit, _picture);
            json.WriteEndArray();
            _ends.Add(text.Position);
        }
    }

    private void EncodeCases()
    {
        var json = text.Writer;
        _firstCase = _starts.Count;
        _cases.Clear();
        _casesClosed.Clear();
        foreach (var open in _picture.DirtyCases)
        {
            if (!open.Closed)
                _cases.Add(_starts.Count, open.Grid, open.Latitude6, open.Longitude6);
            else if (open.Cut)
                _casesClosed.Add(_starts.Count, open.Grid, open.Latitude6, open.Longitude6);
            Start();
            json.WriteStartArray();
            json.WriteStringValue(open.Id);
            _ids.Add(text.Position);
            if (!open.Closed)
                RowWriter.WriteCase(json, open, _picture);
            json.WriteEndArray();
            _ends.Add(text.Position);
        }
    }

    /// <summary>Of the units that a channel showed at the last cut, leaves those that it no longer shows; returns how many rows there are then.</summary>
    private int KeepGone(FeedChannel channel, int from)
    {
        var kept = from;
        for (var i = from; i < _picked.Count; i++)
            if (!channel.Shows(_picture.DirtyUnits[_picked[i] - _firstUnit]))
                _picked[kept++] = _picked[i];
        _picked.RemoveRange(kept, _picked.Count - kept);
        return kept;
    }

    private void KeepClosed(FeedChannel channel, int from)
    {
        var kept = from;
        for (var i = from; i < _picked.Count; i++)
        {
            // Open again, or in another grid that the channel shows: its row is in this frame too.
            var closed = _picture.DirtyCases[_picked[i] - _firstCase];
            if (_picture.Holder(closed.Id) is not { } holder || !channel.Shows(holder))
                _picked[kept++] = _picked[i];
        }
        _picked.RemoveRange(kept, _picked.Count - kept);
    }

    /// <summary>What the frames of an area share; null if nothing of it changed and it is not needed.</summary>
    private CutArea? AreaOf(AreaScope scope, bool needed)
    {
        if (_areas.TryGetValue(scope, out var area) && (area is not null || !needed))
            return area;
        var grids = Pick(_grids, scope);
        if (grids.Length == 0 && !needed)
        {
            _areas[scope] = null;
            return null;
        }
        area = new CutArea(_rows, grids, NewestEvents(scope), Lead(scope), Tail(scope));
        Size += area.Size;
        _areas[scope] = area;
        return area;
    }

    private int[] NewestEvents(AreaScope scope)
    {
        var events = Pick(_events, scope);
        if (events.Length <= FrameWriter.EventsPerFrame)
            return events;
        Array.Sort(events, (a, b) => _picture.NewEvents[a - _firstEvent].AtMs.CompareTo(_picture.NewEvents[b - _firstEvent].AtMs));
        return events[^FrameWriter.EventsPerFrame..];
    }

    /// <summary>An area's rows in the order in which they were encoded.</summary>
    private int[] Pick(CutIndex index, AreaScope scope)
    {
        var from = _picked.Count;
        index.Select(scope, null, _picked);
        var rows = CollectionsMarshal.AsSpan(_picked)[from..].ToArray();
        _picked.RemoveRange(from, _picked.Count - from);
        Array.Sort(rows);
        return rows;
    }

    private byte[] Lead(AreaScope scope)
    {
        var json = scratch.Begin();
        json.WriteStartObject();
        FrameWriter.WriteLead(json, scope, _picture, _atMs);
        json.WriteStartArray("grids"u8);
        var written = scratch.End();
        // Between the text of the channel and the name of the first list.
        return written[1..^"\"grids\":["u8.Length].ToArray();
    }

    private byte[] Tail(AreaScope scope)
    {
        var json = scratch.Begin();
        json.WriteStartObject();
        FrameWriter.WriteTail(json, scope, _picture, _troubles);
        return scratch.End()[1..].ToArray();
    }

    // A comma goes before each row but the first.
    private void Start() => _starts.Add(text.Position + (_starts.Count > 0 ? 1 : 0));

    // Nothing names the id of a grid or an event alone.
    private void End()
    {
        _ids.Add(0);
        _ends.Add(text.Position);
    }
}
