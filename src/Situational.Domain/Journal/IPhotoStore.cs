namespace Situational.Domain.Journal;

/// <summary>Photos of reports and results, by the SHA-256 of their content. Throws <see cref="JournalUnavailableException"/> when the store is away.</summary>
public interface IPhotoStore
{
    /// <summary>Most bytes of a photo: 8 MiB.</summary>
    const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>Keeps a photo durably and returns its id, the SHA-256 of its bytes in lower-case hexadecimal. The same photo again is the same id.</summary>
    /// <exception cref="PhotosFullException">All photos together would take more bytes than they may.</exception>
    Task<string> AddAsync(ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken);

    /// <summary>The photo of that id, or null.</summary>
    Task<StoredPhoto?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Whether there is a photo of that id. A store answers without reading the photo; the default reads it.</summary>
    async Task<bool> ContainsAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken).ConfigureAwait(false) is not null;
}

/// <summary>A photo as stored.</summary>
/// <param name="ContentType"><c>image/jpeg</c>, <c>image/png</c>, <c>image/webp</c> or <c>image/heic</c>, as its content says.</param>
/// <param name="Content">Its bytes.</param>
public sealed record StoredPhoto(string ContentType, ReadOnlyMemory<byte> Content);
