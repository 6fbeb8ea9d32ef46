using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Contract;

public abstract class UnitDutyStoreContract(StoreUnderTest store) : IDisposable
{
    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Load_AfterReopening_GivesWhatWasSavedLastOfEachUnitOfTheSquad()
    {
        var sos = new UnitSos(TestGrid.Noon.AddTicks(7), 30.1, 120.2, "需要支援\n马上");
        var answered = sos with { AnsweredAt = TestGrid.Noon.AddMinutes(1), AnsweredBy = "officer-wang", Answer = "在路上" };
        Assert.Empty(await store.Duty.LoadAsync("s1", default));
        await store.Duty.SaveAsync(new("u2", "s1", true, TestGrid.Noon, sos), Entry(1), default);
        await store.Duty.SaveAsync(new("u1", "s1", false, TestGrid.Noon.AddHours(1), null), Entry(2), default);
        await store.Duty.SaveAsync(new("u3", "s2", false, TestGrid.Noon, new UnitSos(TestGrid.Noon, null, null, null)), Entry(3), default);
        await store.Duty.SaveAsync(new("u2", "s1", true, TestGrid.Noon, answered), Entry(4), default);
        store.Close();
        Assert.Equal(
            [new("u1", "s1", false, TestGrid.Noon.AddHours(1), null), new("u2", "s1", true, TestGrid.Noon, answered)],
            (await store.Duty.LoadAsync("s1", default)).OrderBy(duty => duty.Unit, StringComparer.Ordinal));
        Assert.Equal(
            [new UnitDuty("u3", "s2", false, TestGrid.Noon, new UnitSos(TestGrid.Noon, null, null, null))], await store.Duty.LoadAsync("s2", default));
        Assert.Equal(
            [Entry(4), Entry(3), Entry(2), Entry(1)], (await store.Audit.SearchAsync(new AuditQuery(10), default)).Entries);
    }

    [Fact]
    public async Task Save_OfAUnitInAnotherSquad_TakesItFromTheFirst()
    {
        await store.Duty.SaveAsync(new("u", "s1", false, TestGrid.Noon, null), Entry(1), default);
        await store.Duty.SaveAsync(new("u", "s2", false, TestGrid.Noon, null), Entry(2), default);
        Assert.Empty(await store.Duty.LoadAsync("s1", default));
        Assert.Single(await store.Duty.LoadAsync("s2", default));
    }

    [Fact]
    public async Task Save_FromManyAtOnce_KeepsOneStateAUnitAndEveryEntry()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            store.Duty.SaveAsync(new($"u{i % 8}", "s", i % 2 == 0, TestGrid.Noon.AddSeconds(i), null), Entry(i), default)));
        Assert.Equal(8, (await store.Duty.LoadAsync("s", default)).Count);
        Assert.Equal(40, (await store.Audit.SearchAsync(new AuditQuery(100), default)).Entries.Count);
    }

    protected static AuditEntry Entry(int number) =>
        new(TestGrid.Noon.AddSeconds(number), "officer-wang", "officer", null, "unit.duty", $"unit-{number}", "off");
}
