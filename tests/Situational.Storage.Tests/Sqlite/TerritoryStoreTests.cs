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
        await _folder.Territories.TryAddAsync(Territory(3, "text"), default);
        using (var connection = new SqliteConnection($"Data Source={_folder.File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE territories SET geojson = x'00'";
            command.ExecuteNonQuery();
        }
        var refusal = await Assert.ThrowsAsync<JournalDamagedException>(() => _folder.Territories.LoadNewestAsync(default));
        Assert.Contains("version 3", refusal.Message, StringComparison.Ordinal);
    }
}
