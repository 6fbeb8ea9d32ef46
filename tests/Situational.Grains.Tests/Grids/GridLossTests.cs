using Situational.Domain.Cases;
using Situational.Grains.Messages;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Grids;

[Trait("Fault", "5")]
public sealed class GridLossTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string Grid = Street.Grid(0);

    [Fact]
    public async Task Report_TheStoreLostItsNewest_GoesOnWithWhatIsThereSaysSoAndGivesNoNumberTwice()
    {
        await using var city = await TestCity.StartAsync(1);
        for (var i = 1; i <= 3; i++)
            await city.Grid(0).ReportAsync(city.Report("k" + i), None);
        city.Journal.LoseNewest(Grid, 2);

        var next = await city.Grid(0).ReportAsync(city.Report("k4"), None);
        Assert.Equal((ReportVerdict.Opened, Grid + "-4"), (next.Verdict, next.CaseId));
        Assert.Equal(["-1", "-4"], (await city.Grid(0).StateAsync(None)).Cases.Select(c => c.Id[Grid.Length..]).Order());
        Assert.Contains("history-lost:2:0", (await city.Grid(0).DescribeAsync(None)).Reasons);
        Assert.Contains(city.Log.Lines, l => l.Contains("lost history", StringComparison.Ordinal) && l.Contains(Grid, StringComparison.Ordinal));
        Assert.Contains(city.Outbox.Of(Grid), c => c is { Full: true, Cases.Length: 1 });
        city.Outbox.AssertUnbroken(Grid);

        // Whoever sends a lost report again is taken; after a restart there is nothing to say any more.
        Assert.Equal(Grid + "-5", (await city.Grid(0).ReportAsync(city.Report("k2"), None)).CaseId);
        await city.RestartAsync();
        Assert.DoesNotContain(await ReasonsAsync(city), r => r.StartsWith("history-lost", StringComparison.Ordinal));
        Assert.Equal(3, (await city.Grid(0).StateAsync(None)).Cases.Length);
    }

    [Fact]
    public async Task Say_TheStoreWasRestartedAndLostSome_QuietGridsNoticeToo()
    {
        await using var city = await TestCity.StartAsync(3);
        for (var i = 0; i < 3; i++)
            for (var n = 0; n <= i; n++)
                await city.Grid(i).ReportAsync(city.Report($"k{i}-{n}", east: 100 + 500 * i), None);
        city.Journal.LoseNewest(Street.Grid(0));
        city.Journal.LoseNewest(Street.Grid(1), 2);
        city.Journal.Restart();

        Assert.Equal(ReportVerdict.Opened, (await city.Grid(0).ReportAsync(city.Report("next"), None)).Verdict);
        await city.Grid(1).SayAsync(None);
        await city.Grid(2).SayAsync(None);
        Assert.Equal([1L, 2L, 0L], Enumerable.Range(0, 3).Select(i => city.Outbox.Newest(Street.Grid(i))!.Summary.Lost));
        Assert.Equal([1, 0, 3], Enumerable.Range(0, 3).Select(i => city.Outbox.Newest(Street.Grid(i))!.Summary.Orange));
        Assert.Empty((await city.Grid(1).StateAsync(None)).Cases);
        Assert.Contains("history-lost:2:0", (await city.Grid(1).DescribeAsync(None)).Reasons);
        for (var i = 0; i < 3; i++)
            city.Outbox.AssertUnbroken(Street.Grid(i));
    }

    [Fact]
    public async Task Say_TheStoreWasRestartedAndCannotBeRead_ShowsNothingForSureAndCountsTheLossLater()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report("k1"), None);
        city.Journal.LoseNewest(Grid);
        city.Journal.Restart();
        city.Journal.Away = true;
        await city.Grid(0).SayAsync(None);
        Assert.Equal((false, 0L), (city.Outbox.Newest(Grid)!.Summary.Loaded, city.Outbox.Newest(Grid)!.Summary.Lost));
        city.Journal.Away = false;
        await city.Grid(0).SayAsync(None);
        Assert.Equal((true, 1L), (city.Outbox.Newest(Grid)!.Summary.Loaded, city.Outbox.Newest(Grid)!.Summary.Lost));
        city.Outbox.AssertUnbroken(Grid);
    }

    [Fact]
    public async Task Act_TheStoreLostTheCase_IsUnknownAndTheGridGoesOn()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report("k1"), None);
        await city.Grid(0).ReportAsync(city.Report("k2"), None);
        city.Journal.LoseNewest(Grid);
        Assert.Equal(CaseVerdict.Unknown, (await city.ActAsync(Grid + "-2", CaseStep.Accept)).Verdict);
        Assert.Equal(CaseVerdict.Done, (await city.ActAsync(Grid + "-1", CaseStep.Accept)).Verdict);
    }

    [Fact]
    public async Task Say_TheStoreLostADeadline_FiresItAgain()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report("k1"), None);
        city.Time.Advance(TimeSpan.FromMinutes(9));
        await city.Grid(0).SayAsync(None);
        city.Journal.LoseNewest(Grid);
        city.Time.Advance(TimeSpan.FromMinutes(2));
        await city.Grid(0).SayAsync(None);
        Assert.Equal(2, city.Journal.EventsOf(Grid).OfType<DeadlinePassed>().Count());
        Assert.Contains("history-lost:1:0", await ReasonsAsync(city));
    }

    private static async Task<IReadOnlyList<string>> ReasonsAsync(TestCity city) => (await city.Grid(0).DescribeAsync(None)).Reasons;
}
