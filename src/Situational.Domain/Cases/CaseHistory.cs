using Situational.Domain.Journal;

namespace Situational.Domain.Cases;

/// <summary>Folds everything that happened to one case, in all grids where it lay. Pure.</summary>
public static class CaseHistory
{
    /// <summary>
    /// The case as it stands after its whole history: what its row must be. Each stay in a grid is folded by that grid's order, and the stays
    /// are put in order by how often the case had moved, so that neither a clock set back nor the order in which grids wrote matters.
    /// </summary>
    /// <param name="happened">Every event of the case, in any order.</param>
    /// <returns>Null when nothing happened.</returns>
    /// <exception cref="GridHistoryException">The history contradicts itself: an event cannot follow, a stay is missing, or there are two at once.</exception>
    public static Case? Fold(IEnumerable<CaseHappening> happened)
    {
        var stays = new SortedDictionary<int, Stay>();
        foreach (var grid in happened.GroupBy(one => one.Grid, StringComparer.Ordinal))
        {
            Stay? stay = null;
            foreach (var one in grid.OrderBy(one => one.Version))
            {
                if (one.Event is CaseOpened or CaseArrived)
                {
                    stay = new Stay(one);
                    if (!stays.TryAdd(stay.Hops, stay))
                        throw new GridHistoryException(one.Grid, one.Version, $"case {CaseFold.CaseIdOf(one.Event)} stays in two grids after {stay.Hops} moves.");
                }
                else
                {
                    if (stay is null)
                        throw new GridHistoryException(one.Grid, one.Version, $"{one.Event.GetType().Name} comes before the case was opened or arrived.");
                    stay.Add(one);
                }
            }
        }
        Stay? last = null;
        foreach (var (hops, stay) in stays)
        {
            if (hops != (last is null ? 0 : last.Hops + 1) || last is { Left: false } || (last is not null && stay.FirstRevision != last.Case.Revision + 1))
                throw new GridHistoryException(stay.First.Grid, stay.First.Version, $"the case arrives with {hops} moves, which does not follow on what was before.");
            last = stay;
        }
        if (last is { Left: true, Taken: true } lost)
            throw new GridHistoryException(lost.First.Grid, lost.First.Version, "the case left this grid and was taken, but arrived nowhere.");
        return last?.Case;
    }

    /// <summary>The time that a case lay in one grid.</summary>
    private sealed class Stay
    {
        public Stay(CaseHappening first)
        {
            First = first;
            Case = Applied(null, first);
            (Hops, FirstRevision) = (Case.Hops, Case.Revision);
        }

        public CaseHappening First { get; }

        public int Hops { get; }

        public long FirstRevision { get; }

        public Case Case { get; private set; }

        public bool Left { get; private set; }

        public bool Taken { get; private set; }

        public void Add(CaseHappening next)
        {
            if (Left && next.Event is not HandoverEnded)
                throw new GridHistoryException(next.Grid, next.Version, $"{next.Event.GetType().Name} comes after the case left.");
            Case = Applied(Case, next);
            if (next.Event is CaseDeparted)
                (Left, Taken) = (true, false);
            else if (next.Event is HandoverEnded end)
                (Left, Taken) = (Left && end.Taken, end.Taken);
        }

        private static Case Applied(Case? before, CaseHappening next) => CaseFold.Apply(next.Grid, before, next.Event)
            ?? throw new GridHistoryException(next.Grid, next.Version, $"{next.Event.GetType().Name} cannot concern the case as it stands.");
    }
}
