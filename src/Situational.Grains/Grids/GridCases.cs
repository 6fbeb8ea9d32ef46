using Microsoft.Extensions.Logging;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Grains.Feed;

namespace Situational.Grains.Grids;

/// <summary>
/// The cases of one grid: decides by the domain's functions, journals, applies. What it holds is what the journal holds; when it cannot be
/// sure of that any more it reads the journal again. Used inside one grain's turns only, one command at a time.
/// </summary>
/// <param name="grid">The grid's code.</param>
/// <param name="journal">The journal.</param>
/// <param name="outbox">Hears whether the store could be written.</param>
/// <param name="clock">The silo's clock.</param>
/// <param name="rules">What the grid decides by.</param>
/// <param name="metrics">Counts what goes wrong.</param>
/// <param name="log">Logs it.</param>
internal sealed partial class GridCases(
    string grid, IJournal journal, IFeedOutbox outbox, SituationClock clock, GridRules rules, GrainsMetrics metrics, ILogger log)
{
    /// <summary>How often a command is decided anew on a newer version before the caller is told to come back.</summary>
    private const int MostTries = 3;

    private int _numbersGiven;
    private long _generation;
    private long _acknowledged;

    /// <summary>The grid as its journal says; null while that could not be read.</summary>
    public GridState? State { get; private set; }

    /// <summary>How many events the store has lost since this activation began: acknowledged, and not there any more.</summary>
    public long Lost { get; private set; }

    /// <summary>Called after each command that changed the grid, with the state before and what happened.</summary>
    public required Action<GridState, Decision.Accepted> Applied { get; init; }

    /// <summary>Called when the state was read anew, or is not known any more.</summary>
    public required Action Reread { get; init; }

    /// <summary>The pseudo-grid has no history.</summary>
    public void BeEmpty() => State = GridState.Empty(grid);

    /// <summary>Reads the history; false when it cannot be read now.</summary>
    public async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await rules.ReadyAsync(cancellationToken);
            var generation = journal.Generation;
            var history = await journal.LoadAsync(grid, cancellationToken);
            State = GridFold.Apply(history.Snapshot ?? GridState.Empty(grid), history.Events);
            _generation = generation;
            NoteVersion(State);
            return true;
        }
        catch (JournalUnavailableException away)
        {
            State = null;
            NoteStoreAway(away);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            State = null;
            LogLoadFault(fault, grid);
        }
        return false;
    }

    /// <summary>Makes sure that the history is read, and read anew if the store may have lost some of it since; false when it cannot be now.</summary>
    public async ValueTask<bool> ReadyAsync(CancellationToken cancellationToken)
    {
        if (State is not null && _generation == journal.Generation)
            return true;
        var held = State;
        if (!await LoadAsync(cancellationToken))
        {
            // Until now the grid showed what nobody can vouch for any more.
            if (held is not null)
                Reread();
            return false;
        }
        Reread();
        return true;
    }

    /// <summary>Does what a command says: all of it, durably, or nothing.</summary>
    /// <param name="command">The command.</param>
    /// <param name="key">The idempotency key it comes under; its case is filled in here.</param>
    /// <param name="cancellationToken">Gives up what is read for the decision; an append goes on to its end.</param>
    public Task<CaseOutcome> RunAsync(GridCommand command, AcceptedReport? key, CancellationToken cancellationToken) =>
        RunAsync(command, state => DecideAsync(state, command, cancellationToken), key, cancellationToken);

    /// <summary>Does what several commands of different cases say in one append; those that have nothing to do are passed over.</summary>
    public Task<CaseOutcome> RunAsync(IReadOnlyList<GridCommand> commands, CancellationToken cancellationToken) =>
        RunAsync(commands[0], state => ValueTask.FromResult<Decision?>(DecideAll(state, commands)), null, cancellationToken);

    /// <summary>What a key was taken for; false in front when the store is away.</summary>
    public async Task<(bool Known, AcceptedReport? Before)> FindKeyAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return (true, await journal.FindReportAsync(key, cancellationToken));
        }
        catch (JournalUnavailableException away)
        {
            NoteStoreAway(away);
            return default;
        }
    }

    /// <summary>A case as it stands, open here or from the journal; null when it is unknown or out of reach.</summary>
    public async Task<Case?> FindCaseAsync(string caseId, CancellationToken cancellationToken)
    {
        if (State?.Open.GetValueOrDefault(caseId) is { } open)
            return open;
        try
        {
            return await journal.FindCaseAsync(caseId, cancellationToken);
        }
        catch (JournalUnavailableException away)
        {
            NoteStoreAway(away);
            return null;
        }
    }

    /// <summary>Notes that the store did not answer.</summary>
    public void NoteStoreAway(JournalUnavailableException away)
    {
        metrics.StoreAway();
        LogStoreAway(away, grid);
        outbox.NoteStore(away: true);
    }

    private async Task<CaseOutcome> RunAsync(
        GridCommand command, Func<GridState, ValueTask<Decision?>> decideAsync, AcceptedReport? key, CancellationToken cancellationToken)
    {
        if (!await ReadyAsync(cancellationToken))
            return default;
        for (var attempt = 0; attempt < MostTries && State is { } state; attempt++)
        {
            var decision = await decideAsync(state);
            if (decision is null)
                return default;
            // What the decision needed from the journal showed that the state is behind: it was read again.
            if (!ReferenceEquals(state, State))
                continue;
            if (decision is not Decision.Accepted accepted)
                return new CaseOutcome { Refused = decision };
            switch (await AppendAsync(state, accepted, key, GridAudit.Of(command, accepted)))
            {
                case AppendOutcome.Appended:
                    State = accepted.After;
                    NoteVersion(State);
                    Applied(state, accepted);
                    return new CaseOutcome { Done = accepted };
                case AppendOutcome.KeyTaken taken:
                    return new CaseOutcome { Before = taken.Before };
                case AppendOutcome.VersionConflict conflict:
                    await MeetConflictAsync(state.Version, conflict.ActualVersion, cancellationToken);
                    break;
                default:
                    return default;
            }
        }
        return default;
    }

    /// <summary>Decides with what the decision needs from the journal; null when that is out of reach.</summary>
    private async ValueTask<Decision?> DecideAsync(GridState state, GridCommand command, CancellationToken cancellationToken)
    {
        if (command is not GridCommand.Step step)
            return Decide(state, command);
        try
        {
            if (!state.Open.ContainsKey(step.CaseId) && !state.Outbound.ContainsKey(step.CaseId))
            {
                if (await journal.FindCaseAsync(step.CaseId, cancellationToken) is not { } found)
                    return new Decision.UnknownCase();
                if (found.Grid != grid)
                    return new Decision.Elsewhere(found.Grid);
                if (found.IsOpen)
                    await RereadAsync(cancellationToken);
                step = step with { Ended = found };
            }
            if (step is { What: CaseStep.Merge, Other: { } other } && !state.Open.ContainsKey(other)
                && await journal.FindCaseAsync(other, cancellationToken) is { } there && there.Grid != grid)
                step = step with { OtherElsewhere = there };
            return Decide(state, step);
        }
        catch (JournalUnavailableException away)
        {
            NoteStoreAway(away);
            return null;
        }
    }

    private Decision Decide(GridState state, GridCommand command)
    {
        // A number that was given once is not given again, even if the store has lost the case that had it.
        if (command is not GridCommand.Open || state.LastCaseNumber >= _numbersGiven)
            return GridDecisions.Decide(state, command, clock.Now, rules.Loop);
        var decision = GridDecisions.Decide(state with { LastCaseNumber = _numbersGiven }, command, clock.Now, rules.Loop);
        return decision is Decision.Accepted accepted && accepted.After.LastCaseNumber == _numbersGiven
            ? accepted with { After = accepted.After with { LastCaseNumber = state.LastCaseNumber } }
            : decision;
    }

    private Decision DecideAll(GridState state, IReadOnlyList<GridCommand> commands)
    {
        Decision.Accepted? all = null;
        foreach (var command in commands)
            if (Decide(all?.After ?? state, command) is Decision.Accepted one)
                all = all is null ? one : one with
                {
                    Events = all.Events.AddRange(one.Events),
                    Changed = all.Changed.AddRange(one.Changed),
                    Gone = all.Gone.AddRange(one.Gone),
                };
        return all is null ? new Decision.Nothing() : all;
    }

    /// <summary>Appends, to the end even if the caller goes away: an append cut short would leave its outcome unknown. Null: nothing was written.</summary>
    private async Task<AppendOutcome?> AppendAsync(GridState before, Decision.Accepted accepted, AcceptedReport? key, AuditEntry? audit)
    {
        try
        {
            var taken = key is null ? null : key with { CaseId = accepted.Case?.Id ?? "" };
            var append = new JournalAppend(grid, before.Version, accepted.Events, accepted.Changed, taken, accepted.After)
            {
                Gone = Moved(accepted),
                Audit = audit,
            };
            var outcome = await journal.AppendAsync(append, CancellationToken.None);
            outbox.NoteStore(away: false);
            return outcome;
        }
        catch (JournalUnavailableException away)
        {
            NoteStoreAway(away);
            // It may have been written all the same: what the grid holds is then read again first.
            if (away.OutcomeUnknown)
                State = null;
            return null;
        }
        catch (Exception fault)
        {
            // Nobody knows whether it was written: what the grid holds is not to be trusted before it was read again.
            LogAppendFault(fault, grid);
            outbox.NoteStore(away: true);
            State = null;
            return null;
        }
    }

    private async Task MeetConflictAsync(long expected, long actual, CancellationToken cancellationToken)
    {
        metrics.Conflict();
        LogConflict(grid, expected, actual);
        await RereadAsync(cancellationToken);
    }

    private void NoteVersion(GridState state)
    {
        _numbersGiven = Math.Max(_numbersGiven, state.LastCaseNumber);
        if (state.Version < _acknowledged)
        {
            // The store came back without its newest writes, as one that writes through once a second may after a crash.
            Lost += _acknowledged - state.Version;
            metrics.HistoryLost(_acknowledged - state.Version);
            LogHistoryLost(grid, _acknowledged, state.Version);
        }
        _acknowledged = state.Version;
    }

    private async Task RereadAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        Reread();
    }

    private static MovedCase[] Moved(Decision.Accepted accepted)
    {
        var moved = new MovedCase[accepted.Gone.Length];
        for (var i = 0; i < moved.Length; i++)
            moved[i] = new MovedCase(accepted.Gone[i].CaseId, accepted.Gone[i].Grid);
        return moved;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grid {Grid}: the store is away.")]
    private partial void LogStoreAway(Exception away, string grid);

    [LoggerMessage(Level = LogLevel.Error, Message = "Grid {Grid}: its history cannot be read; reports are refused until it can.")]
    private partial void LogLoadFault(Exception fault, string grid);

    [LoggerMessage(Level = LogLevel.Error, Message = "Grid {Grid}: an append failed in an unknown state; the grid reads its history again.")]
    private partial void LogAppendFault(Exception fault, string grid);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grid {Grid}: version {Expected} expected, {Actual} found; the grid reads its history again.")]
    private partial void LogConflict(string grid, long expected, long actual);

    [LoggerMessage(Level = LogLevel.Critical,
        Message = "Grid {Grid}: the store has lost history: version {Expected} was acknowledged, {Actual} is there. The grid goes on with what is there.")]
    private partial void LogHistoryLost(string grid, long expected, long actual);
}
