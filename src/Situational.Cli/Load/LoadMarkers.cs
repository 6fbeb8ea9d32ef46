using System.Diagnostics;

namespace Situational.Cli.Load;

/// <summary>
/// Fixes whose sending is remembered until a screen shows them: from the one to the other is what a person at a wall waits. Marked units send
/// rarely, so that no newer fix of theirs takes the place of one that no frame has shown. Safe for all threads.
/// </summary>
/// <param name="window">When figures count.</param>
/// <param name="units">Marked units.</param>
internal sealed class LoadMarkers(LoadWindow window, int units)
{
    /// <summary>What the ids of marked units begin with, after <see cref="FixTemplate.IdPrefix"/>; seven digits follow.</summary>
    public const char Letter = 'm';

    /// <summary>How long a marked unit sends nothing else, in seconds.</summary>
    public const double RestSeconds = 0.5;

    private const int Kept = 64;
    private readonly long[] _times = new long[units * Kept];
    private readonly long[] _sent = new long[units * Kept];
    private readonly int[] _next = new int[units];
    private long _offered;

    /// <summary>Marked units.</summary>
    public int Units => units;

    /// <summary>Markers sent.</summary>
    public long Offered => Volatile.Read(ref _offered);

    /// <summary>From the sending of a marker to its being on a screen.</summary>
    public LoadHistogram Latency { get; } = new();

    /// <summary>A marker goes out now. Only one thread at a time for a unit.</summary>
    /// <param name="unit">Number of the unit, from 0.</param>
    /// <param name="atMs">The fix's time.</param>
    public void Send(int unit, long atMs)
    {
        var place = unit * Kept + _next[unit];
        _next[unit] = (_next[unit] + 1) % Kept;
        Volatile.Write(ref _times[place], 0);
        Volatile.Write(ref _sent[place], window.IsOpen ? Stopwatch.GetTimestamp() : 0);
        Volatile.Write(ref _times[place], atMs);
        if (window.IsOpen)
            Interlocked.Increment(ref _offered);
    }

    /// <summary>A screen shows a fix of a marked unit.</summary>
    /// <param name="unit">Number of the unit, from 0.</param>
    /// <param name="atMs">The fix's time.</param>
    /// <param name="seenAt"><see cref="Stopwatch.GetTimestamp"/> of the frame's arrival.</param>
    /// <returns>Whether it counts.</returns>
    public bool See(int unit, long atMs, long seenAt)
    {
        for (var i = 0; i < Kept; i++)
        {
            var place = unit * Kept + i;
            if (Volatile.Read(ref _times[place]) != atMs)
                continue;
            var sent = Volatile.Read(ref _sent[place]);
            if (sent == 0)
                return false;
            Latency.Add((long)Stopwatch.GetElapsedTime(sent, seenAt).TotalMicroseconds);
            return true;
        }
        return false;
    }
}
