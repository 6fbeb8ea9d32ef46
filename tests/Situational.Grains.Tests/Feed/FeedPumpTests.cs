using Situational.Grains.Tests.Feed.Support;

namespace Situational.Grains.Tests.Feed;

/// <summary>When the silo speaks, to whom, and what a slow or broken node costs the others.</summary>
public sealed class FeedPumpTests
{
    [Fact]
    public async Task Change_AfterAQuietMoment_GoesOutAtOnce()
    {
        await using var rig = await PumpRig.StartAsync();
        var node = await rig.JoinAsync("n1");
        rig.Clock.Advance(TimeSpan.FromMilliseconds(300));
        var now = rig.Clock.GetTimestamp();

        rig.Outbox.Publish(PumpRig.Change("g1", 1));

        await PumpRig.UntilAsync(() => node.WithChanges.Count == 1);
        Assert.Equal(now, node.WithChanges[0].At);
    }

    [Fact]
    public async Task Changes_OneAfterTheOther_GoOutMergedAndNoFasterThanTheLeastTick()
    {
        await using var rig = await PumpRig.StartAsync();
        var node = await rig.JoinAsync("n1");

        for (var i = 1; i <= 400; i++)
        {
            rig.Outbox.Publish(PumpRig.Change("g1", i, PumpRig.Unit("u1", i)));
            await Task.Yield();
            rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }
        await rig.PassUntilAsync(() => node.WithChanges.LastOrDefault().Message?.Changes[0].Revision == 400);

        var at = node.WithChanges.Select(h => h.At).ToList();
        AssertPaced(at, TimeSpan.FromMilliseconds(10));
        Assert.All(node.WithChanges, h => Assert.Single(Assert.Single(h.Message.Changes).Units));
        Assert.InRange(at.Count, 2, 60);
    }

    [Fact]
    public async Task Changes_OfManyGrids_MakeTheNextMessageWaitForTheTick()
    {
        await using var rig = await PumpRig.StartAsync();
        var node = await rig.JoinAsync("n1");
        var revision = 0;

        for (var round = 0; round < 4; round++)
        {
            revision++;
            for (var grid = 0; grid < 6_000; grid++)
                rig.Outbox.Publish(PumpRig.Change($"g{grid}", revision));
            await rig.PassUntilAsync(() => rig.Outbox.Waiting == 0);
        }
        rig.Outbox.Publish(PumpRig.Change("g0", revision + 1));
        await rig.PassUntilAsync(() => rig.Outbox.Waiting == 0);

        var at = node.WithChanges.Where(h => h.Message.Changes.Length == 6_000 || h.Message.Changes[0].Revision > revision).Select(h => h.At).ToList();
        Assert.InRange(at.Count, 2, 6);
        AssertPaced(at, TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task Silo_WithNothingToSay_SaysSoEverySecond()
    {
        await using var rig = await PumpRig.StartAsync();
        var node = await rig.JoinAsync("n1");

        await rig.PassUntilAsync(() => node.Heard.Count >= 6);

        Assert.Empty(node.WithChanges);
        var at = node.Heard.Select(h => h.At).ToList();
        AssertPaced(at, TimeSpan.FromMilliseconds(1_000));
        Assert.Equal(Enumerable.Range(1, at.Count).Select(i => (long)i), node.Heard.Select(h => h.Message.Sequence));
        Assert.Single(node.Heard.Select(h => h.Message.Silo).Distinct());
    }

    [Fact]
    public async Task Node_ThatDoesNotAnswer_DelaysNobodyAndHoldsOneChangeAGrid()
    {
        await using var rig = await PumpRig.StartAsync();
        var good = await rig.JoinAsync("good");
        var stuck = await rig.JoinAsync("stuck");
        stuck.Stick();

        for (var i = 1; i <= 50; i++)
        {
            rig.Outbox.Publish(PumpRig.Change($"g{i % 5}", i, PumpRig.Unit("u1", i)));
            var revision = i;
            await rig.PassUntilAsync(() => good.WithChanges.SelectMany(h => h.Message.Changes).Any(c => c.Revision == revision));
        }
        Assert.Equal(1, stuck.MostAtOnce);
        Assert.Empty(stuck.WithChanges);
        stuck.Loosen();
        await rig.PassUntilAsync(() => stuck.WithChanges.SelectMany(h => h.Message.Changes).Any(c => c.Revision == 50));

        // What was in flight, then the rest in one.
        Assert.InRange(stuck.WithChanges.Count, 1, 2);
        Assert.All(stuck.WithChanges, h => Assert.InRange(h.Message.Changes.Length, 1, 5));
    }

    [Fact]
    public async Task Node_ThatFails_GetsEverythingWhenItRecovers()
    {
        await using var rig = await PumpRig.StartAsync();
        var good = await rig.JoinAsync("good");
        var broken = await rig.JoinAsync("broken");
        broken.Receiving = _ => throw new InvalidOperationException("broken");

        rig.Outbox.Publish(PumpRig.Change("g1", 1, PumpRig.Unit("u1", 1)));
        await rig.PassUntilAsync(() => good.WithChanges.Count == 1);
        rig.Outbox.Publish(PumpRig.Change("g1", 2, PumpRig.Unit("u2", 2)));
        await rig.PassUntilAsync(() => good.WithChanges.Count == 2);
        broken.Receiving = null;

        await rig.PassUntilAsync(() => broken.WithChanges.Any(h => h.Message.Changes[0].Revision == 2));
        var change = Assert.Single(Assert.Single(broken.WithChanges).Message.Changes);
        Assert.Equal(0, change.Previous);
        Assert.Equal(["u1", "u2"], change.Units.Select(u => u.Unit).Order());
    }

    [Fact]
    public async Task Node_WhoseLeaseEnded_IsSpokenToNoMore()
    {
        await using var rig = await PumpRig.StartAsync();
        var stays = await rig.JoinAsync("stays");
        var leaves = await rig.JoinAsync("leaves");

        rig.Drop("leaves");
        var heard = stays.Heard.Count;
        await rig.PassUntilAsync(() => stays.Heard.Count >= heard + 4);
        var before = leaves.Heard.Count;
        await rig.PassUntilAsync(() => stays.Heard.Count >= heard + 8);

        Assert.Equal(before, leaves.Heard.Count);
    }

    [Fact]
    public async Task NodesList_ThatFails_KeepsTheNodesKnown()
    {
        await using var rig = await PumpRig.StartAsync();
        var node = await rig.JoinAsync("n1");
        rig.ListFails = true;
        var heard = node.Heard.Count;

        await rig.PassUntilAsync(() => node.Heard.Count >= heard + 6);
        rig.ListFails = false;
        var late = await rig.JoinAsync("n2");

        Assert.Equal(1, late.Heard[0].Message.Sequence);
    }

    [Fact]
    public async Task Store_ThatIsAway_IsSaidAtTheNextMessage()
    {
        await using var rig = await PumpRig.StartAsync();
        var node = await rig.JoinAsync("n1");

        rig.Outbox.NoteStore(away: true);
        await rig.PassUntilAsync(() => node.Heard[^1].Message.StoreAway);
        rig.Outbox.NoteStore(away: false);

        await rig.PassUntilAsync(() => !node.Heard[^1].Message.StoreAway);
    }

    [Fact]
    public async Task Outbox_ThatNobodyListensTo_DoesNotGrow()
    {
        await using var rig = await PumpRig.StartAsync();

        for (var i = 1; i <= 1_000; i++)
            rig.Outbox.Publish(PumpRig.Change($"g{i}", i));

        await rig.PassUntilAsync(() => rig.Outbox.Waiting == 0);
    }

    /// <summary>So many messages take so many pauses but one: the time of a message is noted at its receipt, when the clock may have moved on.</summary>
    private static void AssertPaced(List<long> at, TimeSpan pause)
    {
        for (var i = 1; i < at.Count; i++)
            Assert.True(at[i] - at[0] >= (i - 1) * pause.Ticks, $"message {i} came {TimeSpan.FromTicks(at[i] - at[0])} after the first");
    }
}
