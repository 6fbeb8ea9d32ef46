using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Situational.Storage.Sqlite;

/// <summary>
/// A prepared statement that gives no rows, or one value, run on SQLite itself: a report is ten of them, and what a provider of data sets does for
/// each (looking its parameters up by name, a reader, their objects) costs as much as what SQLite does.
/// </summary>
internal sealed class Statement : IDisposable
{
    private const int LongestOnStack = 512;
    private const int MillisecondsBetweenTries = 25;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly int[] _places;

    /// <exception cref="SqliteException">It is no statement of this database.</exception>
    public Statement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        // SQLite numbers them in the order in which the text names them first
        _places = new int[raw.sqlite3_bind_parameter_count(_statement)];
        for (var i = 1; i <= _places.Length; i++)
            _places[int.Parse(raw.sqlite3_bind_parameter_name(_statement, i).utf8_to_string().AsSpan(1), CultureInfo.InvariantCulture) - 1] = i;
    }

    /// <summary>Runs it; returns the rows it changed.</summary>
    public int Run(ReadOnlySpan<object?> values, int busySeconds)
    {
        Step(values, busySeconds, read: false);
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Runs it to its end; returns the first column of the first row, or null without a row.</summary>
    public object? Value(ReadOnlySpan<object?> values, int busySeconds) => Step(values, busySeconds, read: true);

    public void Dispose() => _statement.Dispose();

    private object? Step(ReadOnlySpan<object?> values, int busySeconds, bool read)
    {
        for (var i = 0; i < values.Length; i++)
            Check(Bind(_places[i], values[i]));
        object? value = null;
        var result = raw.sqlite3_step(_statement);
        for (var tries = busySeconds * 1_000 / MillisecondsBetweenTries; result is raw.SQLITE_BUSY or raw.SQLITE_LOCKED && tries > 0; tries--)
        {
            raw.sqlite3_reset(_statement);
            Thread.Sleep(MillisecondsBetweenTries);
            result = raw.sqlite3_step(_statement);
        }
        if (result == raw.SQLITE_ROW && read)
            value = First();
        while (result == raw.SQLITE_ROW)
            result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_DONE)
        {
            raw.sqlite3_reset(_statement);
            return value;
        }
        try
        {
            SqliteException.ThrowExceptionForRC(result, _database);
            return value;
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    private object? First() => raw.sqlite3_column_type(_statement, 0) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(_statement, 0),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(_statement, 0),
        raw.SQLITE_TEXT => raw.sqlite3_column_text(_statement, 0).utf8_to_string(),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(_statement, 0).ToArray(),
        _ => null,
    };

    private int Bind(int index, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, index),
        string text => Bind(index, text),
        long number => raw.sqlite3_bind_int64(_statement, index, number),
        int number => raw.sqlite3_bind_int64(_statement, index, number),
        // without a byte there is no address, which would be taken for NULL
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(_statement, index, 0),
        byte[] bytes => raw.sqlite3_bind_blob(_statement, index, bytes),
        double number => raw.sqlite3_bind_double(_statement, index, number),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, $"Values of type {value.GetType()} are not stored."),
    };

    private int Bind(int index, string text)
    {
        if (text.Length == 0)
            return raw.sqlite3_bind_text(_statement, index, text);
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > LongestOnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented ?? stackalloc byte[LongestOnStack];
        var result = raw.sqlite3_bind_text(_statement, index, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return result;
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, _database);
    }
}
