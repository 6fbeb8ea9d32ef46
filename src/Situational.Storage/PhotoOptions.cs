using System.ComponentModel.DataAnnotations;

namespace Situational.Storage;

/// <summary>How much photos may take. Section <c>Situational:Photos</c>.</summary>
public sealed class PhotoOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Situational:Photos";

    private const long OnDisk = 20L * 1024 * 1024 * 1024;
    private const long InRedis = 512L * 1024 * 1024;

    /// <summary>
    /// Bytes that all photos together may take; what is beyond is refused. 1 to 2^50. Default: 20 GiB, on Redis, where they take memory, 512 MiB.
    /// </summary>
    [Range(1L, 1L << 50)]
    public long? MaxTotalBytes { get; set; }

    /// <summary>The bound for photos in files.</summary>
    internal long MaxOnDisk => MaxTotalBytes ?? OnDisk;

    /// <summary>The bound for photos in Redis.</summary>
    internal long MaxInRedis => MaxTotalBytes ?? InRedis;
}
