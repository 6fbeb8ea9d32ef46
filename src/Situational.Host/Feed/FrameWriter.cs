using System.Text.Json;
using Situational.Contracts.Feed;

namespace Situational.Host.Feed;

/// <summary>
/// Encodes frames of a channel as docs/feed.md describes them. Keeps its buffers, so one at a time; guarded by the live view's gate.
/// </summary>
internal sealed class FrameWriter : IDisposable
{
    /// <summary>Most events in one frame.</summary>
    public const int EventsPerFrame = 40;

    private readonly RowText _text = new(64 * 1024);
    private readonly RowText _rows = new(64 * 1024);
    private readonly RowText _scratch = new(512);
    private readonly List<CityEvent> _events = [];
    private readonly CutText _cut;

    public FrameWriter() => _cut = new CutText(_rows, _scratch);

    /// <summary>Bytes that the frames of the cut that was begun share and keep alive.</summary>
    public int CutSize => _cut.Size;

    /// <summary>The whole picture of the channel's area.</summary>
    public EncodedFrame Snapshot(FeedChannel channel, CityPicture picture, IReadOnlyList<Trouble> troubles, long atMs)
    {
        var json = Begin(FrameKind.Snapshot, channel, picture, atMs);
        json.WriteStartArray("grids"u8);
        foreach (var ordinal in channel.Scope.Ordinals)
            if (picture.Grids[ordinal] is { Known: true } slot)
                RowWriter.WriteGrid(json, slot, picture, _scratch);
        json.WriteEndArray();
        json.WriteStartArray("units"u8);
        if (channel.Key.Units)
            foreach (var ordinal in channel.Scope.Ordinals)
                foreach (var unit in picture.Grids[ordinal].Units)
                {
                    if (!channel.Shows(unit))
                        continue;
                    json.WriteStartArray();
                    json.WriteStringValue(unit.Id);
                    RowWriter.WriteUnit(json, unit, picture);
                    json.WriteEndArray();
                }
        json.WriteEndArray();
        json.WriteStartArray("gone"u8);
        json.WriteEndArray();
        json.WriteStartArray("cases"u8);
        foreach (var ordinal in channel.Scope.Ordinals)
            foreach (var open in picture.Grids[ordinal].Cases.Values)
            {
                if (!channel.Shows(open))
                    continue;
                json.WriteStartArray();
                json.WriteStringValue(open.Id);
                RowWriter.WriteCase(json, open, picture);
                json.WriteEndArray();
            }
        json.WriteEndArray();
        json.WriteStartArray("closed"u8);
        json.WriteEndArray();
        picture.Events.Newest(channel.Scope, EventsPerFrame, _events);
        json.WriteStartArray("events"u8);
        foreach (var happened in _events)
            RowWriter.WriteEvent(json, happened, picture);
        json.WriteEndArray();
        return End(channel, picture, troubles);
    }

    /// <summary>Begins a cut: encodes all that changed since the last one, for <see cref="Delta"/> of any number of channels.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="troubles">What is not well with it.</param>
    /// <param name="atMs">Of when it is.</param>
    public void BeginCut(CityPicture picture, IReadOnlyList<Trouble> troubles, long atMs) => _cut.Begin(picture, troubles, atMs);

    /// <inheritdoc cref="CutText.Delta" />
    public EncodedFrame? Delta(FeedChannel channel, long revision, bool evenEmpty = false) => _cut.Delta(channel, revision, evenEmpty);

    /// <summary>Says that nothing changed and that the feed lives.</summary>
    public EncodedFrame Beat(FeedChannel channel, CityPicture picture, IReadOnlyList<Trouble> troubles, long atMs)
    {
        Begin(FrameKind.Beat, channel, picture, atMs);
        return End(channel, picture, troubles);
    }

    public void Dispose()
    {
        _text.Dispose();
        _rows.Dispose();
        _scratch.Dispose();
    }

    /// <summary>When a frame was cut, of which digest and territory.</summary>
    public static void WriteLead(Utf8JsonWriter json, AreaScope scope, CityPicture picture, long atMs)
    {
        json.WriteNumber("at"u8, atMs);
        json.WriteString("digest"u8, FeedDigest.Format(scope.Sums(picture).Digest));
        json.WriteNumber("territory"u8, picture.TerritoryVersion);
    }

    /// <summary>An area's sums, the troubles, and the end of the frame.</summary>
    public static void WriteTail(Utf8JsonWriter json, AreaScope scope, CityPicture picture, IReadOnlyList<Trouble> troubles)
    {
        ref readonly var sums = ref scope.Sums(picture);
        json.WriteStartObject("totals"u8);
        json.WriteNumber("red"u8, sums.Red);
        json.WriteNumber("orange"u8, sums.Orange);
        json.WriteNumber("yellow"u8, sums.Yellow);
        json.WriteNumber("blue"u8, sums.Blue);
        json.WriteNumber("approaching"u8, sums.Approaching);
        json.WriteNumber("overdue"u8, sums.Overdue);
        json.WriteNumber("overdueTwice"u8, sums.OverdueTwice);
        json.WriteNumber("escalated"u8, sums.Escalated);
        json.WriteNumber("whistles"u8, sums.Whistles);
        json.WriteNumber("live"u8, sums.Live);
        json.WriteNumber("late"u8, sums.Late);
        json.WriteNumber("stale"u8, sums.Stale);
        json.WriteNumber("gone"u8, sums.Gone);
        json.WriteNumber("silent"u8, sums.Silent);
        json.WriteNumber("grids"u8, sums.Grids);
        json.WriteEndObject();
        json.WriteStartArray("trouble"u8);
        foreach (var trouble in troubles)
        {
            json.WriteStartObject();
            json.WriteString("code"u8, trouble.Code);
            json.WriteString("detail"u8, trouble.Detail);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private Utf8JsonWriter Begin(string kind, FeedChannel channel, CityPicture picture, long atMs)
    {
        var json = _text.Begin();
        json.WriteStartObject();
        json.WriteString("kind"u8, kind);
        json.WriteString("epoch"u8, channel.Epoch);
        json.WriteNumber("revision"u8, channel.Revision);
        WriteLead(json, channel.Scope, picture, atMs);
        return json;
    }

    private EncodedFrame End(FeedChannel channel, CityPicture picture, IReadOnlyList<Trouble> troubles)
    {
        WriteTail(_text.Writer, channel.Scope, picture, troubles);
        return new EncodedFrame(channel.Revision, channel.Revision, _text.End().ToArray());
    }
}
