using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;
using Situational.Storage.Tests.Upkeep;

namespace Situational.Storage.Tests.Redis;

/// <summary>A whole city from SQLite to Redis and back.</summary>
public sealed class RedisMigrateTests(SharedRedis redis) : IDisposable
{
    private readonly StoreFolder _sqlite = new(("SnapshotEvery", "5"));
    private readonly RedisSpace _redis = new(redis.Server, ("SnapshotEvery", "5"));

    public void Dispose()
    {
        _sqlite.Dispose();
        _redis.Dispose();
    }

    [Fact]
    public async Task Migrate_ToRedisAndBack_MovesEverythingAndVerifies()
    {
        var city = await LivingCity.FillAsync(_sqlite);
        var before = await MigrateTests.TellAsync(_sqlite);
        _sqlite.Close();
        var run = await MigrateAsync("sqlite", "redis", "--data", _sqlite.Data);
        Assert.Equal(("", "", 0), (run.Refusal, run.Faults, run.Code));
        Assert.Contains($"keys {_redis.Prefix}:* holds all of {_sqlite.File}", run.Output, StringComparison.Ordinal);
        Assert.Contains("moving: 2 of 2 grids, 35 of 35 events, 100 %", run.Progress, StringComparison.Ordinal);
        Assert.Contains("verifying: 2 of 2 grids, 35 of 35 events, 100 %", run.Progress, StringComparison.Ordinal);
        Assert.Equal(before, await MigrateTests.TellAsync(_redis));

        // The city goes on where it was.
        await new TestGrid("330106001001009").AppendAsync(_redis.Journal, new TestGrid("330106001001009").Open("key-new"));
        Assert.Equal(new AppendOutcome.KeyTaken(new AcceptedReport("key-1", "f", $"{LivingCity.A}-1")),
            await _redis.Journal.AppendAsync(new TestGrid("h").Open("key-1"), default));
        Assert.Equal(city[LivingCity.A].Version, (await TestHistory.StateAsync(_redis.Journal, LivingCity.A)).Version);
        before = await MigrateTests.TellAsync(_redis);
        _redis.Close();

        using var back = new StoreFolder();
        run = await MigrateAsync("redis", "sqlite", "--to-data", back.Data);
        Assert.Equal(("", "", 0), (run.Refusal, run.Faults, run.Code));
        Assert.Equal(before, await MigrateTests.TellAsync(back));
    }

    [Fact]
    public async Task Verify_OfACityThatLivedOnRedis_FindsNoFault()
    {
        await LivingCity.FillAsync(_redis);
        _redis.Close();
        var run = await VerifyAsync();
        Assert.Equal(("", "", 0), (run.Refusal, run.Faults, run.Code));
        Assert.Contains("No fault found.", run.Output, StringComparison.Ordinal);
    }

    [Trait("Fault", "16")]
    [Trait("Fault", "S10")]
    [Theory]
    [InlineData("HDEL {grid:330106001001001}:cases 330106001001001-2", "330106001001001-2")]
    [InlineData("XDEL {grid:330106001001001}:events 4-0", "event 4 of grid 330106001001001")]
    [InlineData("HSET {city}:case-facts 0000000000000001 00000000{}", "fact of case")]
    [InlineData("HSET {grid:330106001001001}:head snapshot 00000000{}", "snapshot")]
    [InlineData("DEL {city}:case-entries", "entry of the case with number")]
    [InlineData("HDEL {units}:squads u1", "unit u1")]
    [InlineData("HDEL {units}:duty u1", "the duty state of unit u1: its checksum does not match")]
    [InlineData("DEL {trails}:grid-names", "its grid is unknown")]
    [InlineData("HDEL {coverage}:sheets:1:739889 330106001001001", "the Daily sheet of grid 330106001001001 from 2026-10-01: its cells are missing")]
    [InlineData("HSET {coverage}:sheets:1:739889 330106001001001 00000000", "the Daily sheet of grid 330106001001001 from 2026-10-01: its checksum does not match")]
    [InlineData("HSET {coverage}:figures:1:739889 330106001001001 0123456789012345", "its figures are not those that stand beside it")]
    [InlineData("HSET {coverage}:figures:1:739889 330106001001001 x", "its figures cannot be read")]
    [InlineData("HSET {city}:alerts sos:u1:1 00000000{}", "the acknowledgement of alert sos:u1:1: its checksum does not match")]
    public async Task Verify_OfADamagedStore_NamesThePlace(string damage, string place)
    {
        await LivingCity.FillAsync(_redis);
        _redis.Close();
        var words = damage.Split(' ');
        words[1] = $"{_redis.Prefix}:{words[1]}";
        await _redis.Server.CommandAsync(words);
        var run = await VerifyAsync();
        Assert.Equal(2, run.Code);
        Assert.Contains(place, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upkeep_WhileAServerRuns_IsRefused()
    {
        await LivingCity.FillAsync(_redis);
        await LivingCity.FillAsync(_sqlite);
        _sqlite.Close();
        Assert.Contains("is in use by a running server", (await VerifyAsync()).Refusal, StringComparison.Ordinal);
        Assert.Contains("is in use by a running server", (await MigrateAsync("sqlite", "redis", "--data", _sqlite.Data)).Refusal, StringComparison.Ordinal);
        _redis.Close();
        Assert.Contains("is not empty: it holds territories", (await MigrateAsync("sqlite", "redis", "--data", _sqlite.Data)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_ThatWasInterrupted_LeavesATargetThatNoServerTakesAndBeginsAnew()
    {
        await LivingCity.FillAsync(_sqlite);
        var before = await MigrateTests.TellAsync(_sqlite);
        _sqlite.Close();
        await redis.Server.CommandAsync(["SET", $"{_redis.Prefix}:{{city}}:unfinished", "a store"]);
        await redis.Server.CommandAsync(["ZADD", $"{_redis.Prefix}:{{city}}:grids", "0", "half"]);
        await redis.Server.CommandAsync(["HSET", $"{_redis.Prefix}:{{grid:half}}:head", "version", "7"]);
        var refusal = await Assert.ThrowsAsync<StorageUnusableException>(() => _redis.Journal.ProbeAsync(default));
        Assert.Contains("is incomplete: moving a store into it was interrupted", refusal.Message, StringComparison.Ordinal);
        _redis.Close();
        Assert.Contains("is incomplete", (await VerifyAsync()).Refusal, StringComparison.Ordinal);

        Assert.Equal(0, (await MigrateAsync("sqlite", "redis", "--data", _sqlite.Data)).Code);
        Assert.Equal(before, await MigrateTests.TellAsync(_redis));
    }

    private Task<UpkeepCommand> MigrateAsync(string from, string to, string folder, string data) => UpkeepCommand.RunAsync(
        "migrate", "--from", from, "--to", to, folder, data, "--redis", redis.Server.Address, $"--Situational:Storage:Redis:Prefix={_redis.Prefix}");

    private Task<UpkeepCommand> VerifyAsync() => UpkeepCommand.RunAsync(
        "verify", "--redis", redis.Server.Address, $"--Situational:Storage:Redis:Prefix={_redis.Prefix}");
}
