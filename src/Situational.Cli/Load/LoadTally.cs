using System.Collections.Concurrent;

namespace Situational.Cli.Load;

/// <summary>What was sent and what became of it. Safe for all threads.</summary>
internal sealed class LoadTally
{
    private readonly ConcurrentDictionary<string, long> _refused = new(StringComparer.Ordinal);
    private long _offered, _accepted, _requests, _moved, _older, _repeated, _future, _jumps, _outside, _lost;

    /// <summary>Sent.</summary>
    public long Offered => Volatile.Read(ref _offered);

    /// <summary>Taken by the server.</summary>
    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>Requests answered.</summary>
    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Connections that broke or were closed by the server.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>From sending to the answer.</summary>
    public LoadHistogram Latency { get; } = new();

    /// <summary>Refused, by reason.</summary>
    public SortedDictionary<string, long> Refused => new(_refused, StringComparer.Ordinal);

    /// <summary>What the accepted fixes were.</summary>
    public FixSums Fixes => new(
        Volatile.Read(ref _moved), Volatile.Read(ref _older), Volatile.Read(ref _repeated), Volatile.Read(ref _future), Volatile.Read(ref _jumps),
        Volatile.Read(ref _outside));

    /// <summary>So many go out.</summary>
    public void Offer(int number) => Interlocked.Add(ref _offered, number);

    /// <summary>A request was answered.</summary>
    public void Answer(int accepted, long microseconds)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _accepted, accepted);
        Latency.Add(microseconds);
    }

    /// <summary>Adds what the accepted fixes were.</summary>
    public void Add(in FixSums sums)
    {
        Interlocked.Add(ref _moved, sums.Moved);
        Interlocked.Add(ref _older, sums.Older);
        Interlocked.Add(ref _repeated, sums.Repeated);
        Interlocked.Add(ref _future, sums.Future);
        Interlocked.Add(ref _jumps, sums.Jumps);
        Interlocked.Add(ref _outside, sums.Outside);
    }

    /// <summary>So many were refused.</summary>
    public void Refuse(string reason, long number) => _refused.AddOrUpdate(reason, number, (_, n) => n + number);

    /// <summary>A connection broke.</summary>
    public void Lose() => Interlocked.Increment(ref _lost);
}

/// <summary>What accepted fixes were, as <c>POST /api/v1/positions</c> answers it.</summary>
internal readonly record struct FixSums(long Moved, long Older, long Repeated, long Future, long Jumps, long Outside);
