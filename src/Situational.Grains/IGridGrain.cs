using Orleans.Concurrency;
using Situational.Grains.Messages;

namespace Situational.Grains;

/// <summary>A grid (网格), keyed by its code: open cases, units present, freshness, risk with reasons.</summary>
/// <remarks>The key <see cref="Outside"/> is the pseudo-grid of units that are in no grid: it takes no reports and is never silent.</remarks>
[Alias("situational.grid")]
public interface IGridGrain : IGrainWithStringKey
{
    /// <summary>Key of the pseudo-grid of units that are in no grid.</summary>
    const string Outside = "outside";

    /// <summary>Opens a case for a report, or joins it to an open one. Returns only when it is durable.</summary>
    [Alias("report")]
    Task<ReportReceipt> ReportAsync(ReportCommand command, CancellationToken cancellationToken);

    /// <summary>Takes a step with a case. Returns only when it is durable.</summary>
    [Alias("act")]
    Task<CaseReceipt> ActAsync(CaseCommand command, CancellationToken cancellationToken);

    /// <summary>Takes what another grid hands over. Returns <see cref="HandoverVerdict.Taken"/> only when it is durable.</summary>
    [Alias("take-over")]
    Task<HandoverVerdict> TakeOverAsync(HandoverMessage handover, CancellationToken cancellationToken);

    /// <summary>
    /// Gives every open case to the grid that contains it under that version of the territory. Returns true when nothing is left to hand
    /// over; else it is to be asked again.
    /// </summary>
    [Alias("settle")]
    Task<bool> SettleAsync(int territoryVersion, CancellationToken cancellationToken);

    /// <summary>Takes in what its squads say of units that entered, moved within or left this grid.</summary>
    [AlwaysInterleave, Alias("units-moved")]
    Task UnitsMovedAsync(UnitsMoved moved, CancellationToken cancellationToken);

    /// <summary>The grid's whole present picture, for a node that starts or noticed a gap.</summary>
    [AlwaysInterleave, Alias("state")]
    Task<GridChange> StateAsync(CancellationToken cancellationToken);

    /// <summary>Publishes the whole present picture again, and looks at the clock: silence and ages are judged here.</summary>
    [Alias("say")]
    Task SayAsync(CancellationToken cancellationToken);

    /// <summary>What the API shows of the grid.</summary>
    [AlwaysInterleave, Alias("describe")]
    Task<GridDescription> DescribeAsync(CancellationToken cancellationToken);
}
