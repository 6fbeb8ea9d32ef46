using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Domain.Kpis;
using Situational.Host.Kpis;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Kpis;

public sealed class KpiDeskTests : IDisposable
{
    private static readonly KpiAsk Usual = default;

    private readonly FakeClock _clock = new();
    private readonly FakeRecords _records = new();
    private readonly Lifetime _lifetime = new();
    private readonly KpiDesk _desk;

    public KpiDeskTests()
    {
        var versions = new FakeVersions(2).InForce();
        _desk = new(_records, new TerritoryTrees(versions, versions), _clock, _lifetime, NullLogger<KpiDesk>.Instance);
    }

    public void Dispose()
    {
        _desk.Dispose();
        _lifetime.Dispose();
    }

    [Fact]
    public async Task Figures_AskedForByAHundredWallsAtOnce_AreWorkedOutOnce()
    {
        var hold = new TaskCompletionSource();
        _records.Hold = hold.Task;
        var walls = Enumerable.Range(0, 100).Select(_ => _desk.SheetAsync(Usual, default)).ToList();

        hold.SetResult();
        var sheets = await Task.WhenAll(walls);

        Assert.Single(sheets.Distinct());
        Assert.Single(_records.Asked);
    }

    [Fact]
    public async Task Figures_AskedForAgain_AreKeptForHalfAMinute()
    {
        var first = await _desk.SheetAsync(Usual, default);

        _clock.Advance(KpiDesk.Kept - TimeSpan.FromTicks(1));
        var kept = await _desk.SheetAsync(Usual, default);
        _clock.Advance(TimeSpan.FromTicks(1));
        var anew = await _desk.SheetAsync(Usual, default);

        Assert.Same(first, kept);
        Assert.NotSame(first, anew);
        Assert.Equal(first.AsOf + KpiDesk.Kept, anew.AsOf);
    }

    [Fact]
    public async Task Figures_WhenTheWallClockSteps_AreStillKeptForHalfAMinute()
    {
        var first = await _desk.SheetAsync(Usual, default);

        _clock.StepWallClock(TimeSpan.FromHours(1));
        Assert.Same(first, await _desk.SheetAsync(Usual, default));
        _clock.StepWallClock(TimeSpan.FromHours(-2));
        _clock.Advance(KpiDesk.Kept);
        Assert.NotSame(first, await _desk.SheetAsync(Usual, default));
    }

    [Fact]
    public async Task Figures_ThatFailed_AreNotKept()
    {
        _records.Fault = new JournalUnavailableException("away");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _desk.SheetAsync(Usual, default));

        _records.Fault = null;

        Assert.NotNull(await _desk.SheetAsync(Usual, default));
    }

    [Fact]
    public async Task Figures_WhenOneWhoAskedGoesAway_AreWorkedOutForTheOthers()
    {
        var hold = new TaskCompletionSource();
        _records.Hold = hold.Task;
        using var gone = new CancellationTokenSource();
        var first = _desk.SheetAsync(Usual, gone.Token);
        var second = _desk.SheetAsync(Usual, default);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        hold.SetResult();

        Assert.NotNull(await second);
        Assert.Single(_records.Asked);
    }

    [Fact]
    public async Task Figures_ThatTakeTooLong_AreGivenUp()
    {
        _records.Hold = new TaskCompletionSource().Task;
        var asked = _desk.SheetAsync(Usual, default);
        await Eventually.HoldsAsync(() => Task.FromResult(_records.Asked.Count == 1), "nobody asked");

        _clock.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<TimeoutException>(() => asked);
    }

    [Fact]
    public async Task Figures_WhileTheHostStops_EndWithIt()
    {
        _records.Hold = new TaskCompletionSource().Task;
        var asked = _desk.SheetAsync(Usual, default);

        _lifetime.StopApplication();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task Periods_BeyondTheBound_TakeTheirPlaceFromThoseThatAreDone()
    {
        for (var i = 0; i < 3 * KpiDesk.MaxKept; i++)
            await _desk.SheetAsync(new(_clock.GetUtcNow().AddDays(-i - 1), null), default);

        Assert.Equal(3 * KpiDesk.MaxKept, _records.Asked.Count);
    }

    [Fact]
    public async Task Periods_BeyondTheBoundWhileNoneIsDone_AreRefused()
    {
        var hold = new TaskCompletionSource();
        _records.Hold = hold.Task;
        var asked = Enumerable.Range(0, KpiDesk.MaxKept).Select(i => _desk.SheetAsync(new(_clock.GetUtcNow().AddDays(-i - 1), null), default)).ToList();

        await Assert.ThrowsAsync<TimeoutException>(() => _desk.SheetAsync(Usual, default));
        hold.SetResult();
        await Task.WhenAll(asked);

        Assert.NotNull(await _desk.SheetAsync(Usual, default));
    }

    [Fact]
    public async Task Period_WithTooManyCases_IsRefused()
    {
        _records.Facts = Enumerable.Repeat(Case(1), KpiDesk.MaxCases + 1);

        await Assert.ThrowsAsync<TooManyCasesException>(() => _desk.SheetAsync(Usual, default));
    }

    [Fact]
    public async Task Cases_OfSeveralVersions_CountInTheAreasOfTheirTime()
    {
        _records.Facts = [Case(1), Case(2), Case(2), Case(3)];

        var sheet = (await _desk.SheetAsync(Usual, default)).Sheet;

        Assert.Equal((1, 2, 3, 1), (sheet.Of(FakeVersions.CityOf(1)).Cases, sheet.Of(FakeVersions.CityOf(2)).Cases, sheet.Of(SmallCity.Grids[0]).Cases, sheet.Unplaced));
    }

    [Fact]
    public void Period_ThatIsNotSaid_IsTheLastThirtyDaysAndNothingLaterThanNowCounts()
    {
        var now = _clock.GetUtcNow();

        Assert.Equal(new KpiPeriod(now.AddDays(-30), now), Usual.Period(now));
        Assert.Equal(new KpiPeriod(now.AddDays(-1), now), new KpiAsk(now.AddDays(-1), now.AddDays(1)).Period(now));
        Assert.Equal(new KpiPeriod(now.AddDays(-32), now.AddDays(-2)), new KpiAsk(null, now.AddDays(-2)).Period(now));
        Assert.Equal(new KpiPeriod(now.AddDays(1), now.AddDays(1)), new KpiAsk(now.AddDays(1), now.AddDays(2)).Period(now));
    }

    private CaseFact Case(int version)
    {
        var at = _clock.GetUtcNow().AddHours(-1);
        return new(
            "x-1", SmallCity.Grids[0], version, "litter", Severity.Blue, Stage.Reported, at, null, null, null, false, 0, 0, 0, false, null,
            [new(Stage.Reported, at)], []);
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
