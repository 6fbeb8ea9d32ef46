using System.Runtime.CompilerServices;

namespace Situational.Host.Feed;

/// <summary>One screen's place in a channel. It reads at its own pace; nothing waits for it and nothing queues up for it.</summary>
internal sealed class Watch(LiveView view, ChannelKey asked, string scope, FeedChannel channel) : IDisposable
{
    private bool _disposed;

    /// <summary>What the screen asked for, its area as it said it.</summary>
    public ChannelKey Asked => asked;

    /// <summary>Code of the area that the screen may see at most; empty for the whole city.</summary>
    public string Scope => scope;

    public FeedChannel Channel { get; set; } = channel;

    /// <summary>Place in the channel's log that it reads next; before the log's first frame it gets a snapshot.</summary>
    public long Place { get; set; } = -1;

    /// <summary>Number of the last beat it got or passed.</summary>
    public long Beat { get; set; }

    /// <summary>Frames for the screen, for ever: a snapshot or the deltas it missed, then what happens.</summary>
    public async IAsyncEnumerable<EncodedFrame> FramesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var frames = new List<EncodedFrame>(LiveView.FramesAtOnce);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            frames.Clear();
            var next = view.Read(this, frames);
            foreach (var frame in frames)
                yield return frame;
            if (frames.Count == 0)
                await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Leaves the channel.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        view.Leave(this);
    }
}
