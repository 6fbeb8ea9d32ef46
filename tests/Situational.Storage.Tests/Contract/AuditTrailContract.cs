using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Contract;

public abstract class AuditTrailContract(StoreUnderTest store) : IDisposable
{
    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Search_AfterReopening_TellsTheNewestFirst()
    {
        for (var i = 0; i < 5; i++)
            await store.Audit.AppendAsync(Entry(i), default);
        store.Close();
        Assert.Equal(Enumerable.Range(0, 5).Reverse().Select(Entry), (await store.Audit.SearchAsync(new AuditQuery(100), default)).Entries);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Search_Narrowed_EqualsThePlainOne(int limit)
    {
        var all = Enumerable.Range(0, 40).Select(Entry).ToArray();
        foreach (var entry in all)
            await store.Audit.AppendAsync(entry, default);
        foreach (var who in new[] { null, "who-1", "nobody" })
            foreach (var target in new[] { null, "target-2" })
                foreach (var from in new DateTimeOffset?[] { null, all[10].At })
                    foreach (var to in new DateTimeOffset?[] { null, all[30].At })
                        Assert.Equal(
                            all.Where(e => (who is null || e.Who == who) && (target is null || e.Target == target) && !(e.At < from) && !(e.At >= to)).Reverse(),
                            await PagesAsync(new AuditQuery(limit, who, target, from, to)));
    }

    [Fact]
    public async Task Search_WhileEntriesCome_RepeatsAndLosesNone()
    {
        for (var i = 0; i < 20; i++)
            await store.Audit.AppendAsync(Entry(i), default);
        var seen = new List<AuditEntry>();
        string? cursor = null;
        var more = 20;
        do
        {
            var page = await store.Audit.SearchAsync(new AuditQuery(3, Cursor: cursor), default);
            seen.AddRange(page.Entries);
            await store.Audit.AppendAsync(Entry(more++), default);
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 20).Reverse().Select(Entry), seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-1.-1")]
    [InlineData("1")]
    [InlineData("1.2.3.4")]
    public async Task Search_WithAForeignCursor_IsRefused(string cursor) =>
        await Assert.ThrowsAsync<FormatException>(() => store.Audit.SearchAsync(new AuditQuery(1, Cursor: cursor), default));

    [Fact]
    public async Task Append_OfEventsWithAnEntry_WritesBothOrNeither()
    {
        var grid = new TestGrid("g");
        var append = grid.Open("key") with { Audit = Entry(1) };
        await grid.AppendAsync(store.Journal, append);
        Assert.Equal([Entry(1)], (await store.Audit.SearchAsync(new AuditQuery(10), default)).Entries);

        Assert.IsType<AppendOutcome.VersionConflict>(await store.Journal.AppendAsync(append with { Report = null, Audit = Entry(2) }, default));
        Assert.IsType<AppendOutcome.KeyTaken>(await store.Journal.AppendAsync(new TestGrid("h").Open("key") with { Audit = Entry(3) }, default));
        Assert.Equal([Entry(1)], (await store.Audit.SearchAsync(new AuditQuery(10), default)).Entries);
    }

    /// <summary>Several of one instant, several by one person, several upon one thing.</summary>
    private static AuditEntry Entry(int number) => new(
        TestGrid.Noon.AddSeconds(number / 2), $"who-{number % 3}", "officer", number % 2 == 0 ? "10.0.0.7" : null, "case.accept", $"target-{number % 5}",
        $"理由 {number}\r\nsecond line");

    private async Task<List<AuditEntry>> PagesAsync(AuditQuery query)
    {
        var entries = new List<AuditEntry>();
        string? cursor = null;
        do
        {
            var page = await store.Audit.SearchAsync(query with { Cursor = cursor }, default);
            Assert.InRange(page.Entries.Count, 0, query.Limit);
            entries.AddRange(page.Entries);
            cursor = page.Next;
        }
        while (cursor is not null);
        return entries;
    }
}
