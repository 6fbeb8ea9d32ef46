using System.Collections.Immutable;
using Situational.Grains.Messages;
using Situational.Grains.Tests.Feed.Support;

namespace Situational.Grains.Tests.Feed;

/// <summary>What becomes of several changes of one grid that go out as one.</summary>
public sealed class MergeTests
{
    [Fact]
    public async Task Changes_OfOneGrid_BecomeOneThatSaysTheSame()
    {
        var merged = await MergeAsync(
            Change(5, [PumpRig.Unit("a", 1), PumpRig.Unit("b", 2)], [], [Case("x")], []),
            Change(6, [PumpRig.Unit("a", 3)], [new UnitLeft("b", 4), new UnitLeft("z", 5)], [Case("y")], ["x"]),
            Change(7, [PumpRig.Unit("b", 6)], [], [], []));

        Assert.False(merged.Full);
        Assert.Equal((4, 7), (merged.Previous, merged.Revision));
        Assert.Equal([("a", 3L), ("b", 6L)], merged.Units.Select(u => (u.Unit, u.Sequence)).Order());
        Assert.Equal([new UnitLeft("z", 5)], merged.Left);
        Assert.Equal(["y"], merged.Cases.Select(c => c.Id));
        Assert.Equal(["x"], merged.Closed);
    }

    [Fact]
    public async Task Case_ThatEndedMeanwhile_GoesOutWithTheRowThatSaysHow()
    {
        var ended = Case("x") with { Stage = 8 };
        var merged = await MergeAsync(Change(5, [], [], [Case("x"), Case("y")], []), Change(6, [], [], [ended], ["x"]), Change(7, [], [], [], ["y"]));
        var folded = await MergeAsync(Change(5, [], [], [Case("x")], []) with { Full = true }, Change(6, [], [], [ended], ["x"]));

        Assert.Equal([ended], merged.Cases);
        Assert.Equal(["x", "y"], merged.Closed.Order());
        Assert.Equal([ended], folded.Cases);
    }

    [Fact]
    public async Task Whole_AfterACaseEnded_GoesOutWithTheRowThatSaysHow()
    {
        var ended = Case("x") with { Stage = 8 };
        var whole = Change(7, [], [], [Case("y")], []) with { Full = true };

        var merged = await MergeAsync(Change(6, [], [], [ended], ["x"]), whole);
        var again = await MergeAsync(Change(6, [], [], [ended], ["x"]), Change(7, [], [], [Case("x")], []) with { Full = true });
        var other = await MergeAsync(Change(6, [], [], [ended], ["x"]), whole with { Activation = 2 });

        Assert.Equal([Case("y"), ended], merged.Cases);
        Assert.Equal([Case("x")], again.Cases);
        Assert.Equal([Case("y")], other.Cases);
    }

    [Fact]
    public async Task Whole_AfterChanges_IsAllThatGoesOut()
    {
        var whole = Change(7, [PumpRig.Unit("c", 9)], [], [], []) with { Full = true };

        var merged = await MergeAsync(Change(6, [PumpRig.Unit("a", 1)], [], [Case("x")], []), whole);

        Assert.Equal(whole, merged);
    }

    [Fact]
    public async Task Changes_AfterAWhole_AreFoldedIntoIt()
    {
        var whole = Change(5, [PumpRig.Unit("a", 1), PumpRig.Unit("b", 2)], [], [Case("x")], []) with { Full = true };

        var merged = await MergeAsync(whole, Change(6, [PumpRig.Unit("c", 4)], [new UnitLeft("a", 3)], [Case("y")], ["x"]));

        Assert.True(merged.Full);
        Assert.Equal(6, merged.Revision);
        Assert.Equal(["b", "c"], merged.Units.Select(u => u.Unit).Order());
        Assert.Empty(merged.Left);
        Assert.Equal(["y"], merged.Cases.Select(c => c.Id));
        Assert.Empty(merged.Closed);
    }

    [Fact]
    public async Task Change_AfterAHole_ShowsTheHole()
    {
        var merged = await MergeAsync(Change(5, [PumpRig.Unit("a", 1)], [], [], []), Change(8, [PumpRig.Unit("b", 2)], [], [], []));

        Assert.Equal((7, 8), (merged.Previous, merged.Revision));
    }

    [Fact]
    public async Task Change_OfAnotherActivation_DoesNotMixWithTheOld()
    {
        var merged = await MergeAsync(
            Change(5, [PumpRig.Unit("a", 1)], [], [], []), Change(9, [PumpRig.Unit("b", 2)], [], [], []) with { Activation = 2 });

        Assert.Equal((2L, 8L, 9L), (merged.Activation, merged.Previous, merged.Revision));
        Assert.Equal(["b"], merged.Units.Select(u => u.Unit));
    }

    [Fact]
    public async Task Changes_OfAnOlderRevision_AreDropped()
    {
        var merged = await MergeAsync(
            Change(5, [PumpRig.Unit("a", 2)], [], [], []), Change(5, [PumpRig.Unit("a", 1)], [], [], []),
            Change(4, [], [], [], []) with { Full = true });

        Assert.Equal((4, 5, false), (merged.Previous, merged.Revision, merged.Full));
        Assert.Equal(2, Assert.Single(merged.Units).Sequence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Node_ThatIsSlowAndFailsAtRandom_EndsWithTheGridsAsTheyAre(int seed)
    {
        var random = new Random(seed);
        var grids = Enumerable.Range(0, 5).ToDictionary(i => $"g{i}", i => new GridHistory($"g{i}", random));
        var heard = grids.Keys.ToDictionary(g => g, _ => new HeardGrid());
        await using var rig = await PumpRig.StartAsync();
        var node = await rig.JoinAsync("n1");
        var faults = new Random(seed + 100);
        node.Receiving = message =>
        {
            var lost = faults.Next(4) == 0;
            // An answer that is lost on the way back: the node has the message, the silo believes it has not.
            if (!lost || faults.Next(2) == 0)
                foreach (var change in message.Changes)
                    heard[change.Grid].Hear(change);
            if (lost)
                throw new TimeoutException("lost");
        };
        foreach (var grid in grids.Values)
            rig.Outbox.Publish(grid.Whole());

        for (var i = 0; i < 1_500; i++)
        {
            rig.Outbox.Publish(grids[$"g{random.Next(5)}"].Next());
            if (random.Next(20) == 0)
                node.Stick();
            if (random.Next(10) == 0)
                node.Loosen();
            if (random.Next(3) == 0)
            {
                await Task.Yield();
                rig.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(200)));
            }
        }
        node.Loosen();

        await rig.PassUntilAsync(() => grids.All(g => heard[g.Key].Revision == g.Value.Revision));
        foreach (var (code, grid) in grids)
        {
            Assert.Equal(0, heard[code].Gaps);
            Assert.Equal(grid.Units, heard[code].Units);
            Assert.Equal(grid.Cases, heard[code].Cases);
        }
    }

    // Merged while the first, of another grid, is in flight.
    private static async Task<GridChange> MergeAsync(params GridChange[] changes)
    {
        await using var rig = await PumpRig.StartAsync();
        var node = await rig.JoinAsync("n1");
        node.Stick();
        rig.Outbox.Publish(PumpRig.Change("other", 1));
        await rig.PassUntilAsync(() => rig.Outbox.Waiting == 0);
        foreach (var change in changes)
        {
            rig.Outbox.Publish(change);
            await rig.PassUntilAsync(() => rig.Outbox.Waiting == 0);
        }
        node.Loosen();
        await rig.PassUntilAsync(() => node.WithChanges.SelectMany(h => h.Message.Changes).Any(c => c.Grid == "g1"));
        return Assert.Single(node.WithChanges.SelectMany(h => h.Message.Changes), c => c.Grid == "g1");
    }

    private static GridChange Change(long revision, ImmutableArray<UnitRow> units, ImmutableArray<UnitLeft> left, ImmutableArray<CaseRow> cases, ImmutableArray<string> closed) =>
        new("g1", 1, revision - 1, revision, false, default, units, left, cases, closed);

    private static CaseRow Case(string id) => new(id, "x", 1, 1, 1, 2, 3, 0);
}
