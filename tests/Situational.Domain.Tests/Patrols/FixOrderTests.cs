using Situational.Domain.Patrols;

namespace Situational.Domain.Tests.Patrols;

public sealed class FixOrderTests
{
    private const long T = 1_795_000_000_000;
    private const long Second = 1000;
    private const long Hour = 3600 * Second;

    [Theory]
    [InlineData(-10, FixOutcome.Older)]
    [InlineData(-1, FixOutcome.Older)]
    [InlineData(0, FixOutcome.Repeated)]
    [InlineData(1, FixOutcome.Moved)]
    public void Judge_BesideTheNewest_OnlyANewerOneMoves(int secondsLater, FixOutcome expected)
    {
        var newest = At(0, T, T);
        Assert.Equal(expected, Judge(newest, 1, T + secondsLater * Second, T + Hour / 2, out var taken));
        Assert.Equal(FixMarks.None, taken.Marks);
    }

    [Theory]
    [InlineData(30_000, FixMarks.None)]
    [InlineData(30_001, FixMarks.Future)]
    public void First_DatedAhead_IsKeptAtItsArrivalAndMarked(long aheadMs, FixMarks expected)
    {
        var taken = At(0, T + aheadMs, T);
        Assert.Equal(expected, taken.Marks);
        Assert.Equal(expected == FixMarks.Future ? T : T + aheadMs, taken.TakenAtMs);
    }

    [Trait("Fault", "11")]
    [Theory]
    [InlineData(10)]
    [InlineData(1)]
    [InlineData(-2)]
    [InlineData(-29)]
    public void Judge_ARightFixAfterOneDatedAhead_MovesTheMarker(int secondsAfterArrivalOfTheWrongOne)
    {
        var wrong = At(0, T + 8 * Hour, T);
        var right = T + secondsAfterArrivalOfTheWrongOne * Second;
        Assert.Equal(FixOutcome.Moved, Judge(wrong, 1, right, Math.Max(T, right) + Second, out var taken));
        Assert.Equal((right, FixMarks.None), (taken.TakenAtMs, taken.Marks));
    }

    [Trait("Fault", "11")]
    [Fact]
    public void Judge_BacklogAfterOneDatedAhead_StaysOlder()
    {
        var wrong = At(0, T + 8 * Hour, T);
        Assert.Equal(FixOutcome.Older, Judge(wrong, 1, T - 31 * Second, T + Second, out _));
    }

    [Fact]
    public void Judge_TheOneDatedAheadSentAgain_IsRepeated()
    {
        var wrong = At(0, T + 8 * Hour, T);
        Assert.Equal(FixOutcome.Repeated, Judge(wrong, 0, T + 8 * Hour, T + 60 * Second, out _));
    }

    [Fact]
    public void Judge_ADeviceWhoseClockRunsAhead_KeepsMoving()
    {
        var newest = At(0, T + Hour, T);
        for (var i = 1; i <= 20; i++)
        {
            Assert.Equal(FixOutcome.Moved, Judge(newest, i, T + Hour + i * Second, T + i * Second, out var taken));
            Assert.Equal((T + i * Second, FixMarks.Future), (taken.TakenAtMs, taken.Marks));
            newest = taken;
        }
    }

    [Fact]
    public void Judge_TwoDatedAheadInOneBatch_TheLaterStatedHolds()
    {
        var newest = At(0, T + Hour, T);
        Assert.Equal(FixOutcome.Older, Judge(newest, 1, T + Hour - Second, T, out _));
        Assert.Equal(FixOutcome.Moved, Judge(newest, 1, T + Hour + Second, T, out _));
    }

    [Trait("Fault", "15")]
    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Judge_WhileTheServersClockIsAnHourOff_OrderStaysThatOfTheDevice(int hours)
    {
        var newest = At(0, T, T);
        // The server's clock is off for a while and then right again; the device's is right all the time.
        for (var i = 1; i <= 120; i++)
        {
            var trueNow = T + i * 10 * Second;
            var arrived = i is > 20 and <= 80 ? trueNow + hours * Hour : trueNow;
            Assert.Equal(FixOutcome.Moved, Judge(newest, i, trueNow, arrived, out var taken));
            Assert.Equal(FixOutcome.Older, Judge(taken, i, trueNow - 35 * Second, arrived, out _));
            newest = taken;
        }
        Assert.Equal((T + 1200 * Second, FixMarks.None), (newest.TakenAtMs, newest.Marks));
    }

    [Theory]
    [InlineData(99, FixMarks.None)]
    [InlineData(101, FixMarks.Jump)]
    public void Judge_FasterThanAHundredMetersPerSecond_IsTakenAndMarked(double metersPerSecond, FixMarks expected)
    {
        var newest = At(0, T, T);
        Assert.Equal(FixOutcome.Moved, Judge(newest, metersPerSecond * 10, T + 10 * Second, T + 10 * Second, out var taken));
        Assert.Equal(expected, taken.Marks);
    }

    private static TakenFix At(double eastMeters, long statedAtMs, long arrivedAtMs)
    {
        var (latitude, longitude) = Street.At(eastMeters);
        return FixOrder.First(latitude, longitude, statedAtMs, arrivedAtMs);
    }

    private static FixOutcome Judge(in TakenFix newest, double eastMeters, long statedAtMs, long arrivedAtMs, out TakenFix taken)
    {
        var (latitude, longitude) = Street.At(eastMeters);
        return FixOrder.Judge(newest, latitude, longitude, statedAtMs, arrivedAtMs, out taken);
    }
}
