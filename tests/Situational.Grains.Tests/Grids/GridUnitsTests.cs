using System.Collections.Immutable;
using Situational.Domain.Patrols;
using Situational.Grains.Messages;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Grids;

public sealed class GridUnitsTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string Grid = Street.Grid(0);

    [Trait("Fault", "12")]
    [Fact]
    public async Task UnitsMoved_WordsInAnyOrder_TheHighestSequenceHolds()
    {
        await using var city = await TestCity.StartAsync(1);
        var random = new Random(5);
        for (var run = 0; run < 50; run++)
        {
            // One unit comes and goes; the grid hears it in any order, some of it twice.
            var unit = "u" + run;
            var words = Enumerable.Range(1, 8).SelectMany(s => Enumerable.Repeat(s, random.Next(1, 3))).ToArray();
            random.Shuffle(words);
            foreach (var sequence in words)
                await city.Grid(0).UnitsMovedAsync(sequence % 3 == 0 ? Gone(unit, sequence) : Here(city, unit, sequence), None);
            var row = Assert.Single((await city.Grid(0).StateAsync(None)).Units, u => u.Unit == unit);
            Assert.Equal(8, row.Sequence);
            Assert.Equal(row, city.Outbox.UnitsOf(Grid)[unit]);
        }
        city.Outbox.AssertUnbroken(Grid);
    }

    [Trait("Fault", "12")]
    [Fact]
    public async Task UnitsMoved_ARowThatArrivesAfterItsUnitLeft_DoesNotBringItBack()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).UnitsMovedAsync(Gone("u", 11), None);
        await city.Grid(0).UnitsMovedAsync(Here(city, "u", 10), None);
        Assert.Empty((await city.Grid(0).StateAsync(None)).Units);
        await city.Grid(0).UnitsMovedAsync(Here(city, "u", 12), None);
        Assert.Single((await city.Grid(0).StateAsync(None)).Units);
    }

    [Fact]
    public async Task UnitsMoved_TheSameAgain_PublishesNothing()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).UnitsMovedAsync(Here(city, "u", 10), None);
        var revision = city.Outbox.Newest(Grid)!.Revision;
        city.Outbox.Clear();
        await city.Grid(0).UnitsMovedAsync(Here(city, "u", 10), None);
        await city.Grid(0).UnitsMovedAsync(Here(city, "u", 9), None);
        // The city's round may say the whole picture again meanwhile, of the same revision.
        Assert.All(city.Outbox.Of(Grid), change => Assert.Equal((true, revision), (change.Full, change.Revision)));
        Assert.Equal(revision, (await city.Grid(0).StateAsync(None)).Revision);
    }

    [Fact]
    public async Task UnitsMoved_MoreUnitsThanTheBound_ListsTheBound()
    {
        await using var city = await TestCity.StartAsync(1, prepare: c => c.Settings["Situational:Grids:MaxUnits"] = "3");
        for (var i = 0; i < 5; i++)
            await city.Grid(0).UnitsMovedAsync(Here(city, "u" + i, 1), None);
        Assert.Equal(3, (await city.Grid(0).StateAsync(None)).Units.Length);
        var calls = Here(city, "help", 1).Present[0] with { SosAtMs = city.Time.NowMs };
        await city.Grid(0).UnitsMovedAsync(new UnitsMoved([calls], []), None);
        Assert.Equal(4, (await city.Grid(0).StateAsync(None)).Units.Length);
        await city.Grid(0).UnitsMovedAsync(Gone("help", 2), None);
        for (var i = 0; i < 5; i++)
            await city.Grid(0).UnitsMovedAsync(Gone("u" + i, 2), None);
        await city.Grid(0).UnitsMovedAsync(Here(city, "u9", 1), None);
        Assert.Equal("u9", Assert.Single((await city.Grid(0).StateAsync(None)).Units).Unit);
    }

    [Fact]
    public async Task Say_AUnitThatNobodySaysAnyMore_IsDropped()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).UnitsMovedAsync(Here(city, "kept", 1), None);
        await city.Grid(0).UnitsMovedAsync(Here(city, "lost", 1), None);
        for (var i = 0; i < 6; i++)
        {
            city.Time.Advance(TimeSpan.FromSeconds(30));
            await city.Grid(0).UnitsMovedAsync(Here(city, "kept", 1), None);
            await city.Grid(0).SayAsync(None);
        }
        Assert.Equal("kept", Assert.Single(city.Outbox.Newest(Grid)!.Units).Unit);
        city.Outbox.AssertUnbroken(Grid);
    }

    [Fact]
    public async Task Summary_Units_CountsThoseThatAreNotGone()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).UnitsMovedAsync(Here(city, "a", 1), None);
        await city.Grid(0).UnitsMovedAsync(Here(city, "b", 1), None);
        await city.Grid(0).UnitsMovedAsync(Here(city, "b", 2, UnitState.Gone), None);
        Assert.Equal(1, city.Outbox.Newest(Grid)!.Summary.Units);
        await city.Grid(0).UnitsMovedAsync(Gone("b", 3), None);
        Assert.Equal(1, city.Outbox.Newest(Grid)!.Summary.Units);
        await city.Grid(0).UnitsMovedAsync(Gone("a", 3), None);
        Assert.Equal(0, city.Outbox.Newest(Grid)!.Summary.Units);
    }

    [Fact]
    public async Task UnitsMoved_WhileTheJournalIsSlow_DoesNotWait()
    {
        await using var city = await TestCity.StartAsync(1);
        var held = new TaskCompletionSource();
        city.Journal.Slow = held.Task;
        var report = city.Grid(0).ReportAsync(city.Report(), None);
        await Until.TrueAsync(() => city.Journal.Appends == 1, "the append is under way");
        await city.Grid(0).UnitsMovedAsync(Here(city, "u", 1), None);
        Assert.Single((await city.Grid(0).StateAsync(None)).Units);
        Assert.False(report.IsCompleted);
        held.SetResult();
        Assert.Equal(ReportVerdict.Opened, (await report).Verdict);
        city.Outbox.AssertUnbroken(Grid);
    }

    [Fact]
    public async Task Outside_TakesUnits_IsNeverSilentAndTakesNoReports()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Outside.UnitsMovedAsync(Here(city, "u", 1), None);
        city.Time.Advance(TimeSpan.FromHours(5));
        await city.Outside.UnitsMovedAsync(Here(city, "u", 2, UnitState.Gone), None);
        await city.Outside.SayAsync(None);
        var said = city.Outbox.Newest(IGridGrain.Outside)!;
        Assert.Equal((true, false, 1), (said.Summary.Loaded, said.Summary.Silent, said.Units.Length));
        await Assert.ThrowsAsync<ArgumentException>(() => city.Outside.ReportAsync(city.Report(), None));
    }

    private static UnitsMoved Here(TestCity city, string unit, long sequence, UnitState state = UnitState.Live) =>
        new([new UnitRow(unit, sequence, "s", unit, 30.25, 120.15, float.NaN, (byte)state, 0, city.Time.NowMs)], []);

    private static UnitsMoved Gone(string unit, long sequence) => new([], ImmutableArray.Create(new UnitLeft(unit, sequence)));
}
