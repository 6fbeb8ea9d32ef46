using Situational.Domain.Cases;

namespace Situational.Domain.Tests.Cases;

public sealed class DuplicateTests
{
    private const string Second = Loop.Grid + "-2";

    [Fact]
    public void Open_TheSameDeviceTextAndPlaceWithinMinutes_JoinsByItself()
    {
        var loop = new Loop();
        loop.Do(new GridCommand.Open(Loop.Report(0, "d1"), 1, Loop.Reporter));
        var joined = loop.Do(new GridCommand.Open(Loop.Report(10, "d1"), 1, Loop.Reporter), 10);
        Assert.Equal((Loop.First, 1, loop.Now), (joined.Case!.Id, joined.Case.Joined.Length, joined.Case.Joined[0].At));
        Assert.Equal((1, loop.Now), (loop.State.LastCaseNumber, loop.State.LastReportAt));
        Assert.Equal(Actor.System, Assert.IsType<ReportJoined>(joined.Events[0]).By);
        // Ten minutes count from the last one that said so.
        Assert.Equal(Loop.First, loop.Do(new GridCommand.Open(Loop.Report(0, "d1"), 1, Loop.Reporter), 10).Case!.Id);
        Assert.Equal(Second, loop.Do(new GridCommand.Open(Loop.Report(0, "d1"), 1, Loop.Reporter), 11).Case!.Id);
    }

    [Fact]
    public void Open_WithAClockSetBack_StillJoins()
    {
        var loop = new Loop();
        loop.Do(new GridCommand.Open(Loop.Report(0, "d1"), 1, Loop.Reporter));
        Assert.Equal(Loop.First, loop.Do(new GridCommand.Open(Loop.Report(0, "d1"), 1, Loop.Reporter), -5).Case!.Id);
    }

    [Fact]
    public void Open_AnythingElseThanTheSame_OpensACase()
    {
        foreach (var (other, spot) in new (Report, OnTheSpot?)[]
        {
            (Loop.Report(0, "d2"), null),
            (Loop.Report(0, null), null),
            (Loop.Report(0, "d1", "Another hole"), null),
            (Loop.Report(0, "d1", category: "exposed-rubbish"), null),
            (Loop.Report(60, "d1"), null),
            (Loop.Report(0, "d1"), Loop.Spot()),
        })
        {
            var loop = new Loop();
            loop.Do(new GridCommand.Open(Loop.Report(0, "d1"), 1, Loop.Worker));
            Assert.Equal(Second, loop.Do(new GridCommand.Open(other, 1, Loop.Worker, spot)).Case!.Id);
        }
        var without = new Loop();
        without.Do(new GridCommand.Open(Loop.Report(), 1, Loop.Reporter));
        Assert.Equal(Second, without.Do(new GridCommand.Open(Loop.Report(), 1, Loop.Reporter)).Case!.Id);
    }

    [Fact]
    public void Open_TheSameAsAnEndedCase_OpensACase()
    {
        var loop = new Loop();
        loop.Do(new GridCommand.Open(Loop.Report(0, "d1"), 1, Loop.Reporter));
        loop.Do(Loop.Full(CaseStep.Reject));
        Assert.Equal(Second, loop.Do(new GridCommand.Open(Loop.Report(0, "d1"), 1, Loop.Reporter)).Case!.Id);
    }

    [Fact]
    public void Open_TheSameOftenerThanACaseHolds_OpensAnother()
    {
        var loop = new Loop { By = Loop.Rules with { MaxOpenCases = 2 } };
        for (var i = 0; i <= Case.MaxJoined; i++)
            loop.Do(new GridCommand.Open(Loop.Report(0, "d1"), 1, Loop.Reporter), 0);
        Assert.Equal((200, 1), (loop.One.Joined.Length, loop.State.LastCaseNumber));
        Assert.Equal(Second, loop.Do(new GridCommand.Open(Loop.Report(0, "d1"), 1, Loop.Reporter)).Case!.Id);
        // A full grid still takes what joins.
        Assert.Equal(Second, loop.Do(new GridCommand.Open(Loop.Report(0, "d1"), 1, Loop.Reporter)).Case!.Id);
        Assert.IsType<Decision.GridFull>(loop.Decide(new GridCommand.Open(Loop.Report(500, "d1"), 1, Loop.Reporter)));
    }

    [Fact]
    public void Open_NearOpenCasesOfItsCategory_ProposesTheNearestFive()
    {
        var loop = new Loop();
        foreach (var north in new[] { 40, 10, 50.5, 30, 20, 45, 5 })
            loop.Do(new GridCommand.Open(Loop.Report(north), 1, Loop.Reporter));
        loop.Do(new GridCommand.Open(Loop.Report(1, category: "exposed-rubbish"), 1, Loop.Reporter));
        var one = loop.Do(new GridCommand.Open(Loop.Report(0), 1, Loop.Reporter)).Case!;
        Assert.Equal([7, 2, 5, 4, 1], one.Proposals.Select(Number));
        loop.Now = Reports.Noon.AddHours(24).AddMinutes(4);
        Assert.Equal([9, 7, 5, 4, 6], loop.Do(new GridCommand.Open(Loop.Report(0), 1, Loop.Reporter), 0).Case!.Proposals.Select(Number));
    }

    [Fact]
    public void Proposals_AgainstAllCasesByTheFormula_AreTheSame()
    {
        var random = new Random(7);
        var loop = new Loop { By = Loop.Rules with { MaxOpenCases = 1_000 } };
        for (var i = 0; i < 300; i++)
        {
            var report = Loop.Report(random.NextDouble() * 400) with { Longitude = 120.15 + random.NextDouble() * 0.004 };
            var expected = loop.State.Open.Values
                .Select(c => (Geometry.Distance(c.Report, report), c.Id)).Where(c => c.Item1 <= 50).Order().Take(5).Select(c => c.Id);
            Assert.Equal(expected, loop.Do(new GridCommand.Open(report, 1, Loop.Reporter), 0).Case!.Proposals);
        }
    }

    [Fact]
    public void KeepApart_AProposal_TakesItAway()
    {
        var loop = Two();
        var step = Loop.Full(CaseStep.KeepApart, id: Second);
        Assert.Equal("into", Assert.IsType<Decision.Faulty>(loop.Decide(step with { Other = Second })).Field);
        Assert.Equal("into", Assert.IsType<Decision.Faulty>(loop.Decide(step with { Other = null })).Field);
        Assert.IsType<Decision.NotAllowed>(loop.Decide(step with { By = Loop.Worker }));
        var stage = loop.Rows[Second].Stage;
        loop.Do(step with { Other = Loop.First });
        Assert.Empty(loop.Rows[Second].Proposals);
        Assert.Equal((stage, 2L, 2), (loop.Rows[Second].Stage, loop.Rows[Second].Revision, loop.Rows[Second].Clocks.Length));
        Assert.Equal("No duplicate is proposed.", Assert.IsType<Decision.NotAllowed>(loop.Decide(step)).Reason);
    }

    [Fact]
    public void Merge_IntoAnOpenCase_LetsAllReportsFollow()
    {
        var loop = Two();
        loop.Do(new GridCommand.Open(Loop.Report(20, "d1"), 1, Loop.Reporter));
        Assert.Equal([2, 1], loop.Rows[Loop.Grid + "-3"].Proposals.Select(Number));
        loop.Do(new GridCommand.Open(Loop.Report(20, "d1"), 1, Loop.Reporter));
        loop.Do(Loop.Full(CaseStep.Merge, id: Loop.Grid + "-3") with { Other = Second });
        var (merged, other) = (loop.Rows[Loop.Grid + "-3"], loop.Rows[Second]);
        Assert.Equal((Stage.Merged, Second, loop.Now), (merged.Stage, merged.MergedInto, merged.ClosedAt));
        Assert.Equal(2, other.Joined.Length);
        Assert.All(other.Joined, joined => Assert.Equal((merged.Id, loop.Now), (joined.FromCase, joined.At)));
        Assert.Equal([1], other.Proposals.Select(Number));
        Assert.Equal([Loop.First, Second], loop.State.Open.Keys.Order());
        loop.Do(Loop.Full(CaseStep.Merge, id: Second) with { Other = Loop.First });
        Assert.Equal(3, loop.One.Joined.Length);
        Assert.Empty(loop.One.Proposals);
    }

    [Fact]
    public void Merge_IntoNoOpenCase_NamesTheField()
    {
        var loop = Two();
        loop.Do(new GridCommand.Open(Loop.Report(5_000), 1, Loop.Reporter));
        loop.Do(Loop.Full(CaseStep.Reject, id: Loop.Grid + "-3"));
        foreach (var other in new[] { null, "", Loop.First, Loop.Grid + "-3", Loop.Grid + "-9", "330106001001002-1" })
            Assert.Equal("into", Assert.IsType<Decision.Faulty>(loop.Decide(Loop.Full(CaseStep.Merge) with { Other = other })).Field);
        var elsewhere = Loop.In(Stage.Closed).One with { Id = "330106001001002-1", Grid = "330106001001002" };
        Assert.Equal("into", Assert.IsType<Decision.Faulty>(
            loop.Decide(Loop.Full(CaseStep.Merge) with { Other = elsewhere.Id, OtherElsewhere = elsewhere })).Field);
    }

    [Fact]
    public void Merge_OfMoreReportsThanACaseHolds_IsRefused()
    {
        var loop = Two();
        for (var i = 0; i < 100; i++)
        {
            loop.Do(new GridCommand.Open(Loop.Report(0, "d1"), 1, Loop.Reporter), 0);
            loop.Do(new GridCommand.Open(Loop.Report(2_000, "d2"), 1, Loop.Reporter), 0);
        }
        var (a, b) = (Loop.Grid + "-3", Loop.Grid + "-4");
        Assert.Equal((99, 99), (loop.Rows[a].Joined.Length, loop.Rows[b].Joined.Length));
        loop.Do(Loop.Full(CaseStep.Merge) with { Other = a });
        loop.Do(new GridCommand.Open(Loop.Report(2_000, "d2"), 1, Loop.Reporter), 0);
        Assert.Equal((100, 100), (loop.Rows[a].Joined.Length, loop.Rows[b].Joined.Length));
        var faulty = Assert.IsType<Decision.Faulty>(loop.Decide(Loop.Full(CaseStep.Merge, id: a) with { Other = b }));
        Assert.Equal(("into", "A case holds at most 200 further reports."), (faulty.Field, faulty.Fault));
    }

    [Fact]
    public void Rate_AMergedCase_IsSentToTheOneThatGoesOn()
    {
        var loop = Two();
        loop.Do(Loop.Full(CaseStep.Merge, id: Second) with { Other = Loop.First });
        var refused = Assert.IsType<Decision.NotAllowed>(loop.Decide(Loop.Full(CaseStep.Rate, Loop.Reporter, Second)));
        Assert.Equal($"The case was merged into {Loop.First}, which goes on for it.", refused.Reason);
        Assert.Empty(refused.Allowed);
        loop.Through(CaseStep.Accept, CaseStep.Dispatch, CaseStep.Start, CaseStep.HandIn, CaseStep.Verify, CaseStep.Close);
        loop.Do(Loop.Full(CaseStep.Rate, Loop.Reporter));
        loop.Do(Loop.Full(CaseStep.Rate, new Actor("reporter-of-the-other", Role.Reporter)));
        Assert.Equal(2, loop.One.Ratings.Length);
    }

    private static Loop Two()
    {
        var loop = new Loop();
        loop.Do(new GridCommand.Open(Loop.Report(0), 1, Loop.Reporter));
        loop.Do(new GridCommand.Open(Loop.Report(10), 1, Loop.Reporter));
        Assert.Equal([1], loop.Rows[Second].Proposals.Select(Number));
        return loop;
    }

    private static int Number(string id) => CaseId.TryParse(id, out _, out var number) ? number : 0;

    private static class Geometry
    {
        public static double Distance(Report a, Report b) =>
            Domain.Geometry.Distance.Meters(a.Latitude, a.Longitude, b.Latitude, b.Longitude);
    }
}
