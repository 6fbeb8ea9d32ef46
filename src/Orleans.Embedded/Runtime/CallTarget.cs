namespace Orleans.Runtime;

/// <summary>Where a reference leads: two targets are equal when they are the same grain or the same observer.</summary>
internal abstract class CallTarget(Silo silo)
{
    /// <summary>The runtime that delivers.</summary>
    public Silo Silo { get; } = silo;

    /// <summary>The key of the grain, or a made-up one of an observer.</summary>
    public abstract string Key { get; }

    /// <summary>Hands the call over; never throws and never runs it on this thread.</summary>
    public abstract void Deliver(GrainCall call);
}
