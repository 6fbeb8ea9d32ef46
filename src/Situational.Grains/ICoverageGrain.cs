using Situational.Grains.Messages;

namespace Situational.Grains;

/// <summary>Which part of a grid was walked (巡查覆盖), keyed by the grid's code. Idle ones hold nothing; what they counted is in the store.</summary>
[Alias("situational.coverage")]
public interface ICoverageGrain : IGrainWithStringKey
{
    /// <summary>
    /// Counts what was walked, and returns without waiting for the store, which has it 10 s later. Saying a segment again, in another order
    /// or to grids that it does not touch changes nothing. Segments of earlier days count for their own day, month and quarter.
    /// </summary>
    [Alias("walked")]
    Task WalkedAsync(WalkedSegments walked, CancellationToken cancellationToken);
}
