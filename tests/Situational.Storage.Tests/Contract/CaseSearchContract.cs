using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Contract;

public abstract class CaseSearchContract(StoreUnderTest store) : IDisposable
{
    private readonly List<Case> _all = [];

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task Search_WithEveryFilter_EqualsThePlainOne(int limit)
    {
        await FillAsync(grids: 12, each: 12);
        string[][] gridSets = [[], ["g3"], ["g1", "g5", "g11", "nowhere"], [.. Enumerable.Range(0, 300).Select(i => $"g{i}")]];
        foreach (var grids in gridSets.Prepend(null))
            foreach (var stage in new Stage?[] { null, Stage.Reported, Stage.Closed, Stage.Handling })
                foreach (var severity in new Severity?[] { null, Severity.Red, Severity.Blue })
                {
                    var expected = _all
                        .Where(c => (grids is null || grids.Contains(c.Grid)) && (stage is null || c.Stage == stage)
                            && (severity is null || c.Report.Severity == severity))
                        .Select(c => c.Id).Reverse();
                    Assert.Equal(expected, await AllPagesAsync(new CaseQuery(grids, limit) { Stages = stage is { } only ? [only] : [], Severity = severity }));
                }
    }

    [Fact]
    public async Task Search_WithCasesOpenedBetweenPages_RepeatsAndLosesNone()
    {
        await FillAsync(grids: 5, each: 8);
        var before = _all.Select(c => c.Id).Reverse().ToArray();
        var newcomer = new TestGrid("new");
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await store.Journal.SearchAsync(new CaseQuery(null, 6) { Cursor = cursor }, default);
            seen.AddRange(page.Cases.Select(c => c.Id));
            await newcomer.AppendAsync(store.Journal, newcomer.Open());
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(before, seen);
    }

    [Fact]
    public async Task Search_OnTheLastPage_HasNoNext()
    {
        await FillAsync(grids: 1, each: 4);
        var first = await store.Journal.SearchAsync(new CaseQuery(null, 2), default);
        Assert.NotNull(first.Next);
        Assert.Null((await store.Journal.SearchAsync(new CaseQuery(null, 2) { Cursor = first.Next }, default)).Next);
        Assert.Null((await store.Journal.SearchAsync(new CaseQuery(null, 4), default)).Next);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1; DROP TABLE cases")]
    [InlineData("99999999999999999999999")]
    public async Task Search_WithAForeignCursor_IsRefused(string cursor) =>
        await Assert.ThrowsAsync<FormatException>(() => store.Journal.SearchAsync(new CaseQuery(null, 1) { Cursor = cursor }, default));

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task Search_WithALimitOutOfRange_IsRefused(int limit) => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
        () => store.Journal.SearchAsync(new CaseQuery(null, limit), default));

    [Fact]
    public async Task Search_ForAGridWithQuotes_FindsIt()
    {
        var grid = new TestGrid("""o'br"i\en 网格""");
        await grid.AppendAsync(store.Journal, grid.Open());
        Assert.Equal([grid.State.Open.Keys.Single()], await AllPagesAsync(new CaseQuery([grid.State.Grid], 10)));
    }

    private async Task FillAsync(int grids, int each)
    {
        var made = Enumerable.Range(0, grids).Select(i => new TestGrid($"g{i}")).ToArray();
        for (var n = 0; n < each; n++)
            foreach (var grid in made)
                _all.Add((await grid.AppendAsync(store.Journal, grid.Open(severity: (Severity)(1 + _all.Count % 4)))).Cases[0]);
        for (var i = 0; i < _all.Count; i += 3)
        {
            var grid = made.Single(g => g.State.Grid == _all[i].Grid);
            _all[i] = (await grid.AppendAsync(store.Journal, grid.CloseCase(_all[i].Id))).Cases[0];
        }
    }

    private async Task<List<string>> AllPagesAsync(CaseQuery query)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await store.Journal.SearchAsync(query with { Cursor = cursor }, default);
            Assert.InRange(page.Cases.Count, 0, query.Limit);
            ids.AddRange(page.Cases.Select(c => c.Id));
            cursor = page.Next;
        }
        while (cursor is not null);
        return ids;
    }
}
