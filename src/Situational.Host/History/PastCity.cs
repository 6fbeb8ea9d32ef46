using System.Collections.Immutable;
using Situational.Contracts.Feed;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;
using Situational.Domain.Risk;
using Situational.Domain.Territory;
using Situational.Grains.Messages;
using Situational.Host.Feed;

namespace Situational.Host.History;

/// <summary>
/// An area at a moment that is past, and how it goes on from there. It says what grids would have said, to a <see cref="CityPicture"/> of its
/// own: what a screen sees of a change, live or past, is decided in one place. Used by one caller at a time.
/// </summary>
internal sealed partial class PastCity
{
    private const long Activation = 1, DayMs = 86_400_000;

    private readonly PastRules _rules;
    private readonly Ground[] _grounds;
    private readonly long _sinceMs;
    private readonly DateTimeOffset _unitsSince;
    private readonly PriorityQueue<string, long> _falling = new();
    private readonly HashSet<string> _clockless = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unplaced = new(StringComparer.Ordinal);

    /// <param name="territory">The version that was in force.</param>
    /// <param name="view">What is looked at: an area that the version has.</param>
    /// <param name="rules">How it is judged.</param>
    /// <param name="names">Squads and call signs.</param>
    /// <param name="keptSince">Since when the past is known: a grid of which nothing is known was not silent before.</param>
    /// <param name="unitsSince">Since when it is known where units went: nor was it before that.</param>
    public PastCity(
        CityTerritory territory, PastView view, PastRules rules, IUnitNames names, DateTimeOffset keptSince, DateTimeOffset unitsSince = default)
    {
        _rules = rules;
        _names = names;
        _squad = view.Squad;
        _unitsSince = unitsSince;
        _sinceMs = (keptSince > unitsSince ? keptSince : unitsSince).ToUnixTimeMilliseconds();
        Picture = new CityPicture(territory) { NotesUnits = !view.Withheld };
        Scope = Picture.ScopeOf(view.Area) ?? throw new ArgumentException("The territory has no such area.", nameof(view));
        _grounds = new Ground[Picture.Grids.Length];
        foreach (var ordinal in Scope.Ordinals)
            _grounds[ordinal] = new Ground();
    }

    /// <summary>The picture; grids beyond the area stay unknown in it.</summary>
    public CityPicture Picture { get; }

    /// <summary>The area.</summary>
    public AreaScope Scope { get; }

    /// <summary>The moment.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Where units were at the moment is kept. Where it is not, nobody knows who is missing, nor which grid was silent.</summary>
    public bool AreUnitsKept => At >= _unitsSince;

    /// <summary>The last so many changes in the area are told to the picture one by one, for its ticker; those before them together.</summary>
    public int ToldOneByOne { get; init; } = 2_000;

    /// <summary>Open cases of grids that the territory of the moment does not have: on their way to the grids that it gives them to.</summary>
    public int Unplaced => _unplaced.Count;

    /// <summary>Brings it to a moment, from what was before.</summary>
    /// <param name="from">A moment before, or the same.</param>
    /// <param name="open">The cases that were open then.</param>
    /// <param name="changes">What became of cases from then on up to <paramref name="at"/>, oldest first.</param>
    /// <param name="points">Each unit's last point at <paramref name="at"/>.</param>
    /// <param name="heard">When grids last had a point.</param>
    /// <param name="at">The moment.</param>
    public void Begin(
        DateTimeOffset from, IReadOnlyCollection<PastCase> open, IReadOnlyList<PastCase> changes, IReadOnlyList<TrailPoint> points,
        IReadOnlyList<GridHeard> heard, DateTimeOffset at)
    {
        At = at;
        var atMs = at.ToUnixTimeMilliseconds();
        foreach (var (grid, last) in heard)
            Hear(OrdinalOf(grid), last.ToUnixTimeMilliseconds());
        foreach (var row in changes)
            HearReport(row);
        var told = FirstToldOf(changes);
        if (told > 0)
            (open, from) = (Folded(open, changes, told), changes[told - 1].From);
        var rows = new List<CaseRow>?[_grounds.Length];
        foreach (var one in open)
        {
            HearReport(one);
            var ordinal = OrdinalOf(one.Grid);
            if (ordinal < 0)
                _unplaced.Add(one.Id);
            else if (_grounds[ordinal] is not null)
                (rows[ordinal] ??= []).Add(Row(one, from));
        }
        var units = PlaceAll(points, atMs);
        foreach (var ordinal in Scope.Ordinals)
        {
            var ground = _grounds[ordinal];
            var cases = rows[ordinal];
            var tally = new RiskTally(_rules.Risk, at);
            ground.JudgeAgainMs = long.MaxValue;
            if (cases is not null)
                foreach (var row in cases)
                    Weigh(ref tally, row, atMs, ground);
            var here = units[ordinal];
            var change = new GridChange(
                Picture.Grids[ordinal].Code, Activation, 0, ++ground.Revision, true,
                SummaryOf(ordinal, in tally, OnMap(here), atMs), here is null ? [] : [.. here], [], cases is null ? [] : [.. cases], []);
            Merge(change, atMs);
        }
        for (var i = told; i < changes.Count; i++)
            Apply(changes[i]);
        Settle(at);
        Picture.Settle();
    }

    /// <summary>Takes in what became of a case. Rows come oldest first.</summary>
    public void Apply(PastCase row)
    {
        HearReport(row);
        var nowMs = row.From.ToUnixTimeMilliseconds();
        var holder = Picture.Holder(row.Id);
        _clockless.Remove(row.Id);
        if (!row.Stage.IsOpen())
        {
            _unplaced.Remove(row.Id);
            if (holder is not null)
                Tell(holder.Grid, [Row(row, row.From)], [], nowMs);
            return;
        }
        var ordinal = OrdinalOf(row.Grid);
        if (ordinal < 0)
            _unplaced.Add(row.Id);
        else
            _unplaced.Remove(row.Id);
        if (ordinal >= 0 && _grounds[ordinal] is not null)
            Tell(ordinal, [Row(row, row.From)], [], nowMs);
        if (holder is not null && holder.Grid != ordinal)
            Tell(holder.Grid, [], [row.Id], nowMs);
    }

    /// <summary>Brings what follows from the time alone to a moment: limits without clocks, ages, silence, risk.</summary>
    public void Settle(DateTimeOffset at)
    {
        At = at;
        var atMs = at.ToUnixTimeMilliseconds();
        while (_falling.TryPeek(out var id, out var dueMs) && dueMs < atMs)
        {
            _falling.Dequeue();
            if (_clockless.Contains(id) && Picture.Holder(id) is { Row: { Level: 0 } row } slot && row.DueAtMs == dueMs)
                Tell(slot.Grid, [row with { Level = (byte)DeadlineLevel.Overdue }], [], dueMs);
        }
        MoveUnits(atMs);
        foreach (var ordinal in Scope.Ordinals)
        {
            var ground = _grounds[ordinal];
            if (ground.Touched || ground.JudgeAgainMs <= atMs)
                Judge(ordinal, ground, at, atMs);
        }
    }

    /// <summary>Place of the first change that is told by itself.</summary>
    private int FirstToldOf(IReadOnlyList<PastCase> changes)
    {
        var left = ToldOneByOne;
        for (var i = changes.Count - 1; i >= 0; i--)
            if (OrdinalOf(changes[i].Grid) is >= 0 and var ordinal && _grounds[ordinal] is not null && --left < 0)
                return i + 1;
        return 0;
    }

    /// <summary>The cases that were open after so many changes.</summary>
    private static Dictionary<string, PastCase>.ValueCollection Folded(IEnumerable<PastCase> open, IReadOnlyList<PastCase> changes, int count)
    {
        var latest = new Dictionary<string, PastCase>(StringComparer.Ordinal);
        foreach (var one in open)
            latest[one.Id] = one;
        for (var i = 0; i < count; i++)
            if (changes[i].Stage.IsOpen())
                latest[changes[i].Id] = changes[i];
            else
                latest.Remove(changes[i].Id);
        return latest.Values;
    }

    private void Judge(int ordinal, Ground ground, DateTimeOffset at, long atMs)
    {
        var slot = Picture.Grids[ordinal];
        var tally = new RiskTally(_rules.Risk, at);
        ground.Touched = false;
        ground.JudgeAgainMs = long.MaxValue;
        foreach (var open in slot.Cases.Values)
            Weigh(ref tally, open.Row, atMs, ground);
        var summary = SummaryOf(ordinal, in tally, slot.States[0] + slot.States[1] + slot.States[2], atMs);
        if (summary != slot.Summary)
            Merge(new GridChange(slot.Code, Activation, slot.Revision, ++ground.Revision, false, summary, [], [], [], []), atMs);
    }

    private void Weigh(ref RiskTally tally, in CaseRow row, long atMs, Ground ground)
    {
        tally.Add((Severity)row.Severity, (DeadlineLevel)row.Level, DateTimeOffset.FromUnixTimeMilliseconds(row.ReportedAtMs));
        var days = Math.Max(0, (atMs - row.ReportedAtMs) / DayMs);
        if (days < _rules.Risk.MaxDays)
            ground.JudgeAgainMs = Math.Min(ground.JudgeAgainMs, row.ReportedAtMs + (days + 1) * DayMs);
    }

    private GridSummary SummaryOf(int ordinal, in RiskTally tally, int units, long atMs)
    {
        var ground = _grounds[ordinal];
        var silentFromMs = Math.Max(ground.HeardMs, _sinceMs) + (long)_rules.Silence.TotalMilliseconds + 1;
        var silent = ordinal != Picture.Outside && atMs >= silentFromMs;
        if (ordinal != Picture.Outside && !silent)
            ground.JudgeAgainMs = Math.Min(ground.JudgeAgainMs, silentFromMs);
        return new GridSummary(
            Picture.TerritoryVersion, (byte)tally.Colour, tally.Score, silent, ground.HeardMs, tally.CountOf(Severity.Red),
            tally.CountOf(Severity.Orange), tally.CountOf(Severity.Yellow), tally.CountOf(Severity.Blue), tally.Overdue, units);
    }

    private CaseRow Row(PastCase one, DateTimeOffset now)
    {
        var row = _rules.RowOf(one, now);
        if (row.Level == 0 && PastRules.IsClockless(one))
        {
            _clockless.Add(one.Id);
            _falling.Enqueue(one.Id, row.DueAtMs);
        }
        return row;
    }

    /// <summary>A report is heard in the grid where its case was opened, whose code the case's id begins with.</summary>
    private void HearReport(PastCase one) => Hear(OrdinalOf(one.Id[..Math.Max(0, one.Id.LastIndexOf('-'))]), one.ReportedAt.ToUnixTimeMilliseconds());

    private void Hear(int ordinal, long atMs)
    {
        if (ordinal < 0 || _grounds[ordinal] is not { } ground || ground.HeardMs >= atMs)
            return;
        ground.HeardMs = atMs;
        ground.Touched = true;
    }

    private void Tell(int ordinal, ImmutableArray<CaseRow> cases, ImmutableArray<string> closed, long nowMs)
    {
        var (slot, ground) = (Picture.Grids[ordinal], _grounds[ordinal]);
        ground.Touched = true;
        Merge(new GridChange(slot.Code, Activation, slot.Revision, ++ground.Revision, false, slot.Summary, [], [], cases, closed), nowMs);
    }

    private void Merge(GridChange change, long nowMs)
    {
        var outcome = Picture.Merge(change, 0, nowMs);
        if (outcome != MergeOutcome.Applied)
            throw new InvalidOperationException($"The picture of the past did not take a change of grid {change.Grid}: {outcome}.");
    }

    private int OrdinalOf(string grid) =>
        grid == FeedNames.Outside ? Picture.Outside : Picture.Territory!.OrdinalOf(grid);

    /// <summary>What is known of a grid of the area beside what the picture has.</summary>
    private sealed class Ground
    {
        public long Revision;

        /// <summary>When a report or point was last heard.</summary>
        public long HeardMs;

        /// <summary>When time alone may next change its summary.</summary>
        public long JudgeAgainMs;

        /// <summary>Whether something happened since it was judged.</summary>
        public bool Touched;

        /// <summary>Units that are here and changed since the last moment.</summary>
        public ImmutableArray<UnitRow>.Builder? Present;

        /// <summary>Units that left since.</summary>
        public ImmutableArray<UnitLeft>.Builder? Left;
    }
}
