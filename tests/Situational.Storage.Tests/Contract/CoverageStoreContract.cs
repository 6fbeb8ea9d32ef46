using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Contract;

public abstract class CoverageStoreContract(StoreUnderTest store) : IDisposable
{
    private static readonly DateOnly Monday = new(2026, 11, 16);

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Load_AfterReopening_GivesThoseSheetsThatThereAre()
    {
        var first = Sheet("g1", Monday, 1, [1, 2, 3]);
        var empty = Sheet("g1", new DateOnly(2026, 11, 1), 0.1 + 0.2, [], CoverageCadence.Monthly);
        await store.Coverage.SaveAsync([first, empty, Sheet("g2", Monday, 4, [9])], default);
        await store.Coverage.SaveAsync([], default);
        store.Close();
        AssertEqual(
            [first, empty],
            await store.Coverage.LoadAsync("g1", [first.Figure.Period, new(CoverageCadence.Quarterly, Monday), empty.Figure.Period], default));
        Assert.Empty(await store.Coverage.LoadAsync("g3", [first.Figure.Period], default));
        Assert.Empty(await store.Coverage.LoadAsync("g1", [], default));
    }

    [Fact]
    public async Task Save_Again_TakesThePlaceOfWhatWasKept()
    {
        await store.Coverage.SaveAsync([Sheet("g1", Monday, 1, [1, 2, 3])], default);
        var second = Sheet("g1", Monday, 2, [7]) with { Frame = "另一个" };
        await store.Coverage.SaveAsync([second], default);
        AssertEqual([second], await store.Coverage.LoadAsync("g1", [second.Figure.Period], default));
        Assert.Equal([second.Figure], await FiguresAsync(CoverageCadence.Daily, Monday, Monday));
    }

    [Fact]
    public async Task Figures_AreThoseOfTheCadenceAndTheDays()
    {
        var sheets = Enumerable.Range(0, 1_300).Select(i => Sheet($"g{i % 260:000}", Monday.AddDays(i / 260), i, [(byte)i])).ToArray();
        await store.Coverage.SaveAsync(sheets, default);
        await store.Coverage.SaveAsync([Sheet("g000", Monday.AddDays(1), 5, [], CoverageCadence.Monthly)], default);
        Assert.Equal(
            sheets.Where(s => s.Figure.Period.First >= Monday.AddDays(1) && s.Figure.Period.First <= Monday.AddDays(3)).Select(s => s.Figure),
            await FiguresAsync(CoverageCadence.Daily, Monday.AddDays(1), Monday.AddDays(3)));
        Assert.Single(await FiguresAsync(CoverageCadence.Monthly, DateOnly.MinValue, DateOnly.MaxValue));
        Assert.Empty(await FiguresAsync(CoverageCadence.Quarterly, DateOnly.MinValue, DateOnly.MaxValue));
        Assert.Empty(await FiguresAsync(CoverageCadence.Daily, Monday.AddDays(3), Monday.AddDays(1)));
    }

    [Fact]
    public async Task Forget_TakesPortionsFromTheOldestOnAndLeavesTheRest()
    {
        await store.Coverage.SaveAsync([.. Enumerable.Range(0, 1_000).Select(i => Sheet($"g{i % 250:000}", Monday.AddDays(i / 250), i, [1]))], default);
        await store.Coverage.SaveAsync([Sheet("g000", Monday, 5, [], CoverageCadence.Monthly)], default);
        var before = Monday.AddDays(3);
        Assert.Equal(7, await store.Coverage.ForgetAsync(CoverageCadence.Daily, before, 7, default));
        Assert.Equal(243, (await FiguresAsync(CoverageCadence.Daily, Monday, Monday)).Count);
        Assert.Equal(743, await store.Coverage.ForgetAsync(CoverageCadence.Daily, before, 10_000, default));
        Assert.Equal(0, await store.Coverage.ForgetAsync(CoverageCadence.Daily, before, 10_000, default));
        Assert.Equal(250, (await FiguresAsync(CoverageCadence.Daily, DateOnly.MinValue, DateOnly.MaxValue)).Count);
        Assert.Empty(await store.Coverage.LoadAsync("g000", [new(CoverageCadence.Daily, Monday)], default));
        Assert.Single(await FiguresAsync(CoverageCadence.Monthly, DateOnly.MinValue, DateOnly.MaxValue));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.Coverage.ForgetAsync(CoverageCadence.Daily, before, 0, default));
    }

    protected static CoverageSheet Sheet(string grid, DateOnly day, double walked, byte[] cells, CoverageCadence cadence = CoverageCadence.Daily) =>
        new(new CoverageFigure(grid, new CoveragePeriod(cadence, day), 1_234.5, walked), $"框 {grid}", cells);

    private static void AssertEqual(IReadOnlyList<CoverageSheet> expected, IReadOnlyList<CoverageSheet> found)
    {
        Assert.Equal(expected.Select(s => (s.Figure, s.Frame)), found.Select(s => (s.Figure, s.Frame)));
        Assert.Equal(expected.Select(s => Convert.ToHexString(s.Cells.Span)), found.Select(s => Convert.ToHexString(s.Cells.Span)));
    }

    private async Task<List<CoverageFigure>> FiguresAsync(CoverageCadence cadence, DateOnly from, DateOnly to)
    {
        var figures = new List<CoverageFigure>();
        await foreach (var figure in store.Coverage.FiguresAsync(cadence, from, to, default))
            figures.Add(figure);
        return [.. figures.OrderBy(f => f.Period.First).ThenBy(f => f.Grid, StringComparer.Ordinal)];
    }
}
