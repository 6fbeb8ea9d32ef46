using Orleans.Runtime;

namespace Orleans;

/// <summary>What every grain class is to the runtime.</summary>
public interface IGrainBase
{
    /// <summary>The activation around the grain.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Runs before the first call; a failure fails the calls that wait.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs after the last call.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
