using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Contract;

public abstract class PastStoreContract(StoreUnderTest store) : IDisposable
{
    private static readonly DateTimeOffset Ever = DateTimeOffset.MaxValue;

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Past_OfAnEmptyStore_IsEmpty()
    {
        Assert.Null(await store.Past.KeptSinceAsync(default));
        Assert.Empty(await AtAsync(TestGrid.Noon));
        Assert.Empty(await ChangesAsync(DateTimeOffset.MinValue, Ever));
        Assert.Equal(0, await store.Past.ForgetAsync(TestGrid.Noon, 10, default));
        Assert.Null(await store.Past.KeptSinceAsync(default));
    }

    [Fact]
    public async Task At_TheTimeOfAnEvent_ShowsWhatItMade()
    {
        var city = new LivingCity(store);
        var id = await city.OpenAsync(LivingCity.A, "井盖缺失", severity: Severity.Orange);
        var opened = city.Now;
        await city.StepsAsync(LivingCity.A, 1, CaseStep.Accept, CaseStep.Dispatch);
        var dispatched = city.Now;
        await city.StepsAsync(LivingCity.A, 1, CaseStep.Start, CaseStep.HandIn, CaseStep.Verify, CaseStep.Close);
        var closed = city.Now;

        Assert.Empty(await AtAsync(opened.AddTicks(-1)));
        var first = Assert.Single(await AtAsync(opened));
        Assert.Equal((id, LivingCity.A, Stage.Reported, opened, opened), (first.Id, first.Grid, first.Stage, first.ReportedAt, first.From));
        Assert.Equal(("other", Severity.Orange, 30.0, 120.16), (first.Category, first.Severity, first.Latitude, first.Longitude));
        Assert.Equal(Stage.Accepted, Assert.Single(await AtAsync(dispatched.AddTicks(-1))).Stage);
        var given = Assert.Single(await AtAsync(dispatched));
        Assert.Equal((Stage.Dispatched, new Assignee(AssigneeKind.Unit, "u1"), dispatched), (given.Stage, given.Assignee, given.From));
        Assert.Equal(Stage.Verified, Assert.Single(await AtAsync(closed.AddTicks(-1))).Stage);
        Assert.Empty(await AtAsync(closed));
        Assert.Empty(await AtAsync(Ever));
        Assert.Equal(opened, await store.Past.KeptSinceAsync(default));
    }

    [Fact]
    public async Task At_ShowsWhistlesLevelsAndWhenTheNextClockFallsDue()
    {
        var city = new LivingCity(store);
        var id = await city.OpenAsync(LivingCity.A, "消防通道堵塞", category: "fire-exit");
        await city.StepsAsync(LivingCity.A, 1, CaseStep.Accept, CaseStep.Blow);
        var whistle = city[LivingCity.A].Open[id].Whistles[0];
        var blown = Assert.Single(await AtAsync(city.Now));
        Assert.Equal((whistle.Kind, 2, 0, city.Now), (blown.Whistle, blown.Called, blown.Arrived, blown.WhistledAt));
        Assert.Equal(city[LivingCity.A].Open[id].NextClock!.DueAt, blown.DueAt);
        Assert.NotNull(blown.DueAt);
        await city.PassAsync(LivingCity.A, TimeSpan.FromDays(400));
        var late = Assert.Single(await AtAsync(city.Now));
        Assert.Equal((DeadlineLevel.OverdueTwice, city[LivingCity.A].Open[id].Escalations), (late.Level, late.Escalations));
        Assert.True(late.Escalations > 0);
        Assert.Equal(DeadlineLevel.None, Assert.Single(await AtAsync(city.Now.AddTicks(-1))).Level);
    }

    [Fact]
    public async Task Changes_TellEachRowOnceInOrderAndTheEnd()
    {
        var city = await LivingCity.FillAsync(store);
        var all = await ChangesAsync(DateTimeOffset.MinValue, Ever);
        Assert.Equal(all.OrderBy(one => one.From).Select(one => one.From), all.Select(one => one.From));
        Assert.Equal(all.Count, all.Select(one => (one.Id, one.From)).Distinct().Count());
        Assert.Equal(
            [Stage.Reported, Stage.Accepted, Stage.Dispatched, Stage.Handling, Stage.Handled, Stage.Verified, Stage.Closed],
            all.Where(one => one.Id == CaseId.Of(LivingCity.A, 1)).Select(one => one.Stage));
        var moved = all.Where(one => one.Id == CaseId.Of(LivingCity.A, 6)).ToArray();
        Assert.Equal([LivingCity.A, LivingCity.A, LivingCity.A, LivingCity.B], moved.Select(one => one.Grid));

        // From a time on, and up to and including one.
        foreach (var edge in all.Select(one => one.From).Distinct())
        {
            Assert.Equal(all.Where(one => one.From > edge), await ChangesAsync(edge, Ever));
            Assert.Equal(all.Where(one => one.From <= edge), await ChangesAsync(DateTimeOffset.MinValue, edge));
        }
        // A case on its way is where it was.
        Assert.Equal(
            city[LivingCity.A].Open.Keys.Concat(city[LivingCity.A].Outbound.Keys).Concat(city[LivingCity.B].Open.Keys).Order(StringComparer.Ordinal),
            (await AtAsync(city.Now)).Select(one => one.Id));
    }

    [Fact]
    public async Task Changes_OfACaseThatCameInTheMomentOfItsLastRowWhereItLeaves_TellIt()
    {
        var city = new LivingCity(store);
        var begun = city.Now.AddTicks(-1);
        // Both ways: in which order a store goes through its grids is its own affair.
        foreach (var (from, to) in new[] { (LivingCity.A, LivingCity.B), (LivingCity.B, LivingCity.A) })
        {
            var id = await city.OpenAsync(from, "井盖缺失");
            await city.TryAsync(from, new GridCommand.Depart(2, [(id, to)]));
            await city.TryAsync(to, new GridCommand.Arrive(from, city[from].Outbound[id]));
        }

        var there = await AtAsync(city.Now);
        Assert.Equal([LivingCity.B, LivingCity.A], there.Select(one => one.Grid));
        Assert.Equal(there, await ChangesAsync(begun, city.Now));
    }

    [Fact]
    public async Task At_OfACaseThatMoves_ShowsItOnceWhereverItIs()
    {
        var city = new LivingCity(store);
        var id = await city.OpenAsync(LivingCity.A, "井盖缺失");
        await city.DoAsync(LivingCity.A, new GridCommand.Depart(2, [(id, LivingCity.B)]));
        var departed = city.Now;
        await city.DoAsync(LivingCity.B, new GridCommand.Arrive(LivingCity.A, city[LivingCity.A].Outbound[id]));
        var arrived = city.Now;
        Assert.Equal(LivingCity.B, Assert.Single(await AtAsync(arrived)).Grid);
        await city.DoAsync(LivingCity.A, new GridCommand.EndHandover(id, true));
        Assert.Equal(LivingCity.A, Assert.Single(await AtAsync(departed)).Grid);
        Assert.Equal(LivingCity.A, Assert.Single(await AtAsync(arrived.AddTicks(-1))).Grid);
        Assert.Equal(LivingCity.B, Assert.Single(await AtAsync(arrived)).Grid);
        Assert.Equal(LivingCity.B, Assert.Single(await AtAsync(Ever)).Grid);

        // There and back before the first grid hears of it.
        await city.DoAsync(LivingCity.B, new GridCommand.Depart(3, [(id, LivingCity.A)]));
        await city.DoAsync(LivingCity.A, new GridCommand.Arrive(LivingCity.B, city[LivingCity.B].Outbound[id]));
        Assert.Equal(LivingCity.A, Assert.Single(await AtAsync(city.Now)).Grid);
        Assert.Equal(LivingCity.B, Assert.Single(await AtAsync(city.Now.AddTicks(-1))).Grid);
        await city.DoAsync(LivingCity.A, new GridCommand.Depart(4, [(id, LivingCity.B)]));
        await city.DoAsync(LivingCity.B, new GridCommand.Arrive(LivingCity.A, city[LivingCity.A].Outbound[id]));
        await city.DoAsync(LivingCity.A, new GridCommand.EndHandover(id, true));
        Assert.Equal(
            [LivingCity.A, LivingCity.B, LivingCity.A, LivingCity.B], (await ChangesAsync(DateTimeOffset.MinValue, Ever)).Select(one => one.Grid));
        Assert.Equal(LivingCity.B, Assert.Single(await AtAsync(Ever)).Grid);
    }

    [Fact]
    public async Task At_OfACaseThatMovedToAGridWhoseClockIsBehind_CountsFromItsPredecessor()
    {
        var city = new LivingCity(store);
        var id = await city.OpenAsync(LivingCity.A, "井盖缺失");
        await city.StepsAsync(LivingCity.A, 1, CaseStep.Accept);
        var accepted = city.Now;
        await city.DoAsync(LivingCity.A, new GridCommand.Depart(2, [(id, LivingCity.B)]));
        city.Now = TestGrid.Noon.AddHours(-1);
        await city.DoAsync(LivingCity.B, new GridCommand.Arrive(LivingCity.A, city[LivingCity.A].Outbound[id]));
        await city.DoAsync(LivingCity.A, new GridCommand.EndHandover(id, true));
        Assert.Equal(Stage.Reported, Assert.Single(await AtAsync(accepted.AddTicks(-1))).Stage);
        var here = Assert.Single(await AtAsync(accepted));
        Assert.Equal((LivingCity.B, Stage.Accepted, accepted), (here.Grid, here.Stage, here.From));
        Assert.Equal(2, (await ChangesAsync(DateTimeOffset.MinValue, Ever)).Count);
    }

    [Fact]
    public async Task At_AfterTheClockWasSetBack_GoesOnFromThePredecessor()
    {
        var city = new LivingCity(store);
        await city.OpenAsync(LivingCity.A, "井盖缺失");
        await city.StepsAsync(LivingCity.A, 1, CaseStep.Accept);
        var accepted = city.Now;
        city.Now = TestGrid.Noon.AddHours(-1);
        await city.StepsAsync(LivingCity.A, 1, CaseStep.Dispatch);
        Assert.Empty(await AtAsync(city.Now));
        Assert.Equal(Stage.Reported, Assert.Single(await AtAsync(accepted.AddTicks(-1))).Stage);
        var given = Assert.Single(await AtAsync(accepted));
        Assert.Equal((Stage.Dispatched, accepted), (given.Stage, given.From));

        await city.StepsAsync(LivingCity.A, 1, CaseStep.Start, CaseStep.HandIn, CaseStep.Verify, CaseStep.Close);
        Assert.Empty(await AtAsync(accepted));
        Assert.Equal([Stage.Reported, Stage.Closed], (await ChangesAsync(DateTimeOffset.MinValue, Ever)).Select(one => one.Stage));
        await city.StepsAsync(LivingCity.A, 1, CaseStep.Reopen);
        Assert.Equal(accepted, Assert.Single(await AtAsync(accepted)).From);
        Assert.Equal(2, (await ChangesAsync(DateTimeOffset.MinValue, Ever)).Count);
    }

    [Fact]
    public async Task At_OfACaseThatWasReopened_IsEmptyInBetween()
    {
        var city = new LivingCity(store);
        await city.OpenAsync(LivingCity.A, "井盖缺失");
        await city.StepsAsync(LivingCity.A, 1, CaseStep.Reject);
        var rejected = city.Now;
        await city.StepsAsync(LivingCity.A, 1, CaseStep.Reopen);
        Assert.Single(await AtAsync(rejected.AddTicks(-1)));
        Assert.Empty(await AtAsync(rejected));
        Assert.Empty(await AtAsync(city.Now.AddTicks(-1)));
        Assert.Single(await AtAsync(city.Now));
        Assert.Equal(Stage.Rejected, (await ChangesAsync(DateTimeOffset.MinValue, Ever))[1].Stage);
    }

    [Fact]
    public async Task Append_ThatWasRefused_LeavesNoRow()
    {
        var grid = new TestGrid("g");
        await grid.AppendAsync(store.Journal, grid.Open("key"));
        var stale = new TestGrid("g").Open();
        Assert.IsType<AppendOutcome.VersionConflict>(await store.Journal.AppendAsync(stale, default));
        Assert.IsType<AppendOutcome.KeyTaken>(await store.Journal.AppendAsync(new TestGrid("h").Open("key"), default));
        Assert.Single(await AtAsync(Ever));
        Assert.Single(await ChangesAsync(DateTimeOffset.MinValue, Ever));
    }

    [Fact]
    public async Task Forget_KeepsWhatHeldAndSaysSinceWhen()
    {
        var city = await LivingCity.FillAsync(store);
        var all = await ChangesAsync(DateTimeOffset.MinValue, Ever);
        var before = all[all.Count / 2].From.AddSeconds(1);
        var times = all.Select(one => one.From).Where(at => at > before).Prepend(before).ToArray();
        var pictures = new List<IReadOnlyList<PastCase>>();
        foreach (var at in times)
            pictures.Add(await AtAsync(at));
        var changes = await ChangesAsync(before, Ever);
        // Gone is whatever was followed by then, and how cases had ended.
        var followed = all.Count(one => one.From <= before) - pictures[0].Count;

        Assert.Equal(2, await store.Past.ForgetAsync(before, 2, default));
        Assert.Equal(before, await store.Past.KeptSinceAsync(default));
        Assert.Equal(followed - 2, await store.Past.ForgetAsync(before, 1_000, default));
        Assert.Equal(0, await store.Past.ForgetAsync(before, 1_000, default));
        Assert.Equal(0, await store.Past.ForgetAsync(before.AddDays(-1), 1_000, default));
        Assert.Equal(before, await store.Past.KeptSinceAsync(default));
        for (var i = 0; i < times.Length; i++)
            Assert.Equal(pictures[i], await AtAsync(times[i]));
        Assert.Equal(changes, await ChangesAsync(before, Ever));

        // What still holds is kept however long it has.
        await store.Past.ForgetAsync(city.Now.AddDays(1_000), 1_000, default);
        Assert.Equal(pictures[^1], await AtAsync(Ever));
        store.Close();
        Assert.Equal(city.Now.AddDays(1_000), await store.Past.KeptSinceAsync(default));
    }

    [Fact]
    public async Task Rows_OutliveTheProcess()
    {
        await LivingCity.FillAsync(store);
        var (changes, now) = (await ChangesAsync(DateTimeOffset.MinValue, Ever), await AtAsync(Ever));
        store.Close();
        Assert.Equal(changes, await ChangesAsync(DateTimeOffset.MinValue, Ever));
        Assert.Equal(now, await AtAsync(Ever));
    }

    private async Task<IReadOnlyList<PastCase>> AtAsync(DateTimeOffset at) => await PastTelling.AtAsync(store.Past, at);

    private async Task<IReadOnlyList<PastCase>> ChangesAsync(DateTimeOffset from, DateTimeOffset to) => await PastTelling.ChangesAsync(store.Past, from, to);
}
