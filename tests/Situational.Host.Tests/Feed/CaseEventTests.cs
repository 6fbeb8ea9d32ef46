using Situational.Domain.Cases;
using Situational.Grains.Messages;
using Situational.Host.Feed;
using Situational.Host.Tests.Feed.Support;

namespace Situational.Host.Tests.Feed;

/// <summary>What the live view makes of the rows of cases: events, counts, and one row a case.</summary>
public sealed class CaseEventTests
{
    private readonly FakeCity _city = new(side: 2);
    private readonly CityPicture _picture;
    private long _nowMs = FakeCity.StartMs + 1_000_000;

    public CaseEventTests()
    {
        _picture = new CityPicture(_city.Territory);
        foreach (var change in _city.SayAll())
            Merge(change);
        _picture.Settle();
    }

    [Theory]
    [InlineData(Stage.Accepted, "accepted")]
    [InlineData(Stage.Dispatched, "dispatched")]
    [InlineData(Stage.Handling, "handling")]
    [InlineData(Stage.Handled, "handled")]
    [InlineData(Stage.Verified, "verified")]
    [InlineData(Stage.Returned, "returned")]
    [InlineData(Stage.Rework, "rework")]
    [InlineData(Stage.Suspended, "suspended")]
    public void Case_ThatGoesToAnotherStage_IsAnEvent(Stage stage, string kind)
    {
        Merge(_city.Open(31.001, 121.001, 2, out var id));
        _picture.Settle();

        Merge(_city.Advance(id, row => row with { Stage = (byte)stage }));
        var then = _nowMs;
        Merge(_city.Advance(id, row => row with { DueAtMs = 5 }));

        Assert.Equal([new CityEvent(then, kind, id, _picture.Find(FakeCity.Code(0, 0))!.Ordinal, 2)], _picture.NewEvents);
    }

    [Theory]
    [InlineData(Stage.Closed, "closed")]
    [InlineData(Stage.Rejected, "rejected")]
    [InlineData(Stage.Merged, "merged")]
    public void Case_ThatEnds_SaysHowAndWhenItOpensAgain(Stage stage, string kind)
    {
        Merge(_city.Open(31.001, 121.001, 2, out var id));
        var row = _city[FakeCity.Code(0, 0)].Cases[id];
        Merge(_city.Close(id, stage));
        Assert.Null(_picture.Holder(id));
        Merge(_city[FakeCity.Code(0, 0)].Open(row with { Stage = (byte)Stage.Accepted }));

        Assert.Equal([EventKind.Reported, kind, EventKind.Reopened], Kinds());
        Assert.Equal(1, Sums().Yellow + Sums().Orange);
    }

    [Fact]
    public void Whole_WithTheLastRowOfACase_SaysHowItEndedAndOfNoneThatIsNotKnown()
    {
        Merge(_city.Open(31.001, 121.001, 2, out var id));
        _picture.Settle();
        var grid = _city[FakeCity.Code(0, 0)];
        var last = grid.Cases[id] with { Stage = (byte)Stage.Closed };
        grid.Cases.Clear();

        Merge(grid.Say(changed: true) with { Cases = [last, last with { Id = "unknown" }] });

        Assert.Equal([EventKind.Closed], Kinds());
        Assert.Empty(_picture.Find(grid.Code)!.Cases);
    }

    [Fact]
    public void Case_WhoseTimeRunsOut_IsAnEventALevelFromOverdueOnAndCounts()
    {
        Merge(_city.Open(31.001, 121.001, 2, out var id));
        _picture.Settle();

        Merge(_city.Advance(id, row => row with { Level = 1 }));
        Assert.Empty(_picture.NewEvents);
        Assert.Equal((1, 0, 0), (Sums().Approaching, Sums().Overdue, Sums().OverdueTwice));
        Merge(_city.Advance(id, row => row with { Level = 2, Escalations = 1 }));
        Assert.Equal((0, 1, 0, 1), (Sums().Approaching, Sums().Overdue, Sums().OverdueTwice, Sums().Escalated));
        Merge(_city.Advance(id, row => row with { Level = 3 }));
        Assert.Equal((0, 1, 1), (Sums().Approaching, Sums().Overdue, Sums().OverdueTwice));
        // A new limit begins: that is no news.
        Merge(_city.Advance(id, row => row with { Level = 0 }));

        Assert.Equal([EventKind.Overdue, EventKind.Escalated, EventKind.OverdueTwice], Kinds());
        Assert.Equal((0, 0, 0, 1), (Sums().Approaching, Sums().Overdue, Sums().OverdueTwice, Sums().Escalated));
        Merge(_city.Close(id));
        Assert.Equal(0, Sums().Escalated);
    }

    [Fact]
    public void Whistle_ThatIsBlownAndAnswered_IsAnEventForEachArrival()
    {
        Merge(_city.Open(31.001, 121.001, 1, out var id));
        _picture.Settle();

        Merge(_city.Advance(id, row => row with { Whistle = "emergency", Called = 3 }));
        Assert.Equal(1, Sums().Whistles);
        Merge(_city.Advance(id, row => row with { Arrived = 1 }));
        Merge(_city.Advance(id, row => row with { Called = 2 }));
        Merge(_city.Advance(id, row => row with { Arrived = 2 }));
        Merge(_city.Advance(id, row => row with { Whistle = null, Called = 0, Arrived = 0 }));

        Assert.Equal([EventKind.Whistle, EventKind.Arrived, EventKind.Arrived], Kinds());
        Assert.Equal(0, Sums().Whistles);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Case_ThatMoves_IsOnceInTheEndAndNeitherReportedNorClosed(bool arriveFirst)
    {
        Merge(_city.Open(31.001, 121.001, 1, out var id));
        _picture.Settle();
        var row = _city[FakeCity.Code(0, 0)].Cases[id];
        var departs = _city[FakeCity.Code(0, 0)].Depart(id);
        var arrives = _city[FakeCity.Code(1, 1)].Open(row);

        Merge(arriveFirst ? arrives : departs);
        Merge(arriveFirst ? departs : arrives);

        Assert.Empty(_picture.NewEvents);
        Assert.Equal(FakeCity.Code(1, 1), _picture.Grids[_picture.Holder(id)!.Grid].Code);
        Assert.Equal(1, _picture.Grids.Sum(g => g.Cases.Count));
        // Its row is sent last of all, so that it is the one that stands on a screen that had both.
        Assert.Contains(_picture.Holder(id), _picture.DirtyCases);
    }

    [Fact]
    public void Case_ThatAThirdGridNamesMeanwhile_EndsWithoutATrace()
    {
        Merge(_city.Open(31.001, 121.001, 1, out var id));
        var row = _city[FakeCity.Code(0, 0)].Cases[id];
        Merge(_city[FakeCity.Code(0, 1)].Open(row));
        Merge(_city[FakeCity.Code(1, 0)].Open(row));

        Merge(_city[FakeCity.Code(0, 0)].Depart(id));
        Merge(_city[FakeCity.Code(1, 0)].Close(id));
        Merge(_city[FakeCity.Code(0, 1)].Depart(id));

        Assert.Null(_picture.Holder(id));
        Assert.Equal(0, _picture.Grids.Sum(g => g.Cases.Count));
    }

    [Fact]
    public void Ended_CasesRemembered_AreBounded()
    {
        var ended = new EndedCases(capacity: 3);
        foreach (var id in new[] { "a", "b", "c", "b", "d" })
            ended.Add(id);

        Assert.False(ended.Remove("a"));
        Assert.True(ended.Remove("d"));
        Assert.False(ended.Remove("d"));
    }

    private IEnumerable<string> Kinds() => _picture.NewEvents.Select(e => e.Kind);

    private AreaSums Sums() => AreaSums.Over(_picture, _picture.Scope("310000").Ordinals);

    private void Merge(GridChange change) => Assert.Equal(MergeOutcome.Applied, _picture.Merge(change, 0, ++_nowMs));
}
