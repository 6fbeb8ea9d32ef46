using System.Collections.Immutable;
using Situational.Grains;
using Situational.Grains.Messages;

namespace Situational.Host.Tests.Feed.Support;

/// <summary>The list of web nodes with one node in it: the live view under test, once it has made its lease.</summary>
internal sealed class FakeNodes(FakeCity city, string node) : INodesGrain
{
    public Task RenewAsync(string node, ILiveViewObserver observer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task LeaveAsync(string node, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<NodeList> ListAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<NodeLease> nodes = city.Observer is { } observer ? [new NodeLease(node, observer)] : [];
        return Task.FromResult(new NodeList(nodes));
    }
}
