using Situational.Domain.Cases;
using Situational.Domain.Journal;

namespace Situational.Storage.Rows;

/// <summary>The order of what happened to one case in several grids, whatever clock each of them had.</summary>
internal static class CaseHappenings
{
    /// <summary>Most events of a case that are told.</summary>
    public const int Most = ICaseRecords.MostHappenings;

    /// <summary>
    /// Merges the grids' histories by time. Each keeps its own order, and a case arrives after it departed, also when a clock says otherwise.
    /// </summary>
    /// <param name="happenings">Any order.</param>
    public static IReadOnlyList<CaseHappening> InOrder(IReadOnlyList<CaseHappening> happenings)
    {
        var grids = happenings.GroupBy(h => h.Grid, StringComparer.Ordinal)
            .Select(g => new Queue<CaseHappening>(g.OrderBy(h => h.Version))).ToList();
        if (grids.Count == 0)
            return [];
        if (grids.Count == 1)
            return [.. grids[0]];
        var merged = new List<CaseHappening>(happenings.Count);
        while (merged.Count < happenings.Count)
        {
            var next = grids.Where(g => g.Count > 0 && !Waits(g.Peek(), grids)).DefaultIfEmpty(null).MinBy(g => g?.Peek().Event.At);
            merged.Add((next ?? grids.First(g => g.Count > 0)).Dequeue());
        }
        return merged;
    }

    /// <summary>Whether it is an arrival whose departure still stands in the other grid's history.</summary>
    private static bool Waits(CaseHappening next, List<Queue<CaseHappening>> grids) => next.Event is CaseArrived arrived
        && grids.Any(g => g.Any(h => h.Grid == arrived.FromGrid && h.Event is CaseDeparted left && left.ToGrid == next.Grid
            && left.TerritoryVersion == arrived.TerritoryVersion));
}
