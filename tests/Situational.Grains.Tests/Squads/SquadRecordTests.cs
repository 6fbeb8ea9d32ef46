using Situational.Domain.Patrols;
using Situational.Grains.Messages;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Squads;

public sealed class SquadRecordTests
{
    private const string Squad = "squad-1";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Record_FirstFix_PutsTheUnitWhereThePointIs()
    {
        await using var city = await TestCity.StartAsync(3);
        var counts = await city.RecordAsync(Squad, city.Fix("u", 700));
        Assert.Equal(new FixCounts(1, 0, 0, 0, 0, 0), counts);
        var row = Assert.Single((await city.Grid(1).StateAsync(None)).Units);
        Assert.Equal(("u", Squad, "u", (byte)UnitState.Live, city.Time.NowMs), (row.Unit, row.Squad, row.CallSign, row.State, row.MeasuredAtMs));
    }

    [Fact]
    public async Task Record_OlderRepeatedAndMalformed_MoveNothingAndAreCounted()
    {
        await using var city = await TestCity.StartAsync(3);
        var now = city.Time.NowMs;
        await city.RecordAsync(Squad, city.Fix("u", 100));
        var before = Assert.Single((await city.Grid(0).StateAsync(None)).Units);
        var counts = await city.RecordAsync(
            Squad, city.Fix("u", 1400, now - 1), city.Fix("u", 1400, now), city.Fix("u", 9_000, now - 5),
            city.Fix("u", 0, now + 5) with { Latitude = double.NaN }, city.Fix("u", 0, now + 5) with { Latitude = 0, Longitude = 0 });
        Assert.Equal(new FixCounts(0, 2, 1, 0, 0, 1, 2), counts);
        Assert.Equal(before, Assert.Single((await city.Grid(0).StateAsync(None)).Units));
    }

    [Trait("Fault", "11")]
    [Fact]
    public async Task Record_AFixOfTheFutureThenTheRightOne_TheRightOneMovesTheMarker()
    {
        await using var city = await TestCity.StartAsync(3);
        var now = city.Time.NowMs;
        var counts = await city.RecordAsync(Squad, city.Fix("u", 100, now + 8 * 3_600_000));
        Assert.Equal(new FixCounts(1, 0, 0, 1, 0, 0), counts);
        var wrong = Assert.Single((await city.Grid(0).StateAsync(None)).Units);
        Assert.Equal((now, (byte)FixMarks.Future), (wrong.MeasuredAtMs, wrong.Marks));
        city.Time.Advance(TimeSpan.FromSeconds(3));
        await city.RecordAsync(Squad, city.Fix("u", 120, now - 1_000));
        var right = Assert.Single((await city.Grid(0).StateAsync(None)).Units);
        Assert.Equal((now - 1_000, (byte)FixMarks.None), (right.MeasuredAtMs, right.Marks));
        Assert.True(right.Sequence > wrong.Sequence);
    }

    [Trait("Fault", "11")]
    [Fact]
    public async Task Record_EightHoursOfBacklogAfterALiveFix_NeverMovesTheMarkerBack()
    {
        await using var city = await TestCity.StartAsync(3);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        var before = Assert.Single((await city.Grid(0).StateAsync(None)).Units);
        var backlog = new Fix[2_880];
        for (var i = 0; i < backlog.Length; i++)
            backlog[i] = city.Fix("u", 1_400, city.Time.NowMs - (backlog.Length - i) * 10_000);
        Assert.Equal(backlog.Length, (await city.RecordAsync(Squad, backlog)).Older);
        Assert.Equal(before, Assert.Single((await city.Grid(0).StateAsync(None)).Units));
        Assert.Empty((await city.Grid(2).StateAsync(None)).Units);
    }

    [Trait("Fault", "Bad input: batches")]
    [Fact]
    public async Task Record_AUnitAThousandTimesInABatch_TellsItsGridOnce()
    {
        await using var city = await TestCity.StartAsync(3);
        await city.Grid(0).SayAsync(None);
        city.Outbox.Clear();
        var fixes = new Fix[1_000];
        for (var i = 0; i < fixes.Length; i++)
            fixes[i] = city.Fix("u", 100 + i * 0.1, city.Time.NowMs - 1_000 + i);
        Assert.Equal(1_000, (await city.RecordAsync(Squad, fixes)).Moved);
        // The city's round may say the whole picture as well.
        Assert.Single(city.Outbox.Of(Street.Grid(0)), c => !c.Full && c.Units.Length > 0);
    }

    [Fact]
    public async Task Record_TooFast_IsTakenAndMarked()
    {
        await using var city = await TestCity.StartAsync(3);
        await city.RecordAsync(Squad, city.Fix("u", 100));
        city.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new FixCounts(1, 0, 0, 0, 1, 0), await city.RecordAsync(Squad, city.Fix("u", 1_400)));
        Assert.Equal((byte)FixMarks.Jump, Assert.Single((await city.Grid(2).StateAsync(None)).Units).Marks);
        Assert.Empty((await city.Grid(0).StateAsync(None)).Units);
    }

    [Fact]
    public async Task Record_OutsideTheTerritory_BelongsToThePseudoGrid()
    {
        await using var city = await TestCity.StartAsync(1);
        Assert.Equal(1, (await city.RecordAsync(Squad, city.Fix("u", 5_000))).Outside);
        Assert.Single((await city.Outside.StateAsync(None)).Units);
    }

    [Fact]
    public async Task Record_MoreUnitsThanTheBound_RefusesTheNewOnes()
    {
        await using var city = await TestCity.StartAsync(1, prepare: c => c.Settings["Situational:Patrols:MaxUnitsPerSquad"] = "2");
        var counts = await city.RecordAsync(Squad, city.Fix("a", 1), city.Fix("b", 2), city.Fix("c", 3), city.Fix("a", 2, city.Time.NowMs + 1));
        Assert.Equal((3, 1), (counts.Moved, counts.Refused));
        Assert.Equal(2, (await city.Grid(0).StateAsync(None)).Units.Length);
    }

    [Trait("Fault", "12")]
    [Fact]
    public async Task Record_UnitsThatCrossBackAndForthInAnyOrder_HaveExactlyOneOwner()
    {
        await using var city = await TestCity.StartAsync(4);
        var random = new Random(12);
        for (var round = 0; round < 60; round++)
        {
            city.Time.Advance(TimeSpan.FromSeconds(10));
            var fixes = new List<Fix>();
            for (var u = 0; u < 25; u++)
                for (var i = 0; i < 4; i++)
                    fixes.Add(city.Fix("u" + u, random.Next(-300, 2_300), city.Time.NowMs - random.Next(0, 20_000)));
            await city.RecordAsync(Squad, [.. fixes.OrderBy(_ => random.Next())]);
        }
        var owners = new Dictionary<string, int>();
        var states = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => city.Grid(i).StateAsync(None)).Append(city.Outside.StateAsync(None)));
        foreach (var row in states.SelectMany(s => s.Units))
            owners[row.Unit] = owners.GetValueOrDefault(row.Unit) + 1;
        Assert.Equal(25, owners.Count);
        Assert.All(owners, o => Assert.Equal(1, o.Value));
        for (var i = 0; i < 4; i++)
            city.Outbox.AssertUnbroken(Street.Grid(i));
        AssertOneOwnerAtAnyTime(city.Outbox.All, 25);
    }

    /// <summary>Folds what was published as a live view does, and looks after every message.</summary>
    private static void AssertOneOwnerAtAnyTime(IReadOnlyList<GridChange> changes, int units)
    {
        var owners = new Dictionary<string, (string Grid, long Sequence)>();
        foreach (var change in changes)
        {
            foreach (var row in change.Units)
                if (!owners.TryGetValue(row.Unit, out var owner) || row.Sequence >= owner.Sequence)
                    owners[row.Unit] = (change.Grid, row.Sequence);
            foreach (var left in change.Left)
                Assert.False(owners[left.Unit].Grid == change.Grid, $"{left.Unit} left {change.Grid} before any other had it.");
        }
        Assert.Equal(units, owners.Count);
    }

    [Fact]
    public async Task Record_WithoutATerritory_AllAreOutsideAndComeInWhenItAppears()
    {
        await using var city = await TestCity.StartAsync();
        Assert.Equal(2, (await city.RecordAsync(Squad, city.Fix("a", 100), city.Fix("b", 700))).Outside);
        Assert.Equal(2, (await city.Outside.StateAsync(None)).Units.Length);
        await city.PutAsync(2);
        await Until.TrueAsync(
            async () => (await city.Grid(0).StateAsync(None)).Units.Length == 1 && (await city.Grid(1).StateAsync(None)).Units.Length == 1
                && (await city.Outside.StateAsync(None)).Units.Length == 0,
            "the units are in their grids");
    }

    [Trait("Fault", "15")]
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Record_WhileTheWallClockIsAnHourOff_MarkersGoOnInOrder(int hours)
    {
        await using var city = await TestCity.StartAsync(3);
        var trueMs = city.Time.NowMs;
        await city.RecordAsync(Squad, city.Fix("u", 100, trueMs));
        var sequence = Assert.Single((await city.Grid(0).StateAsync(None)).Units).Sequence;
        for (var i = 1; i <= 30; i++)
        {
            if (i == 5)
                city.Time.StepWall(TimeSpan.FromHours(hours));
            if (i == 20)
                city.Time.StepWall(TimeSpan.FromHours(-hours));
            city.Time.Advance(TimeSpan.FromSeconds(10));
            trueMs += 10_000;
            Assert.Equal(1, (await city.RecordAsync(Squad, city.Fix("u", 100 + i * 10, trueMs))).Moved);
            var row = Assert.Single((await city.Grid(0).StateAsync(None)).Units);
            Assert.Equal(Street.At(100 + i * 10).Longitude, row.Longitude);
            Assert.True(row.Sequence > sequence);
            sequence = row.Sequence;
        }
    }
}
