using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;
using Situational.Host.Api;
using Situational.Host.Feed;

namespace Situational.Host.History;

/// <summary>Works out what changed in an area since someone came: from the past's rows alone, so that all figures are of the same moments.</summary>
internal sealed class ShiftDesk(IPastStore past, IJournal journal, TerritoriesThen territories, PastRules rules, ILiveCity city, TimeProvider time)
{
    /// <summary>Cases and grids of a kind that are named.</summary>
    public const int MostNamed = 12;

    /// <summary>Which deadlines are soon.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromHours(8);

    private const int MostText = 80;

    /// <summary>What changed.</summary>
    /// <param name="area">Code of the area, or <c>city</c>.</param>
    /// <param name="since">Since when; a moment that is kept.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PastRefusedException">There is no such area.</exception>
    public async Task<ShiftAnswer> OfAsync(string area, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = await territories.GridsAsync(area, since, since, cancellationToken) ?? [];
        var after = await territories.GridsAsync(area, now, now, cancellationToken)
            ?? throw new PastRefusedException(StatusCodes.Status400BadRequest, "area", "Is no area of the territory in force.");
        int opened = 0, closed = 0, ended = 0, overdue = 0;
        var ledger = new PastLedger(rules, happened =>
        {
            if (!after.Contains(happened.Case.Grid) && !before.Contains(happened.Case.Grid))
                return;
            _ = happened.Kind switch
            {
                EventKind.Reported => opened++,
                EventKind.Closed => closed++,
                EventKind.Rejected or EventKind.Merged => ended++,
                EventKind.Overdue => overdue++,
                _ => 0,
            };
        });
        var then = new Figures();
        await foreach (var one in past.AtAsync(since, cancellationToken))
        {
            ledger.Begin(one);
            if (before.Contains(one.Grid))
                then.Add(one, rules.LevelOf(one, since));
        }
        await foreach (var row in past.ChangesAsync(since, now, cancellationToken))
            ledger.Take(row);
        ledger.End(now);
        return await AnswerAsync(area, since, now, then.ToAnswer(), ledger.Open.Where(o => after.Contains(o.Grid)), (opened, closed, ended, overdue), cancellationToken);
    }

    private async Task<ShiftAnswer> AnswerAsync(
        string area, DateTimeOffset since, DateTimeOffset now, ShiftFigures then, IEnumerable<PastCase> open, (int Opened, int Closed, int Ended, int Overdue) counts,
        CancellationToken cancellationToken)
    {
        var figures = new Figures();
        List<PastCase> red = [], overdue = [], whistles = [], toVerify = [], dueSoon = [];
        foreach (var one in open)
        {
            var level = rules.LevelOf(one, now);
            figures.Add(one, level);
            var kind = one.Severity == Severity.Red ? red
                : level >= DeadlineLevel.Overdue ? overdue
                : one.Whistle is not null ? whistles
                : one.Stage == Stage.Handled ? toVerify
                : rules.DueAt(one) <= now + Soon ? dueSoon
                : null;
            kind?.Add(one);
        }
        Task<ShiftCases> FirstAsync(List<PastCase> cases) => NameAsync(cases, since, now, cancellationToken);
        return new ShiftAnswer(
            area, Moment.BeginOf(since), now, then, figures.ToAnswer(), counts.Opened, counts.Closed, counts.Ended, counts.Overdue, await FirstAsync(red),
            await FirstAsync(overdue), await FirstAsync(whistles), await FirstAsync(toVerify), await FirstAsync(dueSoon), SilentOf(area), SosOf(area));
    }

    /// <summary>The cases whose next deadline is next, or longest past, with the beginning of their text.</summary>
    private async Task<ShiftCases> NameAsync(List<PastCase> cases, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var named = new List<ShiftCase>();
        foreach (var one in cases.OrderBy(c => rules.DueAt(c) ?? DateTimeOffset.MaxValue).ThenBy(c => c.Id, StringComparer.Ordinal).Take(MostNamed))
        {
            var text = (await journal.FindCaseAsync(one.Id, cancellationToken))?.Report.Description ?? "";
            named.Add(new ShiftCase(
                one.Id, one.Grid, one.Category, CaseNames.Of(one.Severity), CaseNames.Of(one.Stage), CaseNames.Of(rules.LevelOf(one, now)),
                rules.DueAt(one), one.Assignee is { } given ? new AssigneeRequest(CaseNames.Of(given.Kind), given.Id) : null, Begin(text),
                one.ReportedAt >= since));
        }
        return new ShiftCases(cases.Count, named);
    }

    private ShiftGrids SilentOf(string area)
    {
        var silent = city.SilentGrids(area);
        return new ShiftGrids(silent.Count, [.. silent.Take(MostNamed)]);
    }

    /// <summary>Calls for help that stand now, the longest first.</summary>
    private ShiftSos[] SosOf(string area) =>
    [
        .. city.Units(area, int.MaxValue, null).Where(u => u.SosAtMs != 0).OrderBy(u => u.SosAtMs).ThenBy(u => u.Id, StringComparer.Ordinal)
            .Select(u => new ShiftSos(u.Id, u.CallSign, DateTimeOffset.FromUnixTimeMilliseconds(u.SosAtMs), u.HasPlace ? u.Grid : null)),
    ];

    private static string Begin(string text)
    {
        if (text.Length <= MostText)
            return text;
        // No half of a character of two.
        return text[..(char.IsHighSurrogate(text[MostText - 1]) ? MostText - 1 : MostText)];
    }

    private sealed class Figures
    {
        private readonly int[] _severities = new int[5];
        private int _overdue, _escalated, _whistles;

        public void Add(PastCase one, DeadlineLevel level)
        {
            _severities[(int)one.Severity]++;
            if (level >= DeadlineLevel.Overdue)
                _overdue++;
            if (one.Escalations > 0)
                _escalated++;
            if (one.Whistle is not null)
                _whistles++;
        }

        public ShiftFigures ToAnswer() =>
            new(_severities[1], _severities[2], _severities[3], _severities[4], _overdue, _escalated, _whistles);
    }
}
