namespace Situational.Domain.Journal;

/// <summary>All photos together take as many bytes as they may. The photo was not kept, and trying again is of no use until there is more room.</summary>
public sealed class PhotosFullException(long maxTotalBytes)
    : Exception($"The photos take as many bytes as they may together: {maxTotalBytes}.")
{
    /// <summary>The bound, in bytes.</summary>
    public long MaxTotalBytes { get; } = maxTotalBytes;
}
