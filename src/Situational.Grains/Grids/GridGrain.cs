using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Domain.Journal;
using Situational.Domain.Risk;
using Situational.Grains.Feed;
using Situational.Grains.Messages;
using Situational.Grains.Options;
using Situational.Grains.Territory;

namespace Situational.Grains.Grids;

/// <summary>
/// A grid. Decodes, decides by the domain's functions, journals, applies, publishes. Calls about units interleave with calls that wait for
/// the journal: they never wait for a store, and touch nothing that a waiting call relies on. All else, the timer included, is one turn after
/// another, and no turn waits for another grid.
/// </summary>
public sealed partial class GridGrain : Grain, IGridGrain
{
    private readonly IFeedOutbox _outbox;
    private readonly SituationClock _clock;
    private readonly GridOptions _options;
    private readonly GrainsMetrics _metrics;
    private readonly ILogger<GridGrain> _log;
    private readonly string _grid;
    private readonly GridRules _rules;
    private readonly GridCases _cases;
    private readonly GridAnswers _answers;
    private readonly GridWork _work;
    private readonly GridUnits _units;
    private readonly GridPicture _picture;
    private readonly ImmutableArray<UnitRow>.Builder _changed = ImmutableArray.CreateBuilder<UnitRow>();
    private readonly ImmutableArray<UnitLeft>.Builder _left = ImmutableArray.CreateBuilder<UnitLeft>();

    /// <summary>Made by the runtime.</summary>
    public GridGrain(
        IJournal journal, IFeedOutbox outbox, ITerritorySource territory, CityRules city, SituationClock clock, IOptions<GridOptions> options,
        IOptions<RiskOptions> risk, GrainsMetrics metrics, ILogger<GridGrain> log)
    {
        _outbox = outbox;
        _clock = clock;
        _options = options.Value;
        _metrics = metrics;
        _log = log;
        _grid = this.GetPrimaryKeyString();
        _rules = new GridRules(_grid, city, _options.MaxOpenCases, territory);
        _cases = new GridCases(_grid, journal, outbox, clock, _rules, metrics, log) { Applied = OnApplied, Reread = OnReread };
        _answers = new GridAnswers(_cases);
        _work = new GridWork(_grid, _cases, _rules, clock, code => GrainFactory.GetGrain<IGridGrain>(code), log);
        _units = new GridUnits(clock, _options.MaxUnits, _options.UnitLeaseSeconds * 1000L);
        _picture = new GridPicture(_grid, clock, risk.Value.ToRules(), TimeSpan.FromMinutes(_options.SilenceMinutes));
    }

    private bool IsOutside => _grid == IGridGrain.Outside;

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (IsOutside)
        {
            _cases.BeEmpty();
            JudgeAll();
            return;
        }
        _work.Start(this.RegisterGrainTimer(
            static (grid, cancellation) => grid._work.TurnAsync(cancellation), this,
            new GrainTimerCreationOptions { DueTime = Timeout.InfiniteTimeSpan, Period = Timeout.InfiniteTimeSpan, KeepAlive = true }));
        // Without its history the grid still takes units; it says that its cases are unknown, and tries again.
        await _cases.LoadAsync(cancellationToken);
        TakeIn();
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _work.Stop();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<ReportReceipt> ReportAsync(ReportCommand command, CancellationToken cancellationToken)
    {
        if (IsOutside)
            throw new ArgumentException("No report lies outside all grids.", nameof(command));
        var receipt = await _answers.ReportAsync(command, _rules, cancellationToken);
        if (receipt.Verdict == ReportVerdict.GridFull)
            LogGridFull(_grid, _options.MaxOpenCases);
        return receipt;
    }

    /// <inheritdoc />
    public async Task<CaseReceipt> ActAsync(CaseCommand command, CancellationToken cancellationToken)
    {
        if (IsOutside || !CaseId.TryParse(command.CaseId, out _, out _))
            return new CaseReceipt(CaseVerdict.Unknown, null, []);
        // A grid that cannot read its cases is not awake: what falls meanwhile is late.
        return await _cases.ReadyAsync(cancellationToken)
            ? await _answers.ActAsync(command, _work.AwakeSince(), cancellationToken)
            : new CaseReceipt(CaseVerdict.StoreAway, null, []);
    }

    /// <inheritdoc />
    public async Task<HandoverVerdict> TakeOverAsync(HandoverMessage handover, CancellationToken cancellationToken)
    {
        if (IsOutside)
            throw new ArgumentException("Nothing lies outside all grids.", nameof(handover));
        return await _work.TakeOverAsync(handover, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<bool> SettleAsync(int territoryVersion, CancellationToken cancellationToken) =>
        IsOutside || await _work.SettleAsync(territoryVersion, cancellationToken);

    /// <inheritdoc />
    public Task UnitsMovedAsync(UnitsMoved moved, CancellationToken cancellationToken)
    {
        var dropped = _units.Take(moved, _changed, _left);
        if (dropped > 0)
        {
            _metrics.DroppedUnits(dropped);
            LogUnitsDropped(_grid, dropped, _options.MaxUnits);
        }
        if (_changed.Count > 0 || _left.Count > 0)
        {
            JudgeSummary();
            _outbox.Publish(_picture.Change(_changed.ToImmutable(), _left.ToImmutable(), [], []));
            _changed.Clear();
            _left.Clear();
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<GridChange> StateAsync(CancellationToken cancellationToken) => Task.FromResult(_picture.Whole(_cases.State, _units, false));

    /// <inheritdoc />
    public async Task SayAsync(CancellationToken cancellationToken)
    {
        // What is read anew is told at once; what is told below is told again then, under the same revision.
        if (!IsOutside)
            await _work.LookAsync(cancellationToken);
        _units.Lapse(_left);
        var changed = JudgeAll() || _left.Count > 0;
        _left.Clear();
        _outbox.Publish(_picture.Whole(_cases.State, _units, changed));
    }

    /// <inheritdoc />
    public Task<GridDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        if (_cases.State is null)
            reasons.Add(RiskReasons.Write(new RiskReason(RiskCause.NotLoaded, 0, 0)));
        else
            foreach (var reason in _picture.Risk.Reasons)
                reasons.Add(RiskReasons.Write(reason));
        if (_cases.Lost > 0)
            reasons.Add(RiskReasons.Write(new RiskReason(RiskCause.HistoryLost, (int)Math.Min(_cases.Lost, int.MaxValue), 0)));
        if (_picture.Summary.Silent)
            reasons.Add(RiskReasons.Write(new RiskReason(RiskCause.Silent, (int)(_units.UnheardMs / 60_000), 0)));
        return Task.FromResult(new GridDescription(_picture.Whole(_cases.State, _units, false), reasons.DrainToImmutable()));
    }

    /// <summary>A command changed the grid: tells the screens, all cases in one change, and looks at what is to be done next.</summary>
    private void OnApplied(GridState before, Decision.Accepted accepted)
    {
        var changed = new List<Case>(accepted.Changed.Length);
        foreach (var one in accepted.Changed)
            if (!one.IsOpen ? before.Open.ContainsKey(one.Id) : accepted.After.Open.ContainsKey(one.Id))
                changed.Add(one);
        var closed = ImmutableArray.CreateBuilder<string>();
        foreach (var happened in accepted.Events)
        {
            if (happened is CaseOpened or ReportJoined { FromCase: null })
                _units.Heard(happened.At.ToUnixTimeMilliseconds());
            else if (happened is DeadlinePassed)
                _metrics.DeadlinePassed();
            var id = CaseFold.CaseIdOf(happened);
            if (before.Open.ContainsKey(id) && !accepted.After.Open.ContainsKey(id) && !closed.Contains(id))
                closed.Add(id);
        }
        var judged = JudgeAll();
        if (judged || changed.Count > 0 || closed.Count > 0)
            _outbox.Publish(_picture.Change(changed, closed.DrainToImmutable()));
        _work.OnChanged(changed);
    }

    private void OnReread()
    {
        TakeIn();
        _outbox.Publish(_picture.Whole(_cases.State, _units, changed: true));
    }

    private void TakeIn()
    {
        if (_cases.State?.LastReportAt is { } last)
            _units.Heard(last.ToUnixTimeMilliseconds());
        JudgeAll();
        _work.OnLoaded();
    }

    private bool JudgeAll()
    {
        _picture.JudgeRisk(_cases.State, _clock.Now);
        return JudgeSummary();
    }

    private bool JudgeSummary() => _picture.JudgeSummary(_rules.Version, _units, _cases);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grid {Grid}: full with {Bound} open cases; reports are refused.")]
    private partial void LogGridFull(string grid, int bound);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grid {Grid}: {Units} units are not listed; the bound is {Bound}.")]
    private partial void LogUnitsDropped(string grid, int units, int bound);
}
