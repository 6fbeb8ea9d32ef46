using System.Diagnostics.Metrics;

namespace Situational.Grains.Feed;

/// <summary>Instruments of the outbox, on the meter <c>Situational.Grains</c>.</summary>
internal static class FeedMeter
{
    private static readonly Meter Meter = new("Situational.Grains");

    /// <summary>Merged grid changes taken out of the outbox.</summary>
    public static readonly Counter<long> Changes = Meter.CreateCounter<long>("situational.outbox.changes", "{change}", "Merged grid changes taken out of the outbox.");

    /// <summary>Messages sent to web nodes, empty ones included.</summary>
    public static readonly Counter<long> Messages = Meter.CreateCounter<long>("situational.outbox.messages", "{message}", "Messages sent to web nodes.");

    /// <summary>Messages that a web node did not take.</summary>
    public static readonly Counter<long> Failed = Meter.CreateCounter<long>("situational.outbox.failed", "{message}", "Messages that a web node did not take.");
}
