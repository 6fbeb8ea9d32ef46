namespace Situational.Host.Ingest;

/// <summary>A bound on requests that are worked on at once. Safe for all threads.</summary>
internal sealed class InFlightGate(int bound)
{
    private int _inside;

    /// <summary>Lets the caller in unless the bound is reached; who is in must <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _inside) <= bound)
            return true;
        Interlocked.Decrement(ref _inside);
        return false;
    }

    /// <summary>Lets the next one in.</summary>
    public void Leave() => Interlocked.Decrement(ref _inside);
}
