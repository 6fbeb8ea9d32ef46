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
/// A squad. Takes fixes, tells grids in its pace, so that under load they hear the newest of many fixes, and once a second lets its units grow older. Words about duty interleave with that: they wait for the
/// store, which nothing else does. As long as it is not known who is on duty, no grid hears of any unit.
/// </summary>
public sealed partial class SquadGrain : Grain, ISquadGrain
{
    private const long LongestPaceMs = 500;
    private const int RestsPerRound = 10;
    private static readonly TimeSpan LongestTelling = TimeSpan.FromSeconds(5);

    private readonly ITerritorySource _territory;
    private readonly SituationClock _clock;
    private readonly PatrolOptions _options;
    private readonly GrainsMetrics _metrics;
    private readonly ILogger<SquadGrain> _log;
    private readonly string _squad;
    private readonly SquadsHere _here;
    private readonly DutyBook _book = new();
    private readonly SquadTrails _trails;
    private readonly UnitTracks _units;
    private readonly GridTellers _grids;
    private readonly SquadDuty _duty;
    private readonly SquadStore _store;
    private readonly SemaphoreSlim _telling = new(1, 1);
    private TerritoryIndex? _index;
    private Task _walking = Task.CompletedTask;
    private bool _known;
    private long _walkAt;
    private long _sayAt;
    private IGrainTimer? _pace;
    private long _tellAt;
    private bool _tellWaits;

    /// <summary>Made by the runtime.</summary>
    public SquadGrain(
        IUnitStore fixes, IUnitDutyStore duties, ITrailStore trails, IFeedOutbox outbox, ITerritorySource territory, SituationClock clock,
        IOptions<PatrolOptions> options, IOptions<CoverageOptions> coverage, SquadsHere here, GrainsMetrics metrics, ILogger<SquadGrain> log)
    {
        _here = here;
        _territory = territory;
        _clock = clock;
        _options = options.Value;
        _metrics = metrics;
        _log = log;
        _squad = this.GetPrimaryKeyString();
        _trails = new SquadTrails(
            _squad, code => GrainFactory.GetGrain<ICoverageGrain>(code), _options, coverage.Value.Rules, metrics, log);
        _units = new UnitTracks(clock, _options, _book, _trails);
        _grids = new GridTellers(_squad, code => GrainFactory.GetGrain<IGridGrain>(code), _options.MaxUnitsPerSquad, metrics, log);
        _duty = new SquadDuty(_squad, duties, _book, _units, clock, metrics);
        _store = new SquadStore(_squad, fixes, duties, trails)
        {
            Book = _book,
            Units = _units,
            Trail = _trails,
            Outbox = outbox,
            Clock = clock,
            Options = _options,
            Metrics = metrics,
            Log = log,
        };
    }

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        UseTerritory();
        await _store.OpenAsync(cancellationToken);
        _here.Come(_squad);
        var now = _clock.SteadyMs;
        _walkAt = now + _options.SaveSeconds * 1000L;
        _sayAt = now + _options.SayAgainSeconds * 1000L;
        _pace = this.RegisterGrainTimer(
            static (squad, _) => squad.TellWhatWaitsAsync(), this,
            new GrainTimerCreationOptions { DueTime = Timeout.InfiniteTimeSpan, Period = Timeout.InfiniteTimeSpan, Interleave = true });
        this.RegisterGrainTimer(
            static (squad, _) => squad.TickAsync(), this,
            new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = TimeSpan.FromSeconds(1), KeepAlive = true });
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _here.Leave(_squad);
        await Task.WhenAll(_store.CloseAsync(cancellationToken), TellWaysAsync(cancellationToken));
        _duty.Dispose();
        _telling.Dispose();
    }

    /// <inheritdoc />
    public async Task<FixCounts> RecordAsync(FixBatch batch, CancellationToken cancellationToken)
    {
        UseTerritory();
        var counts = _units.Take(batch);
        var refused = counts.Refused + (counts.OffDuty.IsDefault ? 0 : counts.OffDuty.Length);
        _metrics.Fixes(batch.Fixes.Length - refused, refused);
        await TellInPaceAsync();
        return counts;
    }

    /// <inheritdoc />
    public Task WakeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task<DutyReceipt> SetDutyAsync(DutyCommand command, CancellationToken cancellationToken) =>
        await ToldAsync(await _duty.SetAsync(command, cancellationToken));

    /// <inheritdoc />
    public async Task<DutyReceipt> RaiseSosAsync(SosCommand command, CancellationToken cancellationToken) =>
        await ToldAsync(await _duty.RaiseAsync(command, cancellationToken));

    /// <inheritdoc />
    public async Task<DutyReceipt> AnswerSosAsync(SosReply reply, CancellationToken cancellationToken) =>
        await ToldAsync(await _duty.AnswerAsync(reply, cancellationToken));

    /// <inheritdoc />
    public async Task TellWaysAsync(CancellationToken cancellationToken)
    {
        _walking = TellOnAsync(_walking);
        await _walking.WaitAsync(LongestTelling, TimeProvider.System, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc />
    public Task<SquadDescription> DescribeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new SquadDescription(_book.IsKnown, _book.IsKnown ? _units.Describe(_squad) : []));

    private async Task TickAsync()
    {
        UseTerritory();
        _store.Look();
        var now = _clock.SteadyMs;
        if (now >= _walkAt && _walking.IsCompleted)
        {
            _walkAt = now + _options.SaveSeconds * 1000L;
            _walking = _trails.TellWaysAsync();
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
        await TellLeavingsAsync();
    }

    /// <summary>Tells what waits after what is being told.</summary>
    private async Task TellOnAsync(Task before)
    {
        await before;
        await _trails.TellWaysAsync();
    }

    private async Task<DutyReceipt> ToldAsync(DutyReceipt receipt)
    {
        await TellChangedAsync();
        return receipt;
    }

    /// <summary>Tells the grids what changed: at once after a quiet moment, else when the pace allows, which nobody waits for.</summary>
    private Task TellInPaceAsync()
    {
        if (_units.Changed.Count == 0 || !_book.IsKnown || _tellWaits)
            return Task.CompletedTask;
        var rest = _tellAt - _clock.SteadyMs;
        if (rest <= 0)
            return TellChangedAsync();
        _tellWaits = true;
        _pace!.Change(TimeSpan.FromMilliseconds(rest), Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    private Task TellWhatWaitsAsync()
    {
        _tellWaits = false;
        return TellChangedAsync();
    }

    /// <summary>Tells the grids what changed, one round after another. Nobody is told anything before it is known who is on duty.</summary>
    private async Task TellChangedAsync()
    {
        if (_units.Changed.Count == 0 || !_book.IsKnown)
            return;
        await _telling.WaitAsync();
        var begun = _clock.SteadyMs;
        _tellAt = begun + LongestPaceMs;
        try
        {
            if (_units.Changed.Count > 0)
                await _grids.TellAsync(_units.TakeChanged());
        }
        finally
        {
            var now = _clock.SteadyMs;
            _tellAt = now + Math.Clamp((now - begun) * RestsPerRound, _options.TellMilliseconds, LongestPaceMs);
            _telling.Release();
        }
    }

    private async Task TellLeavingsAsync()
    {
        await _telling.WaitAsync();
        try
        {
            await _grids.TellLeavingsAsync();
        }
        finally
        {
            _telling.Release();
        }
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Squad {Squad}: the city does not know of it yet.")]
    private partial void LogCityUntold(Exception fault, string squad);
}
