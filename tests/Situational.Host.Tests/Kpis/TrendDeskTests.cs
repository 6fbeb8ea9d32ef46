using Microsoft.Extensions.Hosting;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Host.Kpis;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Kpis;

public sealed class TrendDeskTests
{
    private readonly FakeClock _clock = new();
    private readonly FakeRecords _records = new();
    private readonly TrendDesk _desk;

    public TrendDeskTests()
    {
        var versions = new FakeVersions(2).InForce();
        _desk = new(_records, new TerritoryTrees(versions, versions), _clock, new Running());
    }

    [Fact]
    public async Task Cases_AreCountedInTheHourTheyCameAndInTheHourTheyWereClosed()
    {
        var now = _clock.GetUtcNow();
        var sheetFrom = (await _desk.SheetAsync(default)).From;
        Assert.Equal((0, 0, 0), (sheetFrom.Minute, sheetFrom.Second, sheetFrom.Millisecond));
        Assert.InRange(now - sheetFrom, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        _records.Facts =
        [
            Fact(sheetFrom, sheetFrom.AddHours(2)), Fact(sheetFrom.AddMinutes(59.9), null), Fact(sheetFrom.AddHours(5), null, grid: SmallCity.Grids[3]),
            Fact(sheetFrom.AddTicks(-1), sheetFrom.AddHours(2.9)), Fact(now, null),
            Fact(sheetFrom.AddHours(7), sheetFrom.AddHours(8), Stage.Rejected), Fact(sheetFrom.AddHours(1), null, version: 9),
        ];
        _clock.Advance(TrendDesk.Kept);

        var sheet = await _desk.SheetAsync(default);

        var (reported, closed) = sheet.Of(FakeVersions.CityOf(2));
        Assert.Equal([(0, 2), (5, 1), (7, 1), (23, 1)], Filled(reported));
        Assert.Equal([(2, 2)], Filled(closed));
        Assert.Equal([(5, 1)], Filled(sheet.Of(SmallCity.Grids[3]).Reported));
        Assert.Empty(Filled(sheet.Of("nowhere").Reported));
        Assert.Equal(TrendDesk.Hours, reported.Count);
    }

    [Fact]
    public async Task Counts_AskedForByManyWalls_AreMadeOnceAMinuteAndAFaultIsNotKept()
    {
        var hold = new TaskCompletionSource();
        _records.Hold = hold.Task;
        var walls = Enumerable.Range(0, 50).Select(_ => _desk.SheetAsync(default)).ToList();
        hold.SetResult();
        Assert.Single((await Task.WhenAll(walls)).Distinct());
        Assert.Single(_records.Asked);

        _clock.Advance(TrendDesk.Kept);
        _records.Fault = new JournalUnavailableException("away");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _desk.SheetAsync(default));
        _records.Fault = null;

        Assert.Equal(_clock.GetUtcNow(), (await _desk.SheetAsync(default)).AsOf);
    }

    private static CaseFact Fact(DateTimeOffset reported, DateTimeOffset? ended, Stage stage = Stage.Closed, string? grid = null, int version = 2) => new(
        "c", grid ?? SmallCity.Grids[0], version, "fire", Severity.Red, ended is null ? Stage.Reported : stage, reported, ended, null, null, false, 0, 0, 0, false,
        null, [], []);

    private static IEnumerable<(int Hour, int Count)> Filled(IReadOnlyList<int> hours) =>
        hours.Select((count, hour) => (hour, count)).Where(h => h.count > 0);

    private sealed class Running : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => throw new NotSupportedException();
    }
}
