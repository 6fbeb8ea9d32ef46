using System.Collections.Immutable;
using Situational.Grains.Messages;

namespace Situational.Grains.City;

/// <summary>The web nodes that want the feed. Held in memory only: every node renews its lease well before it lapses.</summary>
/// <param name="clock">The silo's clock.</param>
public sealed class NodesGrain(SituationClock clock) : Grain, INodesGrain
{
    /// <summary>Most nodes.</summary>
    public const int MaxNodes = 1_000;

    private readonly Dictionary<string, (ILiveViewObserver Observer, long EndsAt)> _leases = new(StringComparer.Ordinal);
    private readonly List<string> _lapsed = [];

    /// <inheritdoc />
    public Task RenewAsync(string node, ILiveViewObserver observer, CancellationToken cancellationToken)
    {
        DropLapsed();
        if (_leases.Count >= MaxNodes && !_leases.ContainsKey(node))
            throw new InvalidOperationException($"There are {MaxNodes} nodes already.");
        _leases[node] = (observer, clock.SteadyMs + INodesGrain.LeaseSeconds * 1000L);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task LeaveAsync(string node, CancellationToken cancellationToken)
    {
        _leases.Remove(node);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<NodeList> ListAsync(CancellationToken cancellationToken)
    {
        DropLapsed();
        var nodes = ImmutableArray.CreateBuilder<NodeLease>(_leases.Count);
        foreach (var (node, lease) in _leases)
            nodes.Add(new NodeLease(node, lease.Observer));
        return Task.FromResult(new NodeList(nodes.MoveToImmutable()));
    }

    private void DropLapsed()
    {
        var now = clock.SteadyMs;
        foreach (var (node, lease) in _leases)
            if (now >= lease.EndsAt)
                _lapsed.Add(node);
        foreach (var node in _lapsed)
            _leases.Remove(node);
        _lapsed.Clear();
    }
}
