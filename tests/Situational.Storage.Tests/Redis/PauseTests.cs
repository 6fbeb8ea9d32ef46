using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;
using Situational.Testing;

namespace Situational.Storage.Tests.Redis;

/// <summary>Redis keeps its sockets and answers nothing.</summary>
[Trait("Fault", "4")]
public sealed class PauseTests
{
    [Fact]
    public async Task Append_WhileRedisIsPaused_IsRefusedAsOfUnknownOutcomeAndIsThereOnceAfterwards()
    {
        await using var redis = await RedisServer.StartAsync();
        using var store = new RedisSpace(redis, ("Redis:AnswerSeconds", "1"));
        var grids = Enumerable.Range(0, 20).Select(i => new TestGrid($"g{i}")).ToArray();
        foreach (var grid in grids)
            await grid.AppendAsync(store.Journal, grid.Open());
        var appends = grids.Select((grid, i) => grid.Open(i % 2 == 0 ? $"key{i}" : null)).ToArray();

        redis.Pause();
        var refusals = await Task.WhenAll(appends.Select(append =>
            Assert.ThrowsAsync<JournalUnavailableException>(() => store.Journal.AppendAsync(append, default)))).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Contains(refusals, r => r.OutcomeUnknown);
        redis.Continue();

        for (var i = 0; i < grids.Length; i++)
        {
            // As a grid does that does not know how it ended: read again, and send what is not there.
            var history = await Persevering.WhenBackAsync(() => store.Journal.LoadAsync(appends[i].Grid, default));
            if (history.Events.Count == 1)
                await SendAsync(store.Journal, appends[i]);
            Assert.Equal(2, (await store.Journal.LoadAsync(appends[i].Grid, default)).Events.Count);
        }
        Assert.Equal(40, (await store.Journal.SearchAsync(new CaseQuery(null, 100), default)).Cases.Count);
    }

    [Fact]
    public async Task Calls_WhileRedisIsPausedForLong_AreRefusedAtOnceAndWaitForNothing()
    {
        await using var redis = await RedisServer.StartAsync();
        using var store = new RedisSpace(redis, ("Redis:AnswerSeconds", "1"));
        await store.Journal.ProbeAsync(default);
        redis.Pause();
        var refusedAtOnce = false;
        for (var i = 0; i < 100 && !refusedAtOnce; i++)
        {
            var call = store.Journal.ProbeAsync(default);
            refusedAtOnce = call.IsFaulted;
            await Assert.ThrowsAsync<JournalUnavailableException>(() => call);
        }
        Assert.True(refusedAtOnce, "Every call waited.");
        redis.Continue();
        await Persevering.WhenBackAsync(async () =>
        {
            await store.Journal.ProbeAsync(default);
            return true;
        });
    }

    [Fact]
    public async Task Calls_BeyondTheBound_AreRefusedAtOnce()
    {
        await using var redis = await RedisServer.StartAsync();
        using var store = new RedisSpace(redis, ("QueueCapacity", "10"));
        await store.Journal.ProbeAsync(default);
        redis.Pause();
        var waiting = Enumerable.Range(0, 10).Select(_ => store.Journal.ProbeAsync(default)).ToArray();
        var refusal = await Assert.ThrowsAsync<JournalUnavailableException>(() => store.Journal.ProbeAsync(default));
        Assert.Contains("Too many", refusal.Message, StringComparison.Ordinal);
        redis.Continue();
        await Task.WhenAll(waiting);
        await store.Journal.ProbeAsync(default);
    }

    private static async Task SendAsync(IJournal journal, JournalAppend append)
    {
        // The first sending may still run, once Redis reads what lay in its sockets; then this one conflicts with it.
        var outcome = await Persevering.WhenBackAsync(() => journal.AppendAsync(append, default));
        Assert.True(outcome is AppendOutcome.Appended or AppendOutcome.KeyTaken or AppendOutcome.VersionConflict { ActualVersion: 2 }, $"{outcome}");
    }
}
