using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Situational.Domain.Journal;

namespace Situational.Storage.Redis;

/// <summary>Photos on Redis, a key each, named by their content. They take memory; few are on their way at a time, as each may hold 8 MiB.</summary>
internal sealed class RedisPhotoStore(RedisStore store, IOptions<PhotoOptions> options) : IPhotoStore
{
    private const int AtATime = 4;
    private readonly SemaphoreSlim _free = new(AtATime, AtATime);

    public async Task<string> AddAsync(ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Length, IPhotoStore.MaxBytes, nameof(content));
        var id = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        if (await ContainsAsync(id, cancellationToken).ConfigureAwait(false))
            return id;
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!await AddAsync(store, id, new StoredPhoto(contentType, content), options.Value.MaxInRedis, cancellationToken).ConfigureAwait(false))
                throw new PhotosFullException(options.Value.MaxInRedis);
        }
        finally
        {
            _free.Release();
        }
        return id;
    }

    public async Task<StoredPhoto?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!IsId(id))
            return null;
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await store.PhotoAsync(id, cancellationToken).ConfigureAwait(false) is not { } photo ? null
                : Convert.ToHexStringLower(SHA256.HashData(photo.Content.Span)) == id ? photo
                : throw new JournalDamagedException(store.Place, null, null, $"photo {id} is not what its name says");
        }
        finally
        {
            _free.Release();
        }
    }

    public async Task<bool> ContainsAsync(string id, CancellationToken cancellationToken) =>
        IsId(id) && (await store.RunAsync(RedisScript.Exists, [store.Keys.Photo(id)], [], cancellationToken).ConfigureAwait(false)).Number() == 1;

    /// <summary>Keeps a photo; false when all together would take more bytes than they may.</summary>
    public static async Task<bool> AddAsync(RedisStore store, string id, StoredPhoto photo, long max, CancellationToken cancellationToken) => (await store.RunAsync(
        RedisScript.AddPhoto, [store.Keys.Photo(id), store.Keys.Photos, store.Keys.Numbers],
        [photo.ContentType, photo.Content.ToArray(), id, max, store.Keys.Photo("").ToString()], cancellationToken).ConfigureAwait(false)).Number() == 1;

    private static bool IsId(string id) => id.Length == 64 && !id.AsSpan().ContainsAnyExcept("0123456789abcdef");

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        if (!await _free.WaitAsync(store.NewDeadline().Left, cancellationToken).ConfigureAwait(false))
            throw new JournalUnavailableException("Redis does not answer: too many photos wait.");
    }
}
