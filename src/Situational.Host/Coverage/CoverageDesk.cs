using Situational.Domain.Catalogue;
using Situational.Domain.Coverage;
using Situational.Domain.Journal;
using Situational.Domain.Territory;
using Situational.Grains.Territory;

namespace Situational.Host.Coverage;

/// <summary>
/// The share of every grid in every period that was asked for lately: the running period is read again after some seconds, earlier ones, which
/// only a late backlog changes, after a minute. However many pages ask, the store is read once. Safe for all threads.
/// </summary>
internal sealed class CoverageDesk(
    ICoverageStore store, ITerritorySource territories, WalkableGround ground, CityRules rules, TimeProvider time, IHostApplicationLifetime lifetime)
    : IDisposable
{
    /// <summary>Most periods asked for at once.</summary>
    public const int MaxPeriods = 31;

    /// <summary>How long shares of the running period are kept.</summary>
    public static readonly TimeSpan KeptRunning = TimeSpan.FromSeconds(5);

    /// <summary>How long shares of earlier periods are kept.</summary>
    public static readonly TimeSpan KeptEarlier = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<CoveragePeriod, PeriodShares> _kept = [];
    private CityTerritory? _territory;
    private double[] _squareMeters = [];

    /// <summary>The shares of the running period and those before it.</summary>
    /// <param name="cadence">Of what.</param>
    /// <param name="count">How many periods, 1 to <see cref="MaxPeriods"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null before the first territory.</returns>
    /// <exception cref="JournalUnavailableException">The store is away.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public async Task<CityShares?> SharesAsync(CoverageCadence cadence, int count, CancellationToken cancellationToken)
    {
        if (territories.Current?.Territory is not { } territory)
            return null;
        using var limit = new CancellationTokenSource(Longest, time);
        using var all = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, lifetime.ApplicationStopping, cancellationToken);
        try
        {
            await _one.WaitAsync(all.Token);
            try
            {
                Use(territory);
                return await SharesAsync(territory, Running(cadence), count, all.Token);
            }
            finally
            {
                _one.Release();
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException("Reading the coverage took too long.");
        }
    }

    /// <summary>The period that runs now.</summary>
    public CoveragePeriod Running(CoverageCadence cadence) => CoveragePeriods.Of(cadence, rules.Calendar.DayOf(time.GetUtcNow()));

    /// <summary>What was walked of a grid in a period, cell by cell.</summary>
    public async Task<WalkedCells> CellsAsync(Area grid, CoveragePeriod period, CancellationToken cancellationToken)
    {
        var cells = new WalkedCells(new CoverageRaster(grid, ground));
        foreach (var sheet in await store.LoadAsync(grid.Code, [period], cancellationToken))
            cells.Add(sheet);
        return cells;
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    private async Task<CityShares> SharesAsync(CityTerritory territory, CoveragePeriod running, int count, CancellationToken cancellationToken)
    {
        // Each stretch of days is read at one go: what runs often, what is over seldom.
        if (!Holds(running, KeptRunning))
            await ReadAsync(territory, running, running, cancellationToken);
        for (var before = count - 1; before > 0; before--)
            if (!Holds(running.Before(before), KeptEarlier))
            {
                await ReadAsync(territory, running.Before(before), running.Before(1), cancellationToken);
                break;
            }
        foreach (var (period, _) in _kept)
            if (period.First < Running(period.Cadence).Before(MaxPeriods).First)
                _kept.Remove(period);
        return new(territory, [.. Enumerable.Range(0, count).Select(i => _kept[running.Before(i)])], _squareMeters);
    }

    private bool Holds(CoveragePeriod period, TimeSpan kept) =>
        _kept.TryGetValue(period, out var shares) && time.GetElapsedTime(shares.ReadAt) < kept;

    private void Use(CityTerritory territory)
    {
        if (ReferenceEquals(territory, _territory))
            return;
        (_territory, _squareMeters) = (territory, [.. territory.Grids.Select(ground.SquareMetersOf)]);
        _kept.Clear();
    }

    private async Task ReadAsync(CityTerritory territory, CoveragePeriod from, CoveragePeriod to, CancellationToken cancellationToken)
    {
        var (now, stamp) = (time.GetUtcNow(), time.GetTimestamp());
        var read = new Dictionary<CoveragePeriod, PeriodShares>();
        for (var period = to; period.First >= from.First; period = period.Before(1))
            read.Add(period, new(period, NobodyThere(), now, stamp));
        await foreach (var figure in store.FiguresAsync(from.Cadence, from.First, to.First, cancellationToken))
            if (read.TryGetValue(figure.Period, out var shares) && territory.OrdinalOf(figure.Grid) is >= 0 and var grid && figure.WalkableSquareMeters > 0)
                shares.Shares[grid] = Math.Clamp(figure.WalkedSquareMeters / figure.WalkableSquareMeters, 0, 1);
        foreach (var (period, shares) in read)
            _kept[period] = shares;
    }

    // Of what nobody can walk nothing is missing.
    private double[] NobodyThere() => [.. _squareMeters.Select(meters => meters > 0 ? 0.0 : 1.0)];
}

/// <summary>The shares of one period. Filled by one, then only read.</summary>
/// <param name="Period">The period.</param>
/// <param name="Shares">By grid in the order of their ordinals, 0 to 1.</param>
/// <param name="AsOf">When they were read.</param>
/// <param name="ReadAt">The same on the steady clock.</param>
internal sealed record PeriodShares(CoveragePeriod Period, double[] Shares, DateTimeOffset AsOf, long ReadAt);

/// <summary>The shares of a city.</summary>
/// <param name="Territory">Whose grids.</param>
/// <param name="Periods">The running one first.</param>
/// <param name="SquareMeters">Walkable area of each grid.</param>
internal sealed record CityShares(CityTerritory Territory, IReadOnlyList<PeriodShares> Periods, IReadOnlyList<double> SquareMeters)
{
    /// <summary>Share of some grids together in a period; 1 if nothing of them can be walked.</summary>
    public double ShareOf(IReadOnlyList<int> grids, int period)
    {
        var (walked, walkable) = (0.0, 0.0);
        var complete = true;
        foreach (var grid in grids)
        {
            var share = Periods[period].Shares[grid];
            walked += share * SquareMeters[grid];
            walkable += SquareMeters[grid];
            complete &= share == 1;
        }
        return complete ? 1 : Math.Min(walked / walkable, Math.BitDecrement(1.0));
    }
}
