using Situational.Domain.Cases;
using Situational.Domain.Patrols;
using Situational.Grains.Messages;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Squads;

/// <summary>Calls for help.</summary>
public sealed class SquadSosTests
{
    private const string Squad = "squad-1";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly ActorStatement Lead = new("lead-1", (byte)Role.Worker, "10.0.0.9");

    [Fact]
    public async Task Sos_StandsOverSilenceGridsAndARestartUntilAPersonAnswers()
    {
        await using var city = await TestCity.StartAsync(2);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        var receipt = await RaiseAsync(city, note: "fell");
        var called = city.Time.NowMs;
        Assert.Equal((DutyVerdict.Done, called, "fell"), (receipt.Verdict, receipt.Duty!.Sos!.AtMs, receipt.Duty.Sos.Note));
        Assert.Equal(called, Assert.Single((await city.Grid(0).StateAsync(None)).Units).SosAtMs);

        city.Time.Advance(TimeSpan.FromSeconds(5));
        await city.RecordAsync(Squad, city.Fix("u", 750));
        Assert.Equal(called, Assert.Single((await city.Grid(1).StateAsync(None)).Units).SosAtMs);
        city.Time.Advance(TimeSpan.FromMinutes(11));
        await Until.TrueAsync(
            async () => (await city.Grid(1).StateAsync(None)).Units is [{ State: (byte)UnitState.Gone } gone] && gone.SosAtMs == called, "it is gone and calls");
        Assert.Equal(DutyVerdict.SosOpen, (await SetAsync(city, on: false)).Verdict);

        await city.RestartAsync();
        await city.Squad(Squad).WakeAsync(None);
        await Until.TrueAsync(
            async () => (await city.Grid(1).StateAsync(None)).Units is [{ } back] && back.SosAtMs == called, "it is back and calls");

        var answered = await city.Squad(Squad).AnswerSosAsync(new SosReply("u", "on our way", Lead), None);
        Assert.Equal(
            (DutyVerdict.Done, "lead-1", "on our way", city.Time.NowMs),
            (answered.Verdict, answered.Duty!.Sos!.AnsweredBy, answered.Duty.Sos.Answer, answered.Duty.Sos.AnsweredAtMs));
        Assert.Equal(0, Assert.Single((await city.Grid(1).StateAsync(None)).Units).SosAtMs);
        Assert.Equal(DutyVerdict.NoSos, (await city.Squad(Squad).AnswerSosAsync(new SosReply("u", null, Lead), None)).Verdict);
        Assert.Equal(DutyVerdict.Done, (await SetAsync(city, on: false)).Verdict);
        Assert.Equal(["unit.sos", "unit.sos-answer", "unit.off-duty"], city.Duties.Audit.Select(e => e.What));
    }

    [Fact]
    public async Task Sos_WithAPlace_IsSeenThereAndTheNextFixMovesItOnWhateverItsClock()
    {
        await using var city = await TestCity.StartAsync(3);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        var measured = city.Time.NowMs;
        city.Time.Advance(TimeSpan.FromMinutes(5));
        var (latitude, longitude) = Street.At(700);
        await city.Squad(Squad).RaiseSosAsync(new SosCommand("u", latitude, longitude, null, Lead), None);
        Assert.Empty((await city.Grid(0).StateAsync(None)).Units);
        var row = Assert.Single((await city.Grid(1).StateAsync(None)).Units);
        Assert.Equal((latitude, longitude, measured), (row.Latitude, row.Longitude, row.MeasuredAtMs));
        // The device's clock is minutes behind the server's.
        Assert.Equal(1, (await city.RecordAsync(Squad, city.Fix("u", 1_100, measured + 1_000))).Moved);
    }

    [Fact]
    public async Task Sos_OfAUnitOfWhichNoFixIsKnown_IsListedAllTheSame()
    {
        await using var city = await TestCity.StartAsync(1);
        await RaiseAsync(city);
        var row = Assert.Single((await city.Outside.StateAsync(None)).Units);
        Assert.Equal(("u", 0L, city.Time.NowMs, (byte)UnitState.Gone), (row.Unit, row.MeasuredAtMs, row.SosAtMs, row.State));
        await city.RestartAsync();
        await city.Squad(Squad).WakeAsync(None);
        await Until.TrueAsync(async () => (await city.Outside.StateAsync(None)).Units is [{ SosAtMs: > 0 }], "it is back and calls");
        Assert.Equal(1, (await city.RecordAsync(Squad, city.Fix("u", 100))).Moved);
        await Until.TrueAsync(async () => (await city.Outside.StateAsync(None)).Units.IsEmpty, "its place is known");
        Assert.NotEqual(0, Assert.Single((await city.Grid(0).StateAsync(None)).Units).SosAtMs);
    }

    [Fact]
    public async Task Sos_SaidAgainBeforeAnyoneAnswered_IsTheSameCallWithWhatIsNew()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        var first = await RaiseAsync(city);
        city.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(DutyVerdict.Unchanged, (await RaiseAsync(city)).Verdict);
        var again = await RaiseAsync(city, note: "two men");
        Assert.Equal((DutyVerdict.Added, first.Duty!.Sos!.AtMs, "two men"), (again.Verdict, again.Duty!.Sos!.AtMs, again.Duty.Sos.Note));
        Assert.Equal(2, city.Duties.Audit.Count);
    }

    [Fact]
    public async Task Sos_OfWhoIsOffDuty_PutsThemOnDutyWithoutTheLastShiftsPlace()
    {
        await using var city = await TestCity.StartAsync(2);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        city.Time.Advance(TimeSpan.FromSeconds(11));
        await Until.TrueAsync(() => city.Stores.Fixes.Any(), "the fix is stored");
        await SetAsync(city, on: false);
        city.Time.Advance(TimeSpan.FromMinutes(1));

        var receipt = await RaiseAsync(city);

        var called = city.Time.NowMs;
        Assert.Equal((true, called), (receipt.Duty!.OnDuty, receipt.Duty.SinceMs));
        Assert.Equal((double.NaN, double.NaN), (receipt.Duty.Sos!.Latitude, receipt.Duty.Sos.Longitude));
        await AssertNowhereAsync(city, called);
        Assert.DoesNotContain(city.Outbox.Of(Street.Grid(0)).SelectMany(c => c.Units), u => u.SosAtMs != 0);
        // Nor after a start, whichever the store says first.
        await city.RestartAsync();
        await city.Squad(Squad).WakeAsync(None);
        await Until.TrueAsync(async () => (await city.Outside.StateAsync(None)).Units is [{ SosAtMs: > 0 }], "it is back and calls");
        await AssertNowhereAsync(city, called);

        city.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await city.RecordAsync(Squad, city.Fix("u", 700))).Moved);
        Assert.Empty((await city.Outside.StateAsync(None)).Units);
        Assert.Equal((city.Time.NowMs, called), Assert.Single((await city.Grid(1).StateAsync(None)).Units) is var row ? (row.MeasuredAtMs, row.SosAtMs) : default);
    }

    [Fact]
    public async Task Sos_OfAShiftThatHasNoFixYet_IsNotWhereTheLastOneEnded()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        city.Time.Advance(TimeSpan.FromHours(1));
        await SetAsync(city, on: false);
        city.Time.Advance(TimeSpan.FromHours(12));
        await SetAsync(city, on: true);

        await RaiseAsync(city);

        await AssertNowhereAsync(city, city.Time.NowMs);
    }

    [Fact]
    public async Task Sos_ThatSaysWhereOfWhoWasOffDuty_IsThereAlsoWhenSaidAgain()
    {
        await using var city = await TestCity.StartAsync(2);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        await SetAsync(city, on: false);
        city.Time.Advance(TimeSpan.FromMinutes(1));
        var (latitude, longitude) = Street.At(700);

        await city.Squad(Squad).RaiseSosAsync(new SosCommand("u", latitude, longitude, null, Lead), None);
        await RaiseAsync(city, note: "two men");

        var row = Assert.Single((await city.Grid(1).StateAsync(None)).Units);
        Assert.Equal((latitude, longitude, 0L), (row.Latitude, row.Longitude, row.MeasuredAtMs));
    }

    [Fact]
    public async Task Sos_OfAUnitOfWhichNoFixIsKnown_LeavesTheFeedWhenSomeoneAnswers()
    {
        await using var city = await TestCity.StartAsync(1);
        await RaiseAsync(city);
        await city.Squad(Squad).AnswerSosAsync(new SosReply("u", null, Lead), None);

        Assert.Empty((await city.Outside.StateAsync(None)).Units);
        Assert.Equal((true, null), Assert.Single((await city.Squad(Squad).DescribeAsync(None)).Members) is var member ? (member.Duty.OnDuty, member.Row) : default);
        city.Time.Advance(TimeSpan.FromSeconds(1));
        await city.RecordAsync(Squad, city.Fix("u", 100));
        Assert.Single((await city.Grid(0).StateAsync(None)).Units);
    }

    [Fact]
    public async Task Sos_OfAUnitBeyondTheBound_IsListedAndStaysSoAfterARestart()
    {
        await using var city = await TestCity.StartAsync(1, prepare: c => c.Settings["Situational:Patrols:MaxUnitsPerSquad"] = "2");
        Assert.Equal(1, (await city.RecordAsync(Squad, city.Fix("a", 90), city.Fix("b", 95), city.Fix("u", 100))).Refused);

        await RaiseAsync(city);

        Assert.Equal("u", Assert.Single((await city.Outside.StateAsync(None)).Units).Unit);
        Assert.Equal(1, (await city.RecordAsync(Squad, city.Fix("u", 100))).Moved);
        await Until.TrueAsync(async () => (await city.Grid(0).StateAsync(None)).Units.Length == 3, "its place is known");
        await city.RestartAsync();
        await city.Squad(Squad).WakeAsync(None);
        var outside = city.Outside;
        await Until.TrueAsync(
            async () => (await outside.StateAsync(None)).Units.Concat((await city.Grid(0).StateAsync(None)).Units).Any(u => u is { Unit: "u", SosAtMs: > 0 }),
            "it is back and calls");
    }

    private static async Task AssertNowhereAsync(TestCity city, long calledMs)
    {
        Assert.Empty((await city.Grid(0).StateAsync(None)).Units);
        var row = Assert.Single((await city.Outside.StateAsync(None)).Units);
        Assert.Equal((0d, 0d, 0L, calledMs), (row.Latitude, row.Longitude, row.MeasuredAtMs, row.SosAtMs));
        Assert.Null(Assert.Single((await city.Squad(Squad).DescribeAsync(None)).Members).Grid);
    }

    private static Task<DutyReceipt> SetAsync(TestCity city, bool on) => city.Squad(Squad).SetDutyAsync(new DutyCommand("u", on, Lead), None);

    private static Task<DutyReceipt> RaiseAsync(TestCity city, string? note = null) =>
        city.Squad(Squad).RaiseSosAsync(new SosCommand("u", double.NaN, double.NaN, note, Lead), None);
}
