using Microsoft.Data.Sqlite;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Sqlite;

public sealed class TerritoryStoreTests : TerritoryStoreContract
{
    private readonly StoreFolder _folder;

    public TerritoryStoreTests()
        : this(new StoreFolder()) { }

    private TerritoryStoreTests(StoreFolder folder)
        : base(folder) => _folder = folder;

    [Fact]
    public async Task LoadNewest_OfDamagedText_RefusesAndNamesTheVersion()
    {
        await _folder.Territories.TryAddAsync(Territory(3, "text"), null, default);
        Run("UPDATE territories SET geojson = x'00'");
        var refusal = await Assert.ThrowsAsync<JournalDamagedException>(() => _folder.Territories.LoadNewestAsync(default));
        Assert.Contains("version 3", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryAdd_WhenItsEntryCannotBeWritten_BringsNothingIntoForce()
    {
        var entry = new AuditEntry(_folder.Time.GetUtcNow(), "wang", "officer", null, "territory.put", "1");
        Assert.Null(await _folder.Territories.LoadNewestAsync(default));
        Run("CREATE TRIGGER refuses BEFORE INSERT ON audit BEGIN SELECT RAISE(FAIL, 'the test refuses'); END");
        await Assert.ThrowsAnyAsync<Exception>(() => _folder.Territories.TryAddAsync(Territory(1, "one"), entry, default));
        Assert.Null(await _folder.Territories.LoadNewestAsync(default));
        Run("DROP TRIGGER refuses");
        Assert.True(await _folder.Territories.TryAddAsync(Territory(1, "one"), entry, default));
        Assert.Equal([entry], (await _folder.Audit.SearchAsync(new AuditQuery(10), default)).Entries);
    }

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
