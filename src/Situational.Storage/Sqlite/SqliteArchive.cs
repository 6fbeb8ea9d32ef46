using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using Situational.Storage.Upkeep;

namespace Situational.Storage.Sqlite;

/// <summary>A database and the photos beside it as a stream. Holds the data folder, so no server runs on it meanwhile.</summary>
internal sealed class SqliteArchive : IJournalArchive
{
    private readonly DataFolder _folder;
    private readonly PhotoFiles _photos;
    private readonly Session _session;
    private readonly TrailTable _trails;

    private SqliteArchive(DataFolder folder, Session session, string file)
    {
        _folder = folder;
        _session = session;
        _photos = new PhotoFiles(folder.Path);
        _trails = new TrailTable(file);
        Place = file;
    }

    public string Place { get; }

    /// <summary>Opens what there is, to read it.</summary>
    /// <exception cref="StorageUnusableException">There is none, it is in use, incomplete, or of another version.</exception>
    public static SqliteArchive OpenToRead(string folder)
    {
        var file = Path.Combine(Path.GetFullPath(folder), SqliteStore.FileName);
        if (!File.Exists(file))
            throw new StorageUnusableException($"there is no journal {file}");
        return Open(folder, static (session, file) =>
        {
            Schema.Require(session, file, Schema.Steps);
            if (SqliteArchiveWriter.SourceOf(session) is { } source)
                throw SqliteArchiveWriter.Incomplete(file, source);
            session.Run("PRAGMA query_only = ON");
        });
    }

    /// <summary>Opens a folder to fill its database, made if need be.</summary>
    /// <exception cref="StorageUnusableException">It is in use or of another version.</exception>
    public static SqliteArchive OpenToFill(string folder) => Open(folder, static (session, file) =>
    {
        Schema.Bring(session, file, Schema.Steps);
        if (session.Value("PRAGMA journal_mode = WAL") is not "wal")
            throw new StorageUnusableException($"the database {file} cannot use a write-ahead log on this file system");
    });

    public Task<ArchiveCounts> CountAsync(CancellationToken cancellationToken) => Task.FromResult(new ArchiveCounts(
        Count("territories"), Count("units"), Count("fixes"), Count("photos"), CountGrids(), Count("events"),
        Count("snapshots"), Count("cases"), Count("report_keys"), Count("audit"),
        Count("unit_duty"), Count("trails"), Count("coverage"), Count("alerts"), Count("past") + Count("past_now")));

    public async IAsyncEnumerable<ArchiveItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var item in new SqliteArchiveReader(_session, _photos, _trails).Everything())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }
    }

    public Task<IReadOnlyList<StoredCase?>> FindCasesAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = new StoredCase?[ids.Count];
        for (var i = 0; i < found.Length; i++)
            found[i] = SqliteArchiveReader.FindCase(_session, ids[i]);
        return Task.FromResult<IReadOnlyList<StoredCase?>>(found);
    }

    public Task BeginAsync(string source, CancellationToken cancellationToken)
    {
        SqliteArchiveWriter.Begin(_session, _photos, Place, source);
        return Task.CompletedTask;
    }

    public Task WriteAsync(IReadOnlyList<ArchiveItem> items, CancellationToken cancellationToken)
    {
        SqliteArchiveWriter.Write(_session, _photos, _trails, items);
        return Task.CompletedTask;
    }

    public Task CompleteAsync(CancellationToken cancellationToken)
    {
        SqliteArchiveWriter.Complete(_session);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        _folder.Dispose();
        return default;
    }

    private static SqliteArchive Open(string path, Action<Session, string> prepare)
    {
        var folder = DataFolder.Take(path);
        Session? session = null;
        try
        {
            var file = folder.OwnFile(SqliteStore.FileName);
            session = new Session(file, 2, "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF");
            prepare(session, file);
            return new SqliteArchive(folder, session, file);
        }
        catch (Exception e)
        {
            session?.Dispose();
            folder.Dispose();
            if (SqliteFailure.IsDamage(e))
                throw new JournalDamagedException(Path.Combine(folder.Path, SqliteStore.FileName), null, null, "SQLite cannot open it", e);
            if (e is SqliteException)
                throw new StorageUnusableException($"the database in {folder.Path} cannot be opened: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Only for showing progress: what cannot be counted is 0, and reading says what is wrong with it.</summary>
    private long Count(string table)
    {
        try
        {
            return (long)_session.Value($"SELECT count(*) FROM {table}")!;
        }
        catch (SqliteException)
        {
            return 0;
        }
    }

    private long CountGrids()
    {
        try
        {
            return SqliteArchiveReader.Grids(_session).LongCount();
        }
        catch (SqliteException)
        {
            return 0;
        }
    }
}
