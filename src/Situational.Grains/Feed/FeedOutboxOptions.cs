using System.ComponentModel.DataAnnotations;

namespace Situational.Grains.Feed;

/// <summary>Pace of a silo's outbox; bound to <c>Situational:Outbox</c>.</summary>
public sealed class FeedOutboxOptions
{
    /// <summary>
    /// Time between two messages with changes when there is much to say, in milliseconds, 10 to 5,000. Default 100. With few changes the next
    /// message comes sooner, after 20 µs for each, but not before <see cref="LeastTickMilliseconds"/>; after a longer quiet a change goes out at once.
    /// </summary>
    [Range(10, 5_000)]
    public int TickMilliseconds { get; set; } = 100;

    /// <summary>Least time between two messages with changes, in milliseconds, 1 to 5,000; at most <see cref="TickMilliseconds"/> counts. Default 10.</summary>
    [Range(1, 5_000)]
    public int LeastTickMilliseconds { get; set; } = 10;

    /// <summary>Quiet after which an empty message says that the silo lives, in milliseconds, 100 to 4,000. Default 1,000.</summary>
    [Range(100, 4_000)]
    public int QuietMilliseconds { get; set; } = 1_000;

    /// <summary>How often the list of web nodes is read, in milliseconds, 100 to 30,000. Default 2,000; while there is none, at least each 250 ms.</summary>
    [Range(100, 30_000)]
    public int NodesMilliseconds { get; set; } = 2_000;

    /// <summary>How long a node may take over one message before it counts as failed, in milliseconds, 1,000 to 60,000. Default 10,000.</summary>
    [Range(1_000, 60_000)]
    public int AnswerMilliseconds { get; set; } = 10_000;

    /// <summary>Pause before a failed node is tried again, in milliseconds, 100 to 30,000. Default 1,000.</summary>
    [Range(100, 30_000)]
    public int RetryMilliseconds { get; set; } = 1_000;
}
