using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;
using Situational.Testing;

namespace Situational.Storage.Tests.Sqlite;

/// <summary>A disk that is really full: a file system in memory of 1 MB. Needs the right to mount one.</summary>
[Trait("Fault", "3")]
public sealed class FullDiskTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private SmallDisk? _disk;

    public void Dispose()
    {
        _folder.Close();
        _disk?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Append_OnAFullDisk_IsUnavailableAndRecoversWithRoom()
    {
        _disk = SmallDisk.Mount(_folder.Data, 1, Assert.Skip);

        var grid = new TestGrid("g");
        JournalUnavailableException? failure = null;
        while (failure is null)
        {
            var append = grid.Open($"key{grid.State.Version}", description: new string('x', 4_000));
            try
            {
                Assert.IsType<AppendOutcome.Appended>(await _folder.Journal.AppendAsync(append, default));
                grid.Apply(append);
                Assert.True(grid.State.Version < 1_000, "The disk never filled.");
            }
            catch (JournalUnavailableException e)
            {
                failure = e;
            }
        }
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Journal.AppendAsync(grid.Open("again", description: new string('y', 20_000)), default));
        Assert.True(grid.State.Version > 0);
        _disk.Resize(8);

        await grid.AppendAsync(_folder.Journal, grid.Open($"key{grid.State.Version}"));
        _folder.Close();
        var history = await _folder.Journal.LoadAsync("g", default);
        Assert.Equal(grid.State.Version, (history.Snapshot?.Version ?? 0) + history.Events.Count);
    }
}
