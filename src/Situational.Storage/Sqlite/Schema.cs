using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Situational.Storage.Sqlite;

/// <summary>The database's tables. <c>PRAGMA user_version</c> is the number of steps a file has behind it.</summary>
internal static class Schema
{
    /// <summary>Marks the file as ours: "SITU".</summary>
    private const int ApplicationId = 0x53495455;

    /// <summary>The steps from an empty file to the present one. A step that was ever released never changes; new ones are added at the end.</summary>
    public static readonly IReadOnlyList<string> Steps =
    [
        """
        CREATE TABLE events (
            number   INTEGER PRIMARY KEY,
            grid     TEXT    NOT NULL,
            version  INTEGER NOT NULL,
            data     BLOB    NOT NULL,
            checksum INTEGER NOT NULL,
            UNIQUE (grid, version)
        );
        CREATE TABLE snapshots (
            grid     TEXT    PRIMARY KEY,
            version  INTEGER NOT NULL,
            data     BLOB    NOT NULL,
            checksum INTEGER NOT NULL
        );
        CREATE TABLE report_keys (
            number      INTEGER PRIMARY KEY,
            key         TEXT    NOT NULL UNIQUE,
            fingerprint TEXT    NOT NULL,
            case_id     TEXT    NOT NULL,
            accepted_ms INTEGER NOT NULL
        );
        CREATE TABLE cases (
            number   INTEGER PRIMARY KEY,
            id       TEXT    NOT NULL UNIQUE,
            grid     TEXT    NOT NULL,
            stage    INTEGER NOT NULL,
            severity INTEGER NOT NULL,
            data     BLOB    NOT NULL,
            checksum INTEGER NOT NULL
        );
        CREATE INDEX cases_by_grid     ON cases (grid, number, stage, severity);
        CREATE INDEX cases_by_stage    ON cases (stage, number, severity);
        CREATE INDEX cases_by_severity ON cases (severity, number, stage);
        CREATE TABLE territories (
            version     INTEGER PRIMARY KEY,
            geojson     BLOB NOT NULL,
            fingerprint TEXT NOT NULL
        );
        CREATE TABLE units (
            unit  TEXT PRIMARY KEY,
            squad TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE fixes (
            squad      TEXT    NOT NULL,
            unit       TEXT    NOT NULL,
            call_sign  TEXT    NOT NULL,
            grid       TEXT    NOT NULL,
            latitude   REAL    NOT NULL,
            longitude  REAL    NOT NULL,
            accuracy_m REAL,
            speed_mps  REAL,
            heading    REAL,
            measured   INTEGER NOT NULL,
            PRIMARY KEY (squad, unit)
        ) WITHOUT ROWID;
        """,
    ];

    /// <summary>Brings the file to the present version, each step in its own transaction.</summary>
    /// <exception cref="StorageUnusableException">The file is another program's, or a newer version wrote it.</exception>
    public static void Bring(SqliteConnection connection, string file, IReadOnlyList<string> steps)
    {
        var version = Read(connection, "PRAGMA user_version");
        var owner = Read(connection, "PRAGMA application_id");
        if (owner != ApplicationId && (owner != 0 || version != 0 || Read(connection, "SELECT count(*) FROM sqlite_schema") != 0))
            throw new StorageUnusableException($"the file {file} is a database of another program");
        if (version > steps.Count)
            throw new StorageUnusableException(
                $"the file {file} has schema version {version} and this program knows up to {steps.Count}: a newer Situational wrote it");
        for (var next = (int)version; next < steps.Count; next++)
        {
            using var command = connection.CreateCommand();
            command.CommandText = string.Create(CultureInfo.InvariantCulture,
                $"BEGIN IMMEDIATE; {steps[next]} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {next + 1}; COMMIT;");
            command.ExecuteNonQuery();
        }
    }

    private static long Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
