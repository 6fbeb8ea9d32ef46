using System.Collections.Immutable;
using Situational.Domain.Cases;
using Situational.Domain.Risk;
using Situational.Grains.Messages;

namespace Situational.Grains.Grids;

/// <summary>
/// What a grid says of itself: its summary as last judged, and its revision, which rises with every change that is told and with nothing
/// else. Used inside one grain's turns only.
/// </summary>
internal sealed class GridPicture
{
    private readonly string _grid;
    private readonly long _activation;
    private readonly RiskRules _rules;
    private readonly long _silenceMs;
    private DateTimeOffset _judgedAt;

    /// <summary>Starts the picture of a new activation.</summary>
    public GridPicture(string grid, SituationClock clock, RiskRules rules, TimeSpan silence)
    {
        _grid = grid;
        _activation = Random.Shared.NextInt64(1, 1L << 53);
        _rules = rules;
        _silenceMs = (long)silence.TotalMilliseconds;
        Revision = clock.FirstNumber();
        _judgedAt = clock.Now;
        Risk = RiskFormula.Judge([], _judgedAt, rules);
    }

    /// <summary>The grid's revision.</summary>
    public long Revision { get; private set; }

    /// <summary>The risk as last judged.</summary>
    public GridRisk Risk { get; private set; }

    /// <summary>The summary as last judged.</summary>
    public GridSummary Summary { get; private set; }

    /// <summary>Judges the risk anew: after a change of cases, or because time went by.</summary>
    public void JudgeRisk(GridState? state, DateTimeOffset now)
    {
        _judgedAt = now;
        Risk = RiskFormula.Judge(state?.Open.Values ?? [], now, _rules);
    }

    /// <summary>Judges the summary anew from the present risk; true when it changed.</summary>
    public bool JudgeSummary(int territoryVersion, GridUnits units, GridCases cases)
    {
        var silent = _grid != IGridGrain.Outside && units.UnheardMs > _silenceMs;
        var summary = new GridSummary(
            territoryVersion, (byte)Risk.Colour, Risk.Score, silent, units.HeardAtMs, Risk.Red, Risk.Orange, Risk.Yellow, Risk.Blue,
            Risk.Overdue, units.Count, cases.State is not null, cases.Lost);
        if (summary == Summary)
            return false;
        Summary = summary;
        return true;
    }

    /// <summary>A change of the grid: takes the next revision.</summary>
    public GridChange Change(
        ImmutableArray<UnitRow> units, ImmutableArray<UnitLeft> left, ImmutableArray<CaseRow> cases, ImmutableArray<string> closed) =>
        new(_grid, _activation, Revision, ++Revision, false, Summary, units, left, cases, closed);

    /// <summary>A change of cases.</summary>
    /// <param name="changed">Those that are open here, and those that ended: their rows go along, so that the screens can say how.</param>
    /// <param name="closed">Ids of those that are open here no longer.</param>
    public GridChange Change(List<Case> changed, ImmutableArray<string> closed)
    {
        var rows = ImmutableArray.CreateBuilder<CaseRow>(changed.Count);
        foreach (var one in changed)
            rows.Add(one.ToRow(_rules, _judgedAt));
        return Change([], [], rows.MoveToImmutable(), closed);
    }

    /// <summary>The whole picture, which takes the next revision only if something in it is new.</summary>
    public GridChange Whole(GridState? state, GridUnits units, bool changed)
    {
        var previous = Revision;
        if (changed)
            Revision++;
        var cases = ImmutableArray<CaseRow>.Empty;
        if (state is { Open.Count: > 0 })
        {
            var rows = ImmutableArray.CreateBuilder<CaseRow>(state.Open.Count);
            foreach (var one in state.Open.Values)
                rows.Add(one.ToRow(_rules, _judgedAt));
            cases = rows.MoveToImmutable();
        }
        return new GridChange(_grid, _activation, previous, Revision, true, Summary, units.All(), [], cases, []);
    }
}
