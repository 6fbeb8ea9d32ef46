using System.Globalization;
using Situational.Contracts.Feed;

namespace Situational.Host.Feed;

/// <summary>The side that screens see.</summary>
internal sealed partial class LiveView
{
    private static readonly TimeSpan BeatShared = TimeSpan.FromMilliseconds(250);

    private readonly Queue<(FeedChannel Channel, EncodedFrame Snapshot)> _snapshots = new();
    private long _snapshotBytes;

    /// <summary>Channels at present.</summary>
    public int Channels
    {
        get
        {
            lock (_gate)
                return _channels.Count;
        }
    }

    /// <summary>Watches at present.</summary>
    public int Screens
    {
        get
        {
            lock (_gate)
                return CountScreens();
        }
    }

    /// <summary>Starts a watch; throws <see cref="WatchRefusedException"/> if it cannot be.</summary>
    /// <param name="request">What the screen asks.</param>
    /// <param name="scope">Code of the area that it may see at most; empty for the whole city.</param>
    public Watch Open(WatchRequest? request, string scope = "")
    {
        var key = ChannelKey.Parse(request);
        lock (_gate)
        {
            var channel = Join(key, scope);
            var watch = new Watch(this, key, scope, channel) { Beat = channel.Beats };
            if (request!.Since is { } since && since.Epoch == channel.Epoch)
                Resume(watch, since.Revision);
            return watch;
        }
    }

    /// <summary>Ends a watch.</summary>
    public void Leave(Watch watch)
    {
        lock (_gate)
        {
            watch.Channel.Screens--;
            watch.Channel.IdleSince = _time.GetTimestamp();
            // Each channel costs an encoding at every cut, also one that nobody watches.
            if (watch.Channel.Screens == 0 && CountIdle() > _options.IdleChannels)
                DropIdle();
        }
    }

    /// <summary>Collects what the screen has not got yet; if that is nothing, the task completes when there is something.</summary>
    public Task Read(Watch watch, List<EncodedFrame> frames)
    {
        lock (_gate)
        {
            if (watch.Channel.Retired)
            {
                watch.Channel.Screens--;
                watch.Channel = Join(watch.Asked, watch.Scope);
                watch.Place = -1;
            }
            var channel = watch.Channel;
            if (watch.Place < channel.Log.First)
            {
                frames.Add(SnapshotOf(channel));
                watch.Place = channel.SnapshotPlace;
                watch.Beat = channel.SnapshotBeats;
            }
            watch.Place = channel.Log.CopyFrom(watch.Place, FramesAtOnce - frames.Count, frames);
            if (frames.Count == 0 && watch.Beat != channel.Beats)
            {
                watch.Beat = channel.Beats;
                // A beat from before the newest delta says nothing any more.
                if (channel.Beat is { } beat && beat.Revision == channel.Revision)
                    frames.Add(beat);
            }
            return channel.Next;
        }
    }

    private int CountScreens()
    {
        var screens = 0;
        foreach (var channel in _channels.Values)
            screens += channel.Screens;
        return screens;
    }

    private int CountIdle()
    {
        var idle = 0;
        foreach (var channel in _channels.Values)
            idle += channel.Screens == 0 ? 1 : 0;
        return idle;
    }

    private FeedChannel Join(ChannelKey asked, string scope)
    {
        var code = _picture.AreaOf(asked.Area)
            ?? throw new WatchRefusedException("unknown-area", "the territory in force has no area of that code; city means the whole city.");
        if (!_picture.LiesIn(code, scope))
            throw new WatchRefusedException("not-your-area", "this identity may not watch that area.");
        var key = asked with { Area = code };
        // What waits is cut first: the new channel then begins where the picture stands, and nothing comes twice.
        CutChanges();
        if (!_channels.TryGetValue(key, out var channel))
        {
            if (_channels.Count >= _options.Channels && !DropIdle())
                throw new WatchRefusedException("too-many-channels", $"this node serves at most {_options.Channels} different areas and boxes at once.");
            var epoch = string.Create(CultureInfo.InvariantCulture, $"{Node}-{++_channelsMade}");
            channel = new FeedChannel(key, _picture.Scope(code), epoch, _revision, new FrameLog(_options.LogFrames, _options.LogBytes))
            {
                SpokeAt = _time.GetTimestamp(),
            };
            _channels.Add(key, channel);
        }
        channel.Screens++;
        return channel;
    }

    private bool DropIdle()
    {
        FeedChannel? oldest = null;
        foreach (var channel in _channels.Values)
            if (channel.Screens == 0 && (oldest is null || channel.IdleSince < oldest.IdleSince))
                oldest = channel;
        return oldest is not null && _channels.Remove(oldest.Key);
    }

    private void Resume(Watch watch, long revision)
    {
        var channel = watch.Channel;
        if (revision == channel.Revision)
        {
            // Nothing was missed; the screen hears at once that the feed lives, by a beat that all who come back now share.
            watch.Place = channel.Log.End;
            watch.Beat = -1;
            if (channel.Beat?.Revision != revision || _time.GetElapsedTime(channel.SpokeAt) > BeatShared)
                channel.Speak(_writer.Beat(channel, _picture, _troubles, NowMs()), _time.GetTimestamp());
        }
        else
        {
            watch.Place = channel.Log.PlaceAfter(revision);
        }
    }

    private EncodedFrame SnapshotOf(FeedChannel channel)
    {
        // An older snapshot with the deltas since is as good as a new one, and shared by all who come at about the same time.
        if (channel.Snapshot is { } shared && channel.SnapshotPlace >= channel.Log.First
            && channel.Log.End - channel.SnapshotPlace <= _options.LogFrames / 4
            && channel.Log.BytesFrom(channel.SnapshotPlace) <= shared.Length / 2)
            return shared;
        CutChanges();
        FeedMeter.Snapshots.Add(1);
        SnapshotsBuilt++;
        var snapshot = _writer.Snapshot(channel, _picture, _troubles, NowMs());
        channel.Keep(snapshot);
        KeepSnapshot(channel, snapshot);
        return snapshot;
    }

    /// <summary>Notes a snapshot that a channel keeps for those who come soon, and lets go of the oldest ones beyond the bound; the newest stays.</summary>
    private void KeepSnapshot(FeedChannel channel, EncodedFrame snapshot)
    {
        _snapshots.Enqueue((channel, snapshot));
        _snapshotBytes += snapshot.Length;
        while (_snapshotBytes > _options.SnapshotBytes && _snapshots.Count > 1)
        {
            var (keeper, oldest) = _snapshots.Dequeue();
            _snapshotBytes -= oldest.Length;
            keeper.Drop(oldest);
        }
    }

    /// <summary>Snapshots built so far.</summary>
    public long SnapshotsBuilt { get; private set; }
}
