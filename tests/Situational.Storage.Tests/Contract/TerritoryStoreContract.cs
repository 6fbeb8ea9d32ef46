using System.Security.Cryptography;
using System.Text;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Contract;

public abstract class TerritoryStoreContract(StoreUnderTest store) : IDisposable
{

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task LoadNewest_BeforeTheFirst_IsNull() => Assert.Null(await store.Territories.LoadNewestAsync(default));

    [Fact]
    public async Task LoadNewest_AfterReopening_GivesTheNewest()
    {
        Assert.True(await store.Territories.TryAddAsync(Territory(1, "one"), null, default));
        Assert.True(await store.Territories.TryAddAsync(Territory(2, "二"), null, default));
        store.Close();
        var newest = await store.Territories.LoadNewestAsync(default);
        Assert.Equal(2, newest!.Version);
        Assert.Equal("二", Encoding.UTF8.GetString(newest.GeoJson.Span));
        Assert.Equal(Territory(2, "二").Fingerprint, newest.Fingerprint);
    }

    [Fact]
    public async Task TryAdd_OfATakenVersion_IsFalseAndChangesNothing()
    {
        Assert.True(await store.Territories.TryAddAsync(Territory(1, "one"), null, default));
        Assert.False(await store.Territories.TryAddAsync(Territory(1, "other"), null, default));
        Assert.Equal("one", Encoding.UTF8.GetString((await store.Territories.LoadNewestAsync(default))!.GeoJson.Span));
    }

    [Fact]
    public async Task Versions_AreListedOldestFirstWithTheirTimes_AndEachIsThere()
    {
        var since = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero).AddTicks(7);
        await store.Territories.TryAddAsync(Territory(2, "二") with { InForceAt = since }, null, default);
        await store.Territories.TryAddAsync(Territory(1, "one"), null, default);
        Assert.Equal(
            [new TerritoryVersion(1, Territory(1, "one").Fingerprint, null), new TerritoryVersion(2, Territory(2, "二").Fingerprint, since)],
            await store.Territories.ListAsync(default));
        var second = await store.Territories.LoadAsync(2, default);
        Assert.Equal(("二", (DateTimeOffset?)since), (Encoding.UTF8.GetString(second!.GeoJson.Span), second.InForceAt));
        Assert.Null((await store.Territories.LoadAsync(1, default))!.InForceAt);
        Assert.Null(await store.Territories.LoadAsync(3, default));
    }

    [Fact]
    public async Task TryAdd_OfOneVersionFromManyAtOnce_OneWins()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => store.Territories.TryAddAsync(Territory(1, $"{i}"), null, default)));
        Assert.Single(added, true);
    }

    [Fact]
    public async Task TryAdd_WithAnEntry_WritesItOnceForEachVersionInForce()
    {
        var since = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        foreach (var version in (int[])[1, 2])
        {
            Assert.True(await store.Territories.TryAddAsync(Territory(version, $"{version}"), Entry(version, "first"), default));
            Assert.False(await store.Territories.TryAddAsync(Territory(version, "other"), Entry(version, "second"), default));
        }
        store.Close();
        var trail = await store.Audit.SearchAsync(new AuditQuery(10), default);
        Assert.Equal([Entry(2, "first"), Entry(1, "first")], trail.Entries);
        Assert.Equal([Entry(2, "first")], (await store.Audit.SearchAsync(new AuditQuery(10, Target: "2"), default)).Entries);

        AuditEntry Entry(int version, string detail) =>
            new(since.AddDays(version), "officer-wang", "officer", "10.0.0.7", "territory.put", $"{version}", detail);
    }

    protected static StoredTerritory Territory(int version, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new StoredTerritory(version, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
