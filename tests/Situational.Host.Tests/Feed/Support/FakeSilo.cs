using Situational.Grains.Messages;
using Situational.Host.Feed;

namespace Situational.Host.Tests.Feed.Support;

/// <summary>Numbers messages as a silo's outbox does.</summary>
internal sealed class FakeSilo(LiveView view, string id = "silo-1")
{
    public long Sequence { get; set; }

    public Task SendAsync(IEnumerable<GridChange> changes, bool storeAway = false) =>
        view.OnFeedAsync(new FeedMessage(id, ++Sequence, 0, storeAway, [.. changes]));
}
