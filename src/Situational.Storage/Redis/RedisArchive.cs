using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Situational.Storage.Rows;
using Situational.Storage.Upkeep;

namespace Situational.Storage.Redis;

/// <summary>All that stands under a prefix of a Redis, as a stream.</summary>
internal sealed class RedisArchive : IJournalArchive
{
    private readonly RedisStore _store;
    private readonly RedisOutbox _outbox;
    private readonly RedisArchiveReader _reader;
    private readonly RedisArchiveWriter _writer;

    private RedisArchive(RedisStore store, TimeProvider time)
    {
        _store = store;
        _outbox = new RedisOutbox(store, time, NullLogger<RedisOutbox>.Instance);
        _reader = new RedisArchiveReader(store, _outbox);
        _writer = new RedisArchiveWriter(store, time);
    }

    public string Place => _store.Place;

    /// <summary>Opens what there is, to read it.</summary>
    /// <exception cref="StorageUnusableException">It does not answer or will not do, a server runs on it, or it is incomplete.</exception>
    public static Task<IJournalArchive> OpenToReadAsync(IConfiguration configuration, TimeProvider time, CancellationToken cancellationToken) =>
        OpenAsync(configuration, true, time, cancellationToken);

    /// <summary>Opens it to be filled.</summary>
    /// <exception cref="StorageUnusableException">It does not answer or will not do, or a server runs on it.</exception>
    public static Task<IJournalArchive> OpenToFillAsync(IConfiguration configuration, TimeProvider time, CancellationToken cancellationToken) =>
        OpenAsync(configuration, false, time, cancellationToken);

    public Task<ArchiveCounts> CountAsync(CancellationToken cancellationToken) => _reader.CountAsync(cancellationToken);

    public IAsyncEnumerable<ArchiveItem> ReadAsync(CancellationToken cancellationToken) => _reader.ReadAsync(cancellationToken);

    public Task<IReadOnlyList<StoredCase?>> FindCasesAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        _reader.FindCasesAsync(ids, cancellationToken);

    public Task BeginAsync(string source, CancellationToken cancellationToken) => _writer.BeginAsync(source, cancellationToken);

    public Task WriteAsync(IReadOnlyList<ArchiveItem> items, CancellationToken cancellationToken) => _writer.WriteAsync(items, cancellationToken);

    public Task CompleteAsync(CancellationToken cancellationToken) => _writer.CompleteAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _outbox.Dispose();
        _store.Dispose();
        return default;
    }

    private static async Task<IJournalArchive> OpenAsync(
        IConfiguration configuration, bool complete, TimeProvider time, CancellationToken cancellationToken)
    {
        var options = configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        var redis = configuration.GetSection(RedisOptions.Section).Get<RedisOptions>() ?? new RedisOptions();
        var store = new RedisStore(options, redis, complete, time, NullLogger.Instance);
        try
        {
            await store.StartAsync(cancellationToken).ConfigureAwait(false);
            await store.RequireNoServerAsync(time, cancellationToken).ConfigureAwait(false);
            return new RedisArchive(store, time);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }
}
