using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;
using Situational.Testing;

namespace Situational.Storage.Tests.Redis;

/// <summary>Redis has reached its memory limit and, as it must, evicts nothing.</summary>
[Trait("Fault", "3")]
public sealed class FullMemoryTests
{
    [Fact]
    public async Task Append_AtTheMemoryLimit_IsRefusedWhileReadsGoOnAndIsTakenWithRoom()
    {
        await using var redis = await RedisServer.StartAsync();
        using var store = new RedisSpace(redis);
        var grid = new TestGrid("g");
        await grid.AppendAsync(store.Journal, grid.Open("first"));
        await store.Journal.ProbeAsync(default);
        await redis.SetMaxMemoryAsync(await redis.UsedMemoryAsync() + 4 * 1024 * 1024);

        JournalUnavailableException? refusal = null;
        while (refusal is null)
        {
            var append = grid.Open($"key{grid.State.Version}", description: new string('x', 20_000));
            try
            {
                Assert.IsType<AppendOutcome.Appended>(await store.Journal.AppendAsync(append, default));
                grid.Apply(append);
                Assert.True(grid.State.Version < 10_000, "The memory never filled.");
            }
            catch (JournalUnavailableException e)
            {
                refusal = e;
            }
        }
        Assert.False(refusal.OutcomeUnknown);
        Assert.Contains("memory limit", refusal.Message, StringComparison.Ordinal);
        await redis.SetMaxMemoryAsync(1);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => store.Journal.ProbeAsync(default));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => store.Units.EnrolAsync([new("u", "s")], default));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => store.Journal.AppendAsync(grid.Open(), default));

        var key = $"key{grid.State.Version}";
        Assert.Null(await store.Journal.FindReportAsync(key, default));
        Assert.Equal("g-1", (await store.Journal.FindReportAsync("first", default))!.CaseId);
        Assert.NotNull(await store.Journal.FindCaseAsync("g-1", default));
        var history = await store.Journal.LoadAsync("g", default);
        Assert.Equal(grid.State.Version, (history.Snapshot?.Version ?? 0) + history.Events.Count);
        Assert.NotEmpty((await store.Journal.SearchAsync(new CaseQuery(null, 10), default)).Cases);

        await redis.SetMaxMemoryAsync(0);
        await store.Journal.ProbeAsync(default);
        await grid.AppendAsync(store.Journal, grid.Open(key));
        Assert.Equal((await store.Journal.LoadAsync("g", default)).Events.Count, grid.State.Version - ((await store.Journal.LoadAsync("g", default)).Snapshot?.Version ?? 0));
    }
}
