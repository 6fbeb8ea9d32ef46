using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Domain.Risk;
using Situational.Grains.Feed;
using Situational.Grains.Messages;
using Situational.Grains.Options;
using Situational.Grains.Territory;

namespace Situational.Grains.Grids;

/// <summary>
/// A grid. Decodes, decides by the domain's functions, journals, applies, publishes. Calls about units interleave with calls that wait for
/// the journal: they never wait for a store, and touch nothing that a waiting call relies on.
/// </summary>
public sealed partial class GridGrain : Grain, IGridGrain
{
    /// <summary>How often an append is tried again on a newer version before the caller is told to come back.</summary>
    private const int MostTries = 3;

    private readonly IJournal _journal;
    private readonly IFeedOutbox _outbox;
    private readonly ITerritorySource _territory;
    private readonly SituationClock _clock;
    private readonly GridOptions _options;
    private readonly RiskRules _rules;
    private readonly GrainsMetrics _metrics;
    private readonly ILogger<GridGrain> _log;
    private readonly string _grid;
    private readonly GridUnits _units;
    private readonly GridPicture _picture;
    private readonly ImmutableArray<UnitRow>.Builder _changed = ImmutableArray.CreateBuilder<UnitRow>();
    private readonly ImmutableArray<UnitLeft>.Builder _left = ImmutableArray.CreateBuilder<UnitLeft>();
    private GridState? _state;

    /// <summary>Made by the runtime.</summary>
    public GridGrain(
        IJournal journal, IFeedOutbox outbox, ITerritorySource territory, SituationClock clock, IOptions<GridOptions> options,
        IOptions<RiskOptions> risk, GrainsMetrics metrics, ILogger<GridGrain> log)
    {
        _journal = journal;
        _outbox = outbox;
        _territory = territory;
        _clock = clock;
        _options = options.Value;
        _rules = risk.Value.ToRules();
        _metrics = metrics;
        _log = log;
        _grid = this.GetPrimaryKeyString();
        _units = new GridUnits(clock, _options.MaxUnits, _options.UnitLeaseSeconds * 1000L);
        _picture = new GridPicture(_grid, clock, _rules, TimeSpan.FromMinutes(_options.SilenceMinutes));
        if (IsOutside)
            _state = GridState.Empty(_grid);
    }

    private bool IsOutside => _grid == IGridGrain.Outside;

    private int TerritoryVersion => _territory.Current?.Territory.Version ?? 0;

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Without its history the grid still takes units; it says that its cases are unknown, and tries again.
        await LoadAsync(cancellationToken);
        JudgeAll();
    }

    /// <inheritdoc />
    public async Task<ReportReceipt> ReportAsync(ReportCommand command, CancellationToken cancellationToken)
    {
        if (IsOutside)
            throw new ArgumentException("No report lies outside all grids.", nameof(command));
        var open = new GridCommand.Open(command.ToReport(), TerritoryVersion, command.By.ToActor());
        var step = await DecideAndJournalAsync(open, new AcceptedReport(command.Key, command.Fingerprint, ""), cancellationToken);
        switch (step)
        {
            case { Done: { } opened }:
                _units.Heard(opened.ReportedAt.ToUnixTimeMilliseconds());
                PublishCase(opened);
                return new ReportReceipt(ReportVerdict.Opened, opened.ToDocument(), opened.Id);
            case { Before: { } before }:
                return await AnswerTakenKeyAsync(before, command.Fingerprint, cancellationToken);
            case { Refused: Decision.GridFull full }:
                LogGridFull(_grid, full.MaxOpenCases);
                return await AnswerFullAsync(command, cancellationToken);
            default:
                return new ReportReceipt(ReportVerdict.StoreAway, null, null);
        }
    }

    /// <inheritdoc />
    public async Task<CaseReceipt> ActAsync(CaseCommand command, CancellationToken cancellationToken)
    {
        if (IsOutside || !CaseId.TryParse(command.CaseId, out var grid, out _) || grid != _grid)
            return new CaseReceipt(CaseVerdict.Unknown, null, []);
        var what = new GridCommand.Step(command.CaseId, (CaseStep)command.Step, command.By.ToActor()) { Note = command.Note };
        var step = await DecideAndJournalAsync(what, null, cancellationToken);
        switch (step)
        {
            case { Done: { } done }:
                PublishCase(done);
                return new CaseReceipt(CaseVerdict.Done, done.ToDocument(), Numbers(CaseSteps.AllowedFrom(done.Stage)));
            case { Refused: Decision.NotAllowed refused }:
                return new CaseReceipt(CaseVerdict.NotAllowed, refused.Case.ToDocument(), Numbers(refused.Allowed));
            case { Refused: Decision.UnknownCase }:
                return await AnswerNotOpenAsync(command.CaseId, cancellationToken);
            default:
                return new CaseReceipt(CaseVerdict.StoreAway, null, []);
        }
    }

    /// <inheritdoc />
    public Task<HandoverVerdict> TakeOverAsync(HandoverMessage handover, CancellationToken cancellationToken) =>
        Task.FromResult(HandoverVerdict.Later);

    /// <inheritdoc />
    public Task<bool> SettleAsync(int territoryVersion, CancellationToken cancellationToken) => Task.FromResult(false);

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
    public Task<GridChange> StateAsync(CancellationToken cancellationToken) => Task.FromResult(_picture.Whole(_state, _units, false));

    /// <inheritdoc />
    public async Task SayAsync(CancellationToken cancellationToken)
    {
        var loaded = _state is null && await LoadAsync(cancellationToken);
        _units.Lapse(_left);
        var changed = JudgeAll() || loaded || _left.Count > 0;
        _left.Clear();
        _outbox.Publish(_picture.Whole(_state, _units, changed));
    }

    /// <inheritdoc />
    public Task<GridDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        if (_state is null)
            reasons.Add(RiskReasons.Write(new RiskReason(RiskCause.NotLoaded, 0, 0)));
        else
            foreach (var reason in _picture.Risk.Reasons)
                reasons.Add(RiskReasons.Write(reason));
        if (_picture.Summary.Silent)
            reasons.Add(RiskReasons.Write(new RiskReason(RiskCause.Silent, (int)(_units.UnheardMs / 60_000), 0)));
        return Task.FromResult(new GridDescription(_picture.Whole(_state, _units, false), reasons.DrainToImmutable()));
    }

    private async Task<Step> DecideAndJournalAsync(GridCommand command, AcceptedReport? report, CancellationToken cancellationToken)
    {
        if (_state is null && !await LoadAndSayAsync(cancellationToken))
            return default;
        for (var attempt = 0; attempt < MostTries && _state is { } state; attempt++)
        {
            var decision = GridDecisions.Decide(state, command, _clock.Now, _options.MaxOpenCases);
            if (decision is not Decision.Accepted accepted)
                return new Step { Refused = decision };
            switch (await AppendAsync(state, accepted, report is null ? null : report with { CaseId = accepted.Case!.Id }))
            {
                case AppendOutcome.Appended:
                    _state = accepted.After;
                    return new Step { Done = accepted.Case };
                case AppendOutcome.KeyTaken taken:
                    return new Step { Before = taken.Before };
                case AppendOutcome.VersionConflict conflict:
                    _metrics.Conflict();
                    LogConflict(_grid, state.Version, conflict.ActualVersion);
                    await LoadAndSayAsync(cancellationToken);
                    break;
                default:
                    return default;
            }
        }
        return default;
    }

    /// <summary>Appends, to the end even if the caller goes away: an append cut short would leave its outcome unknown. Null: nothing was written.</summary>
    private async Task<AppendOutcome?> AppendAsync(GridState before, Decision.Accepted accepted, AcceptedReport? report)
    {
        try
        {
            var outcome = await _journal.AppendAsync(
                new JournalAppend(_grid, before.Version, accepted.Events, accepted.Changed, report, accepted.After), CancellationToken.None);
            _outbox.NoteStore(away: false);
            return outcome;
        }
        catch (JournalUnavailableException away) when (!away.OutcomeUnknown)
        {
            NoteStoreAway(away);
            return null;
        }
        catch (Exception fault)
        {
            // Nobody knows whether it was written: what the grid holds is not to be trusted before it was read again.
            LogAppendFault(fault, _grid);
            _outbox.NoteStore(away: true);
            _state = null;
            return null;
        }
    }

    private async Task<bool> LoadAndSayAsync(CancellationToken cancellationToken)
    {
        var loaded = await LoadAsync(cancellationToken);
        JudgeAll();
        _outbox.Publish(_picture.Whole(_state, _units, changed: true));
        return loaded;
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (IsOutside)
            return true;
        try
        {
            if (_territory.Current is null)
                await _territory.AtLeastAsync(1, cancellationToken);
            var history = await _journal.LoadAsync(_grid, cancellationToken);
            _state = GridFold.Apply(history.Snapshot ?? GridState.Empty(_grid), history.Events);
            if (_state.LastReportAt is { } last)
                _units.Heard(last.ToUnixTimeMilliseconds());
            return true;
        }
        catch (JournalUnavailableException away)
        {
            _state = null;
            NoteStoreAway(away);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            _state = null;
            LogLoadFault(fault, _grid);
        }
        return false;
    }

    private async Task<ReportReceipt> AnswerFullAsync(ReportCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await _journal.FindReportAsync(command.Key, cancellationToken) is { } before
                ? await AnswerTakenKeyAsync(before, command.Fingerprint, cancellationToken)
                : new ReportReceipt(ReportVerdict.GridFull, null, null);
        }
        catch (JournalUnavailableException away)
        {
            NoteStoreAway(away);
            return new ReportReceipt(ReportVerdict.StoreAway, null, null);
        }
    }

    private async Task<ReportReceipt> AnswerTakenKeyAsync(AcceptedReport before, string fingerprint, CancellationToken cancellationToken)
    {
        if (!string.Equals(before.Fingerprint, fingerprint, StringComparison.Ordinal))
            return new ReportReceipt(ReportVerdict.KeyMisused, null, null);
        var known = _state?.Open.GetValueOrDefault(before.CaseId);
        try
        {
            known ??= await _journal.FindCaseAsync(before.CaseId, cancellationToken);
        }
        catch (JournalUnavailableException away)
        {
            // The report was accepted and stays so; only the case's words are out of reach.
            NoteStoreAway(away);
        }
        return new ReportReceipt(ReportVerdict.Repeated, known?.ToDocument(), before.CaseId);
    }

    private async Task<CaseReceipt> AnswerNotOpenAsync(string caseId, CancellationToken cancellationToken)
    {
        try
        {
            return await _journal.FindCaseAsync(caseId, cancellationToken) is { Stage: Stage.Closed } closed
                ? new CaseReceipt(CaseVerdict.NotAllowed, closed.ToDocument(), [])
                : new CaseReceipt(CaseVerdict.Unknown, null, []);
        }
        catch (JournalUnavailableException away)
        {
            NoteStoreAway(away);
            return new CaseReceipt(CaseVerdict.StoreAway, null, []);
        }
    }

    private void PublishCase(Case changed)
    {
        JudgeAll();
        _outbox.Publish(_picture.Change(changed));
    }

    private bool JudgeAll()
    {
        _picture.JudgeRisk(_state, _clock.Now);
        return JudgeSummary();
    }

    private bool JudgeSummary() => _picture.JudgeSummary(TerritoryVersion, _units, _state is not null);

    private void NoteStoreAway(JournalUnavailableException away)
    {
        _metrics.StoreAway();
        LogStoreAway(away, _grid);
        _outbox.NoteStore(away: true);
    }

    private static ImmutableArray<byte> Numbers(ImmutableArray<CaseStep> steps)
    {
        var numbers = ImmutableArray.CreateBuilder<byte>(steps.Length);
        foreach (var step in steps)
            numbers.Add((byte)step);
        return numbers.MoveToImmutable();
    }

    /// <summary>What became of a command; all null when the store is away.</summary>
    private readonly struct Step
    {
        /// <summary>The case after what was done.</summary>
        public Case? Done { get; init; }

        /// <summary>The refusal.</summary>
        public Decision? Refused { get; init; }

        /// <summary>What the key was taken for.</summary>
        public AcceptedReport? Before { get; init; }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grid {Grid}: the store is away.")]
    private partial void LogStoreAway(Exception away, string grid);

    [LoggerMessage(Level = LogLevel.Error, Message = "Grid {Grid}: its history cannot be read; reports are refused until it can.")]
    private partial void LogLoadFault(Exception fault, string grid);

    [LoggerMessage(Level = LogLevel.Error, Message = "Grid {Grid}: an append failed in an unknown state; the grid reads its history again.")]
    private partial void LogAppendFault(Exception fault, string grid);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grid {Grid}: version {Expected} expected, {Actual} found; the grid reads its history again.")]
    private partial void LogConflict(string grid, long expected, long actual);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grid {Grid}: full with {Bound} open cases; reports are refused.")]
    private partial void LogGridFull(string grid, int bound);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grid {Grid}: {Units} units are not listed; the bound is {Bound}.")]
    private partial void LogUnitsDropped(string grid, int units, int bound);
}
