using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Situational.Contracts.Feed;

namespace Situational.Host.Feed;

/// <summary>
/// Encodes frames of a channel as docs/feed.md describes them. Keeps its buffer, so one at a time; guarded by the live view's gate.
/// </summary>
internal sealed class FrameWriter : IDisposable
{
    /// <summary>Most events in one frame.</summary>
    public const int EventsPerFrame = 40;

    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly Utf8JsonWriter _json;
    private readonly List<CityEvent> _events = [];
    private int _rows;
    private bool _open;

    public FrameWriter() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions
    {
        // Frames are read by JSON parsers only, never put into a page as text.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    });

    /// <summary>The whole picture of the channel's area.</summary>
    public EncodedFrame Snapshot(FeedChannel channel, CityPicture picture, IReadOnlyList<Trouble> troubles, long atMs)
    {
        Begin(FrameKind.Snapshot, channel, picture, channel.Revision, -1, atMs);
        _json.WriteStartArray("grids"u8);
        foreach (var ordinal in channel.Scope.Ordinals)
            if (picture.Grids[ordinal] is { Known: true } slot)
                WriteGrid(slot);
        _json.WriteEndArray();
        _json.WriteStartArray("units"u8);
        if (channel.Key.Units)
            foreach (var ordinal in channel.Scope.Ordinals)
                foreach (var unit in picture.Grids[ordinal].Units)
                    if (channel.Shows(unit))
                        WriteUnit(unit, picture);
        _json.WriteEndArray();
        _json.WriteStartArray("gone"u8);
        _json.WriteEndArray();
        _json.WriteStartArray("cases"u8);
        foreach (var ordinal in channel.Scope.Ordinals)
            foreach (var open in picture.Grids[ordinal].Cases.Values)
                if (channel.Shows(open))
                    WriteCase(open, picture);
        _json.WriteEndArray();
        _json.WriteStartArray("closed"u8);
        _json.WriteEndArray();
        picture.Events.Newest(channel.Scope, EventsPerFrame, _events);
        _json.WriteStartArray("events"u8);
        foreach (var happened in _events)
            WriteEvent(happened, picture);
        _json.WriteEndArray();
        return End(channel, picture, troubles, channel.Revision, channel.Revision);
    }

    /// <summary>What changed for the channel since the last cut, or null if nothing did.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="troubles">What is not well with it.</param>
    /// <param name="revision">The revision that it leads to.</param>
    /// <param name="atMs">Of when it is.</param>
    /// <param name="evenEmpty">Whether a delta without rows is written when nothing changed: then it says that time went by.</param>
    public EncodedFrame? Delta(
        FeedChannel channel, CityPicture picture, IReadOnlyList<Trouble> troubles, long revision, long atMs, bool evenEmpty = false)
    {
        Begin(FrameKind.Delta, channel, picture, revision, channel.Revision, atMs);
        foreach (var slot in picture.DirtyGrids)
        {
            if (!channel.Scope.Contains(slot.Ordinal))
                continue;
            Row("grids"u8);
            WriteGrid(slot);
        }
        EndRows();
        if (channel.Key.Units)
            WriteUnits(channel, picture);
        WriteCases(channel, picture);
        if (_rows == 0 && !evenEmpty)
            return null;
        WriteNewEvents(channel, picture);
        return End(channel, picture, troubles, revision, channel.Revision);
    }

    /// <summary>Says that nothing changed and that the feed lives.</summary>
    public EncodedFrame Beat(FeedChannel channel, CityPicture picture, IReadOnlyList<Trouble> troubles, long atMs)
    {
        Begin(FrameKind.Beat, channel, picture, channel.Revision, -1, atMs);
        return End(channel, picture, troubles, channel.Revision, channel.Revision);
    }

    public void Dispose() => _json.Dispose();

    private void WriteUnits(FeedChannel channel, CityPicture picture)
    {
        foreach (var unit in picture.DirtyUnits)
        {
            if (!channel.Shows(unit))
                continue;
            Row("units"u8);
            WriteUnit(unit, picture);
        }
        EndRows();
        foreach (var unit in picture.DirtyUnits)
        {
            if (channel.Shows(unit) || !channel.Showed(unit))
                continue;
            Row("gone"u8);
            _json.WriteStringValue(unit.Id);
        }
        EndRows();
    }

    private void WriteCases(FeedChannel channel, CityPicture picture)
    {
        foreach (var open in picture.DirtyCases)
        {
            if (open.Closed || !channel.Shows(open))
                continue;
            Row("cases"u8);
            WriteCase(open, picture);
        }
        EndRows();
        foreach (var closed in picture.DirtyCases)
        {
            if (!closed.Closed || !closed.Cut || !channel.Shows(closed))
                continue;
            // Open again, or in another grid that the channel shows: its row is in this frame too.
            if (picture.Holder(closed.Id) is { } holder && channel.Shows(holder))
                continue;
            Row("closed"u8);
            _json.WriteStringValue(closed.Id);
        }
        EndRows();
    }

    private void WriteNewEvents(FeedChannel channel, CityPicture picture)
    {
        _events.Clear();
        foreach (var happened in picture.NewEvents)
            if (channel.Scope.Contains(happened.Grid))
                _events.Add(happened);
        if (_events.Count > EventsPerFrame)
        {
            _events.Sort(static (a, b) => a.AtMs.CompareTo(b.AtMs));
            _events.RemoveRange(0, _events.Count - EventsPerFrame);
        }
        foreach (var happened in _events)
        {
            Row("events"u8);
            WriteEvent(happened, picture);
        }
        EndRows();
    }

    private void Begin(string kind, FeedChannel channel, CityPicture picture, long revision, long previous, long atMs)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _rows = 0;
        _open = false;
        _json.WriteStartObject();
        _json.WriteString("kind"u8, kind);
        _json.WriteString("epoch"u8, channel.Epoch);
        _json.WriteNumber("revision"u8, revision);
        if (previous >= 0)
            _json.WriteNumber("previous"u8, previous);
        _json.WriteNumber("at"u8, atMs);
        _json.WriteString("digest"u8, FeedDigest.Format(channel.Scope.Sums(picture).Digest));
        _json.WriteNumber("territory"u8, picture.TerritoryVersion);
    }

    private EncodedFrame End(FeedChannel channel, CityPicture picture, IReadOnlyList<Trouble> troubles, long revision, long previous)
    {
        ref readonly var sums = ref channel.Scope.Sums(picture);
        _json.WriteStartObject("totals"u8);
        _json.WriteNumber("red"u8, sums.Red);
        _json.WriteNumber("orange"u8, sums.Orange);
        _json.WriteNumber("yellow"u8, sums.Yellow);
        _json.WriteNumber("blue"u8, sums.Blue);
        _json.WriteNumber("approaching"u8, sums.Approaching);
        _json.WriteNumber("overdue"u8, sums.Overdue);
        _json.WriteNumber("overdueTwice"u8, sums.OverdueTwice);
        _json.WriteNumber("escalated"u8, sums.Escalated);
        _json.WriteNumber("whistles"u8, sums.Whistles);
        _json.WriteNumber("live"u8, sums.Live);
        _json.WriteNumber("late"u8, sums.Late);
        _json.WriteNumber("stale"u8, sums.Stale);
        _json.WriteNumber("gone"u8, sums.Gone);
        _json.WriteNumber("silent"u8, sums.Silent);
        _json.WriteNumber("grids"u8, sums.Grids);
        _json.WriteEndObject();
        _json.WriteStartArray("trouble"u8);
        foreach (var trouble in troubles)
        {
            _json.WriteStartObject();
            _json.WriteString("code"u8, trouble.Code);
            _json.WriteString("detail"u8, trouble.Detail);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        return new EncodedFrame(revision, previous, _buffer.WrittenSpan.ToArray());
    }

    private void Row(ReadOnlySpan<byte> name)
    {
        if (!_open)
            _json.WriteStartArray(name);
        _open = true;
        _rows++;
    }

    private void EndRows()
    {
        if (_open)
            _json.WriteEndArray();
        _open = false;
    }

    private void WriteGrid(GridSlot slot)
    {
        ref readonly var summary = ref slot.Summary;
        _json.WriteStartArray();
        _json.WriteStringValue(slot.Code);
        _json.WriteNumberValue(slot.Revision);
        // Blue would say that all is well; of a grid whose history was not read nobody knows.
        _json.WriteNumberValue(summary.Loaded ? summary.Risk : 0);
        _json.WriteNumberValue(double.IsFinite(summary.Score) ? Math.Round(summary.Score, 2) : 0);
        _json.WriteNumberValue(summary.Silent ? 1 : 0);
        _json.WriteNumberValue(summary.HeardAtMs);
        _json.WriteNumberValue(summary.Red);
        _json.WriteNumberValue(summary.Orange);
        _json.WriteNumberValue(summary.Yellow);
        _json.WriteNumberValue(summary.Blue);
        _json.WriteNumberValue(summary.Overdue);
        _json.WriteNumberValue(summary.Units);
        _json.WriteEndArray();
    }

    private void WriteUnit(UnitSlot unit, CityPicture picture)
    {
        var row = unit.Row;
        _json.WriteStartArray();
        _json.WriteStringValue(unit.Id);
        _json.WriteNumberValue(unit.Latitude6);
        _json.WriteNumberValue(unit.Longitude6);
        // 359.6 is north, not 360.
        _json.WriteNumberValue(float.IsFinite(row.HeadingDegrees) ? (int)MathF.Round(row.HeadingDegrees) % 360 : -1);
        _json.WriteNumberValue(row.State);
        _json.WriteNumberValue(row.MeasuredAtMs);
        _json.WriteStringValue(picture.Grids[unit.Grid].Code);
        _json.WriteStringValue(row.Squad);
        _json.WriteStringValue(row.CallSign);
        _json.WriteNumberValue(row.Marks);
        _json.WriteNumberValue(row.BatteryPercent);
        _json.WriteNumberValue(row.EnteredAtMs);
        _json.WriteNumberValue(row.SosAtMs);
        _json.WriteEndArray();
    }

    private void WriteCase(CaseSlot open, CityPicture picture)
    {
        var row = open.Row;
        _json.WriteStartArray();
        _json.WriteStringValue(open.Id);
        _json.WriteStringValue(picture.Grids[open.Grid].Code);
        _json.WriteStringValue(row.Category);
        _json.WriteNumberValue(row.Severity);
        _json.WriteNumberValue(row.Stage);
        _json.WriteNumberValue(open.Latitude6);
        _json.WriteNumberValue(open.Longitude6);
        _json.WriteNumberValue(row.ReportedAtMs);
        _json.WriteNumberValue(row.DueAtMs);
        _json.WriteNumberValue(row.Level);
        _json.WriteNumberValue(row.Escalations);
        _json.WriteStringValue(row.Whistle ?? "");
        _json.WriteNumberValue(row.Called);
        _json.WriteNumberValue(row.Arrived);
        _json.WriteNumberValue(row.WhistledAtMs);
        _json.WriteStringValue(row.Assignee ?? "");
        _json.WriteEndArray();
    }

    private void WriteEvent(in CityEvent happened, CityPicture picture)
    {
        _json.WriteStartArray();
        _json.WriteNumberValue(happened.AtMs);
        _json.WriteStringValue(happened.Kind);
        _json.WriteStringValue(happened.Subject);
        _json.WriteStringValue(picture.Grids[happened.Grid].Code);
        _json.WriteNumberValue(happened.Number);
        _json.WriteEndArray();
    }
}
