using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;
using Situational.Testing;

namespace Situational.Storage.Tests.Redis;

/// <summary>What the desks keep, where Redis is away, damaged, or has lost what this process still remembers.</summary>
public sealed class RedisDeskFaultTests(SharedRedis shared)
{
    private static readonly AuditEntry Entry = new(TestGrid.Noon, "officer-wang", "officer", null, "unit.duty", "u");
    private static readonly UnitDuty Off = new("u", "s", false, TestGrid.Noon, null);
    private static readonly TrailPoint Here = new("u", TestGrid.Noon, 30, 120, 5, "g");
    private static readonly CoveragePeriod Day = new(CoverageCadence.Daily, new DateOnly(2026, 11, 22));
    private static readonly CoverageSheet Sheet = new(new CoverageFigure("g", Day, 100, 50), "frame", new byte[] { 1 });
    private static readonly AlertAcknowledgement Seen = new("red:g-1", "officer-wang", TestGrid.Noon);

    [Trait("Fault", "4")]
    [Fact]
    public async Task Calls_WhileRedisIsPaused_AreUnavailableAndWorkAfterwards()
    {
        await using var redis = await RedisServer.StartAsync();
        using var store = new RedisSpace(redis, ("Redis:AnswerSeconds", "1"));
        await store.Trails.SaveAsync([Here], default);
        redis.Pause();
        foreach (var call in Writes(store).Concat(Reads(store)))
            await Assert.ThrowsAsync<JournalUnavailableException>(call);
        redis.Continue();
        foreach (var write in Writes(store))
            await Persevering.WhenBackAsync(async () =>
            {
                await write();
                return true;
            });
        foreach (var read in Reads(store))
            await read();
    }

    [Trait("Fault", "16")]
    [Theory]
    [InlineData("HSET {trails}:slot:5984496 u 0123456789012345", "the trail of unit u")]
    [InlineData("HSET {trails}:slot:5984496 u 0123", "the trail of unit u")]
    [InlineData("DEL {trails}:grid-names", "the trail of unit u")]
    [InlineData("HSET {units}:duty u s\n00000000{}", "the duty state of unit u")]
    [InlineData("HDEL {units}:duty u", "the duty state of unit u")]
    [InlineData("HSET {coverage}:sheets:1:739941 g 00000000", "the Daily sheet of grid g from 2026-11-22")]
    [InlineData("HSET {city}:alerts red:g-1 00000000{}", "the acknowledgement of alert red:g-1")]
    public async Task Read_OfADamagedRow_RefusesAndNamesThePlace(string damage, string place)
    {
        using var store = new RedisSpace(shared.Server);
        foreach (var write in Writes(store))
            await write();
        store.Close();
        var words = damage.Split(' ');
        words[1] = $"{store.Prefix}:{words[1]}";
        await shared.Server.CommandAsync(words);
        var refusals = new List<JournalDamagedException>();
        foreach (var read in Reads(store))
            if (await Record.ExceptionAsync(read) is { } refusal)
                refusals.Add(Assert.IsType<JournalDamagedException>(refusal));
        Assert.NotEmpty(refusals);
        Assert.All(refusals, refusal => Assert.Contains(place, refusal.Message, StringComparison.Ordinal));
        Assert.All(refusals, refusal => Assert.Contains(store.Prefix, refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Save_WithoutItsEntry_KeepsNothing()
    {
        using var store = new RedisSpace(shared.Server);
        Assert.Empty(await store.Duty.LoadAsync("s", default));
        await shared.Server.CommandAsync(["SET", $"{store.Prefix}:{{city}}:audit-entries", "no hash"]);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => store.Duty.SaveAsync(Off, Entry, default));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => store.Alerts.AcknowledgeAsync([Seen], Entry, default));
        Assert.Empty(await store.Duty.LoadAsync("s", default));
        Assert.Empty(await store.Alerts.SinceAsync(DateTimeOffset.UnixEpoch, 10, default));
    }

    /// <summary>As after a crash that lost the last second, in a process that goes on.</summary>
    [Fact]
    public async Task Trails_AfterNumbersOfGridsWereLost_KeepEachPointsGrid()
    {
        using var store = new RedisSpace(shared.Server);
        await store.Trails.SaveAsync([Here, Here with { At = TestGrid.Noon.AddSeconds(1), Grid = "h" }], default);
        await shared.Server.CommandAsync(["DEL", $"{store.Prefix}:{{trails}}:grids", $"{store.Prefix}:{{trails}}:grid-names", $"{store.Prefix}:{{trails}}:slot:5984496"]);
        // Another process gives the first number to another grid.
        await shared.Server.CommandAsync(["HSET", $"{store.Prefix}:{{trails}}:grids", "z", "1"]);
        await shared.Server.CommandAsync(["HSET", $"{store.Prefix}:{{trails}}:grid-names", "1", "z"]);
        TrailPoint[] points = [Here, Here with { At = TestGrid.Noon.AddSeconds(1), Grid = "h" }, Here with { At = TestGrid.Noon.AddSeconds(2), Grid = "z" }];
        await store.Trails.SaveAsync(points, default);
        Assert.Equal(points, await store.Trails.OfUnitAsync("u", TestGrid.Noon, TestGrid.Noon.AddHours(1), 10, default));
        store.Close();
        Assert.Equal(points, await store.Trails.OfUnitAsync("u", TestGrid.Noon, TestGrid.Noon.AddHours(1), 10, default));
    }

    private static IEnumerable<Func<Task>> Writes(RedisSpace store) =>
    [
        () => store.Trails.SaveAsync([Here], default),
        () => store.Duty.SaveAsync(Off, Entry, default),
        () => store.Coverage.SaveAsync([Sheet], default),
        () => store.Alerts.AcknowledgeAsync([Seen], Entry, default),
        () => store.Trails.ForgetAsync(TestGrid.Noon.AddDays(-1), 10, default),
        () => store.Coverage.ForgetAsync(CoverageCadence.Daily, Day.First.AddDays(-1), 10, default),
        () => store.Alerts.ForgetAsync(TestGrid.Noon.AddDays(-1), 10, default),
    ];

    private static IEnumerable<Func<Task>> Reads(RedisSpace store) =>
    [
        async () => Assert.Equal([Here], await store.Trails.OfUnitAsync("u", TestGrid.Noon, TestGrid.Noon, 10, default)),
        async () => Assert.Equal([Here], await ListAsync(store.Trails.AtAsync(TestGrid.Noon, TestGrid.Noon, default))),
        async () => Assert.Equal([Here], await ListAsync(store.Trails.BetweenAsync(TestGrid.Noon.AddHours(-1), TestGrid.Noon, default))),
        async () => Assert.Equal([new GridHeard("g", TestGrid.Noon)], await ListAsync(store.Trails.HeardAsync(TestGrid.Noon, TestGrid.Noon, default))),
        async () => Assert.Equal([Off], await store.Duty.LoadAsync("s", default)),
        async () => Assert.Equal(Sheet.Figure, Assert.Single(await store.Coverage.LoadAsync("g", [Day], default)).Figure),
        async () => Assert.Equal([Sheet.Figure], await ListAsync(store.Coverage.FiguresAsync(CoverageCadence.Daily, Day.First, Day.First, default))),
        async () => Assert.Equal([Seen], await store.Alerts.SinceAsync(DateTimeOffset.UnixEpoch, 10, default)),
    ];

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
            list.Add(item);
        return list;
    }
}
