using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Grains.Messages;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Squads;

public sealed class SquadTrailTests
{
    private const string Squad = "squad-1";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly ActorStatement Lead = new("lead-1", (byte)Role.Worker, null);

    [Fact]
    public async Task Tick_AWalkAlongTheStreet_IsStoredThinnedWithItsGrids()
    {
        await using var city = await TestCity.StartAsync(2);
        var begun = city.Time.NowMs;
        for (var i = 0; i <= 100; i++)
        {
            await city.RecordAsync(Squad, city.Fix("u", 300 + i * 4));
            city.Time.Advance(TimeSpan.FromSeconds(1));
        }
        city.Time.Advance(TimeSpan.FromSeconds(11));
        await Until.TrueAsync(() => city.Trails.Of("u") is [.., { } last] && last.At.ToUnixTimeMilliseconds() >= begun + 94_000, "the trail is stored");
        var trail = city.Trails.Of("u");
        Assert.InRange(trail.Count, 18, 24);
        Assert.Equal([Street.Grid(0), Street.Grid(1)], trail.Select(p => p.Grid).Distinct());
        Assert.All(trail, p => Assert.False(p.Ends));
        Assert.Equal(5, trail[0].AccuracyMeters);
    }

    [Fact]
    public async Task Tick_ABacklogAfterALiveFix_FillsTheTrailInBetween()
    {
        await using var city = await TestCity.StartAsync(2);
        var begun = city.Time.NowMs;
        await city.RecordAsync(Squad, city.Fix("u", 100));
        city.Time.Advance(TimeSpan.FromMinutes(10));
        await city.RecordAsync(Squad, city.Fix("u", 900));
        var backlog = Enumerable.Range(1, 199).Select(i => city.Fix("u", 100 + i * 4, begun + i * 3_000)).ToArray();
        Assert.Equal(199, (await city.RecordAsync(Squad, backlog)).Older);
        city.Time.Advance(TimeSpan.FromSeconds(11));
        await Until.TrueAsync(() => city.Trails.Of("u").Count > 2, "the trail is stored");
        var trail = city.Trails.Of("u");
        Assert.InRange(trail.Count, 32, 42);
        Assert.Equal(trail.Select(p => p.Longitude).Order(), trail.Select(p => p.Longitude));
    }

    [Fact]
    public async Task SetDuty_Off_EndsTheTrailWhereTheUnitWas()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        city.Time.Advance(TimeSpan.FromSeconds(30));
        await city.Squad(Squad).SetDutyAsync(new DutyCommand("u", false, Lead), None);
        var off = city.Time.GetUtcNow();
        city.Time.Advance(TimeSpan.FromSeconds(11));
        await Until.TrueAsync(() => city.Trails.Of("u") is [_, { Ends: true }], "the end is stored");
        var end = city.Trails.Of("u")[1];
        Assert.Equal((off.ToUnixTimeMilliseconds(), Street.Grid(0)), (end.At.ToUnixTimeMilliseconds(), end.Grid));
        Assert.Equal(Street.At(100).Latitude, end.Latitude, 6);
    }

    [Fact]
    public async Task Activate_TheEndOfATrailWasLost_IsSaidAgain()
    {
        await using var city = await TestCity.StartAsync(1);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        city.Time.Advance(TimeSpan.FromSeconds(11));
        await Until.TrueAsync(() => city.Trails.Of("u").Count == 1, "the trail is stored");
        city.Trails.Away = true;
        await city.Squad(Squad).SetDutyAsync(new DutyCommand("u", false, Lead), None);
        await city.RestartAsync();
        city.Trails.Away = false;
        await city.Squad(Squad).WakeAsync(None);
        city.Time.Advance(TimeSpan.FromSeconds(11));
        await Until.TrueAsync(() => city.Trails.Of("u") is [_, { Ends: true }], "the end is stored");
    }

    [Fact]
    public async Task Tick_StoreAway_TheNewestPointsWaitAndTheOldestAreLost()
    {
        await using var city = await TestCity.StartAsync(1, prepare: c => c.Settings["Situational:Patrols:TrailWaiting"] = "100");
        city.Trails.Away = true;
        var begun = city.Time.NowMs;
        for (var i = 0; i < 300; i++)
        {
            city.Time.Advance(TimeSpan.FromSeconds(3));
            await city.RecordAsync(Squad, city.Fix("u", i % 2 * 100));
        }
        var last = city.Time.NowMs;
        await Until.TrueAsync(() => city.Outbox.StoreAway == true, "the squad found the store away");
        city.Trails.Away = false;
        await Until.TrueAsync(
            () =>
            {
                city.Time.Advance(TimeSpan.FromSeconds(5));
                return city.Trails.Of("u") is [.., { } newest] && newest.At.ToUnixTimeMilliseconds() == last;
            },
            "the trail is stored");
        // Those that were being stored when the store was found away come on top of those that waited.
        Assert.InRange(city.Trails.Of("u").Count, 50, 200);
        Assert.True(city.Trails.Of("u")[0].At.ToUnixTimeMilliseconds() > begun + 250_000);
    }

    [Fact]
    public async Task Tick_MorePointsWaitThanMay_TheEndsOfTrailsAreNeverLost()
    {
        await using var city = await TestCity.StartAsync(1, prepare: c => c.Settings["Situational:Patrols:TrailWaiting"] = "100");
        city.Trails.Away = true;
        await city.RecordAsync(Squad, city.Fix("off", 100));
        await city.Squad(Squad).SetDutyAsync(new DutyCommand("off", false, Lead), None);
        for (var i = 0; i < 300; i++)
        {
            city.Time.Advance(TimeSpan.FromSeconds(3));
            await city.RecordAsync(Squad, city.Fix("u", i % 2 * 100));
        }
        city.Trails.Away = false;
        await Until.TrueAsync(
            () =>
            {
                city.Time.Advance(TimeSpan.FromSeconds(5));
                return city.Trails.Of("u").Count > 0;
            },
            "the trail is stored");
        Assert.True(city.Trails.Of("off") is [.., { Ends: true }]);
    }

    [Fact]
    public async Task Tick_AWalk_IsCountedByTheGridsItComesNear()
    {
        await using var city = await TestCity.StartAsync(2);
        for (var i = 0; i <= 30; i++)
        {
            await city.RecordAsync(Squad, city.Fix("u", 400 + i * 5));
            city.Time.Advance(TimeSpan.FromSeconds(4));
        }
        foreach (var column in new[] { 0, 1 })
            await Until.TrueAsync(
                () =>
                {
                    city.Time.Advance(TimeSpan.FromSeconds(5));
                    return WalkedOf(city, Street.Grid(column)) > 1_000;
                },
                $"grid {column} was walked");
    }

    [Fact]
    public async Task Stop_WaysThatWaitToBeTold_AreCounted()
    {
        await using var city = await TestCity.StartAsync(1);
        for (var i = 0; i < 3; i++)
        {
            await city.RecordAsync(Squad, city.Fix("u", 100 + i * 25));
            city.Time.Advance(TimeSpan.FromSeconds(3));
        }
        Assert.Empty(city.Coverage.Sheets);

        await city.StopAsync();

        Assert.True(WalkedOf(city, Street.Grid(0)) > 100);
    }

    private static double WalkedOf(TestCity city, string grid) => city.Coverage.Sheets.Values
        .Where(s => s.Figure.Grid == grid && s.Figure.Period.Cadence == CoverageCadence.Daily).Sum(s => s.Figure.WalkedSquareMeters);
}
