namespace Situational.Domain.Cases;

/// <summary>What events make of one case. Pure.</summary>
public static class CaseFold
{
    /// <summary>The case after an event, or null when the event cannot concern a case that stands so.</summary>
    /// <param name="grid">Code of the grid where it lies.</param>
    /// <param name="before">The case before the event; null before it was opened.</param>
    /// <param name="happened">The event.</param>
    public static Case? Apply(string grid, Case? before, GridEvent happened) => (before, happened) switch
    {
        (null, CaseOpened e) => new Case(e.CaseId, grid, e.TerritoryVersion, e.Report, Stage.Reported, e.At, e.At),
        ({ Stage: Stage.Reported }, CaseStarted e) =>
            before with { Stage = Stage.Handling, UpdatedAt = e.At, StartedAt = e.At, Note = e.Note ?? before.Note },
        ({ Stage: not Stage.Closed }, CaseClosed e) =>
            before with { Stage = Stage.Closed, UpdatedAt = e.At, ClosedAt = e.At, Note = e.Note ?? before.Note },
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
}
