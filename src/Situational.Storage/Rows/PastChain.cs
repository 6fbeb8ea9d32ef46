using System.Numerics;
using Situational.Domain.Cases;
using Situational.Domain.Journal;

namespace Situational.Storage.Rows;

/// <summary>
/// How the rows of one case follow each other: what a store keeps step by step with its appends, made at once from the case's whole history.
/// A change that no screen shows makes no row, one of the same moment takes its predecessor's place, and none goes back in time.
/// </summary>
internal static class PastChain
{
    /// <summary>The class of rows that hold longest: more than 170 days.</summary>
    public const int LastClass = 12;

    /// <summary>
    /// The class of a row by how long it held: <c>k</c> for 2^k to 2^(k+1) hours, the first also for less. A moment's rows of a class then
    /// began in the 2^(k+1) hours before it, of which most still held: what does not belong to the moment is hardly looked at.
    /// </summary>
    public static int ClassOf(long from, long until)
    {
        var hours = (ulong)((until - from) / TimeSpan.TicksPerHour);
        return hours < 2 ? 0 : Math.Min(BitOperations.Log2(hours), LastClass);
    }

    /// <summary>Ticks that no row of a class held longer than.</summary>
    public static long LongestOf(int kind) => TimeSpan.TicksPerHour << (kind + 1);

    /// <summary>The rows after a case's history.</summary>
    /// <param name="rows">What each event made of it, in any order.</param>
    public static List<KeptPast> Of(List<StoredPast> rows)
    {
        var kept = new List<KeptPast>(rows.Count);
        StoredPast? last = null;
        foreach (var row in rows.OrderBy(row => row.Revision))
        {
            if (!row.Open && last is not { Open: true })
                continue;
            if (row.Open && last is { Open: true } && last.Shows(row.Row.Data))
                continue;
            var next = last is null ? row : row.NotBefore(last.From);
            if (last is not null && next.From > last.From)
                kept.Add(new KeptPast(last, next.From));
            last = next;
        }
        if (last is not null)
            kept.Add(new KeptPast(last, StoredPast.Never));
        return kept;
    }

    /// <summary>What every event made of a case, each stay in a grid folded by that grid's order.</summary>
    /// <param name="happened">Every event of the case.</param>
    /// <exception cref="GridHistoryException">An event cannot follow on those before it.</exception>
    public static List<StoredPast> Fold(IEnumerable<CaseHappening> happened)
    {
        var rows = new List<StoredPast>();
        foreach (var stay in happened.GroupBy(one => one.Grid, StringComparer.Ordinal))
        {
            Case? one = null;
            foreach (var next in stay.OrderBy(next => next.Version))
            {
                one = CaseFold.Apply(next.Grid, next.Event is CaseArrived ? null : one, next.Event)
                    ?? throw new GridHistoryException(next.Grid, next.Version, $"{next.Event.GetType().Name} cannot concern the case as it stands.");
                if (next.Event is not HandoverEnded { Taken: true })
                    rows.Add(StoredPast.Of(one, next.Event.At));
            }
        }
        return rows;
    }
}

/// <summary>A row that was followed, or holds still.</summary>
/// <param name="Row">The row.</param>
/// <param name="Until">Ticks (UTC) of the next row of its case; <see cref="StoredPast.Never"/> when there is none.</param>
internal readonly record struct KeptPast(StoredPast Row, long Until);
