using System.Text.Json;

namespace Situational.Host.Feed;

/// <summary>
/// One stream of frames, shared by all screens that watch the same area, box and units. Guarded by the live view's gate.
/// </summary>
internal sealed class FeedChannel(ChannelKey key, AreaScope scope, string epoch, long revision, FrameLog log)
{
    private TaskCompletionSource _next = New();

    public ChannelKey Key => key;

    public AreaScope Scope => scope;

    /// <summary>Identity of this numbering; a channel that is made anew has another.</summary>
    public string Epoch => epoch;

    /// <summary>The epoch as a JSON string.</summary>
    public byte[] EpochText { get; } = JsonSerializer.SerializeToUtf8Bytes(epoch);

    /// <summary>Revision of its newest delta, or of its beginning.</summary>
    public long Revision { get; private set; } = revision;

    public FrameLog Log => log;

    /// <summary>The shared snapshot, if one was asked for.</summary>
    public EncodedFrame? Snapshot { get; private set; }

    /// <summary>Place in the log after <see cref="Snapshot"/>.</summary>
    public long SnapshotPlace { get; private set; }

    /// <summary>Beats cut when <see cref="Snapshot"/> was built.</summary>
    public long SnapshotBeats { get; private set; }

    /// <summary>The newest beat.</summary>
    public EncodedFrame? Beat { get; private set; }

    /// <summary>Beats cut so far.</summary>
    public long Beats { get; private set; }

    /// <summary>Timestamp of the newest delta or beat.</summary>
    public long SpokeAt { get; set; }

    /// <summary>Screens that watch now.</summary>
    public int Screens { get; set; }

    /// <summary>Timestamp since when nobody watches.</summary>
    public long IdleSince { get; set; }

    /// <summary>True when its territory is no longer in force: screens must watch anew.</summary>
    public bool Retired { get; private set; }

    /// <summary>Completes when there is something new to read.</summary>
    public Task Next => _next.Task;

    public bool Shows(UnitSlot unit) => Shows(unit.Grid, unit.Latitude6, unit.Longitude6);

    /// <summary>Whether it showed the unit at the last cut.</summary>
    public bool Showed(UnitSlot unit) => Shows(unit.CutGrid, unit.CutLatitude6, unit.CutLongitude6);

    public bool Shows(CaseSlot open) => Shows(open.Grid, open.Latitude6, open.Longitude6);

    public void Append(EncodedFrame delta, long timestamp)
    {
        log.Append(delta);
        Revision = delta.Revision;
        SpokeAt = timestamp;
        Wake();
    }

    public void Keep(EncodedFrame snapshot)
    {
        Snapshot = snapshot;
        SnapshotPlace = log.End;
        SnapshotBeats = Beats;
    }

    /// <summary>Lets go of a snapshot if it is the one kept.</summary>
    public void Drop(EncodedFrame snapshot)
    {
        if (ReferenceEquals(Snapshot, snapshot))
            Snapshot = null;
    }

    public void Speak(EncodedFrame beat, long timestamp)
    {
        Beat = beat;
        Beats++;
        SpokeAt = timestamp;
        Wake();
    }

    public void Retire()
    {
        Retired = true;
        Wake();
    }

    private bool Shows(int grid, int latitude6, int longitude6) =>
        scope.Contains(grid) && (key.Box is not { } box || box.Contains(latitude6, longitude6) || IsNowhere(latitude6, longitude6));

    /// <summary>Who calls for help from nobody knows where may be in any box.</summary>
    public static bool IsNowhere(int latitude6, int longitude6) => latitude6 == 0 && longitude6 == 0;

    private void Wake()
    {
        var woken = _next;
        _next = New();
        woken.TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
