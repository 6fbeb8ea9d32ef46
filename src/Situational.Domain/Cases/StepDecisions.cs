using System.Collections.Immutable;

namespace Situational.Domain.Cases;

/// <summary>Decides steps with a case.</summary>
internal static class StepDecisions
{
    /// <summary>Checks in this order: is it known, is it here, is it as the caller saw it, may this one do it now, is everything there.</summary>
    public static Decision Decide(GridState state, GridCommand.Step step, DateTimeOffset now, LoopRules rules)
    {
        if (!state.Open.TryGetValue(step.CaseId, out var found))
        {
            if (state.Outbound.TryGetValue(step.CaseId, out var handover))
                return handover.Kind == HandoverKind.Move
                    ? new Decision.Elsewhere(handover.ToGrid)
                    : new Decision.NotAllowed(step.Ended ?? handover.Case, $"It is being merged into {handover.Into}.", []);
            if (step.Ended is not { } ended || ended.Id != step.CaseId)
                return new Decision.UnknownCase();
            if (ended.Grid != state.Grid)
                return new Decision.Elsewhere(ended.Grid);
            if (ended.IsOpen)
                return new Decision.UnknownCase();
            found = ended;
        }
        if (step.IfRevision is { } seen && seen != found.Revision)
            return new Decision.Stale(found);

        // What fell due before the step happened before it, even if nobody has looked yet.
        var draft = new Draft(state);
        var one = found;
        if (found.IsOpen && CaseClocks.NextAt(found) is { } due && due <= now)
        {
            TimeDecisions.Fall(draft, found, step.Awake, now, rules);
            one = draft.After.Open[found.Id];
        }
        if (CaseSteps.Find(one, step.What, step.By, now, rules, out var why) is not { } row)
            return new Decision.NotAllowed(found, why, CaseSteps.AllowedTo(one, step.By, now, rules));
        if (StepFields.Check(row, draft.After, one, step, now, rules) is { } faulty)
            return faulty with { Case = found };
        if (step.What == CaseStep.Reopen && state.Open.Count >= rules.MaxOpenCases)
            return new Decision.NotAllowed(
                found, $"The grid holds {rules.MaxOpenCases} open cases, as many as it may.",
                CaseSteps.AllowedTo(one, step.By, now, rules).Remove(CaseStep.Reopen));
        Take(draft, row, one, step, now, rules);
        return draft.Decide(found.Id);
    }

    private static void Take(Draft draft, CaseTransition row, Case one, GridCommand.Step step, DateTimeOffset now, LoopRules rules)
    {
        switch (step.What)
        {
            case CaseStep.Reopen:
                draft.Add(new CaseReopened(now, one.Id, Reopened(row, one, step, now, rules), step.By, step.Reason!));
                break;
            case CaseStep.Rate:
                draft.Add(new CaseRated(now, one.Id, new Rating(step.RatingKind!, step.Score!.Value, now, step.By, step.Note)), one);
                break;
            case CaseStep.Merge:
                Merge(draft, one, step, now);
                break;
            case CaseStep.Escalate:
                draft.Add(new CaseEscalated(now, one.Id, rules.Above(one)!, step.Reason!, step.By));
                break;
            case CaseStep.Blow:
                Blow(draft, one, step, now, rules);
                break;
            case CaseStep.Muster:
                Musters.Answer(draft, one, step, now, rules);
                break;
            default:
                draft.Add(new CaseStepped(
                    now, one.Id, step.What, row.To ?? (step.What == CaseStep.Resume ? one.SuspendedFrom : null) ?? one.Stage, step.By, step.Note,
                    Given(row, StepField.Reason) ? step.Reason : null,
                    Given(row, StepField.Assignee) ? step.Assignee : null,
                    Given(row, StepField.Photos) ? step.Photos : null,
                    Given(row, StepField.Until) ? step.Until!.Value.ToUniversalTime() : null,
                    Given(row, StepField.Severity) ? step.Severity : null,
                    CaseClocks.After(row, one, now, rules.City),
                    step.What == CaseStep.HandIn ? SpotMarks.OfResult(one, step.Near, now, rules) : null,
                    Given(row, StepField.Apart) ? step.Other : null));
                break;
        }
    }

    private static bool Given(CaseTransition row, StepField field) => row.Needs.Contains(field) || row.Takes.Contains(field);

    private static void Merge(Draft draft, Case one, GridCommand.Step step, DateTimeOffset now)
    {
        var other = Duplicates.Other(draft.After, step)!;
        draft.Add(new CaseMerged(now, one.Id, other.Id, other.Grid, step.By, step.Note));
        if (other.Grid == draft.After.Grid)
            draft.Add(new ReportJoined(
                now, other.Id, Duplicates.ReportsOf(one), one.Id, step.By, Proposals: Duplicates.ProposalsAfter(draft.After, other, one)));
    }

    private static void Blow(Draft draft, Case one, GridCommand.Step step, DateTimeOffset now, LoopRules rules)
    {
        var kind = rules.City.WhistleKinds[step.WhistleKind!];
        var musters = ImmutableArray.CreateBuilder<Muster>(step.Departments.Length);
        foreach (var department in step.Departments)
            musters.Add(Musters.Call(department, kind, now, rules.City.Calendar));
        draft.Add(new WhistleBlown(
            now, one.Id, new Whistle(one.Whistles.Length + 1, kind.Code, now, step.By, step.Note, musters.MoveToImmutable())));
    }

    /// <summary>
    /// A reopened case gets its whole limit again, and is judged anew: who handed in, to whom it was given, and the ratings of a closing that
    /// did not hold stay in its history.
    /// </summary>
    private static Case Reopened(CaseTransition row, Case one, GridCommand.Step step, DateTimeOffset now, LoopRules rules) =>
        CaseFold.Entered(one, row.To!.Value, now) with
        {
            Revision = one.Revision + 1,
            UpdatedAt = now,
            ClosedAt = null,
            OnTime = null,
            LimitEndedAt = null,
            Note = step.Reason,
            Assignee = null,
            HandedInBy = null,
            Ratings = [],
            Proposals = [],
            Clocks = CaseClocks.After(row, one, now, rules.City),
            Reopenings = one.Reopenings + 1,
        };
}
