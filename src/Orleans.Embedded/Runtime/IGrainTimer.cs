namespace Orleans.Runtime;

/// <summary>A timer of a grain; disposing it stops it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Changes when the next tick is due, and the period after it. During a tick, effective after that tick.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}
