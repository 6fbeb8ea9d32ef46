using Microsoft.Extensions.Logging;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Grains.Messages;

namespace Situational.Grains.Grids;

/// <summary>
/// What a grid does unasked: lets time act on its cases, hands over what belongs to other grids, and takes what they hand over. Each turn
/// does a bounded part, so that reports get theirs in between; what fails waits and is tried again until it is done.
/// </summary>
/// <param name="grid">The grid's code.</param>
/// <param name="cases">Its cases.</param>
/// <param name="rules">What it decides by.</param>
/// <param name="clock">The silo's clock.</param>
/// <param name="gridOf">The grid of a code.</param>
/// <param name="log">Logs failures.</param>
internal sealed partial class GridWork(
    string grid, GridCases cases, GridRules rules, SituationClock clock, Func<string, IGridGrain> gridOf, ILogger log)
{
    private const int EndedAtOnce = 100;
    private const int DepartingAtOnce = 500;

    private readonly GridClock _timer = new(clock);
    private GridHandovers? _handovers;
    private bool _settling;
    private int _judgedVersion;

    /// <summary>Since when the grid has been looking at its clocks; from now on, if it has not. To be asked once the history is read, not before.</summary>
    public DateTimeOffset AwakeSince() => _timer.AwakeSince(clock.Now);

    private GridHandovers Handovers => _handovers ??= new GridHandovers(grid, gridOf, OnAnswered, clock, log);

    /// <summary>Takes the grid's timer.</summary>
    public void Start(IGrainTimer timer) => _timer.Start(timer);

    /// <summary>Begins nothing more.</summary>
    public void Stop() => _handovers?.Stop();

    /// <summary>The history was read, in vain or not.</summary>
    public void OnLoaded()
    {
        if (cases.State is not { } state)
            return;
        _timer.AwakeSince(clock.Now);
        JudgeSettling(state);
        OfferAndArm(state);
    }

    /// <summary>Cases changed.</summary>
    public void OnChanged(List<Case> changed)
    {
        foreach (var one in changed)
            _settling |= one.IsOpen && rules.OtherOwner(one) is not null;
        if (cases.State is { } state)
            OfferAndArm(state);
    }

    /// <summary>The timer's turn.</summary>
    public async Task TurnAsync(CancellationToken cancellationToken)
    {
        await TryAsync(WorkAsync, cancellationToken);
        Arm();
    }

    /// <summary>
    /// The round's look: lets time act even if the timer was not woken for it, because the wall clock was set or a timer was lost, sees whether
    /// another territory gives cases to other grids, and offers what is owed.
    /// </summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!await cases.ReadyAsync(cancellationToken))
            return;
        if (!_timer.Pausing)
            await TryAsync(LetTimeActAsync, cancellationToken);
        if (cases.State is not { } state)
            return;
        if (rules.Version != _judgedVersion)
            JudgeSettling(state);
        OfferAndArm(state);
    }

    /// <summary>Takes what another grid hands over.</summary>
    public async Task<HandoverVerdict> TakeOverAsync(HandoverMessage offered, CancellationToken cancellationToken)
    {
        // Under an older territory this grid would send the case back at once.
        if (!await HoldsAsync(offered.TerritoryVersion, cancellationToken))
            return HandoverVerdict.Later;
        var outcome = await cases.RunAsync(offered.ToArrival(grid), null, cancellationToken);
        switch (outcome)
        {
            case { Done: not null } or { Refused: Decision.Nothing }:
                return HandoverVerdict.Taken;
            case { Refused: { } refused } when offered.Kind == (byte)HandoverKind.Merge && refused is not Decision.Stale:
                return HandoverVerdict.Refused;
            case { Refused: { } refused }:
                // Nobody may lose a case that has no other place: it stays on offer until somebody has looked.
                LogNotTaken(grid, offered.FromGrid, refused.GetType().Name);
                return HandoverVerdict.Later;
            default:
                return HandoverVerdict.Later;
        }
    }

    /// <summary>Sends away what that version gives to other grids, a part at a time; true when nothing is left to hand over.</summary>
    public async Task<bool> SettleAsync(int territoryVersion, CancellationToken cancellationToken)
    {
        if (!await HoldsAsync(territoryVersion, cancellationToken) || !await cases.ReadyAsync(cancellationToken))
            return false;
        await DepartAsync(cancellationToken);
        if (cases.State is not { } state)
            return false;
        OfferAndArm(state);
        return state.Outbound.IsEmpty && !_settling;
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        if (cases.State is { } before && Handovers.TakeAnswers(before, EndedAtOnce) is { Count: > 0 } ends)
        {
            var outcome = await cases.RunAsync(ends, cancellationToken);
            if (outcome is { Done: null, Refused: null })
                _timer.Failed();
            else
                Handovers.Forget(ends);
        }
        await LetTimeActAsync(cancellationToken);
        if (_settling)
            await DepartAsync(cancellationToken);
        if (cases.State is { } state && Handovers.WorkInMs == 0)
            Handovers.Offer(state);
    }

    /// <summary>What fails here must neither silence the grid nor stop its timer.</summary>
    private async Task TryAsync(Func<CancellationToken, Task> workAsync, CancellationToken cancellationToken)
    {
        var failures = _timer.Failures;
        try
        {
            if (await cases.ReadyAsync(cancellationToken))
                await workAsync(cancellationToken);
            else
                _timer.Failed();
            if (_timer.Failures == failures)
                _timer.Succeeded();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogFault(fault, grid);
            _timer.Failed();
        }
    }

    private async Task LetTimeActAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        if (cases.State is not { } state || CaseClocks.NextAt(state) is not { } next || next > now)
            return;
        var outcome = await cases.RunAsync(new GridCommand.Tick(_timer.AwakeSince(now)), null, cancellationToken);
        if (outcome.Done is null)
            _timer.Failed();
    }

    private async Task DepartAsync(CancellationToken cancellationToken)
    {
        if (cases.State is not { } state)
            return;
        if (rules.Depart(state, DepartingAtOnce) is not { } depart)
        {
            _settling = false;
            return;
        }
        _settling = true;
        var outcome = await cases.RunAsync(depart, null, cancellationToken);
        if (outcome.Done is null)
            _timer.Failed();
        else
            _settling = cases.State is not { } after || rules.Depart(after, 1) is not null;
    }

    private async Task<bool> HoldsAsync(int territoryVersion, CancellationToken cancellationToken)
    {
        try
        {
            await rules.AtLeastAsync(territoryVersion, cancellationToken);
            return rules.Version >= territoryVersion;
        }
        catch (JournalUnavailableException away)
        {
            cases.NoteStoreAway(away);
            return false;
        }
    }

    private void JudgeSettling(GridState state)
    {
        _judgedVersion = rules.Version;
        _settling = rules.Depart(state, 1) is not null;
    }

    private void OfferAndArm(GridState state)
    {
        if (!state.Outbound.IsEmpty)
            Handovers.Offer(state);
        Arm(state);
    }

    /// <summary>Called between turns: an answer asks for a turn at once, whatever the clocks say.</summary>
    private void OnAnswered()
    {
        if (_handovers?.WorkInMs == 0)
            _timer.Arm(null, 0);
        else
            Arm();
    }

    private void Arm() => Arm(cases.State);

    private void Arm(GridState? state) =>
        _timer.Arm(state is null ? null : CaseClocks.NextAt(state), state is null || _settling ? 0 : _handovers?.WorkInMs);

    [LoggerMessage(Level = LogLevel.Error, Message = "Grid {Grid}: its own work failed; it is tried again.")]
    private partial void LogFault(Exception fault, string grid);

    [LoggerMessage(Level = LogLevel.Error, Message = "Grid {Grid}: what grid {Other} hands over cannot be taken ({Why}); it stays on offer there.")]
    private partial void LogNotTaken(string grid, string other, string why);
}
