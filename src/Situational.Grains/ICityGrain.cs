using Orleans.Concurrency;
using Situational.Grains.Messages;

namespace Situational.Grains;

/// <summary>The city, keyed by <see cref="Key"/>: the territory in force, and the rounds that keep grids and squads awake.</summary>
[Alias("situational.city")]
public interface ICityGrain : IGrainWithStringKey
{
    /// <summary>The key: one city a deployment, whose area code is known only once there is a territory.</summary>
    const string Key = "city";

    /// <summary>
    /// Brings a territory into force: the first one, or a new version in the place of the one it names. Grids may split, merge, appear and
    /// vanish; open cases follow the ground they lie on.
    /// </summary>
    [Alias("put-territory")]
    Task<TerritoryReceipt> PutTerritoryAsync(TerritoryProposal proposal, CancellationToken cancellationToken);

    /// <summary>Version in force, 0 before the first. Also keeps the city's rounds going.</summary>
    [AlwaysInterleave, Alias("version")]
    Task<int> TerritoryVersionAsync(CancellationToken cancellationToken);

    /// <summary>The version in force, and whether all cases have found their grids under it.</summary>
    [AlwaysInterleave, Alias("standing")]
    Task<TerritoryStanding> StandingAsync(CancellationToken cancellationToken);

    /// <summary>Tells the city of a squad that has units, so that its rounds wake it.</summary>
    [AlwaysInterleave, Alias("squad-seen")]
    Task SquadSeenAsync(string squad, CancellationToken cancellationToken);
}
