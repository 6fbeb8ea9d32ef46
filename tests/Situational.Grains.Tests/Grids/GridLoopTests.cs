using Situational.Domain.Cases;
using Situational.Grains.Messages;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Grids;

public sealed class GridLoopTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string Grid = Street.Grid(0);
    private static readonly string One = Grid + "-1";

    [Fact]
    public async Task Act_TheWholeLoop_IsJournaledAuditedPublishedAndFoldsToWhatWasAnswered()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report() with { By = new ActorStatement("resident-9", (byte)Role.Reporter, "10.0.0.9") }, None);
        var closed = await city.BringAsync(One, Stage.Closed);
        Assert.Equal([One], city.Outbox.Newest(Grid)!.Closed);
        Assert.Equal(0, city.Outbox.Newest(Grid)!.Summary.Orange);
        var resident = new ActorStatement("resident-9", (byte)Role.Reporter, null);
        var rated = await city.ActAsync(One, CaseStep.Rate, c => c with { By = resident, RatingKind = "reporter", Score = 4 });
        Assert.Equal((CaseVerdict.Done, 4), (rated.Verdict, Assert.Single(rated.Case!.ToCase().Ratings).Score));
        Assert.Equal(closed.Revision + 1, rated.Case.ToCase().Revision);
        var reopened = await city.ActAsync(One, CaseStep.Reopen, c => c with { Reason = "it is back" });
        Assert.Equal((CaseVerdict.Done, Stage.Accepted), (reopened.Verdict, reopened.Case!.ToCase().Stage));

        Assert.Equal(CaseJson.Write(reopened.Case.ToCase()), CaseJson.Write(city.Journal.FoldOf(Grid).Open[One]));
        Assert.Equal(One, Assert.Single(city.Outbox.Newest(Grid)!.Cases).Id);
        Assert.Equal(
            ["report", "case.accept", "case.dispatch", "case.start", "case.hand-in", "case.verify", "case.close", "case.rate", "case.reopen"],
            city.Journal.Audit.Select(a => a.What));
        Assert.All(city.Journal.Audit, a => Assert.Equal(One, a.Target));
        Assert.Equal(("wang", "officer", "10.0.0.7", "it is back"), (city.Journal.Audit[^1].Who, city.Journal.Audit[^1].Role, city.Journal.Audit[^1].From, city.Journal.Audit[^1].Detail));
        Assert.DoesNotContain(city.Journal.Audit, a => a.ToString().Contains("Li Lei", StringComparison.Ordinal) || a.ToString().Contains("crates", StringComparison.Ordinal));
        city.Outbox.AssertUnbroken(Grid);
    }

    [Fact]
    public async Task Act_NotAllowed_SaysWhatWouldBe()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        var refused = await city.ActAsync(One, CaseStep.Start);
        Assert.Equal((CaseVerdict.NotAllowed, Stage.Reported), (refused.Verdict, refused.Case!.ToCase().Stage));
        Assert.Contains((byte)CaseStep.Accept, refused.Allowed);
        Assert.False(string.IsNullOrEmpty(refused.Fault));
        var faulty = await city.ActAsync(One, CaseStep.Reject);
        Assert.Equal((CaseVerdict.Faulty, "reason"), (faulty.Verdict, faulty.Field));
        await city.BringAsync(One, Stage.Closed);
        var ended = await city.ActAsync(One, CaseStep.Accept);
        Assert.Equal((CaseVerdict.NotAllowed, Stage.Closed), (ended.Verdict, ended.Case!.ToCase().Stage));
        Assert.Contains((byte)CaseStep.Reopen, ended.Allowed);
    }

    [Fact]
    public async Task Act_EveryRequestThreeTimes_HappensOnce()
    {
        await using var city = await TestCity.StartAsync(1);
        var opened = await ThriceAsync(() => city.Grid(0).ReportAsync(city.Report(), None));
        Assert.Equal([ReportVerdict.Opened, ReportVerdict.Repeated, ReportVerdict.Repeated], opened.Select(r => r.Verdict));
        (CaseStep Step, Func<CaseCommand, CaseCommand> With)[] steps =
        [
            (CaseStep.Accept, c => c),
            (CaseStep.Escalate, c => c with { Reason = "asked" }),
            (CaseStep.Dispatch, c => c with { AssigneeKind = (byte)AssigneeKind.Department, Assignee = "sanitation" }),
            (CaseStep.Start, c => c),
            (CaseStep.Blow, c => c with { WhistleKind = city.Rules.WhistleKinds.Keys.First(), Departments = ["police"] }),
            (CaseStep.HandIn, c => c with { Note = "done" }),
            (CaseStep.Rework, c => c with { Reason = "not clean", By = new ActorStatement("zhao", (byte)Role.Supervisor, null) }),
        ];
        var revision = 1L;
        foreach (var (step, with) in steps)
        {
            var seen = revision;
            var receipts = await ThriceAsync(() => city.ActAsync(One, step, c => with(c) with { Key = "key-" + step, Fingerprint = "f", IfRevision = seen }));
            Assert.All(receipts, r => Assert.Equal(CaseVerdict.Done, r.Verdict));
            Assert.Single(receipts.Select(r => r.Case!.ToCase().Revision).Distinct());
            revision = receipts[0].Case!.ToCase().Revision;
            var misused = await city.ActAsync(One, step, c => with(c) with { Key = "key-" + step, Fingerprint = "other" });
            Assert.Equal(CaseVerdict.KeyMisused, misused.Verdict);
        }
        Assert.Equal(steps.Length + 1, city.Journal.EventsOf(Grid).Count);
        await city.RestartAsync();
        var later = await city.ActAsync(One, CaseStep.Accept, c => c with { Key = "key-Accept", Fingerprint = "f" });
        Assert.Equal((CaseVerdict.Done, Stage.Rework), (later.Verdict, later.Case!.ToCase().Stage));
    }

    [Fact]
    public async Task Act_TwoOfficersAtOnce_OneWinsAndTheOtherIsShownThePresentState()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        var receipts = await Task.WhenAll(
            city.ActAsync(One, CaseStep.Accept, c => c with { IfRevision = 1 }),
            city.ActAsync(One, CaseStep.Reject, c => c with { IfRevision = 1, Reason = "no hazard" }));
        var won = Assert.Single(receipts, r => r.Verdict == CaseVerdict.Done);
        var lost = Assert.Single(receipts, r => r.Verdict == CaseVerdict.Stale);
        Assert.Equal(CaseJson.Write(won.Case!.ToCase()), CaseJson.Write(lost.Case!.ToCase()));
        Assert.Equal(2, city.Journal.EventsOf(Grid).Count);
    }

    [Fact]
    public async Task Report_IdenticalDeviceAndText_JoinsAndKeepsBothReporters()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report("a") with { Device = "phone-1" }, None);
        var second = await city.Grid(0).ReportAsync(city.Report("b") with { Device = "phone-1", ReporterName = "Han Meimei" }, None);
        Assert.Equal((ReportVerdict.Joined, One), (second.Verdict, second.CaseId));
        Assert.Equal("Han Meimei", Assert.Single(second.Case!.ToCase().Joined).Report.ReporterName);
        Assert.Equal(ReportVerdict.Repeated, (await city.Grid(0).ReportAsync(city.Report("b") with { Device = "phone-1", ReporterName = "Han Meimei" }, None)).Verdict);
    }

    [Fact]
    public async Task Report_APlaceInAnotherGrid_NamesThatGrid()
    {
        await using var city = await TestCity.StartAsync(2);
        var receipt = await city.Grid(0).ReportAsync(city.Report(east: 700), None);
        Assert.Equal((ReportVerdict.Elsewhere, Street.Grid(1)), (receipt.Verdict, receipt.Fault));
        Assert.Empty(city.Journal.EventsOf(Grid));
    }

    [Fact]
    public async Task Act_Merge_PublishesBothCasesInOneChange()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report("a"), None);
        var second = await city.Grid(0).ReportAsync(city.Report("b"), None);
        Assert.Equal([One], second.Case!.ToCase().Proposals);
        var merged = await city.ActAsync(Grid + "-2", CaseStep.Merge, c => c with { Other = One });
        Assert.Equal((CaseVerdict.Done, Stage.Merged), (merged.Verdict, merged.Case!.ToCase().Stage));
        var told = city.Outbox.Newest(Grid)!;
        Assert.Equal([(One, (byte)Stage.Reported), (Grid + "-2", (byte)Stage.Merged)], told.Cases.Select(c => (c.Id, c.Stage)).Order());
        Assert.Equal([Grid + "-2"], told.Closed);
    }

    [Fact]
    public async Task Row_OfAWhistle_CountsWhoWasCalledAndWhoCame()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        await city.BringAsync(One, Stage.Accepted);
        var kind = city.Rules.WhistleKinds.Keys.First();
        await city.ActAsync(One, CaseStep.Blow, c => c with { WhistleKind = kind, Departments = ["police", "sanitation"] });
        Assert.Equal((kind, 2, 0), Row());
        foreach (var state in new[] { MusterState.Arrived, MusterState.Done })
        {
            var receipt = await city.ActAsync(One, CaseStep.Muster, c => c with { Whistle = 1, Department = "police", Muster = (byte)state });
            Assert.Equal(CaseVerdict.Done, receipt.Verdict);
            Assert.Equal((kind, 2, 1), Row());
        }
        await city.ActAsync(One, CaseStep.Reject, c => c with { Reason = "no" });
        await city.ActAsync(One, CaseStep.Muster, c => c with { Whistle = 1, Department = "sanitation", Muster = (byte)MusterState.Arrived });
        await city.ActAsync(One, CaseStep.Muster, c => c with { Whistle = 1, Department = "sanitation", Muster = (byte)MusterState.Done });
        Assert.Equal((null, 0, 0), Row());

        (string?, int, int) Row() => city.Outbox.Newest(Grid)!.Cases[^1] is var row ? (row.Whistle, row.Called, row.Arrived) : default;
    }

    private static async Task<T[]> ThriceAsync<T>(Func<Task<T>> ask) => [await ask(), await ask(), await ask()];
}
