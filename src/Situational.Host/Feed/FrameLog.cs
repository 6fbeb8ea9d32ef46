namespace Situational.Host.Feed;

/// <summary>
/// The last deltas of a channel, bounded in frames and bytes. Places count up from 0 and never come again, so a reader that finds
/// its place before <see cref="First"/> knows that it is too far behind. Guarded by the live view's gate.
/// </summary>
internal sealed class FrameLog(int maxFrames, int maxBytes)
{
    private readonly Queue<EncodedFrame> _frames = new();

    /// <summary>Place of the oldest frame kept.</summary>
    public long First { get; private set; }

    /// <summary>Place that the next frame will have.</summary>
    public long End => First + _frames.Count;

    /// <summary>Bytes kept.</summary>
    public long Bytes { get; private set; }

    /// <summary>Frames kept.</summary>
    public int Count => _frames.Count;

    /// <summary>Adds the newest frame and lets go of the oldest ones beyond the bounds; the newest always stays.</summary>
    public void Append(EncodedFrame frame)
    {
        _frames.Enqueue(frame);
        Bytes += frame.Json.Length;
        while (_frames.Count > 1 && (_frames.Count > maxFrames || Bytes > maxBytes))
        {
            Bytes -= _frames.Dequeue().Json.Length;
            First++;
        }
    }

    /// <summary>Copies up to <paramref name="count"/> frames from a place on; returns the place after them.</summary>
    public long CopyFrom(long place, int count, List<EncodedFrame> into)
    {
        var at = First;
        foreach (var frame in _frames)
        {
            if (at >= place)
            {
                if (count-- == 0)
                    break;
                into.Add(frame);
                place = at + 1;
            }
            at++;
        }
        return place;
    }

    /// <summary>Place of the frame that builds on a revision, or -1.</summary>
    public long PlaceAfter(long revision)
    {
        var at = First;
        foreach (var frame in _frames)
        {
            if (frame.Previous == revision)
                return at;
            at++;
        }
        return -1;
    }

    /// <summary>Bytes of the frames from a place on.</summary>
    public long BytesFrom(long place)
    {
        var bytes = 0L;
        var at = First;
        foreach (var frame in _frames)
            if (at++ >= place)
                bytes += frame.Json.Length;
        return bytes;
    }
}
