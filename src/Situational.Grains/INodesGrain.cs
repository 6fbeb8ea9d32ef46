using Situational.Grains.Messages;

namespace Situational.Grains;

/// <summary>The web nodes that want the feed, with leases; keyed by <see cref="ICityGrain.Key"/>.</summary>
[Alias("situational.nodes")]
public interface INodesGrain : IGrainWithStringKey
{
    /// <summary>How long a node stays known without renewing, in seconds.</summary>
    const int LeaseSeconds = 30;

    /// <summary>Makes or renews a node's lease.</summary>
    [Alias("renew")]
    Task RenewAsync(string node, ILiveViewObserver observer, CancellationToken cancellationToken);

    /// <summary>Ends a node's lease.</summary>
    [Alias("leave")]
    Task LeaveAsync(string node, CancellationToken cancellationToken);

    /// <summary>Nodes whose lease holds.</summary>
    [Alias("list")]
    Task<NodeList> ListAsync(CancellationToken cancellationToken);
}

/// <summary>A web node's live view, as silos see it.</summary>
[Alias("situational.live-view")]
public interface ILiveViewObserver : IGrainObserver
{
    /// <summary>Takes one silo's changes.</summary>
    [Alias("feed")]
    Task OnFeedAsync(FeedMessage message);
}
