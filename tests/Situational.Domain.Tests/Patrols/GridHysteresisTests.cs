using Situational.Domain.Patrols;
using Situational.Domain.Territory;

namespace Situational.Domain.Tests.Patrols;

[Trait("Fault", "12")]
public sealed class GridHysteresisTests
{
    private const long T = 1_795_000_000_000;
    private static readonly TerritoryIndex Index = Street.Of(20);

    [Theory]
    [InlineData("anywhere within 15 m")]
    [InlineData("68 of 100 within 15 m")]
    [InlineData("15 m standard deviation")]
    public void Next_AnHourOnABorderWithNoise_ChangesGridAtMostTwice(string noise)
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var walk = new Walk(500);
            for (var i = 1; i <= 360; i++)
            {
                var (east, north) = noise switch
                {
                    "anywhere within 15 m" => OnDisc(random, 15),
                    // Of two axes with standard deviation s, the radius of 68 % is 1.51 s.
                    "68 of 100 within 15 m" => (15 / 1.51 * Gaussian(random), 15 / 1.51 * Gaussian(random)),
                    _ => (15 * Gaussian(random), 15 * Gaussian(random)),
                };
                walk.Step(500 + east, i * 10_000, 15, 250 + north);
            }
            Assert.True(walk.Changes <= 2, $"Seed {seed} changes grid {walk.Changes} times.");
        }
    }

    [Theory]
    [InlineData(1.4, 5)]
    [InlineData(1.4, 15)]
    [InlineData(1.4, 40)]
    [InlineData(5, 10)]
    [InlineData(15, 10)]
    public void Next_AStraightWalkAcross_IsInTheNewGridByTheSecondFixBeyondTheMargin(double metersPerSecond, double accuracy)
    {
        var random = new Random(7);
        for (var run = 0; run < 200; run++)
        {
            var start = 250 + random.NextDouble() * 100;
            var walk = new Walk(start);
            var beyond = 0;
            for (var i = 1; beyond < 2; i++)
            {
                var east = start + i * 10 * metersPerSecond;
                walk.Step(east, i * 10_000, accuracy);
                if (east > 500 + Math.Max(15, accuracy))
                    beyond++;
            }
            Assert.Equal(1, walk.Hold.Ordinal);
            Assert.Equal(1, walk.Changes);
        }
    }

    [Fact]
    public void Next_AWalkThatTurnsBackWithinTheMargin_StaysInItsGrid()
    {
        var walk = new Walk(480);
        foreach (var (east, seconds) in new (double, int)[] { (490, 10), (505, 20), (514, 30), (505, 40), (490, 50), (480, 60) })
            walk.Step(east, seconds * 1000, 5);
        Assert.Equal((0, 0), (walk.Hold.Ordinal, walk.Changes));
    }

    [Fact]
    public void Next_AJumpAcrossTheCityAtAPlausibleSpeed_IsFollowedAtOnce()
    {
        var random = new Random(11);
        for (var run = 0; run < 200; run++)
        {
            var walk = new Walk(random.NextDouble() * 500);
            var to = random.Next(2, 20);
            // Ten minutes later, up to 10 km away, at less than 20 m/s.
            walk.Step(to * 500 + 50 + random.NextDouble() * 400, 600_000, 15);
            Assert.Equal(to, walk.Hold.Ordinal);
        }
    }

    [Fact]
    public void Next_InsideTheSameOtherGridForAMinute_BelongsToIt()
    {
        var walk = new Walk(495);
        for (var seconds = 10; seconds < 70; seconds += 10)
        {
            walk.Step(503, seconds * 1000, 5);
            Assert.Equal(0, walk.Hold.Ordinal);
        }
        walk.Step(503, 70_000, 5);
        Assert.Equal(1, walk.Hold.Ordinal);
    }

    [Fact]
    public void Next_ABreakInTheMinute_BeginsItAnew()
    {
        var walk = new Walk(495);
        for (var seconds = 10; seconds <= 120; seconds += 10)
            walk.Step(seconds == 60 ? 499 : 503, seconds * 1000, 5);
        Assert.Equal(0, walk.Hold.Ordinal);
        walk.Step(503, 130_000, 5);
        Assert.Equal(1, walk.Hold.Ordinal);
    }

    [Fact]
    public void Next_AnotherOtherGrid_BeginsTheMinuteAnew()
    {
        // A fix so inexact that nothing lies beyond its margin, in grid 1 and then in grid 2.
        var walk = new Walk(495);
        walk.Step(510, 10_000, 5_000);
        walk.Step(1_010, 60_000, 5_000);
        walk.Step(1_010, 80_000, 5_000);
        Assert.Equal(0, walk.Hold.Ordinal);
        walk.Step(1_010, 120_000, 5_000);
        Assert.Equal(2, walk.Hold.Ordinal);
    }

    [Fact]
    public void Next_BackIntoTheGridJustLeft_TakesTwiceTheMarginOrTwiceTheMinute()
    {
        var walk = new Walk(400);
        walk.Step(600, 10_000, 5);
        Assert.Equal(1, walk.Hold.Ordinal);
        for (var seconds = 20; seconds < 140; seconds += 10)
        {
            walk.Step(482, seconds * 1000, 5);
            Assert.Equal(1, walk.Hold.Ordinal);
        }
        walk.Step(482, 140_000, 5);
        Assert.Equal(0, walk.Hold.Ordinal);
        walk.Step(540, 150_000, 5);
        Assert.Equal(0, walk.Hold.Ordinal);
        walk.Step(540, 160_000, 5);
        Assert.Equal(1, walk.Hold.Ordinal);
    }

    [Fact]
    public void Next_AnHourLater_TheWayBackIsLikeAnyOther()
    {
        var walk = new Walk(400);
        walk.Step(600, 10_000, 5);
        walk.Step(460, 3_700_000, 5);
        Assert.Equal(0, walk.Hold.Ordinal);
    }

    [Fact]
    public void Next_AnInexactFix_NeedsItsOwnMargin()
    {
        var walk = new Walk(400);
        walk.Step(580, 10_000, 100);
        walk.Step(580, 20_000, 100);
        Assert.Equal(0, walk.Hold.Ordinal);
        walk.Step(620, 30_000, 100);
        walk.Step(620, 40_000, 100);
        Assert.Equal(1, walk.Hold.Ordinal);
    }

    [Fact]
    public void Next_OutOfTheTerritoryAndBack_FollowsTheSameRules()
    {
        var walk = new Walk(250);
        walk.Step(-10, 10_000, 5);
        Assert.Equal(0, walk.Hold.Ordinal);
        walk.Step(-100, 20_000, 5);
        Assert.Equal(-1, walk.Hold.Ordinal);
        walk.Step(10, 30_000, 5);
        Assert.Equal(-1, walk.Hold.Ordinal);
        walk.Step(250, 40_000, 5);
        Assert.Equal(0, walk.Hold.Ordinal);
    }

    [Fact]
    public void Next_ATimeThatRunsBack_NeverChangesGridByTheMinute()
    {
        var walk = new Walk(495);
        walk.Step(503, 3_600_000, 5);
        walk.Step(503, 10_000, 5);
        walk.Step(503, 60_000, 5);
        Assert.Equal(0, walk.Hold.Ordinal);
    }

    private static (double East, double North) OnDisc(Random random, double radius)
    {
        var distance = radius * Math.Sqrt(random.NextDouble());
        var direction = random.NextDouble() * Math.Tau;
        return (distance * Math.Cos(direction), distance * Math.Sin(direction));
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

    private sealed class Walk
    {
        public Walk(double east)
        {
            var (latitude, longitude) = Street.At(east);
            Hold = GridHysteresis.First(Index, latitude, longitude);
        }

        public GridHold Hold { get; private set; }

        public int Changes { get; private set; }

        public void Step(double east, long afterMs, double accuracy, double north = 250)
        {
            var (latitude, longitude) = Street.At(east, north);
            var next = GridHysteresis.Next(Index, Hold, latitude, longitude, accuracy, T + afterMs, out var here);
            Assert.Equal(Index.Locate(latitude, longitude), here);
            if (next.Ordinal != Hold.Ordinal)
                Changes++;
            Hold = next;
        }
    }
}
