using System.Diagnostics.Metrics;

namespace Situational.Storage;

/// <summary>What the store says of itself, under the meter <c>Situational.Storage</c>.</summary>
internal static class StorageMeter
{
    private static readonly Meter Meter = new("Situational.Storage");

    /// <summary>Seconds from a batch's first statement to its fsync.</summary>
    public static readonly Histogram<double> CommitSeconds = Meter.CreateHistogram<double>("situational.storage.commit", "s");

    /// <summary>Writes that shared a transaction.</summary>
    public static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("situational.storage.batch");

    /// <summary>Writes that failed.</summary>
    public static readonly Counter<long> Failed = Meter.CreateCounter<long>("situational.storage.failed");

    /// <summary>Connections to Redis that replaced a failed one.</summary>
    public static readonly Counter<long> Reconnected = Meter.CreateCounter<long>("situational.storage.reconnected");

    /// <summary>Appends that met a grid with fewer events than were acknowledged before: the store has lost some.</summary>
    public static readonly Counter<long> Lost = Meter.CreateCounter<long>("situational.storage.lost");

    /// <summary>Writes and reads refused because too many waited or the disk did not answer.</summary>
    public static readonly Counter<long> Refused = Meter.CreateCounter<long>("situational.storage.refused");
}
