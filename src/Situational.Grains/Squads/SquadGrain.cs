using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Situational.Domain.Journal;
using Situational.Domain.Territory;
using Situational.Grains.Feed;
using Situational.Grains.Messages;
using Situational.Grains.Options;
using Situational.Grains.Territory;

namespace Situational.Grains.Squads;

/// <summary>
/// A squad. Takes fixes, tells grids, and once a second lets its units grow older. Storing and reading newest fixes runs beside the
/// grain's turns and is looked at in the tick, so that no store, slow or away, holds positions up.
/// </summary>
public sealed partial class SquadGrain : Grain, ISquadGrain
{
    private const long LoadAgainMs = 5_000;
    private const long SaveLateMs = 10_000;

    private readonly IUnitStore _store;
    private readonly IFeedOutbox _outbox;
    private readonly ITerritorySource _territory;
    private readonly SituationClock _clock;
    private readonly PatrolOptions _options;
    private readonly GrainsMetrics _metrics;
    private readonly ILogger<SquadGrain> _log;
    private readonly string _squad;
    private readonly UnitTracks _units;
    private readonly GridTellers _grids;
    private TerritoryIndex? _index;
    private Task<IReadOnlyList<StoredFix>>? _loading;
    private Task? _saving;
    private List<StoredFix> _inSaving = [];
    private bool _loaded;
    private bool _known;
    private long _loadAt;
    private long _saveAt;
    private long _saveLateAt;
    private long _sayAt;

    /// <summary>Made by the runtime.</summary>
    public SquadGrain(
        IUnitStore store, IFeedOutbox outbox, ITerritorySource territory, SituationClock clock, IOptions<PatrolOptions> options,
        GrainsMetrics metrics, ILogger<SquadGrain> log)
    {
        _store = store;
        _outbox = outbox;
        _territory = territory;
        _clock = clock;
        _options = options.Value;
        _metrics = metrics;
        _log = log;
        _squad = this.GetPrimaryKeyString();
        _units = new UnitTracks(clock, _options);
        _grids = new GridTellers(_squad, code => GrainFactory.GetGrain<IGridGrain>(code), _options.MaxUnitsPerSquad, metrics, log);
    }

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        UseTerritory();
        _loading = LoadAsync();
        try
        {
            await _loading.WaitAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The tick below looks at the same task and tries again.
            _metrics.StoreAway();
        }
        TakeLoaded();
        var now = _clock.SteadyMs;
        _saveAt = now + _options.SaveSeconds * 1000L;
        _sayAt = now + _options.SayAgainSeconds * 1000L;
        this.RegisterGrainTimer(
            static (squad, _) => squad.TickAsync(), this,
            new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = TimeSpan.FromSeconds(1), KeepAlive = true });
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_saving is not null)
        {
            await _saving.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            TakeSaved();
        }
        StartSaving();
        if (_saving is null)
            return;
        await _saving.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        TakeSaved();
    }

    /// <inheritdoc />
    public async Task<FixCounts> RecordAsync(FixBatch batch, CancellationToken cancellationToken)
    {
        UseTerritory();
        var counts = _units.Take(batch);
        _metrics.Fixes(batch.Fixes.Length - counts.Refused, counts.Refused);
        await TellChangedAsync();
        return counts;
    }

    /// <inheritdoc />
    public Task WakeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task TickAsync()
    {
        UseTerritory();
        TakeLoaded();
        TakeSaved();
        var now = _clock.SteadyMs;
        NoteLateSave(now);
        if (_loading is null && !_loaded && now >= _loadAt)
            _loading = LoadAsync();
        if (_saving is null && now >= _saveAt)
        {
            _saveAt = now + _options.SaveSeconds * 1000L;
            StartSaving();
        }
        if (!_known)
            _ = TellCityAsync();
        _units.Age();
        if (now >= _sayAt)
        {
            _sayAt = now + _options.SayAgainSeconds * 1000L;
            _units.ListAll();
        }
        await TellChangedAsync();
        await _grids.TellLeavingsAsync();
    }

    private async Task TellChangedAsync()
    {
        if (_units.Changed.Count == 0)
            return;
        await _grids.TellAsync(_units.Changed);
        _units.Changed.Clear();
    }

    private void UseTerritory()
    {
        var index = _territory.Current;
        if (ReferenceEquals(index, _index))
            return;
        _index = index;
        _grids.Use(index);
        _units.Use(index);
    }

    private async Task<IReadOnlyList<StoredFix>> LoadAsync() => await _store.LoadFixesAsync(_squad, CancellationToken.None);

    private async Task SaveAsync(List<StoredFix> unsaved) => await _store.SaveFixesAsync(_squad, unsaved, CancellationToken.None);

    private void TakeLoaded()
    {
        if (_loading is not { IsCompleted: true } loading)
            return;
        _loading = null;
        if (loading.IsCompletedSuccessfully)
        {
            _loaded = true;
            _units.Restore(loading.Result);
            return;
        }
        _loadAt = _clock.SteadyMs + LoadAgainMs;
        LogLoadFault(loading.Exception?.InnerException, _squad);
    }

    private void StartSaving()
    {
        var unsaved = _units.TakeUnsaved();
        if (unsaved.Count == 0)
            return;
        _inSaving = unsaved;
        _saveLateAt = _clock.SteadyMs + SaveLateMs;
        _saving = SaveAsync(unsaved);
    }

    private void TakeSaved()
    {
        if (_saving is not { IsCompleted: true } saving)
            return;
        _saving = null;
        if (saving.IsCompletedSuccessfully)
        {
            _outbox.NoteStore(away: false);
        }
        else
        {
            _units.GiveBack(_inSaving);
            _metrics.StoreAway();
            _outbox.NoteStore(away: true);
            LogSaveFault(saving.Exception?.InnerException, _squad, _inSaving.Count);
        }
        _inSaving = [];
    }

    /// <summary>A store that hangs never fails, so the screens are told when it is late. Its save is still waited for.</summary>
    private void NoteLateSave(long now)
    {
        if (_saving is null || now < _saveLateAt)
            return;
        _saveLateAt = now + SaveLateMs;
        _metrics.StoreAway();
        _outbox.NoteStore(away: true);
        LogSaveLate(_squad, _inSaving.Count);
    }

    /// <summary>Makes the city's rounds keep this squad awake. Not awaited: the city may be waking this very squad.</summary>
    private async Task TellCityAsync()
    {
        _known = true;
        try
        {
            await GrainFactory.GetGrain<ICityGrain>(ICityGrain.Key).SquadSeenAsync(_squad, CancellationToken.None);
        }
        catch (Exception fault)
        {
            _known = false;
            LogCityUntold(fault, _squad);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Squad {Squad}: stored fixes cannot be read; tried again in 5 s.")]
    private partial void LogLoadFault(Exception? fault, string squad);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Squad {Squad}: {Fixes} newest fixes could not be stored; tried again in 10 s.")]
    private partial void LogSaveFault(Exception? fault, string squad, int fixes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Squad {Squad}: the store does not answer; {Fixes} newest fixes wait for it.")]
    private partial void LogSaveLate(string squad, int fixes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Squad {Squad}: the city does not know of it yet.")]
    private partial void LogCityUntold(Exception fault, string squad);
}
