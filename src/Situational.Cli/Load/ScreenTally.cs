using System.Collections.Concurrent;

namespace Situational.Cli.Load;

/// <summary>What came to screens. Safe for all threads.</summary>
internal sealed class ScreenTally
{
    private readonly ConcurrentDictionary<string, long> _refused = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<string> _firstRefusal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytes, _snapshots, _deltas, _beats, _gaps, _resyncs, _digests, _digestFaults, _breaches, _lost;

    /// <summary>Bytes received.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Snapshots.</summary>
    public long Snapshots => Volatile.Read(ref _snapshots);

    /// <summary>Deltas that could be applied.</summary>
    public long Deltas => Volatile.Read(ref _deltas);

    /// <summary>Beats.</summary>
    public long Beats => Volatile.Read(ref _beats);

    /// <summary>Frames that build on another than the last.</summary>
    public long Gaps => Volatile.Read(ref _gaps);

    /// <summary>Watches begun anew because of a gap or a wrong digest.</summary>
    public long Resyncs => Volatile.Read(ref _resyncs);

    /// <summary>Digests computed and compared.</summary>
    public long Digests => Volatile.Read(ref _digests);

    /// <summary>Digests that were others.</summary>
    public long DigestFaults => Volatile.Read(ref _digestFaults);

    /// <summary>Revisions that did not rise.</summary>
    public long Breaches => Volatile.Read(ref _breaches);

    /// <summary>Connections that broke or were closed by the server.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Watches and connections that were refused, by reason.</summary>
    public SortedDictionary<string, long> Refused => new(_refused, StringComparer.Ordinal);

    /// <summary>From the server's cutting a delta to its being on a screen, to the millisecond.</summary>
    public LoadHistogram Age { get; } = new();

    /// <summary>Why the first watch or connection was refused, once one was.</summary>
    public Task<string> FirstRefusal => _firstRefusal.Task;

    /// <summary>So many bytes came.</summary>
    public void Receive(int bytes) => Interlocked.Add(ref _bytes, bytes);

    /// <summary>A frame came.</summary>
    public void Take(FrameVerdict verdict, bool digest)
    {
        _ = verdict switch
        {
            FrameVerdict.Snapshot => Interlocked.Increment(ref _snapshots),
            FrameVerdict.Delta => Interlocked.Increment(ref _deltas),
            FrameVerdict.Beat => Interlocked.Increment(ref _beats),
            FrameVerdict.Gap => Interlocked.Increment(ref _gaps),
            FrameVerdict.WrongDigest => Interlocked.Increment(ref _digestFaults),
            FrameVerdict.Breach => Interlocked.Increment(ref _breaches),
            _ => 0,
        };
        if (digest)
            Interlocked.Increment(ref _digests);
    }

    /// <summary>A watch begins anew.</summary>
    public void Resync() => Interlocked.Increment(ref _resyncs);

    /// <summary>A connection broke.</summary>
    public void Lose() => Interlocked.Increment(ref _lost);

    /// <summary>A watch or a connection was refused.</summary>
    public void Refuse(string reason)
    {
        _refused.AddOrUpdate(reason, 1, static (_, n) => n + 1);
        _firstRefusal.TrySetResult(reason);
    }
}
