namespace Orleans.Runtime;

/// <summary>Something that waits for its turn in an activation and then runs there: a call or a timer's tick.</summary>
internal abstract class Turn
{
    /// <summary>Neighbours in the activation's <see cref="TurnQueue"/>; under the activation's lock.</summary>
    internal Turn? Previous, Next;

    /// <summary>Where the turn is; under the activation's lock.</summary>
    internal TurnPlace Place;

    private Task? _running;
    private Activation? _activation;

    /// <summary>May run between the turns of others.</summary>
    public bool AlwaysInterleaves { get; protected set; }

    /// <summary>May run beside others that only read.</summary>
    public bool OnlyReads { get; protected set; }

    /// <summary>Its end counts as use of the activation.</summary>
    public bool KeepsAlive { get; protected set; }

    /// <summary>Runs it; called once, on the activation's scheduler.</summary>
    public abstract Task Start(object instance);

    /// <summary>The turn is over.</summary>
    public abstract void End(Task ended);

    /// <summary>Runs the turn and ends it, now or when its task completes.</summary>
    public void Run(Activation activation, object instance)
    {
        Task running;
        try
        {
            running = Start(instance) ?? Task.FromException(new InvalidOperationException("The grain method returned null instead of a task."));
        }
        catch (Exception fault)
        {
            running = fault is OperationCanceledException { CancellationToken.IsCancellationRequested: true } cancelled
                ? Task.FromCanceled(cancelled.CancellationToken)
                : Task.FromException(fault);
        }

        (_activation, _running) = (activation, running);
        if (running.IsCompleted)
            Complete();
        else
            running.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(Complete);
    }

    private void Complete()
    {
        // The activation first: whoever awaits the answer must find the turn over.
        _activation!.OnEnded(this);
        End(_running!);
    }
}

/// <summary>Where a turn is.</summary>
internal enum TurnPlace
{
    Nowhere,
    Waiting,
    Running,
}
