namespace Situational.Host.Feed;

/// <summary>
/// The last deltas of a channel, bounded in frames and bytes. Places count up from 0 and never come again, so a reader that finds
/// its place before <see cref="First"/> knows that it is too far behind. Guarded by the live view's gate.
/// </summary>
internal sealed class FrameLog(int maxFrames, int maxBytes)
{
    private EncodedFrame[] _frames = [];
    private int _head;

    /// <summary>Place of the oldest frame kept.</summary>
    public long First { get; private set; }

    /// <summary>Place that the next frame will have.</summary>
    public long End => First + Count;

    /// <summary>Bytes that the frames kept have on the wire.</summary>
    public long Bytes { get; private set; }

    /// <summary>Frames kept.</summary>
    public int Count { get; private set; }

    /// <summary>Adds the newest frame and lets go of the oldest ones beyond the bounds; the newest stays.</summary>
    public void Append(EncodedFrame frame)
    {
        if (Count == _frames.Length)
            Grow();
        _frames[(_head + Count++) % _frames.Length] = frame;
        Bytes += frame.Length;
        while (Count > 1 && (Count > maxFrames || Bytes > maxBytes))
            DropFirst();
    }

    /// <summary>Lets go of frames that lead to a revision or to one before it.</summary>
    public void Forget(long revision)
    {
        while (Count > 0 && _frames[_head].Revision <= revision)
            DropFirst();
    }

    /// <summary>Copies up to <paramref name="count"/> frames from a place on; returns the place after them.</summary>
    public long CopyFrom(long place, int count, List<EncodedFrame> into)
    {
        for (; count > 0 && place < End; count--)
            into.Add(At(place++));
        return place;
    }

    /// <summary>Place of the frame that builds on a revision, or -1.</summary>
    public long PlaceAfter(long revision)
    {
        for (var place = First; place < End; place++)
            if (At(place).Previous == revision)
                return place;
        return -1;
    }

    /// <summary>Bytes of the frames from a place on.</summary>
    public long BytesFrom(long place)
    {
        var bytes = 0L;
        for (var at = Math.Max(First, place); at < End; at++)
            bytes += At(at).Length;
        return bytes;
    }

    private EncodedFrame At(long place) => _frames[(int)((_head + (place - First)) % _frames.Length)];

    private void DropFirst()
    {
        Bytes -= _frames[_head].Length;
        _frames[_head] = null!;
        _head = (_head + 1) % _frames.Length;
        Count--;
        First++;
    }

    private void Grow()
    {
        var grown = new EncodedFrame[Math.Max(8, 2 * Count)];
        for (var i = 0; i < Count; i++)
            grown[i] = _frames[(_head + i) % _frames.Length];
        _frames = grown;
        _head = 0;
    }
}
