using Situational.Contracts.Feed;
using Situational.Domain.Patrols;
using Situational.Grains.Messages;
using Situational.Host.Feed;
using Situational.Host.Tests.Feed.Support;

namespace Situational.Host.Tests.Feed;

/// <summary>How grids' changes become one picture.</summary>
public sealed class CityPictureTests
{
    private readonly FakeCity _city = new(side: 3);
    private readonly CityPicture _picture;

    public CityPictureTests()
    {
        _picture = new CityPicture(_city.Territory);
        foreach (var change in _city.SayAll())
            Merge(change);
        _picture.Settle();
    }

    [Fact]
    public void Change_ThatFollows_IsApplied()
    {
        Assert.Equal(MergeOutcome.Applied, Merge(_city.Move("u", 31.001, 121.001)[0]));
        Assert.True(_picture.Dirty);
        Assert.Equal(_picture.Find(FakeCity.Code(0, 0))!.Ordinal, _picture.Units["u"].Grid);
    }

    [Trait("Fault", "7")]
    [Fact]
    public void Change_ThatIsKnown_IsIgnored()
    {
        var change = _city.Move("u", 31.001, 121.001)[0];
        Merge(change);
        _picture.Settle();

        Assert.Equal(MergeOutcome.Known, Merge(change));
        Assert.False(_picture.Dirty);
    }

    [Trait("Fault", "7")]
    [Fact]
    public void Change_AfterALostOne_IsAGapAndChangesNothing()
    {
        _city.Move("u", 31.001, 121.001);

        Assert.Equal(MergeOutcome.Gap, Merge(_city.Move("v", 31.002, 121.002)[0]));
        Assert.False(_picture.Dirty);
        Assert.True(_picture.Find(FakeCity.Code(0, 0))!.StillBehind);
    }

    [Fact]
    public void Change_ThatReachesBackBehindWhatIsKnown_IsApplied()
    {
        var first = _city.Move("u", 31.001, 121.001)[0];
        var second = _city.Move("v", 31.002, 121.002)[0];
        Merge(first);

        var merged = second with { Previous = first.Previous, Units = [.. first.Units, .. second.Units] };

        Assert.Equal(MergeOutcome.Applied, Merge(merged));
        Assert.Equal(2, _picture.Find(FakeCity.Code(0, 0))!.Units.Count);
    }

    [Fact]
    public void Whole_OfAnotherActivationWithALowerRevision_ReplacesOnceTheGridAnswersSo()
    {
        Merge(_city.Move("u", 31.001, 121.001)[0]);
        var grid = _city[FakeCity.Code(0, 0)];
        grid.Units.Clear();

        // The machine's clock was set back between two activations.
        Assert.Equal(MergeOutcome.Gap, Merge(grid.Restart(activation: 77, revision: 5)));
        Assert.Single(_picture.Find(grid.Code)!.Units);
        Assert.Equal(MergeOutcome.Applied, Answer(grid.Say()));
        Assert.Equal(5, _picture.Find(grid.Code)!.Revision);
        Assert.Empty(_picture.Find(grid.Code)!.Units);
        Assert.Equal(MergeOutcome.Applied, Merge(_city.Move("v", 31.001, 121.001)[0]));
    }

    [Fact]
    public void Whole_OfAnEndedActivation_NeverReplacesANewerPicture()
    {
        var grid = _city[FakeCity.Code(0, 0)];
        var late = grid.Say();
        Merge(grid.Restart(activation: 77, revision: grid.Revision + 100));
        Merge(_city.Move("u", 31.001, 121.001)[0]);

        for (var i = 0; i < 3; i++)
            Assert.Equal(MergeOutcome.Gap, Merge(late));
        Assert.Equal(MergeOutcome.Applied, Answer(grid.Say()));

        Assert.Equal(grid.Revision, _picture.Find(grid.Code)!.Revision);
        Assert.Single(_picture.Find(grid.Code)!.Units);
        // Nor does an answer that nobody had reason to doubt the picture for.
        Assert.Equal(MergeOutcome.Gap, Answer(late));
        Assert.Single(_picture.Find(grid.Code)!.Units);
    }

    [Fact]
    public void Whole_OfTheSameActivationAndAnOlderRevision_IsIgnored()
    {
        var old = _city[FakeCity.Code(0, 0)].Say();
        Merge(_city.Move("u", 31.001, 121.001)[0]);

        Assert.Equal(MergeOutcome.Known, Merge(old));
        Assert.Single(_picture.Find(FakeCity.Code(0, 0))!.Units);
    }

    [Fact]
    public void Change_OfAnActivationNotHeardOf_IsAGap()
    {
        var change = _city.Move("u", 31.001, 121.001)[0] with { Activation = 77 };

        Assert.Equal(MergeOutcome.Gap, Merge(change));
    }

    [Fact]
    public void Whole_ThatSaysNothingNew_CutsNothing()
    {
        foreach (var change in _city.SayAll())
            Assert.Equal(MergeOutcome.Applied, Merge(change));

        Assert.False(_picture.Dirty);
    }

    [Fact]
    public void Change_OfAGridThatTheTerritoryLacks_IsToldApart()
    {
        var change = _city[FeedNames.Outside].Say() with { Grid = "999" };

        Assert.Equal(MergeOutcome.NoSuchGrid, Merge(change));
    }

    [Trait("Fault", "12")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Unit_ThatCrosses_HasOneOwnerWhicheverGridSpeaksFirst(bool leaveFirst)
    {
        Merge(_city.Move("u", 31.005, 121.005)[0]);
        var crossing = _city.Move("u", 31.005, 121.015);

        Merge(crossing[leaveFirst ? 0 : 1]);
        Merge(crossing[leaveFirst ? 1 : 0]);

        Assert.Equal(FakeCity.Code(0, 1), _picture.Grids[_picture.Units["u"].Grid].Code);
        Assert.Equal(1, _picture.Grids.Sum(g => g.Units.Count));
        Assert.Equal(1, AreaSums.Over(_picture, _picture.Scope("310000").Ordinals).Live);
    }

    [Trait("Fault", "12")]
    [Fact]
    public void Unit_WhoseOldGridSaysItAgainLate_StaysWithItsNewOne()
    {
        Merge(_city.Move("u", 31.005, 121.005)[0]);
        var late = _city[FakeCity.Code(0, 0)].Say();
        var crossing = _city.Move("u", 31.005, 121.015);
        Merge(crossing[1]);

        Merge(late);

        Assert.Equal(FakeCity.Code(0, 1), _picture.Grids[_picture.Units["u"].Grid].Code);
    }

    [Trait("Fault", "7")]
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Grids_HeardInAnyInterleaving_GiveTheSamePicture(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 200; run++)
        {
            var city = new FakeCity(side: 2);
            var queues = city.Codes.ToDictionary(c => c, c => new Queue<GridChange>([city[c].Say()]));
            for (var i = 0; i < 40; i++)
                foreach (var change in city.Move($"u{random.Next(4)}", 31.0 + random.NextDouble() * 0.021, 121.0 + random.NextDouble() * 0.021, (UnitState)random.Next(4)))
                    queues[change.Grid].Enqueue(change);
            var picture = new CityPicture(city.Territory);

            // Each grid in its own order, among each other in any.
            while (queues.Values.Any(q => q.Count > 0))
            {
                var speakers = queues.Values.Where(q => q.Count > 0).ToList();
                Assert.Equal(MergeOutcome.Applied, picture.Merge(speakers[random.Next(speakers.Count)].Dequeue(), 0, 0));
                if (random.Next(4) == 0)
                    picture.Settle();
                Assert.True(picture.Units.Values.Where(u => u.Grid >= 0).All(u => picture.Grids[u.Grid].Units.Contains(u)));
                Assert.Equal(picture.Units.Values.Count(u => u.Grid >= 0), picture.Grids.Sum(g => g.Units.Count));
            }

            foreach (var code in city.Codes)
                Assert.Equal(city[code].Units.Values, picture.Find(code)!.Units.Select(u => u.Row).OrderBy(r => r.Unit, StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Grid_ThatLosesItsHistory_KeepsItsKnownCasesAndCountsButNotItsUnits()
    {
        Merge(_city.Open(31.001, 121.001, 1, out var id));
        Merge(_city.Move("u", 31.001, 121.001)[0]);
        _picture.Settle();
        var grid = _city[FakeCity.Code(0, 0)];
        var cases = grid.Cases.ToList();
        grid.Cases.Clear();
        grid.Units.Clear();
        grid.Loaded = false;

        Merge(grid.Restart(activation: 77, revision: grid.Revision + 5));

        var slot = _picture.Find(grid.Code)!;
        var sums = AreaSums.Over(_picture, _picture.Scope("310000").Ordinals);
        Assert.Equal([id], slot.Cases.Keys);
        Assert.Empty(slot.Units);
        Assert.Equal((1, 0), (sums.Red, sums.Live));
        Assert.Empty(_picture.NewEvents);
        Assert.Empty(_picture.DirtyCases);
        Assert.False(slot.Summary.Loaded);

        // Read again, its word counts: the case is open still, then no longer.
        foreach (var (open, row) in cases)
            grid.Cases.Add(open, row);
        grid.Loaded = true;
        Merge(grid.Say(changed: true));
        Assert.Empty(_picture.NewEvents);
        grid.Cases.Clear();
        Merge(grid.Say(changed: true));
        // Nobody said how the case ended, or whether it went to another grid.
        Assert.Empty(_picture.NewEvents);
        Assert.Empty(slot.Cases);
        Assert.Equal(0, AreaSums.Over(_picture, _picture.Scope("310000").Ordinals).Red);
    }

    [Fact]
    public void Events_AreNotedOnceAndInOrderOfTime()
    {
        Merge(_city.Open(31.001, 121.001, 1, out var id));
        Merge(_city.Move("u", 31.001, 121.001)[0]);
        Merge(_city.Move("u", 31.001, 121.001, UnitState.Gone)[0]);
        Merge(_city.Move("u", 31.001, 121.001)[0]);
        Merge(_city.Close(id));
        var grid = _city[FakeCity.Code(0, 0)];
        grid.Silent = true;
        Merge(grid.Say(changed: true));
        Merge(grid.Say());

        Assert.Equal(
            [EventKind.Reported, EventKind.Gone, EventKind.Back, EventKind.Closed, EventKind.Silent], _picture.NewEvents.Select(e => e.Kind));
    }

    [Fact]
    public void Events_AreBounded()
    {
        var log = new EventLog(capacity: 50);
        var random = new Random(5);

        var all = new List<long>();
        for (var i = 0; i < 10_000; i++)
        {
            all.Add(random.Next(1_000_000));
            log.Add(new CityEvent(all[^1], EventKind.Reported, "c", 0, 1));
            Assert.InRange(log.Count, Math.Min(i + 1, 50), 100);
        }

        // what was let go of is the oldest, in whatever order it came
        var newest = new List<CityEvent>();
        log.Newest(_picture.Scope("310000"), 50, newest);
        Assert.Equal(all.Order().TakeLast(50), newest.Select(e => e.AtMs));
        log.Newest(_picture.Scope("310000"), 1_000, newest);
        Assert.InRange(newest.Count, 50, 100);
    }

    private MergeOutcome Answer(GridChange change) => _picture.Merge(change, 0, FakeCity.StartMs + 1_000_000, answered: true);

    private MergeOutcome Merge(GridChange change) => _picture.Merge(change, 0, FakeCity.StartMs + 1_000_000);
}
