using System.ComponentModel.DataAnnotations;

namespace Situational.Storage;

/// <summary>Where and how the system keeps what must not be lost. Section <c>Situational:Storage</c>, but for <see cref="Data"/>.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Situational:Storage";

    /// <summary>Where the journal is: <c>sqlite</c> or <c>redis</c> (then see <see cref="Redis.RedisOptions"/>). Default: <c>sqlite</c>.</summary>
    [Required, AllowedValues("sqlite", "redis")]
    public string Kind { get; set; } = "sqlite";

    /// <summary>Folder of the database, from <c>Situational:Data</c>; made with mode 0700 when missing. Default: <c>data</c>.</summary>
    [Required]
    public string Data { get; set; } = "data";

    /// <summary>Writes that may wait; more are refused at once. 1 to 1,000,000. Default: 8,192.</summary>
    [Range(1, 1_000_000)]
    public int QueueCapacity { get; set; } = 8_192;

    /// <summary>Writes that share one transaction and one fsync, at most. 1 to 100,000. Default: 1,024.</summary>
    [Range(1, 100_000)]
    public int BatchSize { get; set; } = 1_024;

    /// <summary>Events of a grid between two snapshots. 1 to 100,000. Default: 64.</summary>
    [Range(1, 100_000)]
    public int SnapshotEvery { get; set; } = 64;

    /// <summary>Days for which an idempotency key is kept at least. 7 to 3,650. Default: 7.</summary>
    [Range(7, 3_650)]
    public int ReportKeyDays { get; set; } = 7;

    /// <summary>Newest idempotency keys that are kept however old the clock makes them. 1 to 10,000,000. Default: 100,000.</summary>
    [Range(1, 10_000_000)]
    public int ReportKeysKept { get; set; } = 100_000;

    /// <summary>Seconds to wait for a database that another program has locked. 1 to 60. Default: 2.</summary>
    [Range(1, 60)]
    public int BusySeconds { get; set; } = 2;

    /// <summary>
    /// Seconds after which a disk counts as not answering: writes that it has not yet got are refused, and a free reader or a look-up is
    /// no longer waited for. 1 to 60. Default: 4.
    /// </summary>
    [Range(1, 60)]
    public int AnswerSeconds { get; set; } = 4;

    /// <summary>Seconds after which a search is stopped and refused. 1 to 60. Default: 5.</summary>
    [Range(1, 60)]
    public int SearchSeconds { get; set; } = 5;

    /// <summary>Reads that run at the same time, each on its own connection; searches use all but one. 2 to 64. Default: 4.</summary>
    [Range(2, 64)]
    public int Readers { get; set; } = 4;
}
