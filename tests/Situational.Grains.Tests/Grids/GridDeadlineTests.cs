using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Grains.Messages;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Grids;

public sealed class GridDeadlineTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string Grid = Street.Grid(0);
    private static readonly string One = Grid + "-1";

    [Fact]
    public async Task Timer_ADeadlineFalls_FiresWithoutBeingAsked()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        // The timer runs on the real clock: so near before the limit it comes by itself.
        city.Time.Advance(TimeSpan.FromMinutes(8) - TimeSpan.FromMilliseconds(100));
        await city.Grid(0).ReportAsync(city.Report("arm"), None);
        city.Time.Advance(TimeSpan.FromMilliseconds(100));
        await Until.TrueAsync(() => Passed(city).Length == 1, "the deadline came to be known");
        Assert.Equal((ClockKind.Accept, DeadlineLevel.Approaching, false), Passed(city)[0]);
        await Until.TrueAsync(() => Row(city).Level == (byte)DeadlineLevel.Approaching, "the screens were told");
        Assert.Equal((0, 0.25 * 4 + 4 + 4), (city.Outbox.Newest(Grid)!.Summary.Overdue, city.Outbox.Newest(Grid)!.Summary.Score));
        Assert.Contains("approaching:1:1", (await city.Grid(0).DescribeAsync(None)).Reasons);
    }

    [Fact]
    public async Task Say_LevelsFellWhileAwake_FireOnceEachAndEscalate()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        foreach (var minutes in new[] { 9, 2, 10, 0, 30 })
        {
            city.Time.Advance(TimeSpan.FromMinutes(minutes));
            await city.Grid(0).SayAsync(None);
        }
        Assert.Equal(
            [(ClockKind.Accept, DeadlineLevel.Approaching, false), (ClockKind.Accept, DeadlineLevel.Overdue, false), (ClockKind.Accept, DeadlineLevel.OverdueTwice, false)],
            Passed(city));
        var one = city.Journal.FoldOf(Grid).Open[One];
        Assert.Equal((1, "330106"), (one.Escalations, one.EscalatedTo));
        Assert.Equal((1, 1), (city.Outbox.Newest(Grid)!.Summary.Overdue, Row(city).Escalations));
        city.Outbox.AssertUnbroken(Grid);
    }

    [Fact]
    public async Task Restart_DeadlinesFellMeanwhile_EachFiresOnceLateAndSaysSo()
    {
        await using var city = await TestCity.StartAsync(1);
        for (var i = 0; i < 5; i++)
            await city.Grid(0).ReportAsync(city.Report("k" + i), None);
        await city.StopAsync();
        city.Time.Advance(TimeSpan.FromMinutes(11));
        await city.RestartAsync();
        await city.Grid(0).SayAsync(None);
        Assert.Equal(10, Passed(city).Length);
        Assert.All(Passed(city), p => Assert.True(p.Late));
        Assert.Equal(5, city.Outbox.Newest(Grid)!.Summary.Overdue);
        await city.RestartAsync();
        await city.Grid(0).SayAsync(None);
        Assert.Equal(10, Passed(city).Length);
        city.Time.Advance(TimeSpan.FromMinutes(10));
        await city.Grid(0).SayAsync(None);
        Assert.Equal((15, 10), (Passed(city).Length, Passed(city).Count(p => p.Late)));
    }

    [Fact]
    public async Task Restart_AStepComesBeforeTheFirstLook_TheDeadlineBeforeItIsLateAllTheSame()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        await city.StopAsync();
        city.Time.Advance(TimeSpan.FromMinutes(11));
        await city.RestartAsync();
        var receipt = await city.ActAsync(One, CaseStep.Accept);
        Assert.Equal((CaseVerdict.Done, Stage.Accepted), (receipt.Verdict, receipt.Case!.ToCase().Stage));
        Assert.Equal([(ClockKind.Accept, DeadlineLevel.Approaching, true), (ClockKind.Accept, DeadlineLevel.Overdue, true)], Passed(city));
        Assert.Equal(CaseStep.Accept, Assert.IsType<CaseStepped>(city.Journal.EventsOf(Grid)[^1]).Step);
    }

    [Fact]
    public async Task Restart_TheStoreIsAwayWhenAStepComes_WhatFallsBeforeTheHistoryIsReadIsLate()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        await city.StopAsync();
        city.Journal.Away = true;
        await city.RestartAsync();
        Assert.Equal(CaseVerdict.StoreAway, (await city.ActAsync(One, CaseStep.Accept)).Verdict);
        city.Time.Advance(TimeSpan.FromMinutes(11));
        city.Journal.Away = false;
        await city.Grid(0).SayAsync(None);
        Assert.Equal([(ClockKind.Accept, DeadlineLevel.Approaching, true), (ClockKind.Accept, DeadlineLevel.Overdue, true)], Passed(city));
    }

    [Fact]
    public async Task Say_NothingIsDueAfterFailures_TheNextFailureWaitsNoLongerThanAFirst()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        city.Journal.AwayFor[Grid] = true;
        city.Time.Advance(TimeSpan.FromMinutes(8));
        for (var i = 0; i < 6; i++)
        {
            await city.Grid(0).SayAsync(None);
            city.Time.Advance(TimeSpan.FromSeconds(31));
        }
        Assert.Empty(Passed(city));
        city.Journal.AwayFor.Clear();
        Assert.Equal(CaseVerdict.Done, (await city.ActAsync(One, CaseStep.Accept)).Verdict);
        await city.Grid(0).SayAsync(None);
        var before = Passed(city).Length;

        city.Journal.AwayFor[Grid] = true;
        city.Time.Advance(TimeSpan.FromMinutes(9));
        await city.Grid(0).SayAsync(None);
        Assert.Equal(before, Passed(city).Length);
        city.Journal.AwayFor.Clear();
        city.Time.Advance(TimeSpan.FromSeconds(20));
        await city.Grid(0).SayAsync(None);
        Assert.Equal(before + 1, Passed(city).Length);
    }

    [Fact]
    public async Task Restart_ASuspensionEndedMeanwhile_ResumesLateWithWhatWasLeft()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        await city.BringAsync(One, Stage.Handling);
        city.Time.Advance(TimeSpan.FromMinutes(20));
        await city.ActAsync(One, CaseStep.Suspend, c => c with { Reason = "waiting for a crane", Until = city.Time.GetUtcNow().AddHours(2) });
        Assert.Equal((0, (byte)Stage.Suspended), (Row(city).DueAtMs, Row(city).Stage));
        city.Time.Advance(TimeSpan.FromHours(1));
        await city.Grid(0).SayAsync(None);
        Assert.Empty(Passed(city));
        await city.StopAsync();
        city.Time.Advance(TimeSpan.FromMinutes(70));
        await city.RestartAsync();
        await city.Grid(0).SayAsync(None);
        var resumed = Assert.Single(city.Journal.EventsOf(Grid).OfType<CaseStepped>(), e => e.Step == CaseStep.Resume);
        Assert.True(resumed.Late);
        // 20 of 60 minutes were used before, 10 since: 30 are left.
        Assert.Equal(city.Time.NowMs + 30 * 60_000, Row(city).DueAtMs);
    }

    [Trait("Fault", "3")]
    [Fact]
    public async Task Say_TheStoreIsAwayWhenADeadlineFalls_FiresItWhenTheStoreIsBackAndLosesNone()
    {
        await using var city = await TestCity.StartAsync(1);
        for (var i = 0; i < 3; i++)
            await city.Grid(0).ReportAsync(city.Report("k" + i), None);
        city.Journal.Away = true;
        city.Time.Advance(TimeSpan.FromMinutes(11));
        for (var i = 0; i < 5; i++)
        {
            city.Time.Advance(TimeSpan.FromSeconds(30));
            await city.Grid(0).SayAsync(None);
        }
        Assert.True(city.Outbox.StoreAway);
        Assert.Empty(Passed(city));
        city.Journal.Away = false;
        city.Time.Advance(TimeSpan.FromSeconds(31));
        await city.Grid(0).SayAsync(None);
        Assert.Equal(6, Passed(city).Length);
        Assert.All(Passed(city), p => Assert.True(p.Late));
        Assert.Equal(3, city.Outbox.Newest(Grid)!.Summary.Overdue);
        Assert.False(city.Outbox.StoreAway);
    }

    [Fact]
    public async Task Timer_TheStoreComesBack_TriesAgainByItself()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        city.Journal.Away = true;
        city.Time.Advance(TimeSpan.FromMinutes(11));
        await city.Grid(0).SayAsync(None);
        Assert.Empty(Passed(city));
        city.Journal.Away = false;
        await Until.TrueAsync(
            () =>
            {
                city.Time.Advance(TimeSpan.FromMilliseconds(50));
                return Passed(city).Length == 2;
            },
            "the deadlines came to be known");
    }

    [Fact]
    public async Task Say_OutcomeOfATickIsLost_FiresNothingTwice()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        city.Time.Advance(TimeSpan.FromMinutes(11));
        city.Journal.LoseOutcome = new TimeoutException("The answer was lost.");
        await city.Grid(0).SayAsync(None);
        city.Time.Advance(TimeSpan.FromSeconds(31));
        await city.Grid(0).SayAsync(None);
        Assert.Equal(2, Passed(city).Length);
        Assert.Equal(1, city.Outbox.Newest(Grid)!.Summary.Overdue);
    }

    [Fact]
    public async Task Say_SomebodyElseWroteToTheGrid_FiresAllTheSame()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        var state = city.Journal.FoldOf(Grid);
        var decided = (Decision.Accepted)GridDecisions.Decide(
            state, new GridCommand.Open(state.Open[One].Report with { Device = "other" }, 1, Actor.System), city.Time.GetUtcNow(), new LoopRules(city.Rules, 9, []));
        await city.Journal.AppendAsync(new(Grid, state.Version, decided.Events, decided.Changed, null, decided.After), None);
        city.Time.Advance(TimeSpan.FromMinutes(9));
        await city.Grid(0).SayAsync(None);
        Assert.Equal(2, Passed(city).Length);
    }

    [Trait("Fault", "15")]
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Say_TheWallClockIsSetByAnHourAndBack_FiresNothingTwiceAndLosesNothing(int hours)
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        city.Time.Advance(TimeSpan.FromMinutes(9));
        await city.Grid(0).SayAsync(None);
        Assert.Equal([DeadlineLevel.Approaching], Passed(city).Select(p => p.Level));

        city.Time.StepWall(TimeSpan.FromHours(hours));
        await city.Grid(0).SayAsync(None);
        city.Time.StepWall(TimeSpan.FromHours(-hours));
        for (var i = 0; i < 4; i++)
        {
            city.Time.Advance(TimeSpan.FromMinutes(5));
            await city.Grid(0).SayAsync(None);
        }
        // Three levels to accept, whichever hour showed them first; none of them late, for the grid was awake.
        Assert.Equal([DeadlineLevel.Approaching, DeadlineLevel.Overdue, DeadlineLevel.OverdueTwice], Passed(city).Select(p => p.Level));
        Assert.All(Passed(city), p => Assert.Equal((ClockKind.Accept, false), (p.Kind, p.Late)));
    }

    [Fact]
    public async Task Say_FixesAndReportsWhileATickWaitsForTheStore_AreServedInTheirOrder()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        city.Time.Advance(TimeSpan.FromMinutes(11));
        var held = new TaskCompletionSource();
        var before = city.Journal.Appends;
        city.Journal.Slow = held.Task;
        var say = city.Grid(0).SayAsync(None);
        await Until.TrueAsync(() => city.Journal.Appends > before, "the tick is under way");
        var report = city.Grid(0).ReportAsync(city.Report("b"), None);
        await city.RecordAsync("s", city.Fix("u", 100));
        Assert.Single((await city.Grid(0).StateAsync(None)).Units);
        Assert.False(say.IsCompleted || report.IsCompleted);
        held.SetResult();
        await say;
        Assert.Equal(ReportVerdict.Opened, (await report).Verdict);
        Assert.Equal(2, Passed(city).Length);
        city.Outbox.AssertUnbroken(Grid);
    }

    private static (ClockKind Kind, DeadlineLevel Level, bool Late)[] Passed(TestCity city) =>
        [.. city.Journal.EventsOf(Grid).OfType<DeadlinePassed>().Select(e => (e.Clock.Kind, e.Level, e.Late))];

    private static CaseRow Row(TestCity city)
    {
        foreach (var change in city.Outbox.Of(Grid).Reverse())
            foreach (var row in change.Cases)
                if (row.Id == One)
                    return row;
        return default;
    }
}
