using Microsoft.Data.Sqlite;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Sqlite;

/// <summary>FAULTS.md, faults 3: a disk whose fsync, inside COMMIT, takes 10 ms longer or fails.</summary>
[Trait("Fault", "3")]
public sealed class SlowFsyncTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly DiskShim _disk;

    public SlowFsyncTests() => _disk = new DiskShim(_folder.Path);

    public void Dispose()
    {
        _folder.Dispose();
        _disk.Dispose();
    }

    [Fact]
    public async Task Append_OnASlowDisk_WaitsForItsFsyncAndSharesIt()
    {
        _disk.Delay = TimeSpan.FromMilliseconds(10);
        Assert.NotNull(_folder.Store);
        const int callers = 64, each = 5;
        var before = _disk.Syncs;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            var grid = new TestGrid($"g{caller}");
            for (var i = 0; i < each; i++)
            {
                var asked = _disk.Syncs;
                await grid.AppendAsync(_folder.Journal, grid.Open($"{caller}/{i}"));
                Assert.True(_disk.Syncs > asked, "An append was acknowledged without an fsync.");
            }
        }));
        Assert.InRange(_disk.Syncs - before, each, callers * each / 2);
        _folder.Close();
        for (var caller = 0; caller < callers; caller++)
            Assert.Equal(each, (await _folder.Journal.LoadAsync($"g{caller}", default)).Events.Count);
    }

    [Fact]
    public async Task Append_WhenTheFsyncFails_IsNotAcknowledgedAndRecoversByItselfWithoutADouble()
    {
        var grid = new TestGrid("g");
        await grid.AppendAsync(_folder.Journal, grid.Open("before"));
        var inDoubt = grid.Open("key");
        _disk.Fails = true;
        var failure = await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Journal.AppendAsync(inDoubt, default));
        Assert.True(failure.OutcomeUnknown);
        Assert.Equal(10, Assert.IsType<SqliteException>(failure.InnerException).SqliteErrorCode);

        // Whether it is there after a crash nobody knows: so nobody is told of it, and nothing is taken on top of it.
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Journal.FindReportAsync("key", default));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Journal.LoadAsync("g", default));
        var next = await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Journal.AppendAsync(new TestGrid("h").Open("next"), default));
        Assert.False(next.OutcomeUnknown);

        _disk.Fails = false;
        var found = await UntilAsync(() => _folder.Journal.FindReportAsync("key", default));
        var events = (await _folder.Journal.LoadAsync("g", default)).Events.Count;
        Assert.Equal(found is null ? 1 : 2, events);
        var again = await _folder.Journal.AppendAsync(inDoubt, default);
        if (found is null)
            Assert.IsType<AppendOutcome.Appended>(again);
        else
            Assert.Equal(new AppendOutcome.KeyTaken(inDoubt.Report!), again);
        _folder.Close();
        Assert.Equal(2, (await _folder.Journal.LoadAsync("g", default)).Events.Count);
        Assert.Empty((await _folder.Journal.LoadAsync("h", default)).Events);
    }

    [Fact]
    public async Task Close_WithAWriteInDoubt_LeavesItThereOnceOrNotAtAll()
    {
        var grid = new TestGrid("g");
        await grid.AppendAsync(_folder.Journal, grid.Open("before"));
        var inDoubt = grid.Open("key");
        _disk.Fails = true;
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Journal.AppendAsync(inDoubt, default));
        _folder.Close();
        Assert.ThrowsAny<StorageUnusableException>(() => _folder.Store);

        _disk.Fails = false;
        var found = await _folder.Journal.FindReportAsync("key", default);
        Assert.Equal(found is null ? 1 : 2, (await _folder.Journal.LoadAsync("g", default)).Events.Count);
        await _folder.Journal.AppendAsync(inDoubt, default);
        Assert.Equal(2, (await _folder.Journal.LoadAsync("g", default)).Events.Count);
    }

    /// <summary>Asks until the store answers.</summary>
    private static async Task<T> UntilAsync<T>(Func<Task<T>> ask)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
            try
            {
                return await ask();
            }
            catch (JournalUnavailableException) when (!patience.IsCancellationRequested)
            {
                await Task.Yield();
            }
    }
}
