using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Sqlite;

public sealed class GroupCommitTests : IDisposable
{
    private readonly StoreFolder _folder = new(("QueueCapacity", "100"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Append_SameKeyFromManyCallersInOneBatch_OneWins()
    {
        using var hold = await WriterHold.TakeAsync(_folder.Store);
        var appends = Enumerable.Range(0, 50).Select(i => _folder.Journal.AppendAsync(new TestGrid($"g{i}").Open("key"), default)).ToArray();
        hold.Release();
        var outcomes = await Task.WhenAll(appends);

        Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
        var winner = Array.FindIndex(outcomes, o => o is AppendOutcome.Appended);
        Assert.All(outcomes.OfType<AppendOutcome.KeyTaken>(), taken => Assert.Equal($"g{winner}-1", taken.Before.CaseId));
        Assert.Equal(49, outcomes.OfType<AppendOutcome.KeyTaken>().Count());
        Assert.Single((await _folder.Journal.SearchAsync(new CaseQuery(null, 100), default)).Cases);
    }

    [Fact]
    public async Task Append_SameKeyFromManyThreads_OneWins()
    {
        var journal = _folder.Journal;
        using var together = new Barrier(16);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Factory.StartNew(() =>
        {
            together.SignalAndWait();
            return journal.AppendAsync(new TestGrid($"g{i}").Open("key"), default);
        }, TaskCreationOptions.LongRunning).Unwrap()));
        Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
        Assert.Equal(15, outcomes.OfType<AppendOutcome.KeyTaken>().Count());
    }

    [Fact]
    public async Task Append_SameVersionTwiceInOneBatch_OneWins()
    {
        using var hold = await WriterHold.TakeAsync(_folder.Store);
        var first = _folder.Journal.AppendAsync(new TestGrid("g").Open(), default);
        var second = _folder.Journal.AppendAsync(new TestGrid("g").Open(), default);
        hold.Release();
        Assert.Equal(new AppendOutcome.Appended(1), await first);
        Assert.Equal(new AppendOutcome.VersionConflict(1), await second);
    }

    [Fact]
    public async Task Append_BesideAWriteThatThrows_IsWritten()
    {
        using var hold = await WriterHold.TakeAsync(_folder.Store);
        var before = _folder.Journal.AppendAsync(new TestGrid("a").Open(), default);
        var bad = _folder.Store.WriteAsync<bool>(_ => throw new InvalidOperationException("bad"), default);
        var after = _folder.Journal.AppendAsync(new TestGrid("b").Open(), default);
        hold.Release();

        Assert.Equal(new AppendOutcome.Appended(1), await before);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal(new AppendOutcome.Appended(1), await after);
        Assert.Equal(2, (await _folder.Journal.SearchAsync(new CaseQuery(null, 100), default)).Cases.Count);
    }

    [Fact]
    public async Task Append_CancelledWhileItWaits_IsNotWritten()
    {
        using var cancellation = new CancellationTokenSource();
        using var hold = await WriterHold.TakeAsync(_folder.Store);
        var append = _folder.Journal.AppendAsync(new TestGrid("g").Open(), cancellation.Token);
        await cancellation.CancelAsync();
        hold.Release();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        Assert.Equal(new AppendOutcome.Appended(1), await _folder.Journal.AppendAsync(new TestGrid("g").Open(), default));
    }

    [Fact]
    public async Task Append_WhenTheQueueIsFull_IsRefusedAtOnce()
    {
        using var hold = await WriterHold.TakeAsync(_folder.Store);
        var waiting = Enumerable.Range(0, 100).Select(i => _folder.Journal.AppendAsync(new TestGrid($"g{i}").Open(), default)).ToArray();
        var refused = _folder.Journal.AppendAsync(new TestGrid("refused").Open(), default);

        Assert.True(refused.IsFaulted);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => refused);
        hold.Release();
        Assert.All(await Task.WhenAll(waiting), o => Assert.Equal(new AppendOutcome.Appended(1), o));
    }

    [Fact]
    public async Task Reads_WhileAWriteIsUnderWay_DoNotWait()
    {
        var grid = new TestGrid("g");
        await grid.AppendAsync(_folder.Journal, grid.Open("key"));
        using var hold = await WriterHold.TakeAsync(_folder.Store);

        Assert.Single((await _folder.Journal.LoadAsync("g", default)).Events);
        Assert.NotNull(await _folder.Journal.FindReportAsync("key", default));
        Assert.NotNull(await _folder.Journal.FindCaseAsync("g-1", default));
        Assert.False(hold.Done.IsCompleted);
    }

    [Fact]
    public async Task Close_WithWritesWaiting_WritesThem()
    {
        using var hold = await WriterHold.TakeAsync(_folder.Store);
        var waiting = Enumerable.Range(0, 20).Select(i => _folder.Journal.AppendAsync(new TestGrid($"g{i}").Open(), default)).ToArray();
        var closing = Task.Run(_folder.Close);
        hold.Release();
        await closing;
        Assert.All(await Task.WhenAll(waiting), o => Assert.Equal(new AppendOutcome.Appended(1), o));
        Assert.Equal(20, (await _folder.Journal.SearchAsync(new CaseQuery(null, 100), default)).Cases.Count);
    }

    [Fact]
    public async Task Append_ManyCallers_EveryAcknowledgedOneIsThereAfterReopening()
    {
        const int callers = 64, each = 150;
        _folder.Settings = [("SnapshotEvery", "16")];
        _folder.Close();
        var journal = _folder.Journal;
        var grids = await Task.WhenAll(Enumerable.Range(0, callers).Select(async c =>
        {
            var grid = new TestGrid($"g{c:00}");
            for (var i = 0; i < each; i++)
                await grid.AppendAsync(journal, grid.Open($"{c}/{i}"));
            return grid;
        }));
        _folder.Close();

        foreach (var (grid, c) in grids.Select((g, c) => (g, c)))
        {
            var history = await _folder.Journal.LoadAsync(grid.State.Grid, default);
            Assert.Equal(each, history.Snapshot!.Version + history.Events.Count);
            Assert.Equal(144, history.Snapshot.Version);
            Assert.Equal($"{grid.State.Grid}-{each}", (await _folder.Journal.FindReportAsync($"{c}/{each - 1}", default))!.CaseId);
        }
        string? cursor = null;
        var seen = new HashSet<string>();
        do
        {
            var page = await _folder.Journal.SearchAsync(new CaseQuery(null, 1_000) { Cursor = cursor }, default);
            Assert.All(page.Cases, c => Assert.True(seen.Add(c.Id)));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(callers * each, seen.Count);
    }

    [Fact]
    public async Task WriteAside_ByMany_LetsAReportWaitForAFewOnly()
    {
        var written = 0;
        using var hold = await WriterHold.TakeAsync(_folder.Store);
        var aside = Enumerable.Range(0, 90).Select(_ => _folder.Store.WriteAsideAsync(_ => ++written, default)).ToArray();
        var before = _folder.Store.WriteAsync(_ => written, default);
        hold.Release();
        Assert.Equal(8, await before);
        await Task.WhenAll(aside);
        Assert.Equal(90, written);
    }
}
