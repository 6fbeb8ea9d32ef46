using Situational.Grains.Grids;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Grids;

public sealed class GridClockTests
{
    private readonly ManualTime _time = new();
    private readonly Timer _timer = new();
    private readonly GridClock _clock;

    public GridClockTests()
    {
        _clock = new GridClock(new SituationClock(_time));
        _clock.Start(_timer);
    }

    [Theory]
    [InlineData(90, null, 90.001)]
    [InlineData(-5, null, 0)]
    [InlineData(7_200, null, 3_600)]
    [InlineData(null, null, 3_600)]
    [InlineData(90, 2_000, 2)]
    [InlineData(1, 2_000, 1.001)]
    [InlineData(null, 0, 0)]
    public void Arm_DeadlinesAndWork_StandsAtTheEarliestAtMostAnHourAhead(int? deadlineSeconds, int? workMs, double seconds)
    {
        _clock.Arm(deadlineSeconds is { } s ? _time.GetUtcNow().AddSeconds(s) : null, workMs);
        Assert.Equal(seconds, _timer.Due.TotalSeconds);
    }

    [Fact]
    public void Arm_AfterFailures_WaitsLongerEachTimeAndAtMostHalfAMinute()
    {
        var due = _time.GetUtcNow();
        var pauses = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            _clock.Failed();
            _clock.Arm(due, null);
            pauses.Add(_timer.Due.TotalSeconds);
            Assert.True(_clock.Pausing);
            _time.Advance(_timer.Due);
            Assert.False(_clock.Pausing);
        }
        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], pauses);
        _clock.Succeeded();
        _clock.Arm(due, null);
        Assert.Equal(TimeSpan.Zero, _timer.Due);
    }

    [Trait("Fault", "15")]
    [Fact]
    public void AwakeSince_TheWallClockIsSetBack_GoesAlongAndComesNotForwardAgain()
    {
        var first = _clock.AwakeSince(_time.GetUtcNow());
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(first, _clock.AwakeSince(_time.GetUtcNow()));
        _time.StepWall(TimeSpan.FromHours(-1));
        var back = _clock.AwakeSince(_time.GetUtcNow());
        Assert.Equal(_time.GetUtcNow(), back);
        _time.StepWall(TimeSpan.FromHours(1));
        Assert.Equal(back, _clock.AwakeSince(_time.GetUtcNow()));
        _clock.Failed();
        Assert.Equal(_time.GetUtcNow(), _clock.AwakeSince(_time.GetUtcNow()));
    }

    private sealed class Timer : IGrainTimer
    {
        public TimeSpan Due { get; private set; }

        public void Change(TimeSpan dueTime, TimeSpan period) => Due = dueTime;

        public void Dispose()
        {
        }
    }
}
