using System.ComponentModel.DataAnnotations;

namespace Situational.Host.Feed;

/// <summary>Pace and bounds of the feed; bound to <c>Situational:Feed</c>.</summary>
public sealed class FeedOptions
{
    /// <summary>Least time between two frames of a channel, in milliseconds, 10 to 5,000. Default 50. After a longer quiet a change is cut at once.</summary>
    [Range(10, 5_000)]
    public int TickMilliseconds { get; set; } = 50;

    /// <summary>
    /// Frames a second to all screens together, 100 to 1,000,000. Default 6,000: with more than 300 screens that something changes for, each gets
    /// fewer and larger frames than a tick would give, at least one a second.
    /// </summary>
    [Range(100, 1_000_000)]
    public int FramesPerSecond { get; set; } = 6_000;

    /// <summary>
    /// Rows of grids that a cut may send to all screens together, 0 to 1,000,000,000; beyond it those wait that say a revision and a time alone.
    /// Default 10,000.
    /// </summary>
    [Range(0, 1_000_000_000)]
    public int GridRowsAtOnce { get; set; } = 10_000;

    /// <summary>Least time between two rows of a grid while they wait, in milliseconds, 0 to 30,000. Default 4,000; 0: none waits.</summary>
    [Range(0, 30_000)]
    public int GridMilliseconds { get; set; } = 4_000;

    /// <summary>Silence after which a screen gets a beat, in milliseconds, 250 to 5,000. Default 2,000.</summary>
    [Range(250, 5_000)]
    public int BeatMilliseconds { get; set; } = 2_000;

    /// <summary>How often the node renews its lease, in milliseconds, 1,000 to 15,000. Default 10,000.</summary>
    [Range(1_000, 15_000)]
    public int LeaseMilliseconds { get; set; } = 10_000;

    /// <summary>Silence of a silo that is trouble, in seconds, 2 to 60. Default 5.</summary>
    [Range(2, 60)]
    public int SiloSilentSeconds { get; set; } = 5;

    /// <summary>Time without a word of a grid that is trouble, in seconds, 35 to 3,600. Default 90: grids speak every 30 s.</summary>
    [Range(35, 3_600)]
    public int GridUnheardSeconds { get; set; } = 90;

    /// <summary>Grids asked for their whole picture at once, 1 to 256. Default 16.</summary>
    [Range(1, 256)]
    public int AsksAtOnce { get; set; } = 16;

    /// <summary>Channels (different area, box or units) at once, 1 to 100,000. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int Channels { get; set; } = 2_000;

    /// <summary>Channels without screens that are kept and fed for those that come back, 0 to 1,000. Default 16.</summary>
    [Range(0, 1_000)]
    public int IdleChannels { get; set; } = 16;

    /// <summary>How long a channel without screens is kept for those that come back, in seconds, 0 to 600. Default 20.</summary>
    [Range(0, 600)]
    public int ChannelIdleSeconds { get; set; } = 20;

    /// <summary>Frames kept in a channel's log, 1 to 10,000. Default 256.</summary>
    [Range(1, 10_000)]
    public int LogFrames { get; set; } = 256;

    /// <summary>Bytes on the wire of the frames kept in a channel's log, 10,000 to 100,000,000. Default 4,000,000.</summary>
    [Range(10_000, 100_000_000)]
    public int LogBytes { get; set; } = 4_000_000;

    /// <summary>Bytes of rows that the logs of all channels keep alive together, each row counted once, 1,000,000 to 2,000,000,000. Default 64,000,000.</summary>
    [Range(1_000_000, 2_000_000_000)]
    public int AllLogBytes { get; set; } = 64_000_000;

    /// <summary>Bytes of snapshots that all channels keep together for screens that come soon, 1,000,000 to 2,000,000,000; one is always kept. Default 16,000,000.</summary>
    [Range(1_000_000, 2_000_000_000)]
    public int SnapshotBytes { get; set; } = 16_000_000;

    /// <summary>Watches at once on one connection, 1 to 100. Default 4.</summary>
    [Range(1, 100)]
    public int WatchesPerConnection { get; set; } = 4;

    /// <summary>Connections at once, 1 to 100,000. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int Connections { get; set; } = 2_000;

    /// <summary>Connections at once of one identity from one address, 1 to 100,000. Default 200.</summary>
    [Range(1, 100_000)]
    public int ConnectionsPerIdentity { get; set; } = 200;
}
