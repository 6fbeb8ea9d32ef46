using Microsoft.Extensions.Hosting;
using Situational.Domain.Catalogue;
using Situational.Domain.Coverage;
using Situational.Domain.Journal;
using Situational.Host.Coverage;
using Situational.Host.Tests.Kpis;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Coverage;

public sealed class CoverageDeskTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly FakeCoverage _store = new();
    private readonly FakeVersions _versions = new(1);
    private readonly CoverageDesk _desk;

    public CoverageDeskTests() => _desk = Desk(WalkableGround.Everything);

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Shares_OfGridsTogether_CountByTheirArea()
    {
        var today = Today();
        _versions.InForce();
        _store.Walk(SmallCity.Grids[0], today, 1);
        _store.Walk(SmallCity.Grids[1], today, 0.5);
        _store.Walk(SmallCity.Grids[1], today.Before(1), 0.25);
        _store.Walk("nowhere", today, 1);

        var city = (await _desk.SharesAsync(CoverageCadence.Daily, 3, default))!;

        Assert.Equal([today, today.Before(1), today.Before(2)], city.Periods.Select(p => p.Period));
        Assert.Equal([1, 0.5, 0, 0], city.Periods[0].Shares);
        Assert.Equal([0, 0.25, 0, 0], city.Periods[1].Shares);
        Assert.Equal(1.5 / 4, city.ShareOf([0, 1, 2, 3], 0), 0.001);
        Assert.Equal((1.0, 0.5), (city.ShareOf([0], 0), city.ShareOf([1], 0)));
    }

    [Fact]
    public async Task Shares_BeforeATerritory_AreNone() => Assert.Null(await _desk.SharesAsync(CoverageCadence.Daily, 1, default));

    [Fact]
    public async Task Shares_OfWhatNobodyCanWalk_MissNothing()
    {
        _versions.InForce();
        var lake = _versions.Current!.Territory.Grids[0].Geometry;
        using var desk = Desk(new([lake]));
        var city = (await desk.SharesAsync(CoverageCadence.Monthly, 1, default))!;
        Assert.Equal([1, 0, 0, 0], city.Periods[0].Shares);
        Assert.Equal((1.0, 0.0, 0.0), (city.ShareOf([0], 0), city.ShareOf([1], 0), city.ShareOf([0, 1, 2, 3], 0)));
    }

    [Fact]
    public async Task Shares_AskedForByManyPages_AreReadOnceAndTheRunningPeriodMoreOften()
    {
        _versions.InForce();
        var (today, oldest) = (Today().First, Today().First.AddDays(-6));
        var hold = new TaskCompletionSource();
        _store.Hold = hold.Task;
        var pages = Enumerable.Range(0, 50).Select(_ => _desk.SharesAsync(CoverageCadence.Daily, 7, default)).ToList();
        hold.SetResult();
        await Task.WhenAll(pages);
        Assert.Equal([(today, today), (oldest, today.AddDays(-1))], _store.Asked);

        _clock.Advance(CoverageDesk.KeptRunning);
        await _desk.SharesAsync(CoverageCadence.Daily, 7, default);
        Assert.Equal((today, today), Assert.Single(_store.Asked.Skip(2)));

        _clock.Advance(CoverageDesk.KeptEarlier);
        await _desk.SharesAsync(CoverageCadence.Daily, 1, default);
        await _desk.SharesAsync(CoverageCadence.Daily, 7, default);
        Assert.Equal([(today, today), (oldest, today.AddDays(-1))], _store.Asked.Skip(3));
    }

    [Fact]
    public async Task Shares_AfterAFault_AreReadAgain()
    {
        _versions.InForce();
        _store.Fault = new JournalUnavailableException("away");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _desk.SharesAsync(CoverageCadence.Daily, 2, default));
        _store.Fault = null;
        Assert.Equal(_clock.GetUtcNow(), (await _desk.SharesAsync(CoverageCadence.Daily, 2, default))!.Periods[0].AsOf);
    }

    [Fact]
    public async Task Running_AsTheDayEnds_IsTheNextOneInTheCitysZone()
    {
        _versions.InForce();
        var today = Today();
        _store.Walk(SmallCity.Grids[0], today, 0.5);
        await _desk.SharesAsync(CoverageCadence.Daily, 1, default);
        _clock.Advance(TimeSpan.FromDays(1));
        var city = (await _desk.SharesAsync(CoverageCadence.Daily, 2, default))!;
        Assert.Equal([0, 0.5], city.Periods.Select(p => p.Shares[0]));
        Assert.Equal(today, city.Periods[1].Period);
    }

    [Fact]
    public async Task Cells_OfAGrid_AreThoseOfItsSheetByTheirPlace()
    {
        var grid = _versions.InForce().Current!.Territory.Grids[2];
        var (latitude, longitude) = SmallCity.Inside(2);
        // As an older version of the territory had it: larger cells.
        var walked = new WalkedCells(new CoverageRaster(grid, WalkableGround.Everything, 20));
        walked.Mark(latitude, longitude - 0.004, latitude, longitude + 0.004, 50);
        _store.Sheets.Add(walked.ToSheet(Today()));

        var cells = await _desk.CellsAsync(grid, Today(), default);

        Assert.Equal(walked.Share, cells.Share, 0.002);
        Assert.NotEqual(walked.Raster.Frame, cells.Raster.Frame);
        Assert.Equal(0, (await _desk.CellsAsync(grid, Today().Before(1), default)).Walked);
    }

    private CoverageDesk Desk(WalkableGround ground) => new(_store, _versions, ground, CityRules.Default, _clock, new Running());

    private CoveragePeriod Today() => new(CoverageCadence.Daily, CityRules.Default.Calendar.DayOf(_clock.GetUtcNow()));

    private sealed class Running : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => throw new NotSupportedException();
    }
}
