using Microsoft.Extensions.DependencyInjection;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Grains.Messages;
using Situational.Grains.Territory;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Grids;

public sealed class GridHandoverTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string West = Street.Grid(0);
    private static readonly string East = Street.Grid(1);

    [Fact]
    public async Task Settle_AGridVanishesAndComesBack_ItsCasesMoveOnceEachWithAnEventAndKeepTheirIds()
    {
        await using var city = await TestCity.StartAsync(2);
        for (var i = 0; i < 3; i++)
            await city.Grid(1).ReportAsync(city.Report("k" + i, east: 700), None);
        await city.Grid(0).ReportAsync(city.Report("west"), None);
        var accepted = await city.BringAsync(East + "-2", Stage.Accepted);

        await city.PutAsync(1, replaces: 1);
        await ComesTrueAsync(city, () => Open(city, West) == 4 && IsDone(city, East), "the cases are in the west");
        var moved = city.Journal.FoldOf(West).Open[East + "-2"];
        Assert.Equal((West, 2, 1, Stage.Accepted), (moved.Grid, moved.TerritoryVersion, moved.Hops, moved.Stage));
        Assert.True(moved.Revision > accepted.Revision);
        Assert.Equal(3, city.Journal.EventsOf(East).OfType<CaseDeparted>().Count());
        Assert.Equal(3, city.Journal.EventsOf(West).OfType<CaseArrived>().Count());
        Assert.Equal(3, city.Outbox.Of(East).SelectMany(c => c.Closed).Distinct().Count());
        Assert.Equal(4, (await city.Grid(0).StateAsync(None)).Cases.Length);

        var elsewhere = await city.ActAsync(East + "-2", CaseStep.Escalate, c => c with { Reason = "r" });
        Assert.Equal((CaseVerdict.Elsewhere, West), (elsewhere.Verdict, elsewhere.Fault));
        Assert.Equal(CaseVerdict.Done, (await city.ActAsync(East + "-2", CaseStep.Escalate, c => c with { Reason = "r" }, West)).Verdict);
        var refused = await city.Grid(1).ReportAsync(city.Report("late", east: 700), None);
        Assert.Equal((ReportVerdict.Elsewhere, West), (refused.Verdict, refused.Fault));

        await city.PutAsync(2, replaces: 2);
        await ComesTrueAsync(city, () => Open(city, East) == 3 && IsDone(city, West), "the cases are back in the east");
        Assert.Equal((2, 1), (city.Journal.FoldOf(East).Open[East + "-2"].Hops, Open(city, West)));
        Assert.Equal(ReportVerdict.Opened, (await city.Grid(1).ReportAsync(city.Report("again", east: 700), None)).Verdict);
        Assert.Equal(East + "-4", city.Journal.FoldOf(East).Open.Keys.Max());
    }

    [Fact]
    public async Task Settle_TheSiloDiesBetweenEveryTwoSteps_EachCaseArrivesExactlyOnce()
    {
        await using var city = await TestCity.StartAsync(2);
        for (var i = 0; i < 3; i++)
            await city.Grid(1).ReportAsync(city.Report("k" + i, east: 700), None);

        city.Journal.AwayFor[West] = true;
        await city.PutAsync(1, replaces: 1);
        await ComesTrueAsync(city, () => city.Journal.FoldOf(East).Outbound.Count == 3, "the cases are on their way");
        await city.RestartAsync();
        Assert.Equal(0, Open(city, West));

        // The west takes them, and the east dies before it has written that down.
        city.Journal.AwayFor[East] = true;
        city.Journal.AwayFor.TryRemove(West, out _);
        await ComesTrueAsync(city, () => Open(city, West) == 3, "the west has them");
        Assert.Equal(3, city.Journal.FoldOf(East).Outbound.Count);
        await city.RestartAsync();

        city.Journal.AwayFor.Clear();
        await ComesTrueAsync(city, () => IsDone(city, East), "the east knows");
        Assert.Equal(3, Open(city, West));
        Assert.Equal(3, city.Journal.EventsOf(West).OfType<CaseArrived>().Count());
        Assert.Equal(3, city.Journal.EventsOf(East).OfType<HandoverEnded>().Count(e => e.Taken));
    }

    [Fact]
    public async Task Say_TheSiloHasHeardOfAnotherTerritoryAndNobodyAsks_TheCasesMove()
    {
        await using var city = await TestCity.StartAsync(2);
        await city.Grid(1).ReportAsync(city.Report(east: 700), None);
        var next = Street.Proposal(1);
        await city.Stores.TryAddAsync(new StoredTerritory(2, next.GeoJson.AsMemory(), next.Fingerprint, city.Time.GetUtcNow()), null, None);
        await city.Services.GetRequiredService<ITerritorySource>().AtLeastAsync(2, None);
        // The city cannot ask its grids without the list of versions.
        city.Stores.Away = true;
        await city.Grid(1).SayAsync(None);
        await ComesTrueAsync(city, () => Open(city, West) == 1 && IsDone(city, East), "the case is in the west");
    }

    [Fact]
    public async Task Settle_MoreCasesThanOnePart_MovesThemAll()
    {
        await using var city = await TestCity.StartAsync(2, prepare: c => c.Rules = TestRules.Unlimited);
        await Task.WhenAll(Enumerable.Range(0, 620).Select(i => city.Grid(1).ReportAsync(city.Report("k" + i, east: 700), None)));
        await city.PutAsync(1, replaces: 1);
        await ComesTrueAsync(city, () => Open(city, West) == 620 && IsDone(city, East), "the cases are in the west");
        Assert.Equal(620, city.Journal.EventsOf(West).OfType<CaseArrived>().Select(e => e.CaseId).Distinct().Count());
        Assert.Equal(620, (await city.Grid(0).StateAsync(None)).Cases.Length);
    }

    [Fact]
    public async Task Reopen_InAGridThatHasVanished_SendsTheCaseToWhereItLiesNow()
    {
        await using var city = await TestCity.StartAsync(2);
        await city.Grid(1).ReportAsync(city.Report(east: 700), None);
        await city.BringAsync(East + "-1", Stage.Closed);
        await city.PutAsync(1, replaces: 1);
        var receipt = await city.ActAsync(East + "-1", CaseStep.Reopen, c => c with { Reason = "it is back" });
        Assert.Equal(CaseVerdict.Done, receipt.Verdict);
        await ComesTrueAsync(city, () => Open(city, West) == 1 && IsDone(city, East), "the case is in the west");
    }

    [Fact]
    public async Task Merge_IntoACaseOfAnotherGrid_ItsReportsFollow()
    {
        await using var city = await TestCity.StartAsync(2);
        await OpenBothAsync(city);
        var merged = await city.ActAsync(East + "-1", CaseStep.Merge, c => c with { Other = West + "-1" });
        Assert.Equal((CaseVerdict.Done, Stage.Merged), (merged.Verdict, merged.Case!.ToCase().Stage));
        await ComesTrueAsync(city, () => IsDone(city, East), "the west has taken the reports");
        Assert.Equal(East + "-1", Assert.Single(city.Journal.FoldOf(West).Open[West + "-1"].Joined).FromCase);
        Assert.Equal(0, Open(city, East));
        var after = await city.ActAsync(East + "-1", CaseStep.Accept);
        Assert.Equal((CaseVerdict.NotAllowed, West + "-1"), (after.Verdict, after.Case!.ToCase().MergedInto));
    }

    [Fact]
    public async Task Merge_TheOtherCaseEndedMeanwhile_IsRefusedAndTheCaseStaysWhatItWas()
    {
        await using var city = await TestCity.StartAsync(2);
        await OpenBothAsync(city);
        city.Journal.AwayFor[West] = true;
        Assert.Equal(CaseVerdict.Done, (await city.ActAsync(East + "-1", CaseStep.Merge, c => c with { Other = West + "-1" })).Verdict);
        await Until.TrueAsync(() => city.Journal.FoldOf(East).Outbound.Count == 1 && city.Log.Lines.Any(l => l.Contains(West, StringComparison.Ordinal)), "the west was asked in vain");
        city.Journal.AwayFor.Clear();
        Assert.Equal(CaseVerdict.Done, (await city.ActAsync(West + "-1", CaseStep.Reject, c => c with { Reason = "no hazard" })).Verdict);
        await ComesTrueAsync(city, () => Open(city, East) == 1 && IsDone(city, East), "the case is back");
        Assert.Equal(Stage.Reported, city.Journal.FoldOf(East).Open[East + "-1"].Stage);
        Assert.Equal(East + "-1", Assert.Single((await city.Grid(1).StateAsync(None)).Cases).Id);
    }

    [Fact]
    public async Task Merge_TwoGridsOfferToEachOtherAtOnce_NeitherWaitsForTheOther()
    {
        await using var city = await TestCity.StartAsync(2, prepare: c => c.Rules = TestRules.Unlimited);
        for (var i = 0; i <= 20; i++)
            await OpenBothAsync(city, i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Task.WhenAll(Enumerable.Range(2, 20).SelectMany(i => new[]
        {
            city.ActAsync($"{West}-{i}", CaseStep.Merge, c => c with { Other = East + "-1" }),
            city.ActAsync($"{East}-{i}", CaseStep.Merge, c => c with { Other = West + "-1" }),
        }));
        await ComesTrueAsync(city, () => IsDone(city, East) && IsDone(city, West), "all were taken");
        Assert.Equal(20, city.Journal.FoldOf(West).Open[West + "-1"].Joined.Length);
        Assert.Equal(20, city.Journal.FoldOf(East).Open[East + "-1"].Joined.Length);
        Assert.DoesNotContain(city.Log.Lines, l => l.Contains("did not answer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TakeOver_TheSameTwice_IsTakenOnce()
    {
        await using var city = await TestCity.StartAsync(2);
        await city.Grid(0).ReportAsync(city.Report("a"), None);
        var foreign = city.Journal.FoldOf(West).Open[West + "-1"] with { Id = East + "-9", Grid = East };
        var offer = new HandoverMessage(East, (byte)HandoverKind.Move, 1, CaseDocument.Of(foreign), null, new ActorStatement("situational", (byte)Role.System, null));
        Assert.Equal(HandoverVerdict.Taken, await city.Grid(0).TakeOverAsync(offer, None));
        await city.RestartAsync();
        Assert.Equal(HandoverVerdict.Taken, await city.Grid(0).TakeOverAsync(offer, None));
        Assert.Equal((2, 1), (Open(city, West), city.Journal.EventsOf(West).OfType<CaseArrived>().Count()));
        city.Journal.Away = true;
        Assert.Equal(HandoverVerdict.Later, await city.Grid(0).TakeOverAsync(offer with { Case = CaseDocument.Of(foreign with { Id = East + "-10" }) }, None));
        Assert.Equal(HandoverVerdict.Later, await city.Grid(0).TakeOverAsync(offer with { TerritoryVersion = 2 }, None));
    }

    private static async Task OpenBothAsync(TestCity city, string key = "")
    {
        await city.Grid(0).ReportAsync(city.Report("west" + key, east: 490), None);
        await city.Grid(1).ReportAsync(city.Report("east" + key, east: 510), None);
    }

    private static int Open(TestCity city, string grid) => city.Journal.FoldOf(grid).Open.Count;

    private static bool IsDone(TestCity city, string grid) => city.Journal.FoldOf(grid).Outbound.IsEmpty;

    /// <summary>Pauses between tries run on the manual clock.</summary>
    private static Task ComesTrueAsync(TestCity city, Func<bool> condition, string what) => Until.TrueAsync(
        () =>
        {
            city.Time.Advance(TimeSpan.FromMilliseconds(100));
            return condition();
        },
        what);
}
