using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>Makes the past from the events.</summary>
internal static class PastProjection
{
    /// <summary>
    /// Folds the history of every case, one after the other, into empty tables. Takes a time that grows with the events. A case with a damaged
    /// history has no past; <c>verify</c> names the damage.
    /// </summary>
    public static void Make(Session session)
    {
        var happened = new List<CaseHappening>();
        var (id, whole) = ("", true);
        using var rows = session.Query("SELECT case_id, grid, version, data, checksum FROM events ORDER BY case_id, number");
        while (rows.Read())
        {
            if (rows.GetString(0) is var next && next != id)
            {
                Put(session, happened, whole);
                happened.Clear();
                (id, whole) = (next, true);
            }
            var (grid, version) = (rows.GetString(1), rows.GetInt64(2));
            if (StoredEvent.Read(rows.RowAt(3), grid, version, out var value) is null && CaseFold.CaseIdOf(value!) == id)
                happened.Add(new CaseHappening(grid, version, value!));
            else
                whole = false;
        }
        Put(session, happened, whole);
    }

    private static void Put(Session session, List<CaseHappening> happened, bool whole)
    {
        if (!whole)
            return;
        try
        {
            PastTable.Put(session, PastChain.Of(PastChain.Fold(happened)));
        }
        catch (GridHistoryException)
        {
            // A history that contradicts itself tells nothing of the past.
        }
    }
}
