using Situational.Grains;
using Situational.Grains.Messages;

namespace Situational.Host.Feed;

/// <inheritdoc />
internal sealed class GrainCitySource(IGrainFactory grains) : ICitySource
{
    private (ILiveViewObserver Observer, ILiveViewObserver Reference)? _reference;

    /// <inheritdoc />
    public Task RenewAsync(string node, ILiveViewObserver observer, CancellationToken cancellationToken)
    {
        if (_reference is not { } made || !ReferenceEquals(made.Observer, observer))
            _reference = made = (observer, grains.CreateObjectReference<ILiveViewObserver>(observer));
        return Nodes.RenewAsync(node, made.Reference, cancellationToken);
    }

    /// <inheritdoc />
    public Task LeaveAsync(string node, CancellationToken cancellationToken) => Nodes.LeaveAsync(node, cancellationToken);

    /// <inheritdoc />
    public Task<TerritoryStanding> StandingAsync(CancellationToken cancellationToken) =>
        grains.GetGrain<ICityGrain>(ICityGrain.Key).StandingAsync(cancellationToken);

    /// <inheritdoc />
    public Task<GridChange> StateAsync(string grid, CancellationToken cancellationToken) =>
        grains.GetGrain<IGridGrain>(grid).StateAsync(cancellationToken);

    private INodesGrain Nodes => grains.GetGrain<INodesGrain>(ICityGrain.Key);
}
