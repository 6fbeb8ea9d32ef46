using Situational.Grains;
using Situational.Grains.Messages;

namespace Situational.Host.Feed;

/// <summary>What the live view asks of the grains.</summary>
internal interface ICitySource
{
    /// <summary>Makes or renews the node's lease, so that silos send to it.</summary>
    Task RenewAsync(string node, ILiveViewObserver observer, CancellationToken cancellationToken);

    /// <summary>Ends the node's lease.</summary>
    Task LeaveAsync(string node, CancellationToken cancellationToken);

    /// <summary>The territory in force, and whether all cases have found their grids under it.</summary>
    Task<TerritoryStanding> StandingAsync(CancellationToken cancellationToken);

    /// <summary>A grid's whole present picture.</summary>
    Task<GridChange> StateAsync(string grid, CancellationToken cancellationToken);
}
