using Microsoft.Data.Sqlite;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Sqlite;

[Trait("Fault", "16")]
public sealed class DamageTests : IDisposable
{
    private readonly StoreFolder _folder = new(("SnapshotEvery", "5"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("UPDATE events SET data = replace(data, '井', '丼') WHERE grid = 'g' AND version = 7", 7)]
    [InlineData("UPDATE events SET checksum = checksum + 1 WHERE grid = 'g' AND version = 6", 6)]
    [InlineData("DELETE FROM events WHERE grid = 'g' AND version = 6", 6)]
    [InlineData("UPDATE events SET data = (SELECT data FROM events WHERE grid = 'g' AND version = 6), checksum = (SELECT checksum FROM events WHERE grid = 'g' AND version = 6) WHERE grid = 'g' AND version = 8", 8)]
    [InlineData("DELETE FROM events WHERE grid = 'g' AND version >= 5", 5)]
    public async Task Load_OfDamagedHistory_RefusesAndNamesThePlace(string damage, long version)
    {
        await FillAsync(9);
        Damage(damage);

        var refusal = await Assert.ThrowsAsync<JournalDamagedException>(() => _folder.Journal.LoadAsync("g", default));
        Assert.Equal(_folder.File, refusal.File);
        Assert.Equal("g", refusal.Grid);
        Assert.Equal(version, refusal.Version);
        Assert.Contains($"version {version} of grid g", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.File, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_OfAnotherGridThanTheDamaged_Works()
    {
        await FillAsync(9);
        var other = new TestGrid("h");
        await other.AppendAsync(_folder.Journal, other.Open());
        Damage("UPDATE events SET checksum = 0 WHERE grid = 'g'");
        Assert.Single((await _folder.Journal.LoadAsync("h", default)).Events);
    }

    [Fact]
    public async Task Load_WithADamagedSnapshot_ReadsAllEvents()
    {
        await FillAsync(9);
        Damage("UPDATE snapshots SET data = x'7b7d' WHERE grid = 'g'");
        var history = await _folder.Journal.LoadAsync("g", default);
        Assert.Null(history.Snapshot);
        Assert.Equal(9, history.Events.Count);
    }

    [Fact]
    public async Task FindCase_OfADamagedRow_RefusesAndNamesTheCase()
    {
        await FillAsync(2);
        Damage("UPDATE case_data SET data = replace(data, 'yellow', 'blue'), checksum = 1 WHERE number = (SELECT number FROM cases WHERE id = 'g-2')");
        var refusal = await Assert.ThrowsAsync<JournalDamagedException>(() => _folder.Journal.FindCaseAsync("g-2", default));
        Assert.Contains("case g-2", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(await _folder.Journal.FindCaseAsync("g-1", default));
    }

    [Fact]
    public async Task Open_WithATornTail_DropsOnlyWhatWasNotAcknowledged()
    {
        var grid = await FillAsync(9);
        // The files as a crash leaves them: copied while open, with half a frame that no commit followed.
        var copy = new StoreFolder();
        Directory.CreateDirectory(copy.Data);
        File.Copy(_folder.File, copy.File);
        File.Copy(_folder.File + "-wal", copy.File + "-wal");
        await using (var wal = new FileStream(copy.File + "-wal", FileMode.Append))
            await wal.WriteAsync(new byte[2_500].AsMemory());
        using (copy)
        {
            var history = await copy.Journal.LoadAsync("g", default);
            Assert.Equal(grid.State.Version, (history.Snapshot?.Version ?? 0) + history.Events.Count);
            await grid.AppendAsync(copy.Journal, grid.Open());
        }
    }

    [Fact]
    public async Task Open_WithTheLastCommitTorn_KeepsAllBefore()
    {
        var grid = await FillAsync(9);
        using var copy = new StoreFolder();
        Directory.CreateDirectory(copy.Data);
        File.Copy(_folder.File, copy.File);
        File.Copy(_folder.File + "-wal", copy.File + "-wal");
        await using (var wal = new FileStream(copy.File + "-wal", FileMode.Open))
            wal.SetLength(wal.Length - 100);
        var history = await copy.Journal.LoadAsync("g", default);
        Assert.Equal(grid.State.Version - 1, (history.Snapshot?.Version ?? 0) + history.Events.Count);
    }

    [Fact]
    public async Task Load_FromAFileWithOverwrittenPages_RefusesAndNamesTheFile()
    {
        await FillAsync(400);
        _folder.Close();
        await using (var file = new FileStream(_folder.File, FileMode.Open))
        {
            file.Seek(file.Length / 4 / 4096 * 4096, SeekOrigin.Begin);
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)(file.Length / 2)).ToArray());
        }
        var refusal = await Assert.ThrowsAnyAsync<Exception>(async () => await _folder.Journal.LoadAsync("g", default));
        Assert.True(refusal is JournalDamagedException or StorageUnusableException, refusal.ToString());
        Assert.Contains(_folder.File, refusal.Message, StringComparison.Ordinal);
    }

    private async Task<TestGrid> FillAsync(int events)
    {
        var grid = new TestGrid("g");
        for (var i = 0; i < events; i++)
            await grid.AppendAsync(_folder.Journal, grid.Open());
        return grid;
    }

    private void Damage(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }
}
