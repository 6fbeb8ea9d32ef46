using Situational.Domain.Cases;
using Situational.Storage.Rows;
using Situational.Storage.Upkeep;

namespace Situational.Storage.Sqlite;

/// <summary>Makes what follows from the events anew: the rows of all cases. Snapshots are dropped, since they are only a short cut.</summary>
internal static class Projection
{
    /// <summary>
    /// Folds every history. A damaged one is left for loading to refuse and for <c>verify</c> to name; its cases are searched as their rows
    /// say.
    /// </summary>
    public static void Renew(Session session)
    {
        session.Run("DELETE FROM snapshots");
        foreach (var row in Rows(session))
            if (StoredCase.Read(row.Row, row.Id, out var value) is null)
                CaseTable.Put(session, StoredCase.Of(value!));
        var after = "";
        while (EventTable.Grids(session, after, 1) is [var grid])
        {
            if (Replay(session, grid) is { } replay)
                foreach (var value in replay.Cases.Values)
                    if (value.Grid == grid)
                        CaseTable.Put(session, StoredCase.Of(value));
            after = grid;
        }
    }

    private static IEnumerable<(string Id, StoredRow Row)> Rows(Session session)
    {
        for (var number = 0L; ;)
        {
            string id;
            StoredRow row;
            using (var rows = session.Query(
                "SELECT number, id, data, checksum FROM cases JOIN case_data USING (number) WHERE number > $1 ORDER BY number LIMIT 1", number))
            {
                if (!rows.Read())
                    yield break;
                (number, id, row) = (rows.GetInt64(0), rows.GetString(1), rows.RowAt(2));
            }
            yield return (id, row);
        }
    }

    private static GridReplay? Replay(Session session, string grid)
    {
        var replay = new GridReplay(grid);
        using var rows = session.Query("SELECT version, data, checksum FROM events WHERE grid = $1 ORDER BY version", grid);
        while (rows.Read())
        {
            var version = rows.GetInt64(0);
            if (version != replay.State.Version + 1 || StoredEvent.Read(rows.RowAt(1), grid, version, out var happened) is not null)
                return null;
            try
            {
                replay.Apply(happened!);
            }
            catch (GridHistoryException)
            {
                return null;
            }
        }
        return replay;
    }
}
