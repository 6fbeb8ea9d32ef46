using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Contract;

public abstract class AlertStoreContract(StoreUnderTest store) : IDisposable
{
    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Acknowledge_OfOneAcknowledgedBefore_LeavesTheFirst()
    {
        Assert.Equal([Alert("a", 1), Alert("b", 2)], await store.Alerts.AcknowledgeAsync([Alert("a", 1), Alert("b", 2)], Entry(1), default));
        Assert.Equal(
            [Alert("c", 3), Alert("a", 1), Alert("b", 2)],
            await store.Alerts.AcknowledgeAsync([Alert("c", 3), Alert("a", 9, "lead-li"), Alert("b", 0)], Entry(2), default));
        store.Close();
        Assert.Equal([Alert("a", 1), Alert("b", 2), Alert("c", 3)], await store.Alerts.SinceAsync(TestGrid.Noon, 10, default));
        Assert.Equal([Entry(2), Entry(1)], (await store.Audit.SearchAsync(new AuditQuery(10), default)).Entries);
    }

    [Fact]
    public async Task Acknowledge_WithNothingNew_WritesNoEntry()
    {
        await store.Alerts.AcknowledgeAsync([Alert("a", 1)], Entry(1), default);
        Assert.Equal([Alert("a", 1)], await store.Alerts.AcknowledgeAsync([Alert("a", 5)], Entry(2), default));
        Assert.Empty(await store.Alerts.AcknowledgeAsync([], Entry(3), default));
        Assert.Equal([Entry(1)], (await store.Audit.SearchAsync(new AuditQuery(10), default)).Entries);
    }

    [Fact]
    public async Task Acknowledge_OfOneTwiceInAList_FirstWins() => Assert.Equal(
        [Alert("a", 1), Alert("a", 1)], await store.Alerts.AcknowledgeAsync([Alert("a", 1), Alert("a", 2, "lead-li")], Entry(1), default));

    [Fact]
    public async Task Acknowledge_FromManyAtOnce_AllSeeTheSame()
    {
        var stand = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => store.Alerts.AcknowledgeAsync([Alert("a", i, $"by-{i}")], Entry(i), default)));
        Assert.Single(stand.Select(s => s[0]).Distinct());
        Assert.Single((await store.Audit.SearchAsync(new AuditQuery(100), default)).Entries);
    }

    [Fact]
    public async Task Find_GivesThoseThatWereAcknowledgedInTheOrderAsked()
    {
        await store.Alerts.AcknowledgeAsync([Alert("a", 1), Alert("b", 2)], Entry(1), default);

        Assert.Equal([Alert("b", 2), Alert("a", 1)], await store.Alerts.FindAsync(["b", "no", "a"], default));
        Assert.Empty(await store.Alerts.FindAsync([], default));
    }

    [Fact]
    public async Task Since_TellsTheOldestFirstAndLeavesItsBeginningOut()
    {
        await store.Alerts.AcknowledgeAsync([.. Enumerable.Range(0, 100).Reverse().Select(i => Alert($"red:{i:000}", i))], Entry(1), default);
        Assert.Equal(
            Enumerable.Range(11, 30).Select(i => Alert($"red:{i:000}", i)), await store.Alerts.SinceAsync(TestGrid.Noon.AddSeconds(10), 30, default));
        Assert.Empty(await store.Alerts.SinceAsync(TestGrid.Noon.AddSeconds(99), 30, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.Alerts.SinceAsync(TestGrid.Noon, 0, default));
    }

    [Fact]
    public async Task Forget_TakesPortionsFromTheOldestOnAndLeavesTheRest()
    {
        await store.Alerts.AcknowledgeAsync([.. Enumerable.Range(0, 100).Select(i => Alert($"red:{i:000}", i))], Entry(1), default);
        var before = TestGrid.Noon.AddSeconds(50);
        Assert.Equal(20, await store.Alerts.ForgetAsync(before, 20, default));
        Assert.Equal(Alert("red:020", 20), (await store.Alerts.SinceAsync(TestGrid.Noon, 1, default))[0]);
        Assert.Equal(30, await store.Alerts.ForgetAsync(before, 1_000, default));
        Assert.Equal(0, await store.Alerts.ForgetAsync(before, 1_000, default));
        Assert.Equal(50, (await store.Alerts.SinceAsync(TestGrid.Noon, 1_000, default)).Count);
        Assert.Equal([Alert("red:000", 500)], await store.Alerts.AcknowledgeAsync([Alert("red:000", 500)], Entry(2), default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.Alerts.ForgetAsync(before, 0, default));
    }

    protected static AlertAcknowledgement Alert(string alert, int second, string by = "officer-wang") => new(alert, by, TestGrid.Noon.AddSeconds(second));

    protected static AuditEntry Entry(int number) =>
        new(TestGrid.Noon.AddSeconds(number), "officer-wang", "officer", null, "alert.acknowledge", $"alerts-{number}");
}
