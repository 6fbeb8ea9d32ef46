using Situational.Domain.Journal;
using Situational.Storage.Redis;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

/// <summary>A key holds across all grids and an append within one: what happens when it ends between the two steps.</summary>
[Trait("Fault", "2")]
public sealed class ReportKeyReservationTests(SharedRedis redis) : IDisposable
{
    private readonly RedisSpace _store = new(redis.Server);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Append_WithOneKeyFromManyGridsAtOnce_OneWins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _store.Journal.AppendAsync(new TestGrid($"g{i}").Open("key"), default)));
        var winner = Array.FindIndex(outcomes, o => o is AppendOutcome.Appended);
        Assert.All(outcomes.OfType<AppendOutcome.KeyTaken>(), taken => Assert.Equal($"g{winner}-1", taken.Before.CaseId));
        Assert.Equal(39, outcomes.OfType<AppendOutcome.KeyTaken>().Count());
        Assert.Single((await _store.Journal.SearchAsync(new CaseQuery(null, 100), default)).Cases);
    }

    [Fact]
    public async Task Key_WhoseAppendNeverCame_IsTakenOverAndThatAppendRefusedForGood()
    {
        var dead = new TestGrid("dead").Open("key");
        var record = await ReserveAsync(dead, "dead-append");
        Assert.Null(await _store.Journal.FindReportAsync("key", default));

        var grid = new TestGrid("g");
        await grid.AppendAsync(_store.Journal, grid.Open("key"));
        Assert.Equal("g-1", (await _store.Journal.FindReportAsync("key", default))!.CaseId);

        // It was only late.
        Assert.Null(await AppendAsync(dead, record));
        Assert.Empty((await _store.Journal.LoadAsync("dead", default)).Events);
        Assert.Equal("g-1", (await _store.Journal.FindReportAsync("key", default))!.CaseId);
    }

    [Fact]
    public async Task Key_WhoseAppendWasWrittenByAProcessThatDiedThen_StaysThatReports()
    {
        var written = new TestGrid("dead").Open("key");
        var record = await ReserveAsync(written, "append");
        Assert.IsType<AppendOutcome.Appended>(await AppendAsync(written, record));

        Assert.Equal(written.Report, await _store.Journal.FindReportAsync("key", default));
        Assert.Equal(new AppendOutcome.KeyTaken(written.Report!), await _store.Journal.AppendAsync(new TestGrid("g").Open("key"), default));
        Assert.Empty((await _store.Journal.LoadAsync("g", default)).Events);
        await _store.Journal.LoadAsync("dead", default);
        Assert.Equal(written.Report, await _store.Journal.FindReportAsync("key", default));
    }

    [Fact]
    public async Task Key_OfAnAppendUnderWay_IsWaitedFor()
    {
        var first = new TestGrid("first").Open("key");
        var record = await ReserveAsync(first, "append");
        var second = _store.Journal.AppendAsync(new TestGrid("second").Open("key"), default);
        Assert.IsType<AppendOutcome.Appended>(await AppendAsync(first, record));
        Assert.Equal(new AppendOutcome.KeyTaken(first.Report!), await second);
    }

    [Fact]
    public async Task Key_OfAnAppendThatConflicted_IsFreeAtOnce()
    {
        var grid = new TestGrid("g");
        await grid.AppendAsync(_store.Journal, grid.Open());
        Assert.IsType<AppendOutcome.VersionConflict>(await _store.Journal.AppendAsync(new TestGrid("g").Open("key"), default));
        await grid.AppendAsync(_store.Journal, grid.Open("key"));
        Assert.Equal("g-2", (await _store.Journal.FindReportAsync("key", default))!.CaseId);
    }

    [Fact]
    public async Task Cases_WhoseProcessDiedRightAfterTheAppend_AreFoundOnceTheirGridIsLoaded()
    {
        var append = new TestGrid("dead").Open("key");
        Assert.IsType<AppendOutcome.Appended>(await AppendAsync(append, await ReserveAsync(append, "append")));
        Assert.NotNull(await _store.Journal.FindCaseAsync("dead-1", default));
        await _store.Journal.LoadAsync("dead", default);
        Assert.Equal("dead-1", Assert.Single((await _store.Journal.SearchAsync(new CaseQuery(null, 10), default)).Cases).Id);
    }

    private async Task<KeyRecord> ReserveAsync(JournalAppend append, string id)
    {
        var record = new KeyRecord(id, append.Grid, append.Report!);
        Assert.Null(await _store.Service<RedisReportKeys>().ReserveAsync(record, _store.Service<RedisStore>().NewDeadline(), default));
        return record;
    }

    private Task<AppendOutcome?> AppendAsync(JournalAppend append, KeyRecord record) => _store.Service<RedisGrids>().AppendAsync(
        RedisAppend.Of(append, 64), record.Append, record, _store.Service<RedisStore>().NewDeadline(), default);
}
