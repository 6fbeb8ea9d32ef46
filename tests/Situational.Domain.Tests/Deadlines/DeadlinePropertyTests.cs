using FsCheck;
using FsCheck.Fluent;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Tests.Deadlines;

public sealed class DeadlinePropertyTests
{
    private static readonly string[] Names = ["china", "berlin", "newyork", "always", "nights", "friday"];
    private static readonly DateTimeOffset Epoch = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Four years of milliseconds from 2025: known and unknown days, a leap day, eight changes of the clocks.
    private static readonly Gen<DateTimeOffset> Instants =
        Gen.Choose(0, 4 * 365 * 24 * 60).SelectMany(m => Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Choose(0, 59_999))).Select(ms => Epoch.AddMinutes(m).AddMilliseconds(ms)));

    // Around the changes of the clocks, where mistakes live.
    private static readonly Gen<DateTimeOffset> Changes =
        Gen.Elements(new DateTime(2026, 3, 8, 7, 0, 0), new(2026, 3, 29, 1, 0, 0), new(2026, 10, 25, 1, 0, 0), new(2026, 11, 1, 6, 0, 0))
            .SelectMany(change => Gen.Choose(-180, 180).Select(m => new DateTimeOffset(change, TimeSpan.Zero).AddMinutes(m)));

    private static readonly Gen<Sample> Samples =
        Gen.Elements(Names).SelectMany(name =>
        Gen.Choose(1, 4).SelectMany(unit =>
        Gen.Frequency((4, Gen.Choose(1, 12)), (1, Gen.Choose(13, 300))).SelectMany(amount =>
        Gen.Frequency((3, Instants), (1, Changes)).SelectMany(start =>
        Gen.Frequency((2, Gen.Choose(0, 6 * 60)), (2, Gen.Choose(0, 20 * 24 * 60))).Select(later =>
            new Sample(name, new(amount, (LimitUnit)unit), start, TimeSpan.FromMinutes(later)))))));

    private sealed record Sample(string Name, Limit Limit, DateTimeOffset Start, TimeSpan Later)
    {
        public WorkingCalendar Calendar => Calendars.Of(Name);

        public DateTimeOffset Due => Deadline.From(Start, Limit, Calendar);

        public DateTimeOffset At => Start + Later;
    }

    private static void ForAll(Action<Sample> holds) =>
        Prop.ForAll(Samples.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void From_AnyStart_IsLater() => ForAll(s => Assert.True(s.Due > s.Start));

    [Fact]
    public void From_LaterStart_IsNotEarlier() => ForAll(s =>
    {
        // A calendar day keeps the time that the wall shows; of two starts in an hour that it shows twice, the later may show the earlier time.
        var goesBack = s.Limit.Unit == LimitUnit.CalendarDays && Wall(s.At, s) < Wall(s.Start, s);
        Assert.True(goesBack || Deadline.From(s.At, s.Limit, s.Calendar) >= s.Due);
    });

    [Fact]
    public void From_GreaterAmount_IsLater() => ForAll(s =>
        Assert.True(Deadline.From(s.Start, s.Limit with { Amount = s.Limit.Amount + 1 }, s.Calendar) > s.Due));

    [Fact]
    public void Used_UntilTheDeadline_IsTheLimit() => ForAll(s =>
    {
        var used = Deadline.Used(s.Start, s.Due, s.Limit.Unit, s.Calendar);
        // A deadline is a whole tick, and of a working day of three hours a tick is 90 parts; a time that the wall skips comes up to an hour late.
        var (less, more) = s.Limit.Unit switch
        {
            LimitUnit.WorkingDays => (100L, 100L),
            LimitUnit.CalendarDays => (0L, TimeSpan.TicksPerHour),
            _ => (0L, 0L),
        };
        Assert.InRange(used - Deadline.PartsOf(s.Limit), -less, more);
        if (s.Limit.Unit != LimitUnit.CalendarDays)
            Assert.True(Deadline.Used(s.Start, s.Due.AddSeconds(-1), s.Limit.Unit, s.Calendar) < used, "a second earlier less was used");
    });

    [Fact]
    public void Used_OverAnyInstantBetween_AddsUp() => ForAll(s =>
    {
        var end = s.At.AddDays(9);
        var whole = Deadline.Used(s.Start, end, s.Limit.Unit, s.Calendar);
        var parts = Deadline.Used(s.Start, s.At, s.Limit.Unit, s.Calendar) + Deadline.Used(s.At, end, s.Limit.Unit, s.Calendar);
        var goesBack = s.Limit.Unit == LimitUnit.CalendarDays && Wall(s.At, s) < Wall(s.Start, s);
        Assert.True(goesBack || whole == parts);
        Assert.Equal(0, Deadline.Used(end, s.Start, s.Limit.Unit, s.Calendar));
    });

    [Fact]
    public void AtShare_EightyAHundredTwoHundred_AreTheInstantsOfTheClock() => ForAll(s =>
    {
        var clock = Clock.Start(ClockKind.Handle, s.Limit, s.Start, s.Calendar);
        Assert.Equal(Deadline.AtShare(s.Start, s.Limit, 0.8, s.Calendar), clock.ApproachingAt);
        Assert.Equal(Deadline.AtShare(s.Start, s.Limit, 1, s.Calendar), clock.DueAt);
        Assert.Equal(s.Due, clock.DueAt);
        Assert.Equal(Deadline.AtShare(s.Start, s.Limit, 2, s.Calendar), clock.TwiceAt);
        Assert.Equal(Deadline.From(s.Start, s.Limit with { Amount = 2 * s.Limit.Amount }, s.Calendar), clock.TwiceAt);
        Assert.True(s.Start < clock.ApproachingAt && clock.ApproachingAt < clock.DueAt && clock.DueAt < clock.TwiceAt);
    });

    [Fact]
    public void Resume_WithoutAGap_ChangesNoInstant() => ForAll(s =>
    {
        var clock = Clock.Start(ClockKind.Handle, s.Limit, s.Start, s.Calendar);
        var again = clock.Stop(s.At, s.Calendar).Resume(s.At, s.Calendar).Stop(s.At.AddHours(5), s.Calendar).Resume(s.At.AddHours(5), s.Calendar);
        if (s.Limit.Unit == LimitUnit.CalendarDays && (Wall(s.At, s) < Wall(s.Start, s) || Wall(s.At.AddHours(5), s) < Wall(s.At, s)))
            return;
        Assert.Equal((clock.ApproachingAt, clock.DueAt, clock.TwiceAt), (again.ApproachingAt, again.DueAt, again.TwiceAt));
    });

    [Fact]
    public void Resume_AfterAGap_LeavesWhatWasLeft() => ForAll(s =>
    {
        var clock = Clock.Start(ClockKind.Handle, s.Limit, s.Start, s.Calendar).Stop(s.At, s.Calendar);
        var resumed = clock.Resume(s.At.AddDays(40), s.Calendar);
        if (clock.DueAt <= s.At)
            Assert.Equal(clock.DueAt, resumed.DueAt);
        else
            Assert.Equal(Deadline.After(s.At.AddDays(40), Deadline.PartsOf(s.Limit) - clock.Used, s.Limit.Unit, s.Calendar), resumed.DueAt);
        Assert.True(resumed.ApproachingAt <= resumed.DueAt && resumed.DueAt <= resumed.TwiceAt);
        Assert.Equal(clock.LevelAt(s.At), resumed.LevelAt(s.At.AddDays(40)));
    });

    [Fact]
    public void From_AnySample_IsWhatTheStepsCount() =>
        Prop.ForAll(Samples.Where(s => s.Limit.Amount <= 12 && s.Start.Ticks % TimeSpan.TicksPerMinute == 0).ToArbitrary(), s =>
        {
            var counted = MinuteCounter.Due(s.Start, s.Limit, s.Calendar, []).ToUniversalTime();
            Assert.InRange(s.Due, counted.AddMinutes(-1).AddTicks(1), counted);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static DateTime Wall(DateTimeOffset at, Sample sample) => TimeZoneInfo.ConvertTime(at, sample.Calendar.Zone).DateTime;
}
