using Situational.Domain.Patrols;
using Situational.Grains.Messages;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Squads;

public sealed class SquadTickTests
{
    private const string Squad = "squad-1";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Tick_TimeGoesBy_UnitsGrowOldInTheirGrid()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        var heard = city.Outbox.Newest(Street.Grid(0))!.Summary.HeardAtMs;
        foreach (var (seconds, state) in new[] { (31, UnitState.Late), (90, UnitState.Stale), (480, UnitState.Gone) })
        {
            city.Time.Advance(TimeSpan.FromSeconds(seconds));
            await StateIsAsync(city, state);
        }
        Assert.Equal((0, heard), (city.Outbox.Newest(Street.Grid(0))!.Summary.Units, city.Outbox.Newest(Street.Grid(0))!.Summary.HeardAtMs));
        await city.RecordAsync(Squad, city.Fix("u", 110));
        await StateIsAsync(city, UnitState.Live);
        city.Outbox.AssertUnbroken(Street.Grid(0));
    }

    [Trait("Fault", "15")]
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Tick_TheWallClockWasSetByAnHour_AgesGoOnAsTheyWere(int hours)
    {
        await using var city = await TestCity.StartAsync(1);
        await city.RecordAsync(Squad, city.Fix("u", 100), city.Fix("tick", 100, city.Time.NowMs - 25_000));
        city.Time.StepWall(TimeSpan.FromHours(hours));
        // The other unit's growing late proves that the squad has looked at the clock since.
        city.Time.Advance(TimeSpan.FromSeconds(10));
        await StateIsAsync(city, UnitState.Late, "tick");
        await StateIsAsync(city, UnitState.Live);
        city.Time.Advance(TimeSpan.FromSeconds(25));
        await StateIsAsync(city, UnitState.Late);
    }

    [Fact]
    public async Task Record_ManyFixesOfAUnitInAMoment_GridsHearTheFirstAndSoonTheNewest()
    {
        await using var city = await TestCity.StartAsync(2, prepare: c => c.Settings["Situational:Patrols:TellMilliseconds"] = "500");
        const int Fixes = 200;
        for (var i = 0; i < Fixes; i++)
            Assert.Equal(1, (await city.RecordAsync(Squad, city.Fix("u", 100 + i * 3, city.Time.NowMs + i))).Moved);

        await Until.TrueAsync(
            () => city.Outbox.UnitsOf(Street.Grid(1)).GetValueOrDefault("u").MeasuredAtMs == city.Time.NowMs + Fixes - 1, "the newest fix is told");
        await Until.TrueAsync(() => city.Outbox.UnitsOf(Street.Grid(0)).Count == 0, "the grid that it left knows");
        Assert.Equal(Street.At(100).Longitude, city.Outbox.Of(Street.Grid(0)).SelectMany(c => c.Units).First().Longitude);
        Assert.InRange(city.Outbox.All.Sum(c => c.Units.Length), 2, Fixes / 2);
        city.Outbox.AssertUnbroken(Street.Grid(0));
        city.Outbox.AssertUnbroken(Street.Grid(1));
    }

    [Fact]
    public async Task Tick_EveryTenSeconds_NewestFixesAreStored()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.RecordAsync(Squad, city.Fix("u", 100), city.Fix("u", 120, city.Time.NowMs + 1));
        city.Time.Advance(TimeSpan.FromSeconds(10));
        await Until.TrueAsync(() => city.Stores.Fixes.Any(), "the fix is stored");
        var stored = Assert.Single(city.Stores.Fixes);
        Assert.Equal(("u", Street.Grid(0), Street.At(120).Longitude), (stored.Unit, stored.Grid, stored.Longitude));
    }

    [Fact]
    public async Task Stop_FixesNotStoredYet_AreStored()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        Assert.Empty(city.Stores.Fixes);
        await city.StopAsync();
        Assert.Single(city.Stores.Fixes);
    }

    [Fact]
    public async Task Tick_StoreAway_PositionsGoOnAndAreStoredWhenItIsBack()
    {
        await using var city = await TestCity.StartAsync(2);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        city.Stores.Away = true;
        city.Time.Advance(TimeSpan.FromSeconds(10));
        await Until.TrueAsync(() => city.Outbox.StoreAway == true, "the squad found the store away");
        Assert.Equal(1, (await city.RecordAsync(Squad, city.Fix("u", 800))).Moved);
        Assert.Single((await city.Grid(1).StateAsync(None)).Units);
        city.Stores.Away = false;
        city.Time.Advance(TimeSpan.FromSeconds(10));
        await Until.TrueAsync(() => city.Stores.Fixes.Any(f => f.Grid == Street.Grid(1)), "the fix is stored");
        await Until.TrueAsync(() => city.Outbox.StoreAway == false, "the squad found the store back");
    }

    [Fact]
    public async Task Tick_StoreHangs_IsNotedAwayAndTheSaveIsWaitedFor()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        var disk = new TaskCompletionSource();
        city.Stores.Slow = disk.Task;
        city.Time.Advance(TimeSpan.FromSeconds(10));
        await Until.TrueAsync(
            () =>
            {
                city.Time.Advance(TimeSpan.FromSeconds(1));
                return city.Outbox.StoreAway == true;
            },
            "the squad found the store late");
        Assert.Empty(city.Stores.Fixes);
        disk.SetResult();
        await Until.TrueAsync(
            () =>
            {
                city.Time.Advance(TimeSpan.FromSeconds(1));
                return city.Outbox.StoreAway == false;
            },
            "the squad found the store back");
        Assert.Single(city.Stores.Fixes);
    }

    [Fact]
    public async Task Activate_AfterARestart_UnitsComeBackWithTheirHonestAgeAndANewerSequence()
    {
        await using var city = await TestCity.StartAsync(2);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        var before = Assert.Single((await city.Grid(0).StateAsync(None)).Units);
        city.Time.Advance(TimeSpan.FromMinutes(3));
        await city.RestartAsync();
        await city.Squad(Squad).WakeAsync(None);
        await Until.TrueAsync(async () => (await city.Grid(0).StateAsync(None)).Units.Length == 1, "the unit is back");
        var after = Assert.Single((await city.Grid(0).StateAsync(None)).Units);
        Assert.Equal((before.MeasuredAtMs, (byte)UnitState.Stale), (after.MeasuredAtMs, after.State));
        Assert.True(after.Sequence > before.Sequence);
        Assert.Equal(1, (await city.RecordAsync(Squad, city.Fix("u", 100, before.MeasuredAtMs - 1))).Older);
    }

    [Fact]
    public async Task Activate_AfterAFixDatedAheadWasCorrected_TheCorrectionComesBack()
    {
        await using var city = await TestCity.StartAsync(2);
        await city.RecordAsync(Squad, city.Fix("u", 800, city.Time.NowMs + 3_600_000));
        city.Time.Advance(TimeSpan.FromSeconds(10));
        await Until.TrueAsync(() => city.Stores.Fixes.Any(), "the fix dated ahead is stored");
        var corrected = city.Stores.Fixes.Single().MeasuredAt.ToUnixTimeMilliseconds() - 5_000;
        Assert.Equal(1, (await city.RecordAsync(Squad, city.Fix("u", 100, corrected))).Moved);

        await city.RestartAsync();
        await city.Squad(Squad).WakeAsync(None);

        await Until.TrueAsync(async () => (await city.Grid(0).StateAsync(None)).Units.Length == 1, "the unit is back");
        Assert.Equal(corrected, Assert.Single((await city.Grid(0).StateAsync(None)).Units).MeasuredAtMs);
        Assert.Empty((await city.Grid(1).StateAsync(None)).Units);
    }

    [Fact]
    public async Task Activate_StoreAway_TakesFixesAndReadsTheOthersLater()
    {
        await using var city = await TestCity.StartAsync(2);
        await city.RecordAsync(Squad, city.Fix("old", 100), city.Fix("both", 100));
        await city.RestartAsync();
        city.Stores.Away = true;
        city.Time.Advance(TimeSpan.FromSeconds(20));
        await city.RecordAsync(Squad, city.Fix("both", 150));
        city.Stores.Away = false;
        city.Time.Advance(TimeSpan.FromSeconds(6));
        await Until.TrueAsync(async () => (await city.Grid(0).StateAsync(None)).Units.Length == 2, "the stored unit is back");
        var both = (await city.Grid(0).StateAsync(None)).Units.Single(u => u.Unit == "both");
        Assert.Equal(Street.At(150).Longitude, both.Longitude);
    }

    [Fact]
    public async Task Tick_AGridThatForgot_HearsItsUnitsAgainWithinHalfAMinute()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        // The grid is told that the unit left, and by nobody that it came back.
        var row = Assert.Single((await city.Grid(0).StateAsync(None)).Units);
        await city.Grid(0).UnitsMovedAsync(new UnitsMoved([], [new UnitLeft("u", row.Sequence)]), None);
        Assert.Empty((await city.Grid(0).StateAsync(None)).Units);
        city.Time.Advance(TimeSpan.FromSeconds(200));
        await city.Grid(0).SayAsync(None);
        await Until.TrueAsync(async () => (await city.Grid(0).StateAsync(None)).Units.Length == 1, "the unit is back");
    }

    private static Task StateIsAsync(TestCity city, UnitState state, string unit = "u") => Until.TrueAsync(
        async () => (await city.Grid(0).StateAsync(None)).Units.Single(u => u.Unit == unit).State == (byte)state, $"{unit} is {state}");
}
