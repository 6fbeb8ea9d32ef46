using Microsoft.Extensions.Logging;
using Situational.Domain.Journal;
using Situational.Grains.Feed;
using Situational.Grains.Options;

namespace Situational.Grains.Squads;

/// <summary>
/// What a squad reads from the store when it wakes and writes to it every ten seconds. Both run beside the grain's turns and are looked at
/// in its tick, so that no store, slow or away, holds positions up. Used inside one grain's turns only.
/// </summary>
/// <param name="squad">The squad's id.</param>
/// <param name="fixes">Keeps newest fixes.</param>
/// <param name="duties">Keeps duty states.</param>
/// <param name="trails">Keeps trails.</param>
internal sealed partial class SquadStore(string squad, IUnitStore fixes, IUnitDutyStore duties, ITrailStore trails)
{
    private const long LoadAgainMs = 5_000;
    private const long SaveLateMs = 10_000;

    private Task<IReadOnlyList<UnitDuty>>? _knowing;
    private Task<IReadOnlyList<StoredFix>>? _loading;
    private Task? _saving;
    private List<StoredFix> _fixesInSaving = [];
    private List<TrailPoint> _pointsInSaving = [];
    private bool _loaded;
    private bool _saidEnds;
    private long _loadAt;
    private long _saveAt;
    private long _saveLateAt;

    /// <summary>Who is on duty.</summary>
    public required DutyBook Book { get; init; }

    /// <summary>Whose fixes they are.</summary>
    public required UnitTracks Units { get; init; }

    /// <summary>Where they went.</summary>
    public required SquadTrails Trail { get; init; }

    /// <summary>Hears whether the store answers.</summary>
    public required IFeedOutbox Outbox { get; init; }

    /// <summary>The silo's clock.</summary>
    public required SituationClock Clock { get; init; }

    /// <summary>How often to save.</summary>
    public required PatrolOptions Options { get; init; }

    /// <summary>Counts tries that found the store away.</summary>
    public required GrainsMetrics Metrics { get; init; }

    /// <summary>Logs failures.</summary>
    public required ILogger Log { get; init; }

    private long SaveMs => Options.SaveSeconds * 1000L;

    /// <summary>Reads what there is; what cannot be read is read again later.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _knowing = BeginAsync(() => duties.LoadAsync(squad, CancellationToken.None));
        _loading = BeginAsync(() => fixes.LoadFixesAsync(squad, CancellationToken.None));
        await QuietlyAsync(Task.WhenAll(_knowing, _loading), cancellationToken);
        TakeLoaded();
        _saveAt = Clock.SteadyMs + SaveMs;
    }

    /// <summary>Takes in what came of reading and writing, and begins what is due.</summary>
    public void Look()
    {
        TakeLoaded();
        TakeSaved();
        var now = Clock.SteadyMs;
        NoteLateSave(now);
        if (now >= _loadAt)
        {
            if (!Book.IsKnown)
                _knowing ??= BeginAsync(() => duties.LoadAsync(squad, CancellationToken.None));
            if (!_loaded)
                _loading ??= BeginAsync(() => fixes.LoadFixesAsync(squad, CancellationToken.None));
        }
        if (_saving is not null || now < _saveAt)
            return;
        _saveAt = now + SaveMs;
        StartSaving();
    }

    /// <summary>Writes what was not written yet.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (_saving is not null)
        {
            await QuietlyAsync(_saving, cancellationToken);
            TakeSaved();
        }
        StartSaving();
        if (_saving is null)
            return;
        await QuietlyAsync(_saving, cancellationToken);
        TakeSaved();
    }

    private void TakeLoaded()
    {
        if (_knowing is { IsCompleted: true } knowing)
        {
            _knowing = null;
            if (knowing.IsCompletedSuccessfully)
            {
                Book.Open(knowing.Result);
                Units.KnowDuties();
            }
            else
            {
                NoteUnread(knowing.Exception);
            }
        }
        if (_loading is { IsCompleted: true } loading)
        {
            _loading = null;
            if (loading.IsCompletedSuccessfully)
            {
                _loaded = true;
                Units.Restore(loading.Result);
            }
            else
            {
                NoteUnread(loading.Exception);
            }
        }
        if (!_saidEnds && _loaded && Book.IsKnown)
        {
            _saidEnds = true;
            Units.SayEndsAgain();
        }
    }

    private void NoteUnread(AggregateException? fault)
    {
        _loadAt = Clock.SteadyMs + LoadAgainMs;
        Metrics.StoreAway();
        LogLoadFault(Log, fault?.InnerException, squad);
    }

    private void StartSaving()
    {
        var unsaved = Units.TakeUnsaved();
        var points = Trail.TakePoints();
        if (unsaved.Count == 0 && points.Count == 0)
            return;
        (_fixesInSaving, _pointsInSaving) = (unsaved, points);
        _saveLateAt = Clock.SteadyMs + SaveLateMs;
        _saving = SaveAsync(unsaved, points);
    }

    private async Task SaveAsync(List<StoredFix> unsaved, List<TrailPoint> points)
    {
        if (unsaved.Count > 0)
            await fixes.SaveFixesAsync(squad, unsaved, CancellationToken.None);
        if (points.Count > 0)
            await trails.SaveAsync(points, CancellationToken.None);
    }

    private void TakeSaved()
    {
        if (_saving is not { IsCompleted: true } saving)
            return;
        _saving = null;
        if (saving.IsCompletedSuccessfully)
        {
            Outbox.NoteStore(away: false);
            Metrics.TrailPoints(_pointsInSaving.Count);
        }
        else
        {
            Units.GiveBack(_fixesInSaving);
            Trail.GiveBack(_pointsInSaving);
            Metrics.StoreAway();
            Outbox.NoteStore(away: true);
            LogSaveFault(Log, saving.Exception?.InnerException, squad, _fixesInSaving.Count, _pointsInSaving.Count);
        }
        (_fixesInSaving, _pointsInSaving) = ([], []);
    }

    /// <summary>A store that hangs never fails, so the screens are told when it is late. Its save is still waited for.</summary>
    private void NoteLateSave(long now)
    {
        if (_saving is null || now < _saveLateAt)
            return;
        _saveLateAt = now + SaveLateMs;
        Metrics.StoreAway();
        Outbox.NoteStore(away: true);
        LogSaveLate(Log, squad, _fixesInSaving.Count);
    }

    /// <summary>A call that throws before its task is a failed task like any other.</summary>
    private static async Task<T> BeginAsync<T>(Func<Task<T>> call) => await call();

    private static async Task QuietlyAsync(Task task, CancellationToken cancellationToken) =>
        await task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Squad {Squad}: stored fixes or duty states cannot be read; tried again in 5 s.")]
    private static partial void LogLoadFault(ILogger logger, Exception? fault, string squad);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Squad {Squad}: {Fixes} newest fixes and {Points} points of trails could not be stored; tried again in 10 s.")]
    private static partial void LogSaveFault(ILogger logger, Exception? fault, string squad, int fixes, int points);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Squad {Squad}: the store does not answer; {Fixes} newest fixes wait for it.")]
    private static partial void LogSaveLate(ILogger logger, string squad, int fixes);
}
