using System.Text.Json;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Contract;

public abstract class CaseRecordsContract(StoreUnderTest store) : IDisposable
{
    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task History_OfACaseThatMoved_TellsAllGridsInOrder()
    {
        await LivingCity.FillAsync(store);
        var history = await store.Records.HistoryAsync(CaseId.Of(LivingCity.A, 6), default);
        Assert.Equal(
            [typeof(CaseOpened), typeof(CaseStepped), typeof(WhistleBlown), typeof(MusterStepped), typeof(CaseDeparted), typeof(CaseArrived), typeof(HandoverEnded)],
            history.Select(h => h.Event.GetType()));
        Assert.Equal([LivingCity.A, LivingCity.A, LivingCity.A, LivingCity.A, LivingCity.A, LivingCity.B, LivingCity.A], history.Select(h => h.Grid));
        foreach (var grid in history.GroupBy(h => h.Grid))
            Assert.Equal(grid.Select(h => h.Version).Order(), grid.Select(h => h.Version));
    }

    [Fact]
    public async Task History_OfNoCase_IsEmpty() => Assert.Empty(await store.Records.HistoryAsync("nowhere-1", default));

    [Fact]
    public async Task Facts_OfAllTime_AreThoseOfTheCasesAsTheyStand()
    {
        await LivingCity.FillAsync(store);
        var cases = (await store.Journal.SearchAsync(new CaseQuery(null, 1_000), default)).Cases;
        Assert.Equal(
            cases.Select(one => Text(CaseFact.Of(one))).Order(StringComparer.Ordinal),
            (await FactsAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)).Select(Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Facts_OfAPeriod_AreThoseOpenInIt()
    {
        var city = await LivingCity.FillAsync(store);
        var all = await FactsAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        var edges = all.Select(fact => fact.ReportedAt).Concat(all.Select(fact => fact.EndedAt ?? city.Now)).Distinct().ToArray();
        foreach (var from in edges)
            foreach (var to in edges)
                Assert.Equal(
                    all.Where(fact => fact.ReportedAt < to && (fact.EndedAt is null || fact.EndedAt >= from)).Select(fact => fact.Id).Order(StringComparer.Ordinal),
                    (await FactsAsync(from, to)).Select(fact => fact.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Facts_WhileCasesEnd_TellEachOnce()
    {
        var grid = new TestGrid("g");
        for (var i = 0; i < 30; i++)
            await grid.AppendAsync(store.Journal, grid.Open());
        var told = new List<string>();
        await foreach (var fact in store.Records.FactsAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, default))
        {
            told.Add(fact.Id);
            if (grid.State.Open.Count > 0)
                await grid.AppendAsync(store.Journal, grid.CloseCase(grid.State.Open.Keys.First()));
        }
        Assert.Equal(30, told.Count);
        Assert.Equal(30, told.Distinct().Count());
    }

    [Fact]
    public async Task Grids_AreThoseWithAHistory()
    {
        foreach (var code in new[] { "b", "a", "c网格", "a" })
            await store.Journal.AppendAsync(new TestGrid(code).Open(), default);
        await store.Journal.LoadAsync("never-written", default);
        var grids = new List<string>();
        await foreach (var grid in store.Records.GridsAsync(default))
            grids.Add(grid);
        Assert.Equal(["a", "b", "c网格"], grids.Order(StringComparer.Ordinal));
    }

    private static string Text(CaseFact fact) => JsonSerializer.Serialize(fact, CaseJson.Types.CaseFact);

    private async Task<List<CaseFact>> FactsAsync(DateTimeOffset from, DateTimeOffset to)
    {
        var facts = new List<CaseFact>();
        await foreach (var fact in store.Records.FactsAsync(from, to, default))
            facts.Add(fact);
        return facts;
    }
}
