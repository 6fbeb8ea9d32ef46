using Situational.Domain.Cases;
using Situational.Domain.Patrols;
using Situational.Grains.Messages;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Squads;

public sealed class SquadDutyTests
{
    private const string Squad = "squad-1";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly ActorStatement Lead = new("lead-1", (byte)Role.Worker, "10.0.0.9");

    [Fact]
    public async Task SetDuty_Off_TakesTheUnitOffItsGridAtOnceAndRefusesItsFixes()
    {
        await using var city = await TestCity.StartAsync(2);
        await city.RecordAsync(Squad, city.Fix("u", 100), city.Fix("other", 120));

        var receipt = await SetAsync(city, on: false);

        Assert.Equal((DutyVerdict.Done, false, city.Time.NowMs), (receipt.Verdict, receipt.Duty!.OnDuty, receipt.Duty.SinceMs));
        Assert.Equal(["other"], (await city.Grid(0).StateAsync(None)).Units.Select(u => u.Unit));
        city.Time.Advance(TimeSpan.FromSeconds(1));
        var counts = await city.RecordAsync(Squad, city.Fix("other", 130), city.Fix("u", 700), city.Fix("other", 140, city.Time.NowMs + 1), city.Fix("u", 100, 5));
        Assert.Equal([1], counts.OffDuty);
        Assert.Equal((2, 1), (counts.Moved, counts.Refused));
        // Not a word of it either when the squad says everyone again, or grows older.
        city.Time.Advance(TimeSpan.FromSeconds(40));
        await Until.TrueAsync(async () => (await city.Grid(0).StateAsync(None)).Units is [{ State: (byte)UnitState.Late }], "a tick passed");
        Assert.Empty((await city.Grid(1).StateAsync(None)).Units);
        city.Outbox.AssertUnbroken(Street.Grid(0));
    }

    [Fact]
    public async Task SetDuty_OnAgain_BringsTheUnitBackWithItsNextFixAndWithoutTheTimeBetween()
    {
        await using var city = await TestCity.StartAsync(2);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        await SetAsync(city, on: false);
        city.Time.Advance(TimeSpan.FromMinutes(20));
        var whileOff = city.Time.NowMs - 60_000;
        var receipt = await SetAsync(city, on: true);
        Assert.Equal((DutyVerdict.Done, true), (receipt.Verdict, receipt.Duty!.OnDuty));

        // A backlog of the time off duty is refused; where it was before is still where it was seen last.
        Assert.Equal([0], (await city.RecordAsync(Squad, city.Fix("u", 700, whileOff))).OffDuty);
        Assert.Equal((byte)UnitState.Gone, Assert.Single((await city.Grid(0).StateAsync(None)).Units).State);

        city.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await city.RecordAsync(Squad, city.Fix("u", 750))).Moved);
        Assert.Equal((byte)UnitState.Live, Assert.Single((await city.Grid(1).StateAsync(None)).Units).State);
    }

    [Fact]
    public async Task SetDuty_EachChange_StandsInTheAuditTrailAndNothingElseDoes()
    {
        await using var city = await TestCity.StartAsync(1);
        Assert.Equal(DutyVerdict.Done, (await SetAsync(city, on: true)).Verdict);
        Assert.Equal(DutyVerdict.Unchanged, (await SetAsync(city, on: true)).Verdict);
        Assert.Equal(DutyVerdict.Done, (await SetAsync(city, on: false)).Verdict);
        Assert.Equal(
            [("unit.on-duty", "u", "lead-1", "worker"), ("unit.off-duty", "u", "lead-1", "worker")],
            city.Duties.Audit.Select(e => (e.What, e.Target, e.Who, e.Role)));
        Assert.All(city.Duties.Audit, e => Assert.Equal(("10.0.0.9", null), (e.From, e.Detail)));
    }

    [Fact]
    public async Task SetDuty_StoreAway_ChangesNothing()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        city.Duties.Away = true;
        Assert.Equal((DutyVerdict.StoreAway, null), ((await SetAsync(city, on: false)) is var r ? (r.Verdict, r.Duty) : default));
        Assert.Equal(DutyVerdict.StoreAway, (await city.Squad(Squad).RaiseSosAsync(new SosCommand("u", double.NaN, double.NaN, null, Lead), None)).Verdict);
        Assert.Single((await city.Grid(0).StateAsync(None)).Units);
        Assert.Equal(0, Assert.Single((await city.Grid(0).StateAsync(None)).Units).SosAtMs);
        city.Duties.Away = false;
        Assert.Equal(DutyVerdict.Done, (await SetAsync(city, on: false)).Verdict);
    }

    [Fact]
    public async Task SetDuty_StoreIsSlow_PositionsGoOn()
    {
        await using var city = await TestCity.StartAsync(2);
        await city.RecordAsync(Squad, city.Fix("u", 100), city.Fix("other", 100));
        var disk = new TaskCompletionSource();
        city.Duties.Slow = disk.Task;
        var off = SetAsync(city, on: false);
        city.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await city.RecordAsync(Squad, city.Fix("other", 700))).Moved);
        Assert.Single((await city.Grid(0).StateAsync(None)).Units);
        Assert.False(off.IsCompleted);
        disk.SetResult();
        Assert.Equal(DutyVerdict.Done, (await off).Verdict);
        Assert.Empty((await city.Grid(0).StateAsync(None)).Units);
    }

    [Fact]
    public async Task Activate_DutyStatesCannotBeRead_NobodyIsShownUntilTheyAre()
    {
        await using var city = await TestCity.StartAsync(2);
        await city.RecordAsync(Squad, city.Fix("off", 100), city.Fix("on", 100));
        await SetAsync(city, on: false, unit: "off");
        await city.RestartAsync();
        city.Duties.Away = true;

        city.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(2, (await city.RecordAsync(Squad, city.Fix("off", 600), city.Fix("on", 610))).Moved);
        Assert.False((await city.Squad(Squad).DescribeAsync(None)).Known);
        Assert.Equal(DutyVerdict.StoreAway, (await SetAsync(city, on: false, unit: "on")).Verdict);
        Assert.Empty((await city.Grid(1).StateAsync(None)).Units);

        city.Duties.Away = false;
        city.Time.Advance(TimeSpan.FromSeconds(6));
        await Until.TrueAsync(async () => (await city.Grid(1).StateAsync(None)).Units is [{ Unit: "on" }], "the one on duty is shown");
        Assert.DoesNotContain((await city.Grid(0).StateAsync(None)).Units, u => u.Unit == "off");
        var members = (await city.Squad(Squad).DescribeAsync(None)).Members;
        Assert.Null(members.Single(m => m.Duty.Unit == "off").Row);
        Assert.NotNull(members.Single(m => m.Duty.Unit == "on").Row);
        Assert.Equal([0], (await city.RecordAsync(Squad, city.Fix("off", 620))).OffDuty);
    }

    [Fact]
    public async Task Activate_AGridStillListsWhoIsOffDuty_HearsThatTheyLeft()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        city.Time.Advance(TimeSpan.FromSeconds(10));
        await Until.TrueAsync(() => city.Stores.Fixes.Any(), "the fix is stored");
        await SetAsync(city, on: false);
        await city.RestartAsync();
        // As if the squad had gone down before it could tell the grid.
        var (latitude, longitude) = Street.At(100);
        await city.Grid(0).UnitsMovedAsync(new UnitsMoved([new UnitRow("u", 1, Squad, "u", latitude, longitude, 0, 0, 0, city.Time.NowMs)], []), None);
        Assert.Single((await city.Grid(0).StateAsync(None)).Units);
        await city.Squad(Squad).WakeAsync(None);
        await Until.TrueAsync(async () => (await city.Grid(0).StateAsync(None)).Units.Length == 0, "the unit left");
    }

    [Fact]
    public async Task Describe_EveryoneOfTheSquad_SaysWhereOnlyOfWhoIsOnDuty()
    {
        await using var city = await TestCity.StartAsync(2);
        await city.RecordAsync(Squad, city.Fix("on", 600) with { BatteryPercent = 41 }, city.Fix("off", 100));
        await SetAsync(city, on: false, unit: "off");
        await SetAsync(city, on: false, unit: "unseen");
        var members = (await city.Squad(Squad).DescribeAsync(None)).Members.ToDictionary(m => m.Duty.Unit);
        Assert.Equal(3, members.Count);
        Assert.Equal((Street.Grid(1), (sbyte)41, city.Time.NowMs), (members["on"].Grid, members["on"].Row!.Value.BatteryPercent, members["on"].Row!.Value.EnteredAtMs));
        Assert.Equal((true, 0L), (members["on"].Duty.OnDuty, members["on"].Duty.SinceMs));
        foreach (var unit in new[] { "off", "unseen" })
            Assert.Equal((false, null, null), (members[unit].Duty.OnDuty, members[unit].Row, members[unit].Grid));
    }

    private static Task<DutyReceipt> SetAsync(TestCity city, bool on, string unit = "u") =>
        city.Squad(Squad).SetDutyAsync(new DutyCommand(unit, on, Lead), None);
}
