using System.Collections.Concurrent;
using System.Diagnostics;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;
using Situational.Testing;

namespace Situational.Storage.Tests.Redis;

/// <summary>Redis itself is killed and started again from its append-only file.</summary>
public sealed class KillTests
{
    private const int Callers = 8;
    private static readonly TimeSpan MayLose = TimeSpan.FromSeconds(2);

    [Trait("Fault", "1")]
    [Fact]
    public async Task Kill_AtRandomMomentsWithFsyncAlways_LosesNothingAcknowledgedAndRepeatsNothing()
    {
        await using var redis = await RedisServer.StartAsync(new RedisServerOptions { AppendFsync = "always" });
        using var store = new RedisSpace(redis, ("SnapshotEvery", "8"), ("Redis:AnswerSeconds", "2"));
        var (done, _) = await WriteThroughKillsAsync(
            redis, store.Journal, 4, TimeSpan.Zero, static (grid, journal, append) => grid.AppendSurelyAsync(journal, append));

        var acknowledged = done.Select(d => d.Key).Order(StringComparer.Ordinal);
        Assert.Equal(acknowledged, await HeldAsync(store.Journal));
        Assert.Equal(acknowledged, await TestHistory.FoundAsync(store.Journal));
        await AssertPastAsync(store);
    }

    /// <summary>
    /// While an fsync runs, <c>everysec</c> puts off even the writing, for up to two seconds: so the kill of the process alone may lose what was
    /// acknowledged in that time, and nothing before it.
    /// </summary>
    [Trait("Fault", "1")]
    [Trait("Fault", "5")]
    [Fact]
    public async Task Kill_AtRandomMomentsWithFsyncEverySecond_LosesAtMostTheLastTwoSecondsAndRepeatsNothing()
    {
        await using var redis = await RedisServer.StartAsync(new RedisServerOptions { AppendFsync = "everysec" });
        using var store = new RedisSpace(redis, ("SnapshotEvery", "8"), ("Redis:AnswerSeconds", "2"));
        var (done, kills) = await WriteThroughKillsAsync(redis, store.Journal, 3, MayLose + TimeSpan.FromSeconds(1), AppendOrFallBackAsync);

        var held = await HeldAsync(store.Journal);
        Assert.Equal(held, await TestHistory.FoundAsync(store.Journal));
        Assert.Empty(held.Except(done.Select(d => d.Key)));
        var mustBeThere = done.Where(d => !kills.Any(k => d.At > k.Begun - MayLose && d.Sent < k.Back)).Select(d => d.Key).ToArray();
        Assert.NotEmpty(mustBeThere);
        Assert.Empty(mustBeThere.Except(held));
        for (var caller = 0; caller < Callers; caller++)
        {
            var state = await TestHistory.StateAsync(store.Journal, $"g{caller}");
            Assert.Equal(state.Version, state.Open.Count);
        }
        await AssertPastAsync(store);
    }

    /// <summary>
    /// Callers that append while Redis is killed and started again, each time after at least so long: what was acknowledged, when it was sent and when acknowledged, and from
    /// when to when Redis was gone.
    /// </summary>
    private static async Task<(IReadOnlyCollection<(string Key, TimeSpan Sent, TimeSpan At)> Done, IReadOnlyList<(TimeSpan Begun, TimeSpan Back)> Kills)> WriteThroughKillsAsync(
        RedisServer redis, IJournal journal, int rounds, TimeSpan atLeast, Func<TestGrid, IJournal, JournalAppend, Task> appendAsync)
    {
        var clock = Stopwatch.StartNew();
        var acknowledged = new ConcurrentQueue<(string Key, TimeSpan Sent, TimeSpan At)>();
        var kills = new List<(TimeSpan Begun, TimeSpan Back)>();
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var grid = new TestGrid($"g{caller}");
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var key = $"{caller}/{i}";
                var sent = clock.Elapsed;
                await appendAsync(grid, journal, grid.Open(key, description: key));
                acknowledged.Enqueue((key, sent, clock.Elapsed));
            }
        })).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            var enough = acknowledged.Count + 50 + Random.Shared.Next(200);
            var begun = clock.Elapsed;
            while ((acknowledged.Count < enough || clock.Elapsed - begun < atLeast) && !callers.Any(c => c.IsFaulted))
                await Task.Delay(5);
            var killed = clock.Elapsed;
            redis.Kill();
            await redis.RestartAsync();
            kills.Add((killed, clock.Elapsed));
        }
        await stop.CancelAsync();
        await Task.WhenAll(callers);
        return (acknowledged, kills);
    }

    /// <summary>As a grid does: a version that is not the expected one is read again, and the append decided anew.</summary>
    private static async Task AppendOrFallBackAsync(TestGrid grid, IJournal journal, JournalAppend append)
    {
        var report = append.Report!;
        while (await Persevering.WhenBackAsync(() => journal.AppendAsync(append, CancellationToken.None)) is var outcome)
        {
            if (outcome is AppendOutcome.Appended)
            {
                grid.Apply(append);
                return;
            }
            var state = await Persevering.WhenBackAsync(() => TestHistory.StateAsync(journal, append.Grid));
            grid.Apply(append with { StateAfter = state });
            if (outcome is AppendOutcome.KeyTaken)
                return;
            append = grid.Open(report.Key, description: append.Cases[0].Report.Description);
        }
    }

    private static async Task<IReadOnlyList<string>> HeldAsync(IJournal journal)
    {
        var held = new List<string>();
        foreach (var grid in Enumerable.Range(0, Callers).Select(caller => $"g{caller}"))
            held.AddRange(await Persevering.WhenBackAsync(() => TestHistory.DescriptionsAsync(journal, grid)));
        Assert.Equal(held.Count, held.Distinct().Count());
        return [.. held.Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Restart_OfRedis_IsFollowedByItself()
    {
        await using var redis = await RedisServer.StartAsync();
        using var store = new RedisSpace(redis);
        var grid = new TestGrid("g");
        await grid.AppendAsync(store.Journal, grid.Open("one"));
        Assert.Equal(0, store.Journal.Generation);
        for (var i = 0; i < 3; i++)
        {
            await redis.RestartAsync();
            await grid.AppendSurelyAsync(store.Journal, grid.Open($"again{i}"));
            Assert.Equal(i + 1, store.Journal.Generation);
        }
        Assert.Equal(4, (await store.Journal.LoadAsync("g", default)).Events.Count);
        Assert.Contains(store.Log.Lines, l => l.Text.Contains("was restarted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Append_WhileRedisIsDown_IsRefusedAndThenTaken()
    {
        await using var redis = await RedisServer.StartAsync();
        using var store = new RedisSpace(redis, ("Redis:AnswerSeconds", "1"));
        var grid = new TestGrid("g");
        await grid.AppendAsync(store.Journal, grid.Open());
        redis.Kill();

        var append = grid.Open("key");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => store.Journal.AppendAsync(append, default));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => store.Journal.LoadAsync("g", default));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => store.Journal.ProbeAsync(default));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => store.Units.LoadEnrolmentsAsync(default));
        await redis.RestartAsync();

        await grid.AppendSurelyAsync(store.Journal, append);
        Assert.Equal(2, (await store.Journal.LoadAsync("g", default)).Events.Count);
    }

    [Fact]
    public async Task Scripts_ThatRedisForgot_AreSentAgain()
    {
        await using var redis = await RedisServer.StartAsync();
        using var store = new RedisSpace(redis);
        var grid = new TestGrid("g");
        for (var i = 0; i < 3; i++)
        {
            await grid.AppendAsync(store.Journal, grid.Open());
            await redis.CommandAsync(["SCRIPT", "FLUSH"]);
        }
        await grid.AppendAsync(store.Journal, grid.Open());
    }

    /// <summary>The past rows are those of the events that are there, no more and no fewer.</summary>
    private static async Task AssertPastAsync(RedisSpace store)
    {
        var ids = new List<string>();
        for (var caller = 0; caller < Callers; caller++)
            ids.AddRange((await TestHistory.StateAsync(store.Journal, $"g{caller}")).Open.Keys);
        Assert.Equal(ids.Order(StringComparer.Ordinal), (await PastTelling.AtAsync(store.Past, DateTimeOffset.MaxValue)).Select(one => one.Id));
    }
}
