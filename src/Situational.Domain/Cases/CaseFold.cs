using Situational.Domain.Deadlines;

namespace Situational.Domain.Cases;

/// <summary>
/// What events make of one case. Pure. Folding asks only what an event needs to make sense: which step was allowed when is not asked again, so
/// that old histories fold under every table.
/// </summary>
public static class CaseFold
{
    /// <summary>The case after an event, or null when the event cannot concern a case that stands so.</summary>
    /// <param name="grid">Code of the grid in whose history the event stands.</param>
    /// <param name="before">The case before the event; null before it was opened.</param>
    /// <param name="happened">The event.</param>
    public static Case? Apply(string grid, Case? before, GridEvent happened) => (before, happened) switch
    {
        (null, CaseOpened e) => Opened(grid, e),
        (null, CaseArrived e) => Whole(grid, e.CaseId, e.Case),
        (null or { IsOpen: false }, CaseReopened e) => Whole(grid, e.CaseId, e.Case),
        (null or { Stage: Stage.Merged } or { IsOpen: true }, HandoverEnded { Taken: false, Case: { } back } e) => Whole(grid, e.CaseId, back),
        (null, _) => null,
        ({ Stage: Stage.Reported }, CaseStarted e) =>
            Entered(before, Stage.Handling, e.At) with { StartedAt = e.At, Note = e.Note ?? before.Note, Revision = before.Revision + 1 },
        ({ IsOpen: false }, CaseRated e) => Next(before, e) with { Ratings = before.Ratings.Add(e.Rating) },
        (_, HandoverEnded { Taken: true }) => before,
        ({ IsOpen: false }, _) => null,
        (_, CaseClosed e) => Ended(before, Stage.Closed, e) with { Note = e.Note ?? before.Note },
        (_, CaseStepped e) => Stepped(before, e),
        (_, CaseMerged e) => Ended(before, Stage.Merged, e) with { MergedInto = e.Into, Note = e.Note ?? before.Note },
        (_, ReportJoined e) => Joined(before, e),
        (_, DeadlinePassed e) => WhistleFold.Reached(before, e) is { } after ? after with { Revision = before.Revision + 1, UpdatedAt = e.At } : null,
        (_, CaseEscalated e) => Next(before, e) with { EscalatedTo = e.ToArea, Escalations = before.Escalations + 1 },
        (_, WhistleBlown e) => Next(before, e) with { Whistles = before.Whistles.Add(e.Whistle) },
        (_, MusterStepped e) => WhistleFold.Stepped(before, e) is { } after ? after with { Revision = before.Revision + 1, UpdatedAt = e.At } : null,
        (_, CaseDeparted e) => Next(before, e),
        _ => null,
    };

    /// <summary>The id of the case that an event concerns.</summary>
    public static string CaseIdOf(GridEvent happened) => happened switch
    {
        CaseOpened e => e.CaseId,
        CaseStarted e => e.CaseId,
        CaseClosed e => e.CaseId,
        CaseStepped e => e.CaseId,
        CaseReopened e => e.CaseId,
        CaseRated e => e.CaseId,
        ReportJoined e => e.CaseId,
        CaseMerged e => e.CaseId,
        DeadlinePassed e => e.CaseId,
        CaseEscalated e => e.CaseId,
        WhistleBlown e => e.CaseId,
        MusterStepped e => e.CaseId,
        CaseDeparted e => e.CaseId,
        CaseArrived e => e.CaseId,
        HandoverEnded e => e.CaseId,
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "No such event is known."),
    };

    /// <summary>The case in a stage that it enters.</summary>
    internal static Case Entered(Case before, Stage stage, DateTimeOffset at)
    {
        var path = before.Path;
        if (path.Length >= Case.MaxPath)
            path = path.RemoveRange(1, path.Length - Case.MaxPath + 1);
        return before with { Stage = stage, UpdatedAt = at, Path = path.Add(new StageEntry(stage, at)) };
    }

    private static Case Next(Case before, GridEvent happened) => before with { UpdatedAt = happened.At, Revision = before.Revision + 1 };

    private static Case Opened(string grid, CaseOpened e)
    {
        var stage = e.Spot is null ? Stage.Reported : Stage.Handled;
        return new Case(e.CaseId, grid, e.TerritoryVersion, e.Report, stage, e.At, e.At, Note: e.Spot?.Note)
        {
            Revision = 1,
            Path = [new StageEntry(stage, e.At)],
            Clocks = [.. e.Clocks ?? []],
            Spot = e.Spot,
            Marks = [.. e.Marks ?? []],
            Proposals = [.. e.Proposals ?? []],
            ResultPhotos = e.Spot?.Photos ?? [],
            Assignee = e.Spot is { } spot ? new Assignee(AssigneeKind.Unit, spot.Unit) : null,
            HandedInBy = e.Spot is null ? null : e.By,
            HandIns = e.Spot is null ? 0 : 1,
        };
    }

    /// <summary>A case that an event brings along in full.</summary>
    private static Case? Whole(string grid, string id, Case one) => one.Grid == grid && one.IsOpen && one.Id == id ? one : null;

    private static Case? Stepped(Case before, CaseStepped e)
    {
        if (e.Step == CaseStep.Resume && before.Stage != Stage.Suspended)
            return null;
        var after = !e.To.IsOpen() ? Ended(before, e.To, e)
            : e.To == before.Stage ? Next(before, e)
            : Entered(before, e.To, e.At) with { Revision = before.Revision + 1 };
        after = after with
        {
            Note = e.Note ?? e.Reason ?? before.Note,
            Clocks = after.IsOpen ? [.. e.Clocks ?? []] : [],
            Marks = e.Marks is null ? before.Marks : [.. e.Marks],
            SuspendedFrom = e.To == Stage.Suspended ? before.SuspendedFrom ?? before.Stage : null,
            SuspendedUntil = e.To == Stage.Suspended ? e.Until ?? before.SuspendedUntil : null,
        };
        return e.Step switch
        {
            CaseStep.Accept => after with { JudgedSeverity = e.Severity ?? before.JudgedSeverity },
            CaseStep.Dispatch => after with { Assignee = e.Assignee },
            CaseStep.Return => after with { Assignee = null },
            CaseStep.Start => after with { StartedAt = before.StartedAt ?? e.At },
            CaseStep.HandIn => after with { HandIns = before.HandIns + 1, HandedInBy = e.By, ResultPhotos = [.. e.Photos ?? []] },
            CaseStep.Verify => after with { Spot = before.Spot is { } spot ? spot with { Verified = spot.Verified ?? true } : null },
            CaseStep.Rework => after with
            {
                Reworks = before.Reworks + 1,
                Spot = before.Spot is { } spot ? spot with { Verified = spot.Verified ?? false } : null,
            },
            CaseStep.Suspend => after with { Suspensions = before.Suspensions + 1 },
            CaseStep.KeepApart => after with { Proposals = e.Apart is { } apart ? before.Proposals.Remove(apart) : before.Proposals },
            _ => after,
        };
    }

    private static Case Ended(Case before, Stage stage, GridEvent happened)
    {
        Clock? whole = null;
        foreach (var clock in before.Clocks)
            if (clock.Kind == ClockKind.Close)
                whole = clock;
        return WhistleFold.Dismissed(Entered(before, stage, happened.At), happened.At) with
        {
            Revision = before.Revision + 1,
            ClosedAt = happened.At,
            Clocks = [],
            SuspendedFrom = null,
            SuspendedUntil = null,
            OnTime = whole is null ? null : whole.Fired < DeadlineLevel.Overdue && whole.LevelAt(happened.At) < DeadlineLevel.Overdue,
            LimitEndedAt = whole?.DueAt,
        };
    }

    private static Case? Joined(Case before, ReportJoined e)
    {
        if (before.Joined.Length + e.Reports.Count > Case.MaxJoined)
            return null;
        var joined = before.Joined.ToBuilder();
        foreach (var report in e.Reports)
            joined.Add(new JoinedReport(report, e.At, e.FromCase));
        return Next(before, e) with
        {
            Joined = joined.ToImmutable(),
            Proposals = e.Proposals is null ? before.Proposals : [.. e.Proposals],
        };
    }
}
