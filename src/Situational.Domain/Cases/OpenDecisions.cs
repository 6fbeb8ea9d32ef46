namespace Situational.Domain.Cases;

/// <summary>Decides reports.</summary>
internal static class OpenDecisions
{
    /// <summary>Opens a case, or lets the report join one that says the same.</summary>
    public static Decision Decide(GridState state, GridCommand.Open open, DateTimeOffset now, LoopRules rules)
    {
        if (Fault(open) is { } fault)
            return new Decision.Faulty(null, fault.Field, fault.Text);
        var draft = new Draft(state);
        if (Duplicates.Joined(state, open, now, rules) is { } same)
        {
            draft.Add(new ReportJoined(now, same.Id, [open.Report], null, Actor.System));
            return draft.Decide(same.Id);
        }
        if (state.Open.Count >= rules.MaxOpenCases)
            return new Decision.GridFull(rules.MaxOpenCases);
        var id = CaseId.Of(state.Grid, state.LastCaseNumber + 1);
        var spot = open.Spot is { } said ? said with
        {
            Photos = said.Photos.IsDefault ? [] : said.Photos,
            Recheck = rules.City.Spot.IsRechecked(id),
            Verified = null,
        } : null;
        var starts = spot is null ? CaseTransitions.StartsWithReport : CaseTransitions.StartsOnTheSpot;
        var marks = spot is null ? [] : SpotMarks.OfSpot(state, open.Report, spot, open.Near, now, rules);
        var proposals = Duplicates.Proposals(state, open, now, rules);
        draft.Add(new CaseOpened(
            now, id, open.TerritoryVersion, open.Report, open.By, CaseClocks.Started(starts, open.Report.Category, now, rules.City), spot,
            marks.IsEmpty ? null : marks, proposals.IsEmpty ? null : proposals));
        return draft.Decide(id);
    }

    private static (string Field, string Text)? Fault(GridCommand.Open open)
    {
        if (open.Report.Photos.Count > Case.MaxPhotos)
            return ("photos", $"There may be at most {Case.MaxPhotos} photos.");
        if (open.Spot is not { } spot)
            return null;
        if (!CaseTransitions.MayFixOnTheSpot.Contains(open.By.Role))
            return ("spot", $"A {CaseWords.Of(open.By.Role)} reports; what was fixed on the spot is said by a worker, a department or an officer.");
        if (string.IsNullOrWhiteSpace(spot.Unit) || spot.Unit.Length > 64)
            return ("spot.unit", "An id of 1 to 64 characters is needed.");
        if (StepFields.Said("note", spot.Note, needed: true) is { } note)
            return ("spot.note", note.Text);
        if (!spot.Photos.IsDefault && spot.Photos.Length > Case.MaxPhotos)
            return ("spot.photos", $"There may be at most {Case.MaxPhotos} photos.");
        return spot.FixedAt < spot.FoundAt ? ("spot.fixedAt", "It cannot be fixed before it was found.") : null;
    }
}
