using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Situational.Contracts.Feed;

namespace Situational.Host.Feed;

/// <summary>The hub that screens watch. Its contract is docs/feed.md.</summary>
internal sealed class SituationHub(LiveView view, ScreenCounts counts) : Hub
{
    /// <inheritdoc />
    public override Task OnConnectedAsync()
    {
        counts.Connect(Context);
        return base.OnConnectedAsync();
    }

    /// <inheritdoc />
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        counts.Disconnect(Context);
        return base.OnDisconnectedAsync(exception);
    }

    /// <summary>Frames of an area, for ever.</summary>
    [HubMethodName(FeedNames.WatchMethod)]
    public async IAsyncEnumerable<EncodedFrame> WatchAsync(WatchRequest? request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        counts.Begin(Context);
        try
        {
            using var watch = Open(request);
            await using var frames = watch.FramesAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(frames))
                yield return frames.Current;
        }
        finally
        {
            counts.End(Context);
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<EncodedFrame> frames)
    {
        try
        {
            return await frames.MoveNextAsync();
        }
        catch (WatchRefusedException refused)
        {
            throw Refuse(refused);
        }
    }

    private static HubException Refuse(WatchRefusedException refused)
    {
        FeedMeter.Refused.Add(1);
        return new HubException(refused.Message);
    }

    private Watch Open(WatchRequest? request)
    {
        try
        {
            return view.Open(request);
        }
        catch (WatchRefusedException refused)
        {
            throw Refuse(refused);
        }
    }
}
