using System.Globalization;
using Microsoft.Data.Sqlite;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using Situational.Storage.Upkeep;

namespace Situational.Storage.Sqlite;

/// <summary>
/// What every open case looked like at any kept moment. The rows that hold stand in <c>past_now</c>, by case; when one is followed it goes to
/// <c>past</c>, whose rows lie in the order of their class (<see cref="PastChain.ClassOf"/>) and time, so that those of a moment stand close
/// together in a few places and no index is needed. How a case ended stands in a class of its own.
/// </summary>
internal sealed class PastTable(string file)
{
    /// <summary>The class of rows that say how a case ended. They hold at no moment.</summary>
    public const int Ended = -1;

    private const string Columns = "case_id, since, data, checksum";

    private static readonly string Classes = string.Join(", ", Enumerable.Range(Ended, PastChain.LastClass - Ended + 1));

    private static readonly string AtMoment =
        $"SELECT {Columns} FROM past_now WHERE since <= $1" + string.Concat(Enumerable.Range(0, PastChain.LastClass + 1).Select(kind =>
        {
            var longest = kind == PastChain.LastClass ? "" : string.Create(CultureInfo.InvariantCulture, $" AND since > $1 - {PastChain.LongestOf(kind)}");
            return string.Create(CultureInfo.InvariantCulture, $" UNION ALL SELECT {Columns} FROM past WHERE class = {kind} AND since <= $1{longest} AND until > $1");
        }));

    private static readonly string InWindow =
        $"""
        SELECT {Columns} FROM past_now WHERE since > $1 AND since <= $2
        UNION ALL SELECT {Columns} FROM past WHERE class IN ({Classes}) AND since > $1 AND since <= $2
        ORDER BY since, case_id
        """;

    private static readonly string First = EdgeOf("min");

    private static readonly string Last = EdgeOf("max");

    /// <summary>Takes what an append made of a case.</summary>
    public static void Put(Session session, StoredPast row)
    {
        // A case that has just been opened has no row yet.
        if (row is { Open: true, Revision: 1 } && TryInsert(session, row.Id, row.From, row.Row))
            return;
        long since;
        StoredRow before;
        using (var now = session.Query("SELECT since, data, checksum FROM past_now WHERE case_id = $1", row.Id))
        {
            if (!now.Read())
            {
                now.Close();
                Begin(session, row);
                return;
            }
            (since, before) = (now.GetInt64(0), now.RowAt(1));
        }
        if (row.Open && row.Shows(before.Data))
            return;
        row = row.NotBefore(since);
        if (row.From > since)
            Add(session, row.Id, since, row.From, before);
        if (row.Open)
            session.Run(
                "UPDATE past_now SET since = $2, data = $3, checksum = $4 WHERE case_id = $1", row.Id, row.From, row.Row.Data, row.Row.Checksum);
        else
        {
            session.Run("DELETE FROM past_now WHERE case_id = $1", row.Id);
            Add(session, Ended, row.Id, row.From, row.From, row.Row);
        }
    }

    /// <summary>Takes a whole case that is not yet there.</summary>
    public static void Put(Session session, List<KeptPast> rows)
    {
        foreach (var (row, until) in rows)
            if (!row.Open)
                Add(session, Ended, row.Id, row.From, row.From, row.Row);
            else if (until == StoredPast.Never)
                Insert(session, row.Id, row.From, row.Row);
            else
                Add(session, row.Id, row.From, until, row.Row);
    }

    /// <summary>Takes a row that another store kept.</summary>
    public static void Put(Session session, ArchiveItem.Past row)
    {
        if (!row.Open)
            Add(session, Ended, row.Id, row.From, row.From, row.Row);
        else if (row.Until == StoredPast.Never)
            Insert(session, row.Id, row.From, row.Row);
        else
            Add(session, row.Id, row.From, row.Until, row.Row);
    }

    /// <summary>Since when the past is kept, once some of it was forgotten.</summary>
    public static IEnumerable<ArchiveItem> Kept(Session session)
    {
        if (session.Value("SELECT since FROM past_kept") is long since)
            yield return new ArchiveItem.PastKept(since);
    }

    /// <summary>All rows.</summary>
    public static IEnumerable<ArchiveItem> Everything(Session session)
    {
        using (var rows = session.Query("SELECT case_id, since, until, data, checksum, class FROM past ORDER BY class, since, case_id"))
            while (rows.Read())
            {
                var (id, since, until, kind) = (rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(5));
                yield return kind != Ended && kind != PastChain.ClassOf(since, until)
                    ? new ArchiveItem.Fault($"a past row of case {id}", "it is not where its time belongs")
                    : new ArchiveItem.Past(id, since, kind == Ended ? 0 : until, kind != Ended, rows.RowAt(3));
            }
        using var now = session.Query("SELECT case_id, since, data, checksum FROM past_now ORDER BY case_id");
        while (now.Read())
            yield return new ArchiveItem.Past(now.GetString(0), now.GetInt64(1), StoredPast.Never, true, now.RowAt(2));
    }

    /// <summary>The cases that were open at a moment.</summary>
    /// <exception cref="JournalDamagedException">A row is not what was written.</exception>
    public List<PastCase> At(Session session, long at)
    {
        using var rows = session.Query(AtMoment, at);
        return Read(rows);
    }

    /// <summary>The rows that came after a time, up to and including another, in order.</summary>
    /// <inheritdoc cref="At"/>
    public List<PastCase> Between(Session session, long from, long to)
    {
        using var rows = session.Query(InWindow, from, to);
        return Read(rows);
    }

    /// <summary>The times of the first and the last row; null without any.</summary>
    public static (long First, long Last)? Edges(Session session) =>
        session.Value(First) is long first && session.Value(Last) is long last ? (first, last) : null;

    /// <summary>Since when nothing is missing, in ticks; null before the first row.</summary>
    public static long? KeptSince(Session session) => (long?)session.Value("SELECT since FROM past_kept") ?? session.Value(First) as long?;

    /// <summary>Notes that nothing is missing since then.</summary>
    public static void Keep(Session session, long since)
    {
        session.Run("DELETE FROM past_kept");
        session.Run("INSERT INTO past_kept (since) VALUES ($1)", since);
    }

    /// <summary>Takes away what held no longer at a time, so many rows at most, and returns how many went.</summary>
    public static int Forget(Session session, long before, int most)
    {
        if (KeptSince(session) is not { } since)
            return 0;
        if (before > since)
            Keep(session, before);
        var gone = 0;
        for (var kind = Ended; kind <= PastChain.LastClass && gone < most; kind++)
            gone += session.Run(
                """
                DELETE FROM past WHERE (class, since, case_id) IN (
                    SELECT class, since, case_id FROM past WHERE class = $1 AND since <= $2 AND until <= $2 LIMIT $3)
                """, kind, before, most - gone);
        return gone;
    }

    /// <summary>Takes the first row of a case, or the first after it was opened again: one that ended at the same time or later held never.</summary>
    private static void Begin(Session session, StoredPast row)
    {
        if (!row.Open)
            return;
        if (row.Revision > 1 && session.Value(
            "SELECT max(since) FROM past WHERE class = -1 AND since >= $2 AND case_id = $1", row.Id, row.From) is long ended)
        {
            session.Run("DELETE FROM past WHERE class = -1 AND since = $2 AND case_id = $1", row.Id, ended);
            row = row.NotBefore(ended);
        }
        Insert(session, row.Id, row.From, row.Row);
    }

    private static void Insert(Session session, string id, long since, StoredRow row) => session.Run(
        "INSERT INTO past_now (case_id, since, data, checksum) VALUES ($1, $2, $3, $4)", id, since, row.Data, row.Checksum);

    private static bool TryInsert(Session session, string id, long since, StoredRow row) => session.Run(
        "INSERT INTO past_now (case_id, since, data, checksum) VALUES ($1, $2, $3, $4) ON CONFLICT (case_id) DO NOTHING",
        id, since, row.Data, row.Checksum) == 1;

    private static void Add(Session session, string id, long since, long until, StoredRow row) =>
        Add(session, PastChain.ClassOf(since, until), id, since, until, row);

    private static void Add(Session session, int kind, string id, long since, long until, StoredRow row) => session.Run(
        "INSERT INTO past (class, since, case_id, until, data, checksum) VALUES ($1, $2, $3, $4, $5, $6)",
        kind, since, id, until, row.Data, row.Checksum);

    private static string EdgeOf(string edge) =>
        $"SELECT {edge}(since) FROM (SELECT {edge}(since) AS since FROM past_now" + string.Concat(
            Enumerable.Range(Ended, PastChain.LastClass - Ended + 1).Select(kind => string.Create(
                CultureInfo.InvariantCulture, $" UNION ALL SELECT {edge}(since) FROM past WHERE class = {kind}"))) + ")";

    private List<PastCase> Read(SqliteDataReader rows)
    {
        var cases = new List<PastCase>();
        while (rows.Read())
        {
            var (id, since) = (rows.GetString(0), rows.GetInt64(1));
            var damage = StoredPast.Read(rows.RowAt(2), id, since, out var value);
            cases.Add(damage is null ? value! : throw new JournalDamagedException(file, null, null, $"a past row of case {id}: {damage}"));
        }
        return cases;
    }
}
