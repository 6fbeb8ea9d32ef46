using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The activations of the process, at most one a grain.</summary>
internal sealed class Catalog(Silo silo)
{
    private readonly ConcurrentDictionary<GrainTarget, Activation> _activations = new();

    public int Count => _activations.Count;

    /// <summary>Hands the call to the grain's activation, made if need be; null if the silo makes no more.</summary>
    public Activation? Deliver(GrainTarget target, GrainCall call)
    {
        while (true)
        {
            if (!_activations.TryGetValue(target, out var activation))
            {
                if (silo.RefusesActivations)
                {
                    call.Fail(new SiloUnavailableException($"{call.Name} to {target} cannot be delivered: the silo is stopping."));
                    return null;
                }

                var made = new Activation(silo, target);
                activation = _activations.GetOrAdd(target, made);
                if (activation == made)
                    made.Activate();
            }

            if (activation.TryReceive(call))
                return activation;

            // It ended in between and is on its way out.
            Remove(activation);
        }
    }

    public void Remove(Activation activation) => _activations.TryRemove(new(activation.Target, activation));

    public void TimeOut(long madeBefore, TimeSpan timeout)
    {
        foreach (var (_, activation) in _activations)
            activation.TimeOut(madeBefore, timeout);
    }

    public void CollectIdle(long now)
    {
        foreach (var (_, activation) in _activations)
            activation.CollectIfIdle(now);
    }

    /// <summary>Deactivates all and waits for their ends, or until the token says that there is no more time.</summary>
    public async Task DeactivateAllAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        while (!_activations.IsEmpty)
        {
            var ends = new List<Task>();
            foreach (var (_, activation) in _activations)
            {
                activation.Deactivate(reason, cancellationToken);
                ends.Add(activation.Deactivated);
            }

            await Task.WhenAll(ends).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                return;
        }
    }
}
