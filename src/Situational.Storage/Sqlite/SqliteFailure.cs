using Microsoft.Data.Sqlite;
using Situational.Domain.Journal;

namespace Situational.Storage.Sqlite;

/// <summary>What SQLite's result codes mean for a caller (https://www.sqlite.org/rescode.html).</summary>
internal static class SqliteFailure
{
    public const int Corrupt = 11;
    public const int NotADatabase = 26;

    /// <summary>Whether the surroundings are to blame and not the statement: then a whole batch fails alike.</summary>
    public static bool IsOfSurroundings(Exception cause) => cause switch
    {
        // PERM, ABORT, BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB
        SqliteException e => e.SqliteErrorCode is >= 3 and <= 11 or 13 or 14 or 15 or NotADatabase,
        JournalUnavailableException or IOException or UnauthorizedAccessException => true,
        _ => false,
    };

    /// <summary>
    /// Whether a commit that failed so may be there after a crash: an I/O error after its last page was written, as when the fsync fails. Without
    /// room or a lock its last page was not written.
    /// </summary>
    public static bool LeavesDoubt(SqliteException cause) => cause.SqliteErrorCode == 10;

    public static bool IsDamage(Exception cause) => cause is SqliteException { SqliteErrorCode: Corrupt or NotADatabase };

    /// <summary>What a caller of a port sees.</summary>
    public static Exception ToCaller(Exception cause) => cause switch
    {
        SqliteException e => new JournalUnavailableException($"The database {Describe(e.SqliteErrorCode)} (SQLite {e.SqliteExtendedErrorCode}).", e),
        IOException or UnauthorizedAccessException => new JournalUnavailableException("The database cannot be reached.", cause),
        _ => cause,
    };

    private static string Describe(int code) => code switch
    {
        5 or 6 => "is locked by another program",
        8 => "is read-only",
        9 => "took too long to answer",
        10 => "met an I/O error",
        Corrupt or NotADatabase => "is damaged",
        13 => "has no room: the disk or its limit is full",
        14 => "cannot be opened",
        _ => "failed",
    };
}
