using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Situational.Storage.Sqlite;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Sqlite;

public sealed class SchemaTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_OfAnOlderFile_BringsItForwardWithItsData()
    {
        var grid = new TestGrid("g");
        await grid.AppendAsync(_folder.Journal, grid.Open());
        _folder.Close();
        using (var newer = Open([.. Schema.Steps, "CREATE TABLE more (x INTEGER);", "INSERT INTO more VALUES (7);"]))
        {
            Assert.Equal(7L, await newer.ReadAsync(session => session.Value("SELECT x FROM more"), default));
            Assert.Equal(1L, await newer.ReadAsync(session => session.Value("SELECT count(*) FROM events"), default));
            Assert.Equal((long)Schema.Steps.Count + 2, await newer.ReadAsync(session => session.Value("PRAGMA user_version"), default));
        }
        using var again = Open([.. Schema.Steps, "CREATE TABLE more (x INTEGER);", "INSERT INTO more VALUES (7);"]);
        Assert.Equal(1L, await again.ReadAsync(session => session.Value("SELECT count(*) FROM more"), default));
    }

    [Fact]
    public async Task Open_WithAStepThatFails_ChangesNothing()
    {
        Assert.NotNull(_folder.Store);
        _folder.Close();
        Assert.Throws<StorageUnusableException>(() => Open([.. Schema.Steps, "CREATE TABLE half (x INTEGER); CREATE TABLE half (y INTEGER);"]));
        Assert.Equal(0L, await _folder.Store.ReadAsync(session => session.Value("SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), default));
    }

    [Fact]
    public void Open_OfANewerFile_IsRefusedClearly()
    {
        Open([.. Schema.Steps, "CREATE TABLE more (x INTEGER);"]).Dispose();
        var refusal = Assert.Throws<StorageUnusableException>(() => _folder.Store);
        Assert.Contains($"schema version {Schema.Steps.Count + 1} and this program knows up to {Schema.Steps.Count}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.File, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writer_IsDurableAndReadersCannotWrite()
    {
        Assert.Equal("wal", await _folder.Store.ReadAsync(session => session.Value("PRAGMA journal_mode"), default));
        Assert.Equal(2L, await _folder.Store.WriteAsync(session => session.Value("PRAGMA synchronous"), default));
        Assert.Equal(1L, await _folder.Store.ReadAsync(session => session.Value("PRAGMA query_only"), default));
    }

    private SqliteStore Open(IReadOnlyList<SchemaStep> steps) => new(
        Options.Create(new StorageOptions { Data = _folder.Data }), _folder.Time, NullLogger<SqliteStore>.Instance, steps);
}
