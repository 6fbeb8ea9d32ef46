using Situational.Domain.Cases;
using Situational.Grains.Messages;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Grids;

public sealed class GridReportTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Report_New_IsDurableThenAnsweredThenPublished()
    {
        await using var city = await TestCity.StartAsync(2);
        var receipt = await city.Grid(0).ReportAsync(city.Report(), None);

        Assert.Equal(ReportVerdict.Opened, receipt.Verdict);
        Assert.Equal((Street.Grid(0) + "-1", Stage.Reported, 1), (receipt.CaseId, receipt.Case!.ToCase().Stage, receipt.Case.ToCase().TerritoryVersion));
        Assert.Equal(["https://photos.example/1.jpg"], receipt.Case.ToCase().Report.Photos);
        var kept = Assert.IsType<CaseOpened>(Assert.Single(city.Journal.EventsOf(Street.Grid(0))));
        Assert.Equal("Li Lei", kept.Report.ReporterName);
        var told = city.Outbox.Of(Street.Grid(0)).Single(c => c is { Full: false, Cases.Length: 1 });
        Assert.Equal((receipt.CaseId, city.Time.NowMs, city.Time.NowMs + 10 * 60_000), (told.Cases[0].Id, told.Cases[0].ReportedAtMs, told.Cases[0].DueAtMs));
        Assert.Equal((1, city.Time.NowMs, true), (told.Summary.Orange, told.Summary.HeardAtMs, told.Summary.Loaded));
        city.Outbox.AssertUnbroken(Street.Grid(0));
        Assert.False(city.Outbox.StoreAway);
    }

    [Trait("Fault", "2")]
    [Fact]
    public async Task Report_SameKeyAndBody_GivesTheSameCaseAlsoAfterARestartAndFromAnotherGrid()
    {
        await using var city = await TestCity.StartAsync(2);
        var first = await city.Grid(0).ReportAsync(city.Report(), None);
        var again = await city.Grid(0).ReportAsync(city.Report(), None);
        await city.RestartAsync();
        var later = await city.Grid(0).ReportAsync(city.Report(), None);
        var elsewhere = await city.Grid(1).ReportAsync(city.Report(), None);

        foreach (var receipt in new[] { again, later, elsewhere })
        {
            Assert.Equal((ReportVerdict.Repeated, first.CaseId), (receipt.Verdict, receipt.CaseId));
            Assert.Equal(first.Case!.ToCase().ReportedAt, receipt.Case!.ToCase().ReportedAt);
        }
        Assert.Single(city.Journal.EventsOf(Street.Grid(0)));
        Assert.Empty(city.Journal.EventsOf(Street.Grid(1)));
    }

    [Trait("Fault", "2")]
    [Fact]
    public async Task Report_SameKeyAtOnceFromManyCallers_OpensOneCase()
    {
        await using var city = await TestCity.StartAsync(2);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => city.Grid(i % 2).ReportAsync(city.Report(east: 100 + i % 2 * 500), None)));
        Assert.Single(receipts, r => r.Verdict == ReportVerdict.Opened);
        Assert.Single(receipts.Select(r => r.CaseId).Distinct());
        Assert.Single(city.Journal.EventsOf(Street.Grid(0)).Concat(city.Journal.EventsOf(Street.Grid(1))));
    }

    [Trait("Fault", "2")]
    [Fact]
    public async Task Report_SameKeyAnotherBody_IsMisused()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        var receipt = await city.Grid(0).ReportAsync(city.Report(fingerprint: "f2"), None);
        Assert.Equal((ReportVerdict.KeyMisused, null), (receipt.Verdict, receipt.CaseId));
    }

    [Fact]
    public async Task Report_GridAtItsBound_IsRefusedButARetryOfAnAcceptedOneIsNot()
    {
        await using var city = await TestCity.StartAsync(1, prepare: c => c.Settings["Situational:Grids:MaxOpenCases"] = "2");
        await city.Grid(0).ReportAsync(city.Report("a"), None);
        await city.Grid(0).ReportAsync(city.Report("b"), None);
        Assert.Equal(ReportVerdict.GridFull, (await city.Grid(0).ReportAsync(city.Report("c"), None)).Verdict);
        Assert.Equal(ReportVerdict.Repeated, (await city.Grid(0).ReportAsync(city.Report("a"), None)).Verdict);
        await RejectAsync(city);
        Assert.Equal(ReportVerdict.Opened, (await city.Grid(0).ReportAsync(city.Report("c"), None)).Verdict);
        Assert.Equal(4, city.Journal.EventsOf(Street.Grid(0)).Count);
    }

    [Trait("Fault", "3")]
    [Fact]
    public async Task Report_StoreAway_IsNotAcknowledgedAndComesBackByItself()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report("a"), None);
        city.Journal.Away = true;
        Assert.Equal(ReportVerdict.StoreAway, (await city.Grid(0).ReportAsync(city.Report("b"), None)).Verdict);
        Assert.True(city.Outbox.StoreAway);
        Assert.Equal(CaseVerdict.StoreAway, (await city.ActAsync(Street.Grid(0) + "-1", CaseStep.Accept)).Verdict);
        Assert.Equal((byte)Stage.Reported, Assert.Single((await city.Grid(0).StateAsync(None)).Cases).Stage);
        city.Journal.Away = false;
        Assert.Equal(ReportVerdict.Opened, (await city.Grid(0).ReportAsync(city.Report("b"), None)).Verdict);
        Assert.False(city.Outbox.StoreAway);
    }

    [Fact]
    public async Task Report_SomebodyElseWroteToTheGrid_ReadsAgainAndOpensTheNextCase()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report("a"), None);
        await WriteBehindTheGridAsync(city, number: 2);

        var receipt = await city.Grid(0).ReportAsync(city.Report("b"), None);
        Assert.Equal((ReportVerdict.Opened, Street.Grid(0) + "-3"), (receipt.Verdict, receipt.CaseId));
        Assert.Equal(3, (await city.Grid(0).StateAsync(None)).Cases.Length);
        Assert.Contains(city.Outbox.Of(Street.Grid(0)), c => c is { Full: true, Cases.Length: 2 });
        city.Outbox.AssertUnbroken(Street.Grid(0));
    }

    [Trait("Fault", "3")]
    [Fact]
    public async Task Report_OutcomeOfTheAppendIsLost_IsReadAgainBeforeAnythingElseAndTheRetryFindsIt()
    {
        await using var city = await TestCity.StartAsync(1);
        city.Journal.LoseOutcome = new TimeoutException("The answer was lost.");
        Assert.Equal(ReportVerdict.StoreAway, (await city.Grid(0).ReportAsync(city.Report("a"), None)).Verdict);
        var retry = await city.Grid(0).ReportAsync(city.Report("a"), None);
        Assert.Equal((ReportVerdict.Repeated, Street.Grid(0) + "-1"), (retry.Verdict, retry.CaseId));
        Assert.Single((await city.Grid(0).StateAsync(None)).Cases);
    }

    [Fact]
    public async Task Report_CallerGivesUpDuringTheAppend_LeavesTheGridInStepWithItsJournal()
    {
        await using var city = await TestCity.StartAsync(1);
        var held = new TaskCompletionSource();
        city.Journal.Slow = held.Task;
        using var givingUp = new CancellationTokenSource();
        var first = city.Grid(0).ReportAsync(city.Report("a"), givingUp.Token);
        await Until.TrueAsync(() => city.Journal.Appends == 1, "the append is under way");
        await givingUp.CancelAsync();
        held.SetResult();
        await first.ContinueWith(static _ => { }, None, TaskContinuationOptions.None, TaskScheduler.Default);
        Assert.Equal(Street.Grid(0) + "-2", (await city.Grid(0).ReportAsync(city.Report("b"), None)).CaseId);
    }

    [Theory]
    [InlineData("330106000000-7")]
    [InlineData("330106000001-1")]
    [InlineData("nonsense")]
    public async Task Act_OnACaseThatIsNotHere_IsUnknown(string id)
    {
        await using var city = await TestCity.StartAsync(2);
        await city.Grid(1).ReportAsync(city.Report(), None);
        Assert.Equal(CaseVerdict.Unknown, (await city.Grid(0).ActAsync(new CaseCommand(id, (byte)CaseStep.Start, Officer), None)).Verdict);
    }

    [Fact]
    public async Task Restart_AfterReports_FindsThemAgain()
    {
        await using var city = await TestCity.StartAsync(1);
        for (var i = 0; i < 10; i++)
            await city.Grid(0).ReportAsync(city.Report("k" + i, (byte)(1 + i % 4)), None);
        await RejectAsync(city);
        var before = await city.Grid(0).StateAsync(None);
        await city.RestartAsync();
        var after = await city.Grid(0).StateAsync(None);
        Assert.Equal(before.Cases.OrderBy(c => c.Id), after.Cases.OrderBy(c => c.Id));
        Assert.Equal(9, after.Cases.Length);
        Assert.NotEqual(before.Activation, after.Activation);
        Assert.Equal(ReportVerdict.Opened, (await city.Grid(0).ReportAsync(city.Report("new"), None)).Verdict);
    }

    private static readonly ActorStatement Officer = new("wang", (byte)Role.Officer, null);

    private static Task<CaseReceipt> RejectAsync(TestCity city) =>
        city.ActAsync(Street.Grid(0) + "-1", CaseStep.Reject, c => c with { Reason = "no hazard" });

    private static async Task WriteBehindTheGridAsync(TestCity city, int number)
    {
        var grid = Street.Grid(0);
        var state = GridFold.Apply(GridState.Empty(grid), city.Journal.EventsOf(grid));
        var report = new Report("litter", Severity.Blue, "d", 30, 120, "worker", null, null, []);
        var decided = (Decision.Accepted)GridDecisions.Decide(state, new GridCommand.Open(report, 1, Actor.System), city.Time.GetUtcNow(), new LoopRules(city.Rules, 100, []));
        Assert.Equal($"{grid}-{number}", decided.Case?.Id);
        await city.Journal.AppendAsync(new(grid, state.Version, decided.Events, decided.Changed, null, decided.After), None);
    }
}
