using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Contract;

public abstract class TrailStoreContract(StoreUnderTest store) : IDisposable
{
    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task OfUnit_AfterReopening_GivesEveryPointAsItWasSaved()
    {
        TrailPoint[] points =
        [
            new("u", TestGrid.Noon, 30.123456, 120.654321, 5, "330106001001001"),
            new("u", TestGrid.Noon.AddMilliseconds(1), -89.999999, -179.999999, float.NaN, "outside"),
            new("u", TestGrid.Noon.AddHours(7).AddMilliseconds(999), 90, 180, 100_000, "网格 二", true),
            new("u", TestGrid.Noon.AddDays(3), 0, 0, 0, "330106001001001"),
        ];
        await store.Trails.SaveAsync(points, default);
        await store.Trails.SaveAsync([Point("v", 0)], default);
        store.Close();
        Assert.Equal(points, await OfUnitAsync("u"));
        Assert.Equal([Point("v", 0)], await OfUnitAsync("v"));
        Assert.Empty(await OfUnitAsync("w"));
    }

    [Fact]
    public async Task OfUnit_HoldsBothEndsAndTheNumber()
    {
        await store.Trails.SaveAsync([.. Enumerable.Range(0, 100).Select(i => Point("u", 60 * i))], default);
        Assert.Equal(
            Enumerable.Range(10, 11).Select(i => Point("u", 60 * i)),
            await store.Trails.OfUnitAsync("u", TestGrid.Noon.AddMinutes(10), TestGrid.Noon.AddMinutes(20), 1_000, default));
        Assert.Equal(
            Enumerable.Range(11, 3).Select(i => Point("u", 60 * i)),
            await store.Trails.OfUnitAsync("u", TestGrid.Noon.AddMinutes(10).AddMilliseconds(1), TestGrid.Noon.AddMinutes(20), 3, default));
        Assert.Empty(await store.Trails.OfUnitAsync("u", TestGrid.Noon.AddMinutes(20), TestGrid.Noon.AddMinutes(10), 3, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.Trails.OfUnitAsync("u", TestGrid.Noon, TestGrid.Noon, 0, default));
    }

    [Fact]
    public async Task Save_InAnyOrder_IsKeptInOrderAndTheLastOfAMillisecondStays()
    {
        await store.Trails.SaveAsync([Point("u", 30), Point("u", 10), Point("u", 20, 31)], default);
        await store.Trails.SaveAsync([Point("u", 5), Point("u", 20, 32), Point("u", 25), Point("u", 25, 33)], default);
        await store.Trails.SaveAsync([], default);
        TrailPoint[] expected = [Point("u", 5), Point("u", 10), Point("u", 20, 32), Point("u", 25, 33), Point("u", 30)];
        Assert.Equal(expected, await OfUnitAsync("u"));
        Assert.Equal(expected, await BetweenAsync(TestGrid.Noon, TestGrid.Noon.AddDays(1)));
    }

    [Fact]
    public async Task Save_APointOfTheMillisecondInWhichTheTrailEnds_TheEndStays()
    {
        var end = Point("u", 20, 32) with { Ends = true };
        await store.Trails.SaveAsync([Point("u", 20), end, Point("u", 20, 33)], default);
        await store.Trails.SaveAsync([Point("u", 20, 34)], default);
        Assert.Equal([end], await OfUnitAsync("u"));
        Assert.Equal([end], await AtAsync(TestGrid.Noon.AddHours(1), TestGrid.Noon));
        var again = end with { Latitude = 31 };
        await store.Trails.SaveAsync([again], default);
        Assert.Equal([again], await OfUnitAsync("u"));
    }

    [Fact]
    public async Task At_GivesEachUnitsLastPointOfTheSpan()
    {
        await store.Trails.SaveAsync(
            [
                Point("steady", 0), Point("steady", 3_600), Point("steady", 7_200), Point("early", -7_200), Point("late", 7_201),
                Point("split", 7_190), Point("split", 7_210), Point("ended", 7_000) with { Ends = true }, Point("edge", 3_599), Point("first", 3_600),
            ], default);
        var at = TestGrid.Noon.AddSeconds(7_200);
        Assert.Equal(
            [Point("ended", 7_000) with { Ends = true }, Point("first", 3_600), Point("split", 7_190), Point("steady", 7_200)],
            await AtAsync(at, at.AddHours(-1)));
        Assert.Equal(
            [Point("early", -7_200), Point("edge", 3_599), Point("first", 3_600), Point("split", 7_190), Point("steady", 3_600)],
            (await AtAsync(at.AddMilliseconds(-1), DateTimeOffset.UnixEpoch)).Where(p => p.Unit != "ended"));
        Assert.Empty(await AtAsync(at.AddYears(-1), DateTimeOffset.UnixEpoch));
        Assert.Empty(await AtAsync(at.AddYears(1), at.AddYears(1).AddHours(-1)));
        Assert.Empty(await AtAsync(at, at.AddHours(1)));
    }

    [Fact]
    public async Task At_OfAnySpan_EqualsLookingThroughAll()
    {
        var random = new Random(7);
        var points = Enumerable.Range(0, 3_000)
            .Select(i => Point($"u{random.Next(30)}", random.Next(6 * 3_600), random.Next(30_000_000, 31_000_000) / 1e6)).DistinctBy(p => (p.Unit, p.At)).ToArray();
        await store.Trails.SaveAsync(points, default);
        for (var i = 0; i < 20; i++)
        {
            var at = TestGrid.Noon.AddSeconds(random.Next(7 * 3_600));
            var notBefore = at.AddSeconds(-random.Next(3_600));
            Assert.Equal(
                points.Where(p => p.At <= at && p.At >= notBefore).GroupBy(p => p.Unit).Select(g => g.MaxBy(p => p.At)).OrderBy(p => p.Unit, StringComparer.Ordinal),
                await AtAsync(at, notBefore));
            Assert.Equal(
                points.Where(p => p.At > notBefore && p.At <= at).OrderBy(p => p.At).ThenBy(p => p.Unit, StringComparer.Ordinal),
                await BetweenAsync(notBefore, at));
        }
    }

    [Fact]
    public async Task Heard_OfAnySpan_EqualsLookingThroughAll()
    {
        var random = new Random(8);
        var points = Enumerable.Range(0, 2_000)
            .Select(i => Point($"u{i}", random.Next(6 * 3_600)) with { Grid = $"g{random.Next(40)}" }).ToArray();
        await store.Trails.SaveAsync(points[..1_000], default);
        await store.Trails.SaveAsync(points[1_000..], default);
        store.Close();
        for (var i = 0; i < 20; i++)
        {
            var at = TestGrid.Noon.AddSeconds(random.Next(7 * 3_600));
            var notBefore = at.AddSeconds(-random.Next(1_200));
            Assert.Equal(
                points.Where(p => p.At <= at && p.At >= notBefore).GroupBy(p => p.Grid).Select(g => new GridHeard(g.Key, g.Max(p => p.At)))
                    .OrderBy(g => g.Grid, StringComparer.Ordinal),
                await HeardAsync(at, notBefore));
        }
        Assert.Equal(40, (await HeardAsync(TestGrid.Noon.AddYears(1), DateTimeOffset.UnixEpoch)).Count);
        Assert.Empty(await HeardAsync(TestGrid.Noon.AddYears(-1), DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public async Task Between_LeavesItsBeginningOutAndHoldsItsEnd()
    {
        await store.Trails.SaveAsync([.. Enumerable.Range(0, 2_500).Select(i => Point($"u{i % 3}", i))], default);
        var found = await BetweenAsync(TestGrid.Noon.AddSeconds(100), TestGrid.Noon.AddSeconds(2_000));
        Assert.Equal(Enumerable.Range(101, 1_900).Select(i => Point($"u{i % 3}", i)), found);
        Assert.Empty(await BetweenAsync(TestGrid.Noon.AddYears(-2), TestGrid.Noon.AddYears(-1)));
        Assert.Equal(2_500, (await BetweenAsync(DateTimeOffset.UnixEpoch, TestGrid.Noon.AddYears(1))).Count);
    }

    [Fact]
    public async Task Forget_TakesPortionsFromTheOldestOnAndLeavesTheRest()
    {
        await store.Trails.SaveAsync([.. Enumerable.Range(0, 3_000).Select(i => Point($"u{i % 3}", i))], default);
        var before = TestGrid.Noon.AddSeconds(2_501);
        Assert.Equal(7, await store.Trails.ForgetAsync(before, 7, default));
        Assert.Equal(2_993, (await BetweenAsync(DateTimeOffset.UnixEpoch, TestGrid.Noon.AddDays(1))).Count);
        Assert.Equal(1_500, await store.Trails.ForgetAsync(before, 1_500, default));
        Assert.Equal(994, await store.Trails.ForgetAsync(before, 5_000, default));
        Assert.Equal(0, await store.Trails.ForgetAsync(before, 5_000, default));
        Assert.Equal(
            Enumerable.Range(2_501, 499).Select(i => Point($"u{i % 3}", i)), await BetweenAsync(DateTimeOffset.UnixEpoch, TestGrid.Noon.AddDays(1)));
        Assert.Equal(499, await store.Trails.ForgetAsync(TestGrid.Noon.AddDays(1), 5_000, default));
        Assert.Empty(await AtAsync(TestGrid.Noon.AddDays(1), DateTimeOffset.UnixEpoch));
        Assert.Empty(await HeardAsync(TestGrid.Noon.AddDays(1), DateTimeOffset.UnixEpoch));
        await store.Trails.SaveAsync([Point("u1", 5)], default);
        Assert.Equal([Point("u1", 5)], await AtAsync(TestGrid.Noon.AddDays(1), DateTimeOffset.UnixEpoch));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.Trails.ForgetAsync(before, 0, default));
    }

    [Fact]
    public async Task Save_FromManyAtOnce_KeepsAll()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            store.Trails.SaveAsync([.. Enumerable.Range(0, 200).Select(k => Point($"u{k % 2}", i * 200 + k))], default)));
        Assert.Equal(4_000, (await BetweenAsync(DateTimeOffset.UnixEpoch, TestGrid.Noon.AddDays(1))).Count);
        Assert.Equal(2_000, (await OfUnitAsync("u1")).Count);
    }

    protected static TrailPoint Point(string unit, int second, double latitude = 30) =>
        new(unit, TestGrid.Noon.AddSeconds(second), latitude, 120.16, 5, "g1");

    private Task<IReadOnlyList<TrailPoint>> OfUnitAsync(string unit) =>
        store.Trails.OfUnitAsync(unit, DateTimeOffset.UnixEpoch, TestGrid.Noon.AddYears(1), 10_000, default);

    private async Task<List<TrailPoint>> AtAsync(DateTimeOffset at, DateTimeOffset notBefore)
    {
        var points = new List<TrailPoint>();
        await foreach (var point in store.Trails.AtAsync(at, notBefore, default))
            points.Add(point);
        return [.. points.OrderBy(p => p.Unit, StringComparer.Ordinal)];
    }

    private async Task<List<GridHeard>> HeardAsync(DateTimeOffset at, DateTimeOffset notBefore)
    {
        var heard = new List<GridHeard>();
        await foreach (var grid in store.Trails.HeardAsync(at, notBefore, default))
            heard.Add(grid);
        return [.. heard.OrderBy(g => g.Grid, StringComparer.Ordinal)];
    }

    private async Task<List<TrailPoint>> BetweenAsync(DateTimeOffset from, DateTimeOffset to)
    {
        var points = new List<TrailPoint>();
        await foreach (var point in store.Trails.BetweenAsync(from, to, default))
            points.Add(point);
        return points;
    }
}
