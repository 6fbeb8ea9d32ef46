using Microsoft.Data.Sqlite;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Sqlite;

[Trait("Fault", "3")]
public sealed class FaultTests : IDisposable
{
    private readonly StoreFolder _folder = new(("BusySeconds", "1"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Append_WithoutRoom_IsUnavailableAndRecoversByItself()
    {
        var grid = new TestGrid("g");
        await grid.AppendAsync(_folder.Journal, grid.Open());
        _folder.Store.MaxPageCount = 1;
        await DropConnectionAsync();

        JournalUnavailableException? failure = null;
        while (failure is null)
        {
            var append = grid.Open($"key{grid.State.Version}", description: new string('x', 4_000));
            try
            {
                Assert.IsType<AppendOutcome.Appended>(await _folder.Journal.AppendAsync(append, default));
                grid.Apply(append);
                Assert.True(grid.State.Version < 1_000, "The bound of the file had no effect.");
            }
            catch (JournalUnavailableException e)
            {
                failure = e;
            }
        }
        Assert.Equal(13, Assert.IsType<SqliteException>(failure.InnerException).SqliteErrorCode);
        Assert.Null(await _folder.Journal.FindReportAsync($"key{grid.State.Version}", default));
        Assert.Equal(grid.State.Version, (await _folder.Journal.LoadAsync("g", default)).Events.Count);

        _folder.Store.MaxPageCount = 0;
        await grid.AppendAsync(_folder.Journal, grid.Open($"key{grid.State.Version}"));
        _folder.Close();
        Assert.Equal(grid.State.Version, (await _folder.Journal.LoadAsync("g", default)).Events.Count);
    }

    [Fact]
    public async Task Append_WhileAnotherProgramLocks_IsUnavailableAndRecoversByItself()
    {
        var grid = new TestGrid("g");
        await grid.AppendAsync(_folder.Journal, grid.Open());
        using (var other = new SqliteConnection($"Data Source={_folder.File};Pooling=False"))
        {
            other.Open();
            Run(other, "BEGIN EXCLUSIVE");
            var failures = await Task.WhenAll(Enumerable.Range(0, 3).Select(i =>
                Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Journal.AppendAsync(new TestGrid($"h{i}").Open("key"), default))));
            Assert.All(failures, e => Assert.Equal(5, Assert.IsType<SqliteException>(e.InnerException).SqliteErrorCode));
            Assert.Single((await _folder.Journal.LoadAsync("g", default)).Events);
            Run(other, "ROLLBACK");
        }
        await grid.AppendAsync(_folder.Journal, grid.Open("key"));
        Assert.Empty((await _folder.Journal.LoadAsync("h0", default)).Events);
    }

    [Fact]
    public async Task Probe_WhileNothingCanBeWritten_IsUnavailableAndLeavesNothingBehind()
    {
        await _folder.Journal.ProbeAsync(default);
        using (var other = new SqliteConnection($"Data Source={_folder.File};Pooling=False"))
        {
            other.Open();
            Run(other, "BEGIN EXCLUSIVE");
            await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Journal.ProbeAsync(default));
            Run(other, "ROLLBACK");
        }
        await _folder.Journal.ProbeAsync(default);

        Assert.Null((await _folder.Journal.LoadAsync("", default)).Snapshot);
    }

    [Fact]
    public async Task Probe_WithoutRoom_IsUnavailable()
    {
        _folder.Store.MaxPageCount = 1;
        await DropConnectionAsync();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Journal.ProbeAsync(default));

        _folder.Store.MaxPageCount = 0;
        await _folder.Journal.ProbeAsync(default);
    }

    [Fact]
    public async Task Write_OnAReadOnlyConnection_IsUnavailableAndRecoversByItself()
    {
        var grid = new TestGrid("g");
        await _folder.Store.WriteAsync(session => session.Run("PRAGMA query_only = ON"), default);

        var failure = await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Journal.AppendAsync(grid.Open("key"), default));
        Assert.Equal(8, Assert.IsType<SqliteException>(failure.InnerException).SqliteErrorCode);
        await grid.AppendAsync(_folder.Journal, grid.Open("key"));
    }

    [Fact]
    public async Task Writes_WhileUnavailable_AreAllRefused()
    {
        await _folder.Store.WriteAsync(session => session.Run("PRAGMA query_only = ON"), default);
        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => _folder.Territories.TryAddAsync(new StoredTerritory(1, "{}"u8.ToArray(), "f"), null, default));
        await _folder.Store.WriteAsync(session => session.Run("PRAGMA query_only = ON"), default);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Units.EnrolAsync([new UnitEnrolment("u", "s")], default));
        Assert.Empty(await _folder.Units.LoadEnrolmentsAsync(default));
    }

    /// <summary>Any failure makes the writer open a new connection.</summary>
    private Task DropConnectionAsync() => Assert.ThrowsAsync<InvalidOperationException>(
        () => _folder.Store.WriteAsync<bool>(_ => throw new InvalidOperationException(), default));

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
