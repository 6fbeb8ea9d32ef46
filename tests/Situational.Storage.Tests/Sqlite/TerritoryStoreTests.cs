using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Sqlite;

public sealed class TerritoryStoreTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LoadNewest_BeforeTheFirst_IsNull() => Assert.Null(await _folder.Territories.LoadNewestAsync(default));

    [Fact]
    public async Task LoadNewest_AfterReopening_GivesTheNewest()
    {
        Assert.True(await _folder.Territories.TryAddAsync(Territory(1, "one"), default));
        Assert.True(await _folder.Territories.TryAddAsync(Territory(2, "二"), default));
        _folder.Close();
        var newest = await _folder.Territories.LoadNewestAsync(default);
        Assert.Equal(2, newest!.Version);
        Assert.Equal("二", Encoding.UTF8.GetString(newest.GeoJson.Span));
        Assert.Equal(Territory(2, "二").Fingerprint, newest.Fingerprint);
    }

    [Fact]
    public async Task TryAdd_OfATakenVersion_IsFalseAndChangesNothing()
    {
        Assert.True(await _folder.Territories.TryAddAsync(Territory(1, "one"), default));
        Assert.False(await _folder.Territories.TryAddAsync(Territory(1, "other"), default));
        Assert.Equal("one", Encoding.UTF8.GetString((await _folder.Territories.LoadNewestAsync(default))!.GeoJson.Span));
    }

    [Fact]
    public async Task TryAdd_OfOneVersionFromManyAtOnce_OneWins()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _folder.Territories.TryAddAsync(Territory(1, $"{i}"), default)));
        Assert.Single(added, true);
    }

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

    private static StoredTerritory Territory(int version, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new StoredTerritory(version, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
