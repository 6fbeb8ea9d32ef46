using Microsoft.Extensions.Options;
using Situational.Host.Feed;

namespace Situational.Host.Tests.Feed.Support;

/// <summary>Live views without a host.</summary>
internal static class LiveViews
{
    public static LiveView Make(TimeProvider time, Action<FeedOptions>? configure = null, string? node = null)
    {
        var options = new FeedOptions();
        configure?.Invoke(options);
        return node is null ? new LiveView(Options.Create(options), time) : new LiveView(Options.Create(options), time) { Node = node };
    }

    /// <summary>Answers everything the view asks.</summary>
    public static async Task<int> AnswerAsync(LiveView view, FakeCity city)
    {
        var answered = 0;
        while (view.Asks.TryRead(out var slot))
        {
            view.Answer(slot, await city.StateAsync(slot.Code, CancellationToken.None));
            answered++;
        }
        return answered;
    }
}
