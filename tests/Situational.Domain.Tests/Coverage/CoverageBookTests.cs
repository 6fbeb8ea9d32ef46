using Situational.Domain.Catalogue;
using Situational.Domain.Coverage;
using Situational.Domain.Journal;

namespace Situational.Domain.Tests.Coverage;

public sealed class CoverageBookTests
{
    // Sunday morning; at 16:00 UTC the city's next day begins.
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 2, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 22);

    private readonly CoverageBook _book = new(CityRules.Default.Calendar, WalkRules.Default, 100);

    public CoverageBookTests() => _book.Use(Raster());

    [Fact]
    public void Take_AWalkOfToday_CountsForItsDayMonthAndQuarter()
    {
        _book.Take(Walk(Now, 0, 100, 200, 100, 100), Now);
        Assert.Empty(_book.TakeUnsaved());
        ReadAll();
        var sheets = _book.TakeUnsaved();
        Assert.Equal(
            [new(CoverageCadence.Daily, Today), new(CoverageCadence.Monthly, new(2026, 11, 1)), new(CoverageCadence.Quarterly, new(2026, 10, 1))],
            sheets.Select(s => s.Figure.Period).Order(Comparer<CoveragePeriod>.Create((a, b) => a.Cadence - b.Cadence)));
        Assert.All(sheets, s => Assert.Equal(30 * 200 / 40_000.0, s.Figure.WalkedSquareMeters / s.Figure.WalkableSquareMeters, 0.02));
        Assert.True(_book.IsSettled);
        _book.GiveBack(sheets);
        Assert.Equal(3, _book.TakeUnsaved().Count);
        _book.Take(Walk(Now, 0, 100, 200, 100, 100), Now);
        Assert.True(_book.IsSettled);
    }

    [Fact]
    public void Take_BeforeTheStoreWasRead_KeepsBoth()
    {
        var stored = new CoverageBook(CityRules.Default.Calendar, WalkRules.Default, 100);
        stored.Use(Raster());
        stored.Take(Walk(Now, 0, 50, 200, 50, 100), Now);
        stored.Restore(stored.Unread(), []);
        _book.Take(Walk(Now, 0, 150, 200, 150, 100), Now);
        Assert.Equal(0, _book.Restore(_book.Unread(), stored.TakeUnsaved()));
        Assert.All(_book.TakeUnsaved(), s => Assert.Equal(2 * 30 * 200 / 40_000.0, Share(s), 0.02));
    }

    [Fact]
    public void Take_ALateBacklog_CountsForItsOwnDayAndIsLetGoOnceWritten()
    {
        _book.Open(Now);
        var late = Now.AddDays(-40);
        _book.Take(Walk(late, 0, 100, 200, 100, 100), Now);
        ReadAll();
        Assert.Equal(
            ["Daily 2026-10-13", "Monthly 2026-10-01", "Quarterly 2026-10-01"],
            _book.TakeUnsaved().Select(s => $"{s.Figure.Period.Cadence} {s.Figure.Period.First:yyyy-MM-dd}").Order(StringComparer.Ordinal));
        Assert.Equal(5, _book.Pages);
        _book.Release(Now);
        Assert.Equal(3, _book.Pages);
        _book.Release(Now.AddDays(1));
        Assert.Equal(2, _book.Pages);
    }

    [Fact]
    public void Take_AWalkOverMidnight_IsCutWhereTheCitysDayEnds()
    {
        var midnight = new DateTimeOffset(2026, 11, 22, 16, 0, 0, TimeSpan.Zero);
        _book.Take(Walk(midnight.AddSeconds(-25), 0, 100, 200, 100, 100), midnight);
        ReadAll();
        var days = _book.TakeUnsaved().Where(s => s.Figure.Period.Cadence == CoverageCadence.Daily).ToDictionary(s => s.Figure.Period.First.Day, Share);
        // A quarter of the way before midnight, each part with half a disc beyond its end.
        Assert.Equal((30 * 50 + Math.PI * 225 / 2) / 40_000, days[22], 0.004);
        Assert.Equal((30 * 150 + Math.PI * 225 / 2) / 40_000, days[23], 0.004);
    }

    [Theory]
    [InlineData(60, 200, WalkKind.Way)]
    [InlineData(121, 200, WalkKind.Ends)]
    [InlineData(10, 200, WalkKind.Nothing)]
    [InlineData(3600, 14, WalkKind.Way)]
    [InlineData(0, 14, WalkKind.Way)]
    [InlineData(0, 20, WalkKind.Nothing)]
    [InlineData(-1, 0, WalkKind.Nothing)]
    public void Walk_ByTimeAndLength_CountsAsSaid(int seconds, double meters, WalkKind kind) =>
        Assert.Equal(kind, Walk(Now, 0, 0, meters, 0, seconds).Judge(WalkRules.Default));

    [Fact]
    public void Take_AWayThatNobodyKnows_CountsWhereItBeganAndEnded()
    {
        _book.Take(Walk(Now, 50, 100, 150, 100, 600), Now);
        ReadAll();
        Assert.All(_book.TakeUnsaved(), s => Assert.Equal(2 * Math.PI * 225 / 40_000, Share(s), 0.006));
    }

    [Fact]
    public void Take_WalksThatAreTooOldOrAhead_DoNotCount()
    {
        foreach (var at in new[] { Now.AddDays(-101), Now.AddDays(2), DateTimeOffset.MinValue.AddYears(2), DateTimeOffset.MaxValue.AddDays(-1) })
            _book.Take(Walk(at, 0, 100, 200, 100, 60), Now);
        _book.Take(new Walk(long.MinValue, 30, 120, long.MaxValue, 30, 120), Now);
        Assert.Equal(0, _book.Pages);
        _book.Take(Walk(Now.AddDays(-100), 0, 100, 200, 100, 60), Now);
        Assert.Equal(3, _book.Pages);
    }

    [Fact]
    public void Take_MoreDaysThanItMayHold_DropsAndSaysSo()
    {
        var book = new CoverageBook(CityRules.Default.Calendar, WalkRules.Default, 366);
        book.Use(Raster());
        for (var day = 0; day < 366; day++)
            book.Take(Walk(Now.AddDays(-day), 0, 100, 200, 100, 60), Now);
        Assert.Equal(CoverageBook.MaxPages, book.Pages);
        Assert.True(book.Dropped > 200);
        book.Restore(book.Unread(), []);
        Assert.Equal(CoverageBook.MaxPages, book.TakeUnsaved().Count);
        book.Release(Now);
        Assert.Equal(3, book.Pages);
    }

    [Fact]
    public void Use_AnotherTerritory_CarriesOverAndWritesInTheNewFrame()
    {
        _book.Open(Now);
        ReadAll();
        _book.Take(Walk(Now, 0, 100, 200, 100, 100), Now);
        _book.TakeUnsaved();
        var raster = Raster(100);
        _book.Use(raster);
        var sheet = _book.TakeUnsaved()[0];
        Assert.Equal((raster.Frame.ToString(), 3000.0 / 40_000), (sheet.Frame, Share(sheet)), (a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 0.01);
        _book.Use(null);
        _book.Take(Walk(Now, 0, 100, 200, 100, 100), Now);
        Assert.Equal(0, _book.Pages);
    }

    [Fact]
    public void Restore_OfAnotherFrame_IsWrittenAgainAndWhatCannotBeReadBeginsAnew()
    {
        var old = new WalkedCells(Raster(100));
        old.Mark(Ground.Trail((0, 100), (300, 100)));
        _book.Open(Now);
        var unread = _book.Unread();
        var daily = unread.Single(p => p.Cadence == CoverageCadence.Daily);
        var monthly = unread.Single(p => p.Cadence == CoverageCadence.Monthly);
        Assert.Equal(1, _book.Restore(unread, [old.ToSheet(daily), old.ToSheet(monthly) with { Frame = "?" }]));
        var sheet = Assert.Single(_book.TakeUnsaved());
        Assert.Equal(daily, sheet.Figure.Period);
        Assert.Equal(30 * 100 / 40_000.0, Share(sheet), 0.01);
    }

    private void ReadAll() => _book.Restore(_book.Unread(), []);

    private static double Share(CoverageSheet sheet) => sheet.Figure.WalkedSquareMeters / sheet.Figure.WalkableSquareMeters;

    private static CoverageRaster Raster(double east = 0) => new(Ground.Grid(Ground.Square(east, 0, 200)), WalkableGround.Everything);

    private static Walk Walk(DateTimeOffset at, double east, double north, double toEast, double toNorth, int seconds)
    {
        var ((fromLatitude, fromLongitude), (toLatitude, toLongitude)) = (Ground.At(east, north), Ground.At(toEast, toNorth));
        var ms = at.ToUnixTimeMilliseconds();
        return new(ms, fromLatitude, fromLongitude, ms + seconds * 1000, toLatitude, toLongitude);
    }
}
