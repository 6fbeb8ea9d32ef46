using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Situational.Domain.Coverage;
using Situational.Domain.Journal;
using Situational.Grains.Messages;
using Situational.Grains.Territory;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Coverage;

public sealed class CoverageGrainTests
{
    // The clock of a test city starts on Sunday, 22 November 2026, at four in the afternoon of its zone.
    private static readonly CoveragePeriod
        Today = new(CoverageCadence.Daily, new(2026, 11, 22)),
        ThisMonth = new(CoverageCadence.Monthly, new(2026, 11, 1)),
        ThisQuarter = new(CoverageCadence.Quarterly, new(2026, 10, 1));

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Walked_AWay_IsStoredForItsDayMonthAndQuarter()
    {
        await using var city = await StartAsync();
        await WalkAsync(city, 250);
        await Until.TrueAsync(() => city.Coverage.Sheets.Count == 3, "the sheets are stored");
        Assert.All([Today, ThisMonth, ThisQuarter], period => Assert.Equal(30.0 / 500, Share(city, period), 0.005));
    }

    [Fact]
    public async Task Walked_AfterARestart_GoesOnFromWhatWasStored()
    {
        await using var city = await StartAsync();
        await WalkAsync(city, 250);
        await city.RestartAsync();
        Assert.Equal(30.0 / 500, Share(city, Today), 0.005);
        await city.City.TerritoryVersionAsync(None);
        await WalkAsync(city, 100);
        await Until.TrueAsync(() => Share(city, Today) > 0.11, "both ways are stored");
        Assert.Equal(60.0 / 500, Share(city, ThisQuarter), 0.01);
    }

    [Fact]
    public async Task Stop_WhatIsNotStoredYet_IsStored()
    {
        await using var city = await StartAsync(saveSeconds: "10");
        await WalkAsync(city, 250);
        await city.StopAsync();
        Assert.Equal(30.0 / 500, Share(city, Today), 0.005);
    }

    [Fact]
    public async Task Walked_StoreAway_CountsAndIsStoredWhenItIsBack()
    {
        await using var city = await StartAsync();
        Assert.True(city.Coverage.Sheets.TryAdd((Street.Grid(0), Today), Sheet(city, 100)));
        city.Coverage.Away = true;
        await WalkAsync(city, 250);
        await Until.TrueAsync(() => city.Coverage.Failed >= 2, "the store was tried twice");
        await WalkAsync(city, 400);
        Assert.Single(city.Coverage.Sheets);
        Assert.Single(city.Log.Lines, line => line.Contains("coverage cannot be read or written", StringComparison.Ordinal));
        city.Coverage.Away = false;
        await Until.TrueAsync(() => Share(city, Today) > 0.15, "all three ways are stored");
        Assert.Equal(90.0 / 500, Share(city, Today), 0.012);
    }

    [Fact]
    public async Task Walked_StoreHangs_NobodyWaitsForIt()
    {
        await using var city = await StartAsync();
        var disk = new TaskCompletionSource();
        city.Coverage.Slow = disk.Task;
        for (var i = 0; i < 20; i++)
            await WalkAsync(city, 20 * i).WaitAsync(TimeSpan.FromSeconds(30), None);
        Assert.Empty(city.Coverage.Sheets);
        disk.SetResult();
        await Until.TrueAsync(() => Share(city, Today) > 0.7, "all ways are stored");
    }

    [Fact]
    public async Task Walked_ALateBacklog_CountsForItsOwnDay()
    {
        await using var city = await StartAsync();
        await WalkAsync(city, 250, daysAgo: 25);
        var (day, month) = (new CoveragePeriod(CoverageCadence.Daily, new(2026, 10, 28)), new CoveragePeriod(CoverageCadence.Monthly, new(2026, 10, 1)));
        await Until.TrueAsync(() => city.Coverage.Sheets.Count == 3, "the sheets are stored");
        Assert.All([day, month, ThisQuarter], period => Assert.Equal(30.0 / 500, Share(city, period), 0.005));
    }

    [Fact]
    public async Task Activate_ASheetOfAnotherFrame_IsCarriedOverAndStoredInTheNewOne()
    {
        await using var city = await StartAsync();
        var stored = Sheet(city, 250, 3);
        Assert.True(city.Coverage.Sheets.TryAdd((Street.Grid(0), Today), stored));
        await WalkAsync(city, 400);
        await Until.TrueAsync(() => city.Coverage.Sheets[(Street.Grid(0), Today)].Frame != stored.Frame, "the sheet is stored anew");
        Assert.Equal(30.0 / 500 * 2, Share(city, Today), 0.012);
    }

    [Fact]
    public async Task Walked_InAGridThatTheTerritoryDoesNotHave_CountsForNothing()
    {
        await using var city = await StartAsync();
        await city.Grains.GetGrain<ICoverageGrain>("nowhere").WalkedAsync(new([Segment(city, 250)]), None);
        await WalkAsync(city, 250);
        await Until.TrueAsync(() => city.Coverage.Sheets.Count == 3, "the other's sheets are stored");
        Assert.DoesNotContain(city.Coverage.Sheets.Keys, key => key.Grid == "nowhere");
    }

    [Fact]
    public async Task Walked_ANewTerritoryWithTheGrid_CountsFromThenOn()
    {
        await using var city = await StartAsync();
        var grain = city.Grains.GetGrain<ICoverageGrain>(Street.Grid(1));
        await grain.WalkedAsync(new([Segment(city, 250, 500)]), None);
        await city.PutAsync(2, replaces: 1);
        await grain.WalkedAsync(new([Segment(city, 250, 500)]), None);
        await Until.TrueAsync(() => city.Coverage.Sheets.ContainsKey((Street.Grid(1), Today)), "the sheet is stored");
    }

    [Fact]
    public async Task Idle_WhenAllIsStored_ItIsLetGoAndReadAgainWhenCalled()
    {
        await using var city = await StartAsync(with: services => services.Configure<GrainCollectionOptions>(o =>
        {
            o.CollectionQuantum = TimeSpan.FromMilliseconds(100);
            o.CollectionAge = TimeSpan.FromMilliseconds(200);
        }));
        await WalkAsync(city, 250);
        await Until.TrueAsync(() => city.Coverage.Sheets.Count == 3, "the sheets are stored");
        // Whoever is read a second time had been let go in between. Each call makes it wait anew, so they come ever later.
        var pause = 300;
        await Until.TrueAsync(
            async () =>
            {
                await Task.Delay(pause += 100);
                await WalkAsync(city, 250);
                return city.Coverage.Loads >= 2;
            },
            "the sheets are read again");
        Assert.Equal(30.0 / 500, Share(city, Today), 0.005);
    }

    private static Task<TestCity> StartAsync(string saveSeconds = "1", Action<IServiceCollection>? with = null) => TestCity.StartAsync(1, 1, city =>
    {
        city.Settings["Situational:Coverage:SaveSeconds"] = saveSeconds;
        city.Configure = with;
    });

    private static Task WalkAsync(TestCity city, double north, int daysAgo = 0) =>
        city.Grains.GetGrain<ICoverageGrain>(Street.Grid(0)).WalkedAsync(new([Segment(city, north, 0, daysAgo)]), None);

    /// <summary>A way of a minute and a half from the west to the east of a grid.</summary>
    private static WalkedSegment Segment(TestCity city, double north, double west = 0, int daysAgo = 0)
    {
        var ((latitude, from), (_, to)) = (Street.At(west, north), Street.At(west + 500, north));
        var ms = city.Time.NowMs - daysAgo * 86_400_000L;
        return new(ms, Millionths(latitude), Millionths(from), ms + 90_000, Millionths(latitude), Millionths(to));
    }

    private static int Millionths(double degrees) => (int)Math.Round(degrees * 1e6);

    /// <summary>A sheet of the grid with one way, on cells of the usual size or of another.</summary>
    private static CoverageSheet Sheet(TestCity city, double north, double cellMeters = 5)
    {
        var grid = city.Services.GetRequiredService<ITerritorySource>().Current!.Territory.Grids[0];
        var cells = new WalkedCells(new CoverageRaster(grid, WalkableGround.Everything, cellMeters));
        var ((latitude, from), (_, to)) = (Street.At(0, north), Street.At(500, north));
        cells.Mark(latitude, from, latitude, to, 15);
        return cells.ToSheet(Today);
    }

    private static double Share(TestCity city, CoveragePeriod period) => city.Coverage.Sheets.TryGetValue((Street.Grid(0), period), out var sheet)
        ? sheet.Figure.WalkedSquareMeters / sheet.Figure.WalkableSquareMeters
        : 0;
}
