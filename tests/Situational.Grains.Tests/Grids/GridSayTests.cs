using Situational.Domain.Cases;
using Situational.Grains.Messages;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Grids;

public sealed class GridSayTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string Grid = Street.Grid(0);

    [Fact]
    public async Task Say_NothingChanged_RepeatsTheWholePictureUnderTheSameRevision()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        await city.RecordAsync("s", city.Fix("u", 100));
        await city.Grid(0).SayAsync(None);
        var first = city.Outbox.Newest(Grid)!;
        city.Time.Advance(TimeSpan.FromSeconds(5));
        await city.Grid(0).SayAsync(None);
        var second = city.Outbox.Newest(Grid)!;
        Assert.True(first.Full && second.Full);
        Assert.Equal(first.Revision, second.Revision);
        Assert.Equal((1, 1), (second.Cases.Length, second.Units.Length));
        Assert.Equal(second.Revision, (await city.Grid(0).StateAsync(None)).Revision);
    }

    [Fact]
    public async Task Say_ACaseWithoutClocksBecameOverdue_TakesTheNextRevision()
    {
        await using var city = await TestCity.StartAsync(1, prepare: c => c.Rules = TestRules.Unlimited);
        await city.Grid(0).ReportAsync(city.Report(severity: 1), None);
        await city.Grid(0).SayAsync(None);
        var before = city.Outbox.Newest(Grid)!;
        city.Time.Advance(TimeSpan.FromHours(2.1));
        await city.Grid(0).SayAsync(None);
        var after = city.Outbox.Newest(Grid)!;
        Assert.Equal((before.Revision, before.Revision + 1), (after.Previous, after.Revision));
        Assert.Equal(((byte)Severity.Orange, (byte)Severity.Red), (before.Summary.Risk, after.Summary.Risk));
        Assert.Equal((0, 1, 16d), (before.Summary.Overdue, after.Summary.Overdue, after.Summary.Score));
    }

    [Fact]
    public async Task Say_NothingHeardForLongerThanTheLimit_IsSilentUntilSomethingIs()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).SayAsync(None);
        Assert.False(city.Outbox.Newest(Grid)!.Summary.Silent);
        city.Time.Advance(TimeSpan.FromMinutes(31));
        await city.Grid(0).SayAsync(None);
        Assert.True(city.Outbox.Newest(Grid)!.Summary.Silent);
        Assert.Contains("silent:31:0", (await city.Grid(0).DescribeAsync(None)).Reasons);
        await city.RecordAsync("s", city.Fix("u", 100));
        Assert.False(city.Outbox.Newest(Grid)!.Summary.Silent);
        city.Time.Advance(TimeSpan.FromMinutes(29));
        await city.Grid(0).SayAsync(None);
        Assert.False(city.Outbox.Newest(Grid)!.Summary.Silent);
        city.Time.Advance(TimeSpan.FromMinutes(2));
        await city.Grid(0).SayAsync(None);
        Assert.True(city.Outbox.Newest(Grid)!.Summary.Silent);
        await city.Grid(0).ReportAsync(city.Report(), None);
        Assert.False(city.Outbox.Newest(Grid)!.Summary.Silent);
    }

    [Fact]
    public async Task Say_AFixOfHoursAgo_IsHeardAtItsOwnTime()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).SayAsync(None);
        city.Time.Advance(TimeSpan.FromHours(1));
        var measured = city.Time.NowMs - 31 * 60_000;
        await city.RecordAsync("s", city.Fix("u", 100, measured));
        Assert.Equal((true, measured), (city.Outbox.Newest(Grid)!.Summary.Silent, city.Outbox.Newest(Grid)!.Summary.HeardAtMs));
    }

    [Fact]
    public async Task Say_AfterARestart_NoGridIsSilentAtOnceButEachSaysWhenItWasHeard()
    {
        await using var city = await TestCity.StartAsync(1);
        var reported = city.Time.NowMs;
        await city.Grid(0).ReportAsync(city.Report(), None);
        city.Time.Advance(TimeSpan.FromHours(9));
        await city.RestartAsync();
        await city.Grid(0).SayAsync(None);
        Assert.Equal((false, reported), (city.Outbox.Newest(Grid)!.Summary.Silent, city.Outbox.Newest(Grid)!.Summary.HeardAtMs));
    }

    [Trait("Fault", "15")]
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Say_TheWallClockWasSetByAnHour_ChangesNeitherSilenceNorRevisionOrder(int hours)
    {
        await using var city = await TestCity.StartAsync(1);
        await city.RecordAsync("s", city.Fix("u", 100));
        await city.Grid(0).SayAsync(None);
        var before = city.Outbox.Newest(Grid)!.Revision;
        city.Time.StepWall(TimeSpan.FromHours(hours));
        await city.Grid(0).SayAsync(None);
        Assert.Equal((false, before), (city.Outbox.Newest(Grid)!.Summary.Silent, city.Outbox.Newest(Grid)!.Revision));
        city.Time.Advance(TimeSpan.FromMinutes(31));
        await city.Grid(0).SayAsync(None);
        Assert.True(city.Outbox.Newest(Grid)!.Summary.Silent);
        Assert.True(city.Outbox.Newest(Grid)!.Revision > before);
    }

    [Fact]
    public async Task Activate_StoreAway_TakesUnitsRefusesReportsAndClaimsNothing()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        await city.RestartAsync();
        city.Journal.Away = true;
        await city.RecordAsync("s", city.Fix("u", 100));
        await city.Grid(0).SayAsync(None);
        var blind = city.Outbox.Newest(Grid)!;
        Assert.Equal((false, 1, 0), (blind.Summary.Loaded, blind.Units.Length, blind.Cases.Length));
        Assert.Equal(["not-loaded:0:0"], (await city.Grid(0).DescribeAsync(None)).Reasons);
        Assert.Equal(ReportVerdict.StoreAway, (await city.Grid(0).ReportAsync(city.Report("new"), None)).Verdict);
        Assert.True(city.Outbox.StoreAway);

        city.Journal.Away = false;
        await city.Grid(0).SayAsync(None);
        var whole = city.Outbox.Newest(Grid)!;
        Assert.Equal((true, 1, 1), (whole.Summary.Loaded, whole.Units.Length, whole.Cases.Length));
        Assert.True(whole.Revision > blind.Revision);
        city.Outbox.AssertUnbroken(Grid);
    }

    [Fact]
    public async Task Report_StoreBackAfterABlindStart_LoadsFirst()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report(), None);
        await city.RestartAsync();
        city.Journal.Away = true;
        await city.Grid(0).SayAsync(None);
        city.Journal.Away = false;
        Assert.Equal(Grid + "-2", (await city.Grid(0).ReportAsync(city.Report("new"), None)).CaseId);
        Assert.Equal(2, (await city.Grid(0).StateAsync(None)).Cases.Length);
    }

    [Fact]
    public async Task Revision_OfALaterActivation_IsAheadOfTheEarlierOne()
    {
        await using var city = await TestCity.StartAsync(1);
        for (var i = 0; i < 20; i++)
            await city.Grid(0).ReportAsync(city.Report("k" + i), None);
        var before = (await city.Grid(0).StateAsync(None)).Revision;
        city.Time.Advance(TimeSpan.FromSeconds(1));
        await city.RestartAsync();
        Assert.InRange((await city.Grid(0).StateAsync(None)).Revision, before + 1, 1L << 53);
    }

    [Fact]
    public async Task Describe_OpenCases_GivesReasonsThatAddUp()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.Grid(0).ReportAsync(city.Report("a", 1), None);
        await city.Grid(0).ReportAsync(city.Report("b", 3), None);
        var description = await city.Grid(0).DescribeAsync(None);
        Assert.Equal(["open-red:1:8", "open-yellow:1:2"], description.Reasons);
        Assert.Equal(10, description.Change.Summary.Score);
    }
}
