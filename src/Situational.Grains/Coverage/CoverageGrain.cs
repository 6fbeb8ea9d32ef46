using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Situational.Domain.Catalogue;
using Situational.Domain.Coverage;
using Situational.Domain.Journal;
using Situational.Domain.Territory;
using Situational.Grains.Messages;
using Situational.Grains.Options;
using Situational.Grains.Territory;

namespace Situational.Grains.Coverage;

/// <summary>
/// Coverage of one grid. Counting waits for nothing: reading and writing sheets goes on between the turns of calls, by a timer that runs only
/// while something waits for the store. So an idle one is collected, and with the store away it stays until it could write.
/// </summary>
public sealed partial class CoverageGrain : Grain, ICoverageGrain
{
    private const double Millionths = 1e6;

    private readonly ICoverageStore _store;
    private readonly ITerritorySource _territory;
    private readonly WalkableGround _ground;
    private readonly SituationClock _clock;
    private readonly CoverageOptions _options;
    private readonly GrainsMetrics _metrics;
    private readonly ILogger<CoverageGrain> _log;
    private readonly string _grid;
    private readonly CoverageBook _book;
    private TerritoryIndex? _index;
    private IGrainTimer? _timer;
    private Task _work = Task.CompletedTask;
    private bool _away;
    private long _dropped;

    /// <summary>Made by the runtime.</summary>
    public CoverageGrain(
        ICoverageStore store, ITerritorySource territory, WalkableGround ground, CityRules rules, SituationClock clock,
        IOptions<CoverageOptions> options, GrainsMetrics metrics, ILogger<CoverageGrain> log)
    {
        _store = store;
        _territory = territory;
        _ground = ground;
        _clock = clock;
        _options = options.Value;
        _metrics = metrics;
        _log = log;
        _grid = this.GetPrimaryKeyString();
        _book = new CoverageBook(rules.Calendar, _options.Rules, _options.KeptDays);
    }

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (_territory.Current is null)
            await _territory.AtLeastAsync(1, cancellationToken);
        UseTerritory();
        _book.Open(_clock.Now);
        Work(TimeSpan.Zero);
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _work.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        await BringAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task WalkedAsync(WalkedSegments walked, CancellationToken cancellationToken)
    {
        UseTerritory();
        var now = _clock.Now;
        foreach (ref readonly var segment in walked.Segments.AsSpan())
            _book.Take(
                new Walk(
                    segment.FromMs, segment.FromLat6 / Millionths, segment.FromLon6 / Millionths,
                    segment.ToMs, segment.ToLat6 / Millionths, segment.ToLon6 / Millionths),
                now);
        if (_book.Dropped > _dropped)
        {
            _metrics.DroppedWalks(_book.Dropped - _dropped);
            _dropped = _book.Dropped;
        }
        if (!_book.IsSettled)
            Work(TimeSpan.FromSeconds(_options.SaveSeconds));
        return Task.CompletedTask;
    }

    private void UseTerritory()
    {
        var index = _territory.Current;
        if (ReferenceEquals(index, _index))
            return;
        _index = index;
        var ordinal = index?.Territory.OrdinalOf(_grid) ?? -1;
        _book.Use(ordinal < 0 ? null : new CoverageRaster(index!.Territory.Grids[ordinal], _ground));
    }

    /// <summary>Sees to it that the store is looked at, if nobody does already.</summary>
    private void Work(TimeSpan due)
    {
        if (_timer is not null || _book.Raster is null)
            return;
        _timer = this.RegisterGrainTimer(
            static (grain, cancellationToken) => grain._work = grain.TickAsync(cancellationToken), this,
            new GrainTimerCreationOptions
            {
                DueTime = due,
                Period = TimeSpan.FromSeconds(_options.SaveSeconds),
                Interleave = true,
                KeepAlive = true,
            });
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        await BringAsync(cancellationToken);
        _book.Release(_clock.Now);
        if (!_book.IsSettled)
            return;
        _timer?.Dispose();
        _timer = null;
    }

    /// <summary>Reads what was not read and writes what was not written. What fails is tried again in the next tick.</summary>
    private async Task BringAsync(CancellationToken cancellationToken)
    {
        List<CoverageSheet> sheets = [];
        try
        {
            if (_book.Unread() is { Count: > 0 } unread)
            {
                var stored = await _store.LoadAsync(_grid, unread, cancellationToken);
                if (_book.Restore(unread, stored) is > 0 and var unreadable)
                    LogUnreadable(_grid, unreadable);
            }
            sheets = _book.TakeUnsaved();
            if (sheets.Count > 0)
                await _store.SaveAsync(sheets, cancellationToken);
            _away = false;
        }
        catch (Exception fault)
        {
            _book.GiveBack(sheets);
            _metrics.StoreAway();
            // Once, and not for each of a city's grids every few seconds.
            if (!_away)
                LogStoreAway(fault, _grid);
            _away = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grid {Grid}: coverage cannot be read or written; tried again until it can.")]
    private partial void LogStoreAway(Exception fault, string grid);

    [LoggerMessage(Level = LogLevel.Error, Message = "Grid {Grid}: {Sheets} stored sheets of coverage cannot be read and begin anew.")]
    private partial void LogUnreadable(string grid, int sheets);
}
