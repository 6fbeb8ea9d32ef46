using Microsoft.Extensions.Logging;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;
using Situational.Testing;

namespace Situational.Storage.Tests.Redis;

/// <summary>
/// What <c>appendfsync everysec</c> may lose when the machine stops: the end of the append-only file that no fsync had reached. The file is
/// cut there, as the machine would have left it.
/// </summary>
[Trait("Fault", "5")]
public sealed class LostSecondTests
{
    [Fact]
    public async Task Store_ThatLostItsLastSecond_IsNoticedAndGoesOn()
    {
        await using var redis = await RedisServer.StartAsync(new RedisServerOptions { AppendFsync = "everysec" });
        using var store = new RedisSpace(redis);
        var grid = new TestGrid("g");
        for (var i = 0; i < 3; i++)
            await grid.AppendAsync(store.Journal, grid.Open($"kept{i}"));
        await store.Journal.LoadAsync("g", default);
        await redis.WrittenAsync();
        var kept = await File.ReadAllBytesAsync(redis.AppendOnlyFile);
        var before = grid.State;
        for (var i = 0; i < 2; i++)
            await grid.AppendAsync(store.Journal, grid.Open($"lost{i}"));

        await LeaveAsync(redis, kept);

        // The grid holds five events, its store three: it conflicts, is told with how many, and whoever watches the log is told as well.
        var outcome = await Persevering.WhenBackAsync(() => store.Journal.AppendAsync(grid.Open("next"), default));
        Assert.Equal(new AppendOutcome.VersionConflict(3), outcome);
        Assert.Contains(store.Log.Lines, l => l.Level == LogLevel.Critical && l.Text.Contains("version 3 of grid g and had acknowledged 5", StringComparison.Ordinal));

        var history = await store.Journal.LoadAsync("g", default);
        Assert.Equal(before.Version, history.Events.Count);
        Assert.Null(await store.Journal.FindReportAsync("lost0", default));
        Assert.Null(await store.Journal.FindCaseAsync("g-5", default));
        var again = new TestGrid("g");
        again.Apply(grid.Open() with { StateAfter = before });
        await again.AppendAsync(store.Journal, again.Open("lost0"));
        await again.AppendAsync(store.Journal, again.Open("next"));
        Assert.Equal(["g-5", "g-4", "g-3", "g-2", "g-1"], (await store.Journal.SearchAsync(new CaseQuery(null, 10), default)).Cases.Select(c => c.Id));
    }

    [Fact]
    public async Task Store_CutAnywhere_HoldsEachAppendWhollyOrNotAtAll()
    {
        await using var redis = await RedisServer.StartAsync(new RedisServerOptions { AppendFsync = "everysec" });
        using var store = new RedisSpace(redis, ("SnapshotEvery", "2"));
        var grid = new TestGrid("g");
        for (var i = 0; i < 6; i++)
            await grid.AppendAsync(store.Journal, grid.Open($"key{i}", description: $"key{i}"));
        await store.Journal.LoadAsync("g", default);
        store.Close();
        await redis.WrittenAsync();
        var whole = await File.ReadAllBytesAsync(redis.AppendOnlyFile);
        var last = 6;
        for (var cut = whole.Length - 7; cut > whole.Length / 4; cut -= whole.Length / 40)
        {
            await LeaveAsync(redis, whole[..cut]);
            var history = await store.Journal.LoadAsync("g", default);
            var state = GridFold.Apply(history.Snapshot ?? GridState.Empty("g"), history.Events);
            Assert.InRange(state.Open.Count, 0, last);
            last = state.Open.Count;
            Assert.Equal(state.Version, state.Open.Count);
            Assert.Equal(state.Open.Values.Select(c => c.Report.Description).Order(), await TestHistory.FoundAsync(store.Journal));
            for (var i = 0; i < 6; i++)
                Assert.Equal(i < last, await store.Journal.FindReportAsync($"key{i}", default) is not null);
            store.Close();
        }
        Assert.True(last < 3, "The file was never cut before the third append.");
    }

    [Fact]
    public async Task Store_ThatWasEmptied_IsNotTakenForTheOneBefore()
    {
        await using var redis = await RedisServer.StartAsync(new RedisServerOptions { AppendFsync = "everysec" });
        using var store = new RedisSpace(redis);
        var grid = new TestGrid("g");
        await grid.AppendAsync(store.Journal, grid.Open());
        await redis.CommandAsync(["FLUSHALL"]);
        await redis.RestartAsync();

        Assert.Equal(
            new AppendOutcome.VersionConflict(0), await Persevering.WhenBackAsync(() => store.Journal.AppendAsync(grid.Open(), default)));
        Assert.Contains(store.Log.Lines, l => l.Level == LogLevel.Critical && l.Text.Contains("emptied or replaced", StringComparison.Ordinal));
        Assert.Empty((await store.Journal.LoadAsync("g", default)).Events);
        var fresh = new TestGrid("g");
        await fresh.AppendAsync(store.Journal, fresh.Open());
    }

    [Fact]
    public async Task Store_OpenedAgainAndEmptiedBetween_IsNotTakenForTheOneBefore()
    {
        await using var redis = await RedisServer.StartAsync(new RedisServerOptions { AppendFsync = "everysec" });
        using var store = new RedisSpace(redis);
        await store.Journal.ProbeAsync(default);
        store.Close();
        await store.Journal.ProbeAsync(default);
        Assert.DoesNotContain(store.Log.Lines, l => l.Level == LogLevel.Critical);
        store.Close();
        await redis.CommandAsync(["FLUSHALL"]);
        await store.Journal.ProbeAsync(default);
        Assert.Single(store.Log.Lines, l => l.Level == LogLevel.Critical);
    }

    /// <summary>Starts Redis again from what a stop of its machine left of its file.</summary>
    private static async Task LeaveAsync(RedisServer redis, byte[] left)
    {
        redis.Kill();
        await File.WriteAllBytesAsync(redis.AppendOnlyFile, left);
        await redis.RestartAsync();
    }
}
