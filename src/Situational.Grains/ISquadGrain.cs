using Situational.Grains.Messages;

namespace Situational.Grains;

/// <summary>A squad (巡防队), keyed by its id: each unit's last fix, state and current grid.</summary>
[Alias("situational.squad")]
public interface ISquadGrain : IGrainWithStringKey
{
    /// <summary>Takes fixes in their order, moves units between grids, and tells those grids before it returns.</summary>
    [Alias("record")]
    Task<FixCounts> RecordAsync(FixBatch batch, CancellationToken cancellationToken);

    /// <summary>Makes sure the squad is active, so that its units grow old on the wall even if no fix comes.</summary>
    [Alias("wake")]
    Task WakeAsync(CancellationToken cancellationToken);
}
