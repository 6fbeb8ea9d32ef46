using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Situational.Storage.Sqlite;

/// <summary>One connection with its prepared statements, each made once. Used by one thread at a time.</summary>
internal sealed class Session : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _queries = new(SqlText.Comparer);
    private readonly Dictionary<string, Statement> _statements = new(SqlText.Comparer);
    private readonly int _busySeconds;

    /// <summary>Opens a connection.</summary>
    /// <param name="file">The database.</param>
    /// <param name="busySeconds">How long to wait for a lock.</param>
    /// <param name="pragmas">Set before anything else.</param>
    public Session(string file, int busySeconds, string pragmas)
    {
        _busySeconds = busySeconds;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = busySeconds,
        }.ConnectionString);
        try
        {
            _connection.Open();
            if (pragmas.Length == 0)
                return;
            using var command = _connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The connection, for what runs once.</summary>
    public SqliteConnection Connection => _connection;

    /// <summary>Runs a statement with values for <c>$1</c>, <c>$2</c>, …; returns the rows it changed.</summary>
    public int Run(string sql, params ReadOnlySpan<object?> values) => Prepare(sql).Run(values, _busySeconds);

    /// <summary>Runs a query; the reader must be disposed before the same query runs again.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteReader();

    /// <summary>The first column of the first row, or null without a row or a value.</summary>
    public object? Value(string sql, params ReadOnlySpan<object?> values) => Prepare(sql).Value(values, _busySeconds);

    /// <summary>Moves the whole write-ahead log into the file, durably, and empties it.</summary>
    /// <exception cref="SqliteException">It cannot be done, or a reader or writer is in the way.</exception>
    public void Checkpoint()
    {
        using var rows = Query("PRAGMA wal_checkpoint(TRUNCATE)");
        if (rows.Read() && rows.GetInt64(0) != 0)
            throw new SqliteException("The write-ahead log is in use.", 5);
    }

    /// <summary>Moves what it can of the write-ahead log into the file, durably, beside readers and a writer; returns the pages left in the log.</summary>
    /// <exception cref="SqliteException">It cannot be done.</exception>
    public int MoveLog()
    {
        var result = raw.sqlite3_wal_checkpoint_v2(_connection.Handle!, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var pages, out var moved);
        // busy: another connection is at it
        if (result is not (raw.SQLITE_OK or raw.SQLITE_BUSY))
            SqliteException.ThrowExceptionForRC(result, _connection.Handle);
        return pages - moved;
    }

    /// <summary>Pages that were written since this was asked last.</summary>
    public int TakeWritten()
    {
        raw.sqlite3_db_status(_connection.Handle!, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        return pages;
    }

    /// <summary>Stops a statement under way with INTERRUPT when that says so, asked every few thousand instructions; null for never.</summary>
    public void StopWhen(Func<bool>? late) =>
        raw.sqlite3_progress_handler(_connection.Handle, late is null ? 0 : 4_000, late is null ? null : _ => late() ? 1 : 0, null);

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        foreach (var command in _queries.Values)
            command.Dispose();
        _connection.Dispose();
    }

    private Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements.Add(sql, statement = new Statement(_connection.Handle!, sql));
        return statement;
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_queries.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            _queries.Add(sql, command);
        }
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}

/// <summary>Tells statements apart: most are the same text object, and their lengths differ.</summary>
internal sealed class SqlText : IEqualityComparer<string>
{
    public static readonly SqlText Comparer = new();

    public bool Equals(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

    public int GetHashCode(string sql) => HashCode.Combine(sql.Length, sql[^1], sql[sql.Length / 2]);
}
