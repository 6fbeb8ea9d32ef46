using System.Collections.Immutable;

namespace Situational.Domain.Cases;

/// <summary>
/// Decides what grids hand each other. Each side writes down before it answers, and offers again until it is answered: whatever breaks off in
/// between, the case is in one grid's state, or on offer from one and not yet in the other's.
/// </summary>
internal static class HandoverDecisions
{
    /// <summary>Most cases that depart at a time.</summary>
    public const int MaxDeparting = 500;

    /// <summary>Cases leave for the grids that contain them now. Those that are not here, or stay here, are passed over.</summary>
    public static Decision Depart(GridState state, GridCommand.Depart depart, DateTimeOffset now)
    {
        var draft = new Draft(state);
        foreach (var (id, grid) in depart.Owners)
        {
            if (draft.Count == MaxDeparting)
                return draft.Decide(null, more: true);
            if (grid != state.Grid && draft.After.Open.ContainsKey(id))
                draft.Add(new CaseDeparted(now, id, grid, depart.TerritoryVersion));
        }
        return draft.Decide(null);
    }

    /// <summary>Takes a case, or its reports. <see cref="Decision.Accepted"/> and <see cref="Decision.Nothing"/> mean that it is written down here.</summary>
    public static Decision Arrive(GridState state, GridCommand.Arrive arrive, DateTimeOffset now, LoopRules rules)
    {
        var handover = arrive.Handover;
        if (handover.ToGrid != state.Grid)
            return new Decision.Elsewhere(handover.ToGrid);
        if (state.Arrived.GetValueOrDefault(handover.Case.Id) > handover.Case.Hops)
            return new Decision.Nothing();
        return handover.Kind == HandoverKind.Move ? Move(state, arrive, now, rules) : Join(state, arrive, now);
    }

    /// <summary>The other grid has answered.</summary>
    public static Decision End(GridState state, GridCommand.EndHandover end, DateTimeOffset now)
    {
        if (!state.Outbound.TryGetValue(end.CaseId, out var handover))
            return new Decision.Nothing();
        var draft = new Draft(state);
        if (end.Taken)
            draft.EndTaken(new HandoverEnded(now, end.CaseId, handover.ToGrid, true), gone: handover.Kind == HandoverKind.Move);
        else
            draft.Add(new HandoverEnded(now, end.CaseId, handover.ToGrid, false,
                // One event took it away and one brings it back.
                handover.Case with { Revision = handover.Case.Revision + 2, UpdatedAt = now }));
        return draft.Decide(end.CaseId);
    }

    private static Decision Move(GridState state, GridCommand.Arrive arrive, DateTimeOffset now, LoopRules rules)
    {
        var (handover, draft) = (arrive.Handover, new Draft(state));
        var moved = handover.Case;
        if (state.Open.TryGetValue(moved.Id, out var here))
            return here.Hops > moved.Hops ? new Decision.Nothing() : new Decision.Stale(here);
        // It comes back before this grid heard that its own handover was taken: then it was.
        if (state.Outbound.TryGetValue(moved.Id, out var own))
        {
            if (own.Case.Hops >= moved.Hops)
                return new Decision.Stale(own.Case);
            draft.EndTaken(new HandoverEnded(now, moved.Id, own.ToGrid, true), gone: false);
        }
        var levels = Math.Min(moved.Escalations, rules.Ancestors.Length);
        draft.Add(new CaseArrived(now, moved.Id, arrive.FromGrid, handover.TerritoryVersion, moved with
        {
            Grid = state.Grid,
            TerritoryVersion = handover.TerritoryVersion,
            UpdatedAt = now,
            // It departed and it arrived.
            Revision = moved.Revision + 2,
            Hops = moved.Hops + 1,
            EscalatedTo = levels == 0 ? moved.EscalatedTo : rules.Ancestors[levels - 1],
        }));
        return draft.Decide(moved.Id);
    }

    private static Decision Join(GridState state, GridCommand.Arrive arrive, DateTimeOffset now)
    {
        var (handover, merged) = (arrive.Handover, arrive.Handover.Case);
        if (handover.Into is not { } into || !state.Open.TryGetValue(into, out var other))
            return handover.Into is { } moving && state.Outbound.TryGetValue(moving, out var gone)
                ? new Decision.Elsewhere(gone.ToGrid)
                : new Decision.UnknownCase();
        if (other.Joined.Length + 1 + merged.Joined.Length > Case.MaxJoined)
            return new Decision.Faulty(other, "into", $"A case holds at most {Case.MaxJoined} further reports.");
        var draft = new Draft(state);
        draft.Add(new ReportJoined(now, into, Duplicates.ReportsOf(merged), merged.Id, handover.By, arrive.FromGrid));
        return draft.Decide(into);
    }
}
