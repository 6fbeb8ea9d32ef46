using System.Collections.Immutable;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;

namespace Situational.Host.Api;

/// <summary>Tells a case's events as the API shows them: who, when, what, and which deadlines were met. No personal data.</summary>
internal sealed class CaseStory
{
    private readonly Dictionary<(int Whistle, string Department), ImmutableArray<Clock>> _musters = [];
    private IReadOnlyList<Clock> _clocks = [];

    private CaseStory()
    {
    }

    /// <summary>The events, oldest first.</summary>
    public static IReadOnlyList<CaseEventAnswer> Tell(IReadOnlyList<CaseHappening> history)
    {
        var story = new CaseStory();
        var told = new CaseEventAnswer[history.Count];
        for (var i = 0; i < told.Length; i++)
            told[i] = story.Tell(new CaseEventAnswer(i + 1, history[i].Event.At, "", history[i].Grid), history[i].Event);
        return told;
    }

    private CaseEventAnswer Tell(CaseEventAnswer plain, GridEvent happened)
    {
        switch (happened)
        {
            case CaseOpened e:
                _clocks = e.Clocks ?? [];
                return plain with
                {
                    What = "opened",
                    By = Of(e.By),
                    Stage = CaseNames.Of(e.Spot is null ? Stage.Reported : Stage.Handled),
                    Severity = CaseNames.Of(e.Report.Severity),
                    Note = e.Spot?.Note,
                    Photos = Some(e.Spot?.Photos is { IsDefault: false } photos ? photos : null),
                    TerritoryVersion = e.TerritoryVersion,
                };
            case CaseStarted e:
                return plain with { What = CaseNames.Of(CaseStep.Start), Stage = CaseNames.Of(Stage.Handling), Note = e.Note };
            case CaseClosed e:
                return plain with { What = CaseNames.Of(CaseStep.Close), Stage = CaseNames.Of(Stage.Closed), Note = e.Note };
            case CaseStepped e:
                var ended = Ended(_clocks, e.Clocks ?? [], e.At);
                _clocks = e.Clocks ?? [];
                return plain with
                {
                    What = CaseNames.Of(e.Step),
                    By = Of(e.By),
                    Stage = CaseNames.Of(e.To),
                    Note = e.Note,
                    Reason = e.Reason,
                    Severity = e.Severity is { } severity ? CaseNames.Of(severity) : null,
                    Assignee = e.Assignee is { } given ? new AssigneeRequest(CaseNames.Of(given.Kind), given.Id) : null,
                    Photos = Some(e.Photos),
                    Until = e.Until,
                    Other = e.Apart,
                    Deadlines = ended,
                    Late = e.Late ? true : null,
                };
            case CaseReopened e:
                _clocks = e.Case.Clocks;
                return plain with { What = CaseNames.Of(CaseStep.Reopen), By = Of(e.By), Stage = CaseNames.Of(e.Case.Stage), Reason = e.Reason };
            case CaseRated e:
                return plain with
                {
                    What = CaseNames.Of(CaseStep.Rate),
                    By = Of(e.Rating.By),
                    Kind = e.Rating.Kind,
                    Score = e.Rating.Score,
                    Note = e.Rating.Note,
                };
            case ReportJoined e:
                return plain with { What = "joined", By = Of(e.By), Reports = e.Reports.Count, Other = e.FromCase };
            case CaseMerged e:
                _clocks = [];
                return plain with { What = CaseNames.Of(CaseStep.Merge), By = Of(e.By), Stage = CaseNames.Of(Stage.Merged), Other = e.Into, Note = e.Note };
            case DeadlinePassed e:
                return plain with
                {
                    What = "deadline",
                    By = Of(Actor.System),
                    Clock = CaseAnswers.Of(e.Clock),
                    FellAt = e.FellAt,
                    Late = e.Late ? true : null,
                    Whistle = e.Whistle,
                    Departments = e.Department is { } late ? [late] : null,
                };
            case CaseEscalated e:
                return plain with { What = CaseNames.Of(CaseStep.Escalate), By = Of(e.By), ToArea = e.ToArea, Reason = e.Reason };
            case WhistleBlown e:
                foreach (var muster in e.Whistle.Musters)
                    _musters[(e.Whistle.Number, muster.Department)] = muster.Clocks;
                return plain with
                {
                    What = CaseNames.Of(CaseStep.Blow),
                    By = Of(e.Whistle.By),
                    Kind = e.Whistle.Kind,
                    Whistle = e.Whistle.Number,
                    Note = e.Whistle.Note,
                    Departments = [.. e.Whistle.Musters.Select(m => m.Department)],
                };
            case MusterStepped e:
                return TellMuster(plain, e);
            case CaseDeparted e:
                return plain with { What = "departed", By = Of(Actor.System), OtherGrid = e.ToGrid, TerritoryVersion = e.TerritoryVersion };
            case CaseArrived e:
                _clocks = e.Case.Clocks;
                return plain with { What = "arrived", By = Of(Actor.System), OtherGrid = e.FromGrid, TerritoryVersion = e.TerritoryVersion };
            case HandoverEnded e:
                return plain with { What = e.Taken ? "handed-over" : "handover-refused", By = Of(Actor.System), OtherGrid = e.ToGrid };
            default:
                throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "No such event is known.");
        }
    }

    private CaseEventAnswer TellMuster(CaseEventAnswer plain, MusterStepped e)
    {
        var key = (e.Whistle, e.Muster.Department);
        var ended = Ended(_musters.GetValueOrDefault(key) is { IsDefault: false } before ? before : [], e.Muster.Clocks, e.At, ofMuster: true);
        _musters[key] = e.Muster.Clocks;
        return plain with
        {
            What = CaseNames.Of(CaseStep.Muster),
            By = Of(e.By),
            Whistle = e.Whistle,
            Departments = [e.Muster.Department],
            Muster = CaseNames.Of(e.Muster.State),
            Note = e.Muster.Note,
            Deadlines = e.Muster.State == MusterState.Dismissed ? null : ended,
        };
    }

    /// <summary>Clocks that are gone or begun anew; of a muster also those that stopped, as its clocks stop for good.</summary>
    private static List<ClockEndAnswer>? Ended(IReadOnlyList<Clock> before, IReadOnlyList<Clock> after, DateTimeOffset at, bool ofMuster = false)
    {
        List<ClockEndAnswer>? ended = null;
        foreach (var clock in before)
            if ((!ofMuster || !clock.Stopped) && !after.Any(c => c.Kind == clock.Kind && c.StartedAt == clock.StartedAt && !(ofMuster && c.Stopped)))
                (ended ??= []).Add(new ClockEndAnswer(
                    CaseNames.Of(clock.Kind), clock.Limit.ToString(), clock.DueAt, clock.LevelAt(at) < DeadlineLevel.Overdue));
        return ended;
    }

    private static ActorAnswer? Of(Actor? by) => by is null ? null : CaseAnswers.Of(by);

    private static IReadOnlyList<string>? Some(IReadOnlyList<string>? photos) => photos is { Count: > 0 } ? photos : null;
}
