using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

[Trait("Fault", "16")]
public sealed class RedisDamageTests(SharedRedis redis) : IDisposable
{
    private readonly RedisSpace _store = new(redis.Server, ("SnapshotEvery", "5"));

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("XDEL {grid:g}:events 6-0", 6)]
    [InlineData("XTRIM {grid:g}:events MINID 8-0", 6)]
    [InlineData("XDEL {grid:g}:events 9-0", 9)]
    [InlineData("DEL {grid:g}:events", 6)]
    [InlineData("HSET {grid:g}:head version 4", 5)]
    [InlineData("HSET {grid:g}:head version 12", 10)]
    public async Task Load_OfDamagedHistory_RefusesAndNamesThePlace(string damage, long version)
    {
        await FillAsync(9);
        await DamageAsync(damage);
        await AssertDamagedAsync(version);
    }

    [Fact]
    public async Task Load_OfAChangedEvent_RefusesAndNamesThePlace()
    {
        await FillAsync(9);
        // The event of another version in the place of the last one.
        await DamageAsync("XDEL {grid:g}:events 9-0");
        await DamageAsync("XSETID {grid:g}:events 8-0");
        await DamageAsync("XADD {grid:g}:events 9-0 a x c g-9 e 00000000{\"$type\":\"case-closed\"}");
        await AssertDamagedAsync(9);
    }

    [Fact]
    public async Task Load_OfAnotherGridThanTheDamaged_Works()
    {
        await FillAsync(9);
        var other = new TestGrid("h");
        await other.AppendAsync(_store.Journal, other.Open());
        await DamageAsync("DEL {grid:g}:events");
        Assert.Single((await _store.Journal.LoadAsync("h", default)).Events);
    }

    [Fact]
    public async Task Load_WithADamagedSnapshot_ReadsAllEvents()
    {
        await FillAsync(9);
        await DamageAsync("HSET {grid:g}:head snapshot 00000000{}");
        var history = await _store.Journal.LoadAsync("g", default);
        Assert.Null(history.Snapshot);
        Assert.Equal(9, history.Events.Count);
        Assert.Contains(_store.Log.Lines, l => l.Text.Contains("snapshot of grid g is damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FindCase_OfADamagedRow_RefusesAndNamesTheCase()
    {
        await FillAsync(2);
        await DamageAsync("HSET {grid:g}:cases g-2 deadbeef{}");
        var refusal = await Assert.ThrowsAsync<JournalDamagedException>(() => _store.Journal.FindCaseAsync("g-2", default));
        Assert.Contains("case g-2", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(await _store.Journal.FindCaseAsync("g-1", default));
    }

    [Fact]
    public async Task LoadNewest_OfDamagedTerritory_RefusesAndNamesTheVersion()
    {
        await _store.Territories.TryAddAsync(new StoredTerritory(3, "text"u8.ToArray(), "another"), null, default);
        var refusal = await Assert.ThrowsAsync<JournalDamagedException>(() => _store.Territories.LoadNewestAsync(default));
        Assert.Contains("version 3", refusal.Message, StringComparison.Ordinal);
    }

    private async Task AssertDamagedAsync(long version)
    {
        var refusal = await Assert.ThrowsAsync<JournalDamagedException>(() => _store.Journal.LoadAsync("g", default));
        Assert.Equal("g", refusal.Grid);
        Assert.Equal(version, refusal.Version);
        Assert.Contains($"version {version} of grid g", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_store.Prefix, refusal.Message, StringComparison.Ordinal);
    }

    private async Task FillAsync(int events)
    {
        var grid = new TestGrid("g");
        for (var i = 0; i < events; i++)
            await grid.AppendAsync(_store.Journal, grid.Open());
    }

    private Task DamageAsync(string command)
    {
        var words = command.Split(' ');
        words[1] = $"{_store.Prefix}:{words[1]}";
        return _store.Server.CommandAsync(words);
    }
}
