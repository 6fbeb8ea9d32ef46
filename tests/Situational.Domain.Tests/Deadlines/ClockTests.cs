using System.Text.Json;
using System.Text.Json.Serialization;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Tests.Deadlines;

public sealed partial class ClockTests
{
    private static readonly WorkingCalendar Calendar = Calendars.China;

    /// <summary>Monday 2026-03-09, a time of day in Shanghai.</summary>
    private static DateTimeOffset Monday(int hour, int minute = 0) => new(2026, 3, 9, hour, minute, 0, TimeSpan.FromHours(8));

    // 10 minutes from 10:00: approaching at 10:08, due at 10:10, twice at 10:20.
    private static Clock TenMinutes() => Clock.Start(ClockKind.Acknowledge, new(10, LimitUnit.Minutes), Monday(10), Calendar);

    [Theory]
    [InlineData(0, DeadlineLevel.None)]
    [InlineData(7, DeadlineLevel.None)]
    [InlineData(8, DeadlineLevel.Approaching)]
    [InlineData(9, DeadlineLevel.Approaching)]
    [InlineData(10, DeadlineLevel.Overdue)]
    [InlineData(19, DeadlineLevel.Overdue)]
    [InlineData(20, DeadlineLevel.OverdueTwice)]
    [InlineData(600, DeadlineLevel.OverdueTwice)]
    public void Fire_SoManyMinutesAfterItsStart_IsTheHighestLevelReached(int minutes, DeadlineLevel level)
    {
        var fired = TenMinutes().Fire(Monday(10).AddMinutes(minutes));
        Assert.Equal(level, fired?.Level ?? DeadlineLevel.None);
        if (fired is { } f)
        {
            Assert.Equal(level, f.After.Fired);
            Assert.Null(f.After.Fire(Monday(10).AddMinutes(minutes)));
        }
    }

    [Fact]
    public void Fire_EachTimeAtNextAt_FiresEveryLevelOnce()
    {
        var clock = TenMinutes();
        var levels = new List<(DateTimeOffset, DeadlineLevel)>();
        while (clock.NextAt is { } next)
        {
            Assert.Null(clock.Fire(next.AddTicks(-1)));
            (clock, var level) = clock.Fire(next)!.Value;
            levels.Add((next, level));
        }
        Assert.Equal(
            [(Monday(10, 8), DeadlineLevel.Approaching), (Monday(10, 10), DeadlineLevel.Overdue), (Monday(10, 20), DeadlineLevel.OverdueTwice)], levels);
        Assert.Null(clock.Fire(Monday(23)));
    }

    [Fact]
    public void Fire_TheWallClockStepsBack_DoesNotFireAgain()
    {
        var (clock, _) = TenMinutes().Fire(Monday(10, 12))!.Value;
        Assert.Null(clock.Fire(Monday(9, 12)));
        Assert.Null(clock.Fire(Monday(10, 12)));
        Assert.Equal(Monday(10, 20), clock.NextAt);
    }

    [Fact]
    public void Stop_Running_HoldsEverythingUntilItResumes()
    {
        var stopped = TenMinutes().Stop(Monday(10, 5), Calendar);
        Assert.True(stopped.Stopped);
        Assert.Null(stopped.NextAt);
        Assert.Null(stopped.Fire(Monday(18)));
        Assert.Equal(5 * TimeSpan.TicksPerMinute, stopped.Used);
        Assert.Equal(stopped.Used, stopped.UsedAt(Monday(18), Calendar));
        var resumed = stopped.Resume(Monday(12), Calendar);
        Assert.Equal((Monday(12, 3), Monday(12, 5), Monday(12, 15)), (resumed.ApproachingAt, resumed.DueAt, resumed.TwiceAt));
        Assert.Equal((Monday(10), Monday(12)), (resumed.StartedAt, resumed.RunningSince));
        Assert.Equal(7 * TimeSpan.TicksPerMinute, resumed.UsedAt(Monday(12, 2), Calendar));
    }

    [Fact]
    public void Stop_AfterALevelThatNobodyMadeKnown_StillFiresIt()
    {
        var stopped = TenMinutes().Stop(Monday(10, 12), Calendar);
        var (fired, level) = stopped.Fire(Monday(15))!.Value;
        Assert.Equal(DeadlineLevel.Overdue, level);
        Assert.Null(fired.Fire(Monday(23)));
        Assert.Equal(Monday(15, 8), fired.Resume(Monday(15), Calendar).NextAt);
    }

    [Fact]
    public void Resume_OverdueWhenItStopped_StaysOverdueSinceThen()
    {
        var (overdue, _) = TenMinutes().Fire(Monday(10, 12))!.Value;
        var resumed = overdue.Stop(Monday(10, 15), Calendar).Resume(Monday(17), Calendar);
        Assert.Equal((DeadlineLevel.Overdue, Monday(10, 10), Monday(17, 5)), (resumed.Fired, resumed.DueAt, resumed.TwiceAt));
        Assert.Equal(DeadlineLevel.Overdue, resumed.LevelAt(Monday(17)));
        Assert.Null(resumed.Fire(Monday(17, 4)));
        Assert.Equal(DeadlineLevel.OverdueTwice, resumed.Fire(Monday(17, 5))?.Level);
    }

    [Fact]
    public void Resume_AfterTheWallClockSteppedBack_KeepsTheLevelsInOrder()
    {
        var resumed = TenMinutes().Stop(Monday(10, 19), Calendar).Resume(Monday(9, 19), Calendar);
        Assert.Equal((Monday(10, 8), Monday(10, 10), Monday(10, 10)), (resumed.ApproachingAt, resumed.DueAt, resumed.TwiceAt));
    }

    [Fact]
    public void Stop_BeforeItStarted_HasUsedNothing() => Assert.Equal(0, TenMinutes().Stop(Monday(9), Calendar).Used);

    [Fact]
    public void StopAndResume_Twice_AreAsOnce()
    {
        var stopped = TenMinutes().Stop(Monday(10, 5), Calendar);
        Assert.Same(stopped, stopped.Stop(Monday(11), Calendar));
        var running = TenMinutes();
        Assert.Same(running, running.Resume(Monday(11), Calendar));
    }

    [Fact]
    public void Resume_UnderAnotherCalendar_KeepsWhatWasReachedAndCountsTheRestAnew()
    {
        var friday = new DateTimeOffset(2026, 3, 13, 9, 0, 0, TimeSpan.FromHours(8));
        var clock = Clock.Start(ClockKind.Handle, new(1, LimitUnit.WorkingDays), friday, Calendar).Stop(friday.AddHours(3), Calendar);
        // 3/7 of a day are used; 4/7 of Monday's eight hours are left.
        var resumed = clock.Resume(friday.AddDays(2), Calendars.ShortFriday);
        Assert.Equal(new DateTimeOffset(2026, 3, 16, 8, 0, 0, TimeSpan.FromHours(8)) + TimeSpan.FromHours(8) / 7 * 4, resumed.DueAt, TimeSpan.FromMicroseconds(1));
    }

    [Fact]
    public void Start_WithAnyOffset_IsKeptInUtc()
    {
        var clock = TenMinutes().Stop(Monday(10, 5), Calendar).Resume(Monday(11), Calendar).Stop(Monday(11, 1), Calendar);
        Assert.All(
            [clock.StartedAt, clock.RunningSince, clock.ApproachingAt, clock.DueAt, clock.TwiceAt, clock.StoppedAt!.Value],
            at => Assert.Equal(TimeSpan.Zero, at.Offset));
    }

    [Fact]
    public void ClockJsonAsJson_IsPlainDataAndComesBackEqual()
    {
        var running = Clock.Start(ClockKind.Handle, new(4, LimitUnit.WorkingHours), Monday(9), Calendar);
        const string Written = """
            {"kind":3,"limit":{"amount":4,"unit":2},"startedAt":"2026-03-09T01:00:00+00:00","runningSince":"2026-03-09T01:00:00+00:00","approachingAt":"2026-03-09T06:12:00+00:00","dueAt":"2026-03-09T07:00:00+00:00","twiceAt":"2026-03-10T02:00:00+00:00","used":0,"fired":0}
            """;
        Assert.Equal(Written.Trim(), JsonSerializer.Serialize(running, ClockJson.Default.Clock));
        var stopped = running.Fire(Monday(15))!.Value.After.Stop(Monday(16), Calendar);
        foreach (var clock in new[] { running, stopped, stopped.Resume(Monday(17), Calendar) })
            Assert.Equal(clock, JsonSerializer.Deserialize(JsonSerializer.Serialize(clock, ClockJson.Default.Clock), ClockJson.Default.Clock));
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Clock))]
    private sealed partial class ClockJson : JsonSerializerContext;
}
