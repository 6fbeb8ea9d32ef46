using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;

namespace Situational.Domain.Tests.Cases;

public sealed class SpotTests
{
    private static readonly DateTimeOffset Noon = Reports.Noon;

    [Fact]
    public void Open_FixedOnTheSpot_IsHandledAndWaitsToBeVerified()
    {
        var loop = Fixed();
        Assert.Equal(Stage.Handled, loop.One.Stage);
        Assert.Equal([ClockKind.Verify, ClockKind.Close], loop.One.Clocks.Select(c => c.Kind));
        Assert.Equal((1, Loop.Worker, new Assignee(AssigneeKind.Unit, "u1"), "filled"), (loop.One.HandIns, loop.One.HandedInBy!, loop.One.Assignee!, loop.One.Note));
        Assert.Empty(loop.One.Marks);
        Assert.Equal((true, null), (CaseFact.Of(loop.One).OnTheSpot, CaseFact.Of(loop.One).SpotVerified));
    }

    [Fact]
    public void Spot_Verified_IsVerifiedForGood()
    {
        var loop = Fixed();
        loop.Through(CaseStep.Verify, CaseStep.Close);
        Assert.Equal((true, Stage.Closed), (CaseFact.Of(loop.One).SpotVerified, loop.One.Stage));
    }

    [Fact]
    public void Spot_SentBack_StaysFailedHoweverItsReworkEnds()
    {
        var loop = Fixed();
        loop.Through(CaseStep.Rework, CaseStep.Start, CaseStep.HandIn);
        Assert.IsType<Decision.NotAllowed>(loop.Decide(Loop.Full(CaseStep.Close)));
        loop.Through(CaseStep.Verify, CaseStep.Close);
        Assert.Equal((false, 2, 1), (CaseFact.Of(loop.One).SpotVerified, CaseFact.Of(loop.One).HandIns, CaseFact.Of(loop.One).Reworks));
    }

    [Fact]
    public void Spot_NeitherMarkedNorDrawn_ClosesWithoutALookAndIsNotCountedAsVerified()
    {
        var loop = Fixed();
        Assert.Contains(CaseStep.Close, CaseSteps.AllowedTo(loop.One, Role.Officer));
        loop.Through(CaseStep.Close);
        Assert.Null(CaseFact.Of(loop.One).SpotVerified);
    }

    [Fact]
    public void Spot_MarkedOrDrawn_IsVerifiedBeforeItCloses()
    {
        foreach (var loop in new[]
        {
            Fixed(near: null),
            Fixed(rules: Loop.Rules with { City = Loop.City with { Spot = new SpotRules { RecheckShare = 1 } } }),
        })
        {
            var refused = Assert.IsType<Decision.NotAllowed>(loop.Decide(Loop.Full(CaseStep.Close)));
            Assert.Contains("not verified yet", refused.Reason, StringComparison.Ordinal);
            Assert.DoesNotContain(CaseStep.Close, refused.Allowed);
            Assert.DoesNotContain(CaseStep.Close, CaseSteps.AllowedTo(loop.One, Role.Officer));
            loop.Through(CaseStep.Verify, CaseStep.Close);
        }
    }

    [Fact]
    public void Open_DrawnForReCheck_IsWhatTheCitySaysOfTheCaseAndNotWhatTheReportSays()
    {
        var city = Loop.City with { Spot = new SpotRules { RecheckShare = 0.3, RecheckSeed = "autumn", BatchCount = 1_000 } };
        var loop = new Loop { By = Loop.Rules with { City = city } };
        for (var i = 0; i < 100; i++)
            loop.Do(new GridCommand.Open(Loop.Report(i * 1_000), 1, Loop.Worker, Loop.Spot() with { Recheck = true, Verified = true }));
        var drawn = loop.Rows.Values.Where(c => c.Spot!.Recheck).Select(c => c.Id).ToList();
        Assert.InRange(drawn.Count, 10, 60);
        Assert.All(loop.Rows.Values, c => Assert.Equal(city.Spot.IsRechecked(c.Id), c.Spot!.Recheck));
        Assert.All(loop.Rows.Values, c => Assert.Null(c.Spot!.Verified));
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(4, 240.0)]
    [InlineData(0, 0.0)]
    public void Marks_FasterThanTheCategoryCanBe_SayHowFast(int minutes, double? seconds)
    {
        var loop = Fixed(Loop.Spot(Noon.AddMinutes(-minutes), Noon));
        AssertMark(loop.One, "too-fast", seconds, 300);
    }

    [Theory]
    [InlineData(99.0, null)]
    [InlineData(101.0, 101.0)]
    [InlineData(5_000.0, 5_000.0)]
    public void Marks_FartherThanTheLimit_SayHowFar(double meters, double? expected)
    {
        var loop = Fixed(near: Near(meters));
        AssertMark(loop.One, "too-far", expected, 100, tolerance: 0.01);
        AssertMark(loop.One, "no-fix", null, 10);
    }

    [Theory]
    [InlineData("u1", 10, null)]
    [InlineData("u1", -10, null)]
    [InlineData("u1", 11, 11.0)]
    [InlineData("u2", 0, 0.0)]
    [InlineData(null, 0, 0.0)]
    public void Marks_WithoutAFreshFixOfThatUnit_SaySo(string? unit, int ageMinutes, double? expected)
    {
        var loop = Fixed(near: unit is null ? null : Near(0) with { Unit = unit, MeasuredAt = Noon.AddMinutes(-ageMinutes) });
        AssertMark(loop.One, "no-fix", expected, 10);
        AssertMark(loop.One, "too-far", null, 100);
    }

    [Fact]
    public void Marks_ManyAtOnceFromOneUnit_BeginWithTheFifth()
    {
        var loop = new Loop();
        for (var i = 0; i < 6; i++)
            loop.Do(new GridCommand.Open(Loop.Report(i * 1_000), 1, Loop.Worker, Loop.Spot(), Near(i * 1_000) with { MeasuredAt = loop.Now }), 2);
        Assert.Equal([0, 0, 0, 0, 1, 1], loop.Rows.Values.OrderBy(c => c.ReportedAt).Select(c => c.Marks.Length));
        AssertMark(loop.Rows[Loop.Grid + "-5"], "many-at-once", 5, 4);
        // Ten minutes reach back to five others.
        AssertMark(loop.Rows[Loop.Grid + "-6"], "many-at-once", 6, 4);
        loop.Do(new GridCommand.Open(Loop.Report(7_000), 1, Loop.Worker, Loop.Spot() with { Unit = "u2" }, Near(7_000) with { Unit = "u2", MeasuredAt = loop.Now }), 0);
        Assert.Empty(loop.Rows[Loop.Grid + "-7"].Marks);
        loop.Do(new GridCommand.Open(Loop.Report(8_000), 1, Loop.Worker, Loop.Spot(), Near(8_000) with { MeasuredAt = loop.Now.AddMinutes(11) }), 11);
        Assert.Empty(loop.Rows[Loop.Grid + "-8"].Marks);
    }

    [Fact]
    public void Marks_OfAHandedInResult_LeaveSuspensionsOut()
    {
        var fast = Loop.In(Stage.Handling);
        fast.Do(Loop.Full(CaseStep.HandIn, Loop.Worker), 4);
        AssertMark(fast.One, "too-fast", 240, 300);
        var slow = Loop.In(Stage.Handling);
        slow.Do(Loop.Full(CaseStep.Suspend), 4);
        slow.Do(Loop.Full(CaseStep.Resume), 100);
        slow.Do(Loop.Full(CaseStep.HandIn, Loop.Worker), 1);
        Assert.Empty(slow.One.Marks);
        var far = Loop.In(Stage.Handling);
        far.Do(Loop.Full(CaseStep.HandIn, Loop.Worker) with { Near = Near(150) with { MeasuredAt = far.Now } }, 5);
        AssertMark(far.One, "too-far", 150, 100, tolerance: 0.01);
        Assert.Single(far.One.Marks);
        far.Do(Loop.Full(CaseStep.Rework));
        far.Do(Loop.Full(CaseStep.Start, Loop.Worker));
        far.Do(Loop.Full(CaseStep.HandIn, Loop.Worker), 30);
        Assert.Empty(far.One.Marks);
    }

    [Fact]
    public void Open_FixedOnTheSpotByWhoMayNot_IsRefused()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var decision = new Loop().Decide(new GridCommand.Open(Loop.Report(), 1, new Actor("x", role), Loop.Spot()));
            if (role is Role.Reporter or Role.Supervisor)
                Assert.Equal("spot", Assert.IsType<Decision.Faulty>(decision).Field);
            else
                Assert.IsType<Decision.Accepted>(decision);
            Assert.IsType<Decision.Accepted>(new Loop().Decide(new GridCommand.Open(Loop.Report(), 1, new Actor("x", role))));
        }
    }

    [Fact]
    public void Open_WithWrongFields_NamesThem()
    {
        Assert.Equal("spot.unit", Field(Loop.Spot() with { Unit = "" }));
        Assert.Equal("spot.note", Field(Loop.Spot() with { Note = " " }));
        Assert.Equal("spot.photos", Field(Loop.Spot() with { Photos = [.. Enumerable.Repeat("p", 10)] }));
        Assert.Equal("spot.fixedAt", Field(Loop.Spot(Noon, Noon.AddSeconds(-1))));
        var many = Loop.Report() with { Photos = [.. Enumerable.Repeat("p", 10)] };
        Assert.Equal("photos", Assert.IsType<Decision.Faulty>(new Loop().Decide(new GridCommand.Open(many, 1, Loop.Worker))).Field);

        static string Field(OnTheSpot spot) =>
            Assert.IsType<Decision.Faulty>(new Loop().Decide(new GridCommand.Open(Loop.Report(), 1, Loop.Worker, spot))).Field;
    }

    [Fact]
    public void SpotTimes_OfAGrid_AreBounded()
    {
        var state = GridState.Empty(Loop.Grid);
        for (var i = 1; i <= GridState.MaxSpotTimes + 10; i++)
            state = GridFold.Apply(state, new CaseOpened(Noon.AddMinutes(i), CaseId.Of(Loop.Grid, i), 1, Loop.Report(), Spot: Loop.Spot()));
        Assert.Equal(GridState.MaxSpotTimes, state.SpotTimes.Length);
        Assert.Equal((Noon.AddMinutes(11), Noon.AddMinutes(GridState.MaxSpotTimes + 10)), (state.SpotTimes[0].At, state.SpotTimes[^1].At));
    }

    private static UnitFix Near(double metersNorth) => new("u1", Loop.Report(metersNorth).Latitude, 120.15, Noon);

    private static Loop Fixed(OnTheSpot? spot = null, LoopRules? rules = null) => Fixed(Near(10), spot, rules);

    private static Loop Fixed(UnitFix? near, OnTheSpot? spot = null, LoopRules? rules = null)
    {
        var loop = new Loop { By = rules ?? Loop.Rules };
        loop.Do(new GridCommand.Open(Loop.Report(), 1, Loop.Worker, spot ?? Loop.Spot(), near), 0);
        return loop;
    }

    private static void AssertMark(Case one, string code, double? value, double limit, double tolerance = 0)
    {
        var mark = one.Marks.SingleOrDefault(m => m.Code == code);
        Assert.Equal(value is null, mark is null);
        if (mark is null)
            return;
        Assert.Equal(limit, mark.Limit);
        Assert.InRange(mark.Value, value!.Value * (1 - tolerance), value.Value * (1 + tolerance));
    }
}
