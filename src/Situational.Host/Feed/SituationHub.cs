using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Situational.Contracts.Feed;
using Situational.Host.Identity;

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
            // What a screen may see comes from its ticket alone.
            var scope = Context.User is { } caller ? Access.AreaOf(caller) : null;
            return view.Open(request, scope ?? throw new WatchRefusedException("not-your-area", "this identity may watch nothing."));
        }
        catch (WatchRefusedException refused)
        {
            throw Refuse(refused);
        }
    }
}
