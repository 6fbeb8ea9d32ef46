using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Sqlite;

/// <summary>A disk that hangs instead of failing: the writer's transaction does not come back.</summary>
[Trait("Fault", "3")]
public sealed class StallTests : IDisposable
{
    private readonly StoreFolder _folder = new(("AnswerSeconds", "1"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Append_WhileTheDiskHangs_IsRefusedAndTheTakenOneIsWaitedFor()
    {
        var journal = _folder.Journal;
        using var hold = await WriterHold.TakeAsync(_folder.Store);
        var waiting = journal.AppendAsync(new TestGrid("waiting").Open("key"), default);

        var refusal = await Assert.ThrowsAsync<JournalUnavailableException>(() => waiting.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("does not answer", refusal.Message, StringComparison.Ordinal);
        var next = journal.AppendAsync(new TestGrid("next").Open(), default);
        Assert.True(next.IsFaulted, "While the disk hangs a write is refused at once.");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => next);
        Assert.False(hold.Done.IsCompleted);

        hold.Release();
        await hold.Done;
        await AppendWhenBackAsync(new TestGrid("waiting").Open("key"));
        Assert.Equal("waiting-1", (await journal.FindReportAsync("key", default))!.CaseId);
        Assert.Empty((await journal.LoadAsync("next", default)).Events);
    }

    [Fact]
    public async Task Close_WhileTheDiskHangs_EndsAndKeepsTheFolder()
    {
        using var hold = await WriterHold.TakeAsync(_folder.Store);
        var store = _folder.Store;
        var waiting = _folder.Journal.AppendAsync(new TestGrid("g").Open(), default);
        await Task.Run(_folder.Close).WaitAsync(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<JournalUnavailableException>(() => waiting);
        Assert.False(hold.Done.IsCompleted);
        Assert.Throws<StorageUnusableException>(() => _folder.Store);
        hold.Release();
        await hold.Done;
        GC.KeepAlive(store);
    }

    [Fact]
    public async Task LookUp_WhenTheDiskHangs_IsRefusedAndItsReaderComesBack()
    {
        var release = new TaskCompletionSource();
        var readers = _folder.Store.Options.Readers;
        var hanging = Enumerable.Range(0, readers).Select(_ => _folder.Store.FindAsync(_ => Held(release), default)).ToArray();
        foreach (var read in hanging)
            await Assert.ThrowsAsync<JournalUnavailableException>(() => read.WaitAsync(TimeSpan.FromMinutes(1)));

        await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Journal.FindReportAsync("key", default).WaitAsync(TimeSpan.FromMinutes(1)));
        release.SetResult();
        await Task.WhenAll(Enumerable.Range(0, readers).Select(_ => _folder.Store.ReadAsync(_ => true, default)));
        Assert.Null(await _folder.Journal.FindReportAsync("key", default));
    }

    [Fact]
    public async Task LookUp_WhileSearchesTakeAllTheyMay_DoesNotWait()
    {
        var release = new TaskCompletionSource();
        var searches = Enumerable.Range(0, _folder.Store.Options.Readers - 1).Select(_ => _folder.Store.SearchAsync(_ => Held(release), default)).ToArray();

        await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Journal.SearchAsync(new CaseQuery(null, 1), default));
        Assert.Null(await _folder.Journal.FindReportAsync("key", default));
        Assert.Empty((await _folder.Journal.LoadAsync("g", default)).Events);
        Assert.All(searches, s => Assert.False(s.IsCompletedSuccessfully));
        release.SetResult();
    }

    [Fact]
    public async Task Search_LongerThanItsTime_IsStopped()
    {
        _folder.Settings = [("SearchSeconds", "1")];
        var refusal = await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Store.SearchAsync(
            session => session.Value("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"), default));
        Assert.Contains("took too long", refusal.Message, StringComparison.Ordinal);
        Assert.Empty((await _folder.Journal.SearchAsync(new CaseQuery(null, 1), default)).Cases);
    }

    private static bool Held(TaskCompletionSource release)
    {
        release.Task.Wait();
        return true;
    }

    /// <summary>The writer may need a moment from its answer to the end of its batch.</summary>
    private async Task AppendWhenBackAsync(JournalAppend append)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
            try
            {
                Assert.IsType<AppendOutcome.Appended>(await _folder.Journal.AppendAsync(append, default));
                return;
            }
            catch (JournalUnavailableException) when (TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromMinutes(1))
            {
                await Task.Yield();
            }
    }
}
