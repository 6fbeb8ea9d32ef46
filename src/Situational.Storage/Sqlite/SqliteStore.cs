using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Situational.Domain.Journal;

namespace Situational.Storage.Sqlite;

/// <summary>
/// One data folder's database: its writer and its readers. Open from construction to disposal, held against every other process.
/// Safe for all threads.
/// </summary>
internal sealed class SqliteStore : IDisposable
{
    /// <summary>Name of the database in its folder.</summary>
    public const string FileName = "situational.db";

    /// <summary>Writes of <see cref="WriteAsideAsync"/> that the writer's queue has at most.</summary>
    private const int Aside = 8;

    private readonly DataFolder _folder;
    private readonly LogMover _mover;
    private readonly Writer _writer;
    private readonly Readers _readers;
    private readonly SemaphoreSlim _aside = new(Aside, Aside);
    private readonly int _busySeconds;
    private int _disposed;

    /// <exception cref="StorageUnusableException">The folder or the file cannot be used.</exception>
    public SqliteStore(IOptions<StorageOptions> options, TimeProvider time, ILogger<SqliteStore> log)
        : this(options, time, log, Schema.Steps) { }

    internal SqliteStore(IOptions<StorageOptions> options, TimeProvider time, ILogger<SqliteStore> log, IReadOnlyList<SchemaStep> steps)
    {
        Options = options.Value;
        _busySeconds = Options.BusySeconds;
        _folder = DataFolder.Take(Options.Data);
        Photos = new PhotoFiles(_folder.Path);
        try
        {
            File = _folder.OwnFile(FileName);
            using (var first = new Session(File, _busySeconds, ""))
            {
                Schema.Bring(first, File, steps);
                if (first.Value("PRAGMA journal_mode = WAL") is not "wal")
                    throw new StorageUnusableException($"the database {File} cannot use a write-ahead log on this file system");
                // What a killed process left in the log may not be on the disk; what is read from here on is told as durable.
                first.Checkpoint();
                if (SqliteArchiveWriter.SourceOf(first) is { } source)
                    throw SqliteArchiveWriter.Incomplete(File, source);
            }
            Photos.Sweep();
            var answer = TimeSpan.FromSeconds(Options.AnswerSeconds);
            _mover = new LogMover(OpenToWrite, log);
            _writer = new Writer(OpenToWrite, _mover, Options.QueueCapacity, Options.BatchSize, answer, time, log);
            _readers = new Readers(OpenToRead, () => _writer.InDoubt, Options.Readers, answer, TimeSpan.FromSeconds(Options.SearchSeconds), time);
        }
        catch (SqliteException e)
        {
            _mover?.Dispose();
            _folder.Dispose();
            throw new StorageUnusableException($"the database {File} cannot be opened: {e.Message}", e);
        }
        catch
        {
            _mover?.Dispose();
            _folder.Dispose();
            throw;
        }
    }

    public StorageOptions Options { get; }

    /// <summary>Absolute path of the database.</summary>
    public string File { get; }

    /// <summary>The photos beside the database.</summary>
    public PhotoFiles Photos { get; }

    /// <summary>Bound of the file in pages for connections opened from now on; 0 for none. Lets a test fill the disk.</summary>
    internal long MaxPageCount { get; set; }

    /// <inheritdoc cref="Writer.WriteAsync"/>
    public Task<T> WriteAsync<T>(Func<Session, T> work, CancellationToken cancellationToken) => _writer.WriteAsync(work, cancellationToken);

    /// <summary>
    /// Writes what no report is to wait behind, such as measurements that come by the thousand: only a few of these are in the writer's queue at a
    /// time, so only a few share a report's transaction; the others wait beside it, no longer than for a disk that does not answer.
    /// </summary>
    /// <inheritdoc cref="Writer.WriteAsync"/>
    public async Task<T> WriteAsideAsync<T>(Func<Session, T> work, CancellationToken cancellationToken)
    {
        if (!await _aside.WaitAsync(TimeSpan.FromSeconds(Options.AnswerSeconds), cancellationToken))
        {
            StorageMeter.Refused.Add(1);
            throw new JournalUnavailableException("Too many writes wait for the database.");
        }
        try
        {
            return await _writer.WriteAsync(work, cancellationToken);
        }
        finally
        {
            _aside.Release();
        }
    }

    /// <inheritdoc cref="Readers.ReadAsync{T}(Func{Session, T}, CancellationToken)"/>
    public Task<T> ReadAsync<T>(Func<Session, T> read, CancellationToken cancellationToken) => _readers.ReadAsync(read, cancellationToken);

    /// <inheritdoc cref="Readers.FindAsync"/>
    public Task<T> FindAsync<T>(Func<Session, T> find, CancellationToken cancellationToken) => _readers.FindAsync(find, cancellationToken);

    /// <inheritdoc cref="Readers.SearchAsync"/>
    public Task<T> SearchAsync<T>(Func<Session, T> search, CancellationToken cancellationToken) => _readers.SearchAsync(search, cancellationToken);

    /// <summary>
    /// Writes what waits and closes; the last connection folds the write-ahead log into the file. The folder stays this process's while
    /// a disk that does not answer still has a write.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _readers.Dispose();
        _mover.Dispose();
        _writer.Dispose();
        if (_writer.Ended)
            _folder.Dispose();
    }

    private Session OpenToWrite() => new(File, _busySeconds, string.Create(CultureInfo.InvariantCulture, $"""
        PRAGMA synchronous = FULL;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA wal_autocheckpoint = {LogMover.FullPages * 4};
        PRAGMA cache_size = -65536;
        PRAGMA cell_size_check = ON;
        PRAGMA trusted_schema = OFF;
        {(MaxPageCount > 0 ? $"PRAGMA max_page_count = {MaxPageCount};" : "")}
        """));

    private Session OpenToRead() => new(File, _busySeconds, "PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF");
}
