using System.Diagnostics;
using Situational.Contracts.Feed;
using Situational.Testing;

namespace Situational.Host.Tests.Feed.Support;

/// <summary>How long a screen waited from delta to delta at most, and what it was sent. Safe for the screen and one reader.</summary>
internal sealed class DeltaWaits
{
    private readonly Lock _gate = new();
    private long _last = Stopwatch.GetTimestamp();
    private TimeSpan _longest;
    private long _bytes;

    /// <summary>Characters of the deltas, which are bytes as long as all text is ASCII.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
                return _bytes;
        }
    }

    /// <summary>Begins with a screen, now.</summary>
    public static DeltaWaits Of(FeedScreen screen)
    {
        var waits = new DeltaWaits();
        screen.Received = (frame, at) =>
        {
            if (frame.GetProperty("kind").GetString() == FrameKind.Delta)
                waits.Take(at, frame.GetRawText().Length);
        };
        return waits;
    }

    /// <summary>The longest wait until now.</summary>
    public TimeSpan End()
    {
        lock (_gate)
            return Longer(Stopwatch.GetTimestamp());
    }

    private void Take(long at, int bytes)
    {
        lock (_gate)
        {
            _longest = Longer(at);
            _last = at;
            _bytes += bytes;
        }
    }

    private TimeSpan Longer(long at)
    {
        var wait = Stopwatch.GetElapsedTime(_last, at);
        return wait > _longest ? wait : _longest;
    }
}
