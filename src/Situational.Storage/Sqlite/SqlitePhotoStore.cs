using Microsoft.Extensions.Options;
using Situational.Domain.Journal;

namespace Situational.Storage.Sqlite;

/// <summary>
/// Photos: files beside the database, their types in it. The row comes after the file is durable, so a photo that is known is there. Few are
/// read and written at a time, as each may hold 8 MiB.
/// </summary>
internal sealed class SqlitePhotoStore(SqliteStore store, IOptions<PhotoOptions> options) : IPhotoStore
{
    private const int AtATime = 4;

    private readonly PhotoFiles _files = store.Photos;
    private readonly PhotoQuota _quota = new(options.Value.MaxOnDisk, cancellationToken => store.ReadAsync(PhotoTable.Bytes, cancellationToken));
    private readonly SemaphoreSlim _free = new(AtATime, AtATime);
    private readonly TimeSpan _answer = TimeSpan.FromSeconds(store.Options.AnswerSeconds);

    public async Task<string> AddAsync(ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Length, IPhotoStore.MaxBytes, nameof(content));
        var id = PhotoFiles.IdOf(content.Span);
        if (await FindTypeAsync(id, cancellationToken) is not null)
            return id;
        await _quota.TakeAsync(content.Length, cancellationToken);
        try
        {
            await RunAsync(() =>
            {
                _files.Write(id, content.Span);
                return true;
            }, cancellationToken);
            if (await store.WriteAsync(session => PhotoTable.Add(session, id, contentType, content.Length), cancellationToken))
                _quota.Kept();
            else
                _quota.NotKept(content.Length);
            return id;
        }
        catch
        {
            _quota.InDoubt();
            throw;
        }
    }

    public async Task<StoredPhoto?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!PhotoFiles.IsId(id) || await FindTypeAsync(id, cancellationToken) is not { } type)
            return null;
        var content = await RunAsync(() => _files.Read(id), cancellationToken)
            ?? throw new JournalDamagedException(_files.PathOf(id), null, null, "the photo's file is missing");
        return PhotoFiles.IdOf(content) == id
            ? new StoredPhoto(type, content)
            : throw new JournalDamagedException(_files.PathOf(id), null, null, "the photo is not what its name says");
    }

    public async Task<bool> ContainsAsync(string id, CancellationToken cancellationToken) =>
        PhotoFiles.IsId(id) && await FindTypeAsync(id, cancellationToken) is not null;

    private Task<string?> FindTypeAsync(string id, CancellationToken cancellationToken) =>
        store.FindAsync(session => PhotoTable.FindType(session, id), cancellationToken);

    /// <summary>A disk that does not answer is not waited for without end; what it still writes is a file that nobody knows.</summary>
    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (!await _free.WaitAsync(_answer, cancellationToken))
            throw new JournalUnavailableException("The disk does not answer: too many photos wait.");
        var running = Task.Run(() =>
        {
            try
            {
                return work();
            }
            finally
            {
                _free.Release();
            }
        }, CancellationToken.None);
        try
        {
            return await running.WaitAsync(_answer * 4, cancellationToken);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            throw new JournalUnavailableException("The disk does not answer.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException("The photo cannot be read or written.", e);
        }
    }
}
