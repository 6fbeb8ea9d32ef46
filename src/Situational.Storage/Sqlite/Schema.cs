namespace Situational.Storage.Sqlite;

/// <summary>The database's tables. <c>PRAGMA user_version</c> is the number of steps a file has behind it.</summary>
internal static class Schema
{
    /// <summary>Marks the file as ours: "SITU".</summary>
    private const int ApplicationId = 0x53495455;

    /// <summary>The steps from an empty file to the present one. A step that was ever released never changes; new ones are added at the end.</summary>
    public static readonly IReadOnlyList<SchemaStep> Steps =
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
        new(
            """
            ALTER TABLE events ADD COLUMN case_id TEXT NOT NULL DEFAULT '';
            UPDATE events SET case_id = coalesce(
                CASE WHEN json_valid(CAST(data AS TEXT)) THEN json_extract(CAST(data AS TEXT), '$.caseId') END, '');
            CREATE INDEX events_by_case ON events (case_id);

            CREATE TABLE case_data (
                number   INTEGER PRIMARY KEY,
                data     BLOB    NOT NULL,
                checksum INTEGER NOT NULL
            );
            INSERT INTO case_data SELECT number, data, checksum FROM cases ORDER BY number;
            DROP INDEX cases_by_grid;
            DROP INDEX cases_by_stage;
            DROP INDEX cases_by_severity;
            ALTER TABLE cases RENAME TO cases_1;
            CREATE TABLE cases (
                number        INTEGER PRIMARY KEY,
                id            TEXT    NOT NULL UNIQUE,
                grid          TEXT    NOT NULL,
                stage         INTEGER NOT NULL,
                severity      INTEGER NOT NULL,
                category      TEXT    NOT NULL,
                level         INTEGER NOT NULL,
                due           INTEGER,
                reported      INTEGER NOT NULL,
                ended         INTEGER NOT NULL,
                fact          BLOB    NOT NULL,
                fact_checksum INTEGER NOT NULL,
                text          TEXT    NOT NULL
            );
            INSERT INTO cases SELECT number, id, grid, stage, severity, '', 0, NULL, 0, 0, x'', 0, id FROM cases_1 ORDER BY number;
            DROP TABLE cases_1;
            CREATE INDEX cases_by_grid     ON cases (grid, number, stage, severity, level, due, category);
            CREATE INDEX cases_by_stage    ON cases (stage, number, severity);
            CREATE INDEX cases_by_severity ON cases (severity, number, stage);
            CREATE INDEX cases_by_category ON cases (category, number, stage);
            CREATE INDEX cases_by_level    ON cases (level, number, stage) WHERE level > 0;
            CREATE INDEX cases_by_due      ON cases (due, number, grid, stage, severity, level, category) WHERE due IS NOT NULL;
            CREATE INDEX cases_by_end      ON cases (ended, reported);

            CREATE TABLE audit (
                number   INTEGER PRIMARY KEY,
                at       INTEGER NOT NULL,
                who      TEXT    NOT NULL,
                target   TEXT    NOT NULL,
                data     BLOB    NOT NULL,
                checksum INTEGER NOT NULL
            );
            CREATE INDEX audit_by_time   ON audit (at);
            CREATE INDEX audit_by_who    ON audit (who, at);
            CREATE INDEX audit_by_target ON audit (target, at);

            CREATE TABLE photos (
                id    TEXT    PRIMARY KEY,
                type  TEXT    NOT NULL,
                bytes INTEGER NOT NULL
            ) WITHOUT ROWID;
            CREATE TABLE unfinished (
                source TEXT NOT NULL
            );
            ALTER TABLE territories ADD COLUMN in_force INTEGER;
            """, Projection.Renew),
        new(
            """
            CREATE TABLE trail_units (
                number INTEGER PRIMARY KEY,
                name   TEXT NOT NULL UNIQUE
            );
            CREATE TABLE trail_grids (
                number INTEGER PRIMARY KEY,
                name   TEXT NOT NULL UNIQUE
            );
            CREATE TABLE trail_hours (
                hour INTEGER NOT NULL,
                unit INTEGER NOT NULL,
                PRIMARY KEY (hour, unit)
            ) WITHOUT ROWID;
            CREATE TABLE trail_heard (
                hour  INTEGER NOT NULL,
                grid  INTEGER NOT NULL,
                marks BLOB    NOT NULL,
                PRIMARY KEY (hour, grid)
            ) WITHOUT ROWID;
            CREATE TABLE trails (
                slot   INTEGER NOT NULL,
                unit   INTEGER NOT NULL,
                points BLOB    NOT NULL,
                PRIMARY KEY (slot, unit)
            ) WITHOUT ROWID;
            CREATE TABLE unit_duty (
                unit     TEXT    PRIMARY KEY,
                squad    TEXT    NOT NULL,
                data     BLOB    NOT NULL,
                checksum INTEGER NOT NULL
            ) WITHOUT ROWID;
            CREATE INDEX unit_duty_by_squad ON unit_duty (squad);
            CREATE TABLE alerts (
                alert    TEXT    PRIMARY KEY,
                at       INTEGER NOT NULL,
                data     BLOB    NOT NULL,
                checksum INTEGER NOT NULL
            ) WITHOUT ROWID;
            CREATE INDEX alerts_by_time ON alerts (at);
            CREATE TABLE coverage (
                number   INTEGER PRIMARY KEY,
                cadence  INTEGER NOT NULL,
                day      INTEGER NOT NULL,
                grid     TEXT    NOT NULL,
                walkable REAL    NOT NULL,
                walked   REAL    NOT NULL,
                UNIQUE (cadence, day, grid)
            );
            CREATE TABLE coverage_sheets (
                number   INTEGER PRIMARY KEY,
                data     BLOB    NOT NULL,
                checksum INTEGER NOT NULL
            );

            CREATE TABLE past_now (
                case_id  TEXT    PRIMARY KEY,
                since    INTEGER NOT NULL,
                data     BLOB    NOT NULL,
                checksum INTEGER NOT NULL
            ) WITHOUT ROWID;
            CREATE TABLE past (
                class    INTEGER NOT NULL,
                since    INTEGER NOT NULL,
                case_id  TEXT    NOT NULL,
                until    INTEGER NOT NULL,
                data     BLOB    NOT NULL,
                checksum INTEGER NOT NULL,
                PRIMARY KEY (class, since, case_id)
            ) WITHOUT ROWID;
            CREATE TABLE past_kept (
                since INTEGER NOT NULL
            );
            """, PastProjection.Make),
    ];

    /// <summary>Brings the file to the present version, each step in its own transaction.</summary>
    /// <exception cref="StorageUnusableException">The file is another program's, or a newer version wrote it.</exception>
    public static void Bring(Session session, string file, IReadOnlyList<SchemaStep> steps)
    {
        var version = Version(session, file, steps);
        for (var next = (int)version; next < steps.Count; next++)
        {
            Run(session, $"BEGIN IMMEDIATE; {steps[next].Sql}");
            steps[next].Then?.Invoke(session);
            Run(session, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {next + 1}; COMMIT;");
        }
    }

    /// <summary>Changes nothing.</summary>
    /// <exception cref="StorageUnusableException">The file is not of the present version.</exception>
    public static void Require(Session session, string file, IReadOnlyList<SchemaStep> steps)
    {
        if (Version(session, file, steps) is var version && version < steps.Count)
            throw new StorageUnusableException(
                $"the file {file} has schema version {version} and this program needs {steps.Count}: start the server on it once, which brings it forward");
    }

    private static long Version(Session session, string file, IReadOnlyList<SchemaStep> steps)
    {
        var version = Read(session, "PRAGMA user_version");
        var owner = Read(session, "PRAGMA application_id");
        if (owner != ApplicationId && (owner != 0 || version != 0 || Read(session, "SELECT count(*) FROM sqlite_schema") != 0))
            throw new StorageUnusableException($"the file {file} is a database of another program");
        if (version > steps.Count)
            throw new StorageUnusableException(
                $"the file {file} has schema version {version} and this program knows up to {steps.Count}: a newer Situational wrote it");
        return version;
    }

    private static void Run(Session session, FormattableString sql)
    {
        using var command = session.Connection.CreateCommand();
        command.CommandText = FormattableString.Invariant(sql);
        command.ExecuteNonQuery();
    }

    private static long Read(Session session, string sql)
    {
        using var command = session.Connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
