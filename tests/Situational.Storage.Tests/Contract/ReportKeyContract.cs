using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Contract;

[Trait("Fault", "2")]
public abstract class ReportKeyContract(StoreUnderTest store) : IDisposable
{
    protected static readonly (string, string)[] Settings = [("ReportKeysKept", "1")];
    private readonly TestGrid _grid = new("g");

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Key_ForSevenDays_IsKept()
    {
        await AddAsync("old");
        store.Time.Now += TimeSpan.FromDays(7);
        await AddAsync("new");
        Assert.NotNull(await store.Journal.FindReportAsync("old", default));
    }

    [Fact]
    public async Task Keys_OlderThanThat_GoInSmallPortions()
    {
        for (var i = 0; i < 10; i++)
            await AddAsync($"old{i}");
        store.Time.Now += TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1);
        for (var i = 0; i < 5; i++)
        {
            await AddAsync($"new{i}");
            Assert.Equal(8 - 2 * i, await CountAsync("old", 10));
            Assert.Equal(i + 1, await CountAsync("new", 5));
        }
    }

    [Fact]
    public async Task Key_AfterItsTime_MayOpenAnotherCase()
    {
        await AddAsync("key");
        store.Time.Now += TimeSpan.FromDays(8);
        await AddAsync("other");
        await AddAsync("key");
        Assert.Equal("g-3", (await store.Journal.FindReportAsync("key", default))!.CaseId);
    }

    [Fact]
    public async Task Keys_WhileTheClockIsAhead_StayWhenAmongTheNewest()
    {
        store.Settings = [("ReportKeysKept", "5")];
        for (var i = 0; i < 5; i++)
            await AddAsync($"true{i}");
        store.Time.Now += TimeSpan.FromDays(30);
        await AddAsync("ahead");
        Assert.Null(await store.Journal.FindReportAsync("true0", default));
        store.Time.Now -= TimeSpan.FromDays(30);
        await AddAsync("after");
        Assert.Equal(4, await CountAsync("true", 5));
    }

    [Fact]
    public async Task Keys_StampedInTheFuture_GoOnceYoungerOnesAreOld()
    {
        store.Settings = [("ReportKeysKept", "2")];
        store.Time.Now += TimeSpan.FromDays(365);
        for (var i = 0; i < 4; i++)
            await AddAsync($"future{i}");
        store.Time.Now -= TimeSpan.FromDays(365);
        for (var i = 0; i < 4; i++)
            await AddAsync($"true{i}");
        Assert.Equal(4, await CountAsync("future", 4));
        store.Time.Now += TimeSpan.FromDays(8);
        await AddAsync("new0");
        Assert.Equal(2, await CountAsync("future", 4));
        await AddAsync("new1");
        Assert.Equal(0, await CountAsync("future", 4));
        Assert.Equal(4, await CountAsync("true", 4));
    }

    private Task<JournalAppend> AddAsync(string key) => _grid.AppendAsync(store.Journal, _grid.Open(key));

    private async Task<int> CountAsync(string prefix, int of)
    {
        var found = 0;
        for (var i = 0; i < of; i++)
            if (await store.Journal.FindReportAsync($"{prefix}{i}", default) is not null)
                found++;
        return found;
    }
}
