using Situational.Domain.Deadlines;

namespace Situational.Domain.Tests.Deadlines;

public sealed class DeadlineBoundsTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 9, 1, 0, 0, TimeSpan.Zero);

    // 100,000 h are 14,285 5/7 days of seven hours. Without holidays a year has 260.9 working days.
    [Theory]
    [InlineData(LimitUnit.Minutes, 2026, 2026)]
    [InlineData(LimitUnit.WorkingHours, 2080, 2081)]
    [InlineData(LimitUnit.WorkingDays, 2408, 2410)]
    [InlineData(LimitUnit.CalendarDays, 2299, 2300)]
    public void From_TheGreatestAmount_IsThatFar(LimitUnit unit, int from, int to)
    {
        var due = Deadline.From(Monday, new(Limit.MaxAmount, unit), Calendars.China);
        Assert.InRange(due.Year, from, to);
        Assert.Equal(Deadline.PartsOf(new Limit(Limit.MaxAmount, unit)), Deadline.Used(Monday, due, unit, Calendars.China));
    }

    [Theory]
    [InlineData(LimitUnit.Minutes)]
    [InlineData(LimitUnit.WorkingHours)]
    [InlineData(LimitUnit.WorkingDays)]
    [InlineData(LimitUnit.CalendarDays)]
    public void From_AtTheEndsOfTime_Answers(LimitUnit unit)
    {
        foreach (var name in new[] { "china", "berlin", "newyork", "always", "nights" })
        {
            var calendar = Calendars.Of(name);
            Assert.Equal(DateTimeOffset.MaxValue, Deadline.From(DateTimeOffset.MaxValue, new(1, unit), calendar));
            Assert.Equal(DateTimeOffset.MaxValue, Deadline.From(new(9998, 12, 1, 0, 0, 0, TimeSpan.Zero), new(Limit.MaxAmount, unit), calendar));
            Assert.InRange(Deadline.From(DateTimeOffset.MinValue, new(1, unit), calendar).Year, 1, 2);
            Assert.True(Deadline.Used(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, unit, calendar) > Deadline.PartsOf(new Limit(Limit.MaxAmount, unit)));
            var clock = Clock.Start(ClockKind.Close, new(Limit.MaxAmount, unit), DateTimeOffset.MaxValue, calendar);
            Assert.Equal(DateTimeOffset.MaxValue, clock.Stop(DateTimeOffset.MaxValue, calendar).Resume(DateTimeOffset.MaxValue, calendar).TwiceAt);
        }
    }

    [Theory]
    [InlineData(0, LimitUnit.Minutes)]
    [InlineData(-1, LimitUnit.WorkingDays)]
    [InlineData(Limit.MaxAmount + 1, LimitUnit.WorkingHours)]
    [InlineData(1, (LimitUnit)0)]
    [InlineData(1, (LimitUnit)5)]
    public void From_LimitOutOfBounds_Throws(int amount, LimitUnit unit)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Deadline.From(Monday, new(amount, unit), Calendars.China));
        Assert.Throws<ArgumentOutOfRangeException>(() => Clock.Start(ClockKind.Accept, new(amount, unit), Monday, Calendars.China));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2.01)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void AtShare_OutOfBounds_Throws(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Deadline.AtShare(Monday, new(1, LimitUnit.Minutes), share, Calendars.China));

    [Theory]
    [InlineData(LimitUnit.Minutes)]
    [InlineData(LimitUnit.WorkingHours)]
    [InlineData(LimitUnit.WorkingDays)]
    [InlineData(LimitUnit.CalendarDays)]
    public void From_AYearThatIsKnown_AllocatesNothing(LimitUnit unit)
    {
        var rule = new Limit(7, unit);
        Deadline.From(Monday, rule, Calendars.Berlin);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var hour = 0; hour < 1_000; hour++)
            Deadline.From(Monday.AddHours(hour), rule, Calendars.Berlin);
        // The runtime's own bookkeeping may take some, but not for each.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 999);
    }

    // A day that a zone left out, and zones whose clocks change at midnight.
    [Theory]
    [InlineData("Pacific/Apia", "2011-12-28T22:00:00Z", 2, "2011-12-30T10:00:00Z")]
    [InlineData("Pacific/Apia", "2011-12-28T22:00:00Z", 3, "2011-12-30T22:00:00Z")]
    [InlineData("America/Havana", "2026-03-07T05:00:00Z", 1, "2026-03-08T05:00:00Z")]
    [InlineData("America/Havana", "2026-10-31T04:00:00Z", 1, "2026-11-01T04:00:00Z")]
    public void From_CalendarDaysInOddZones_KeepTheTimeOnTheWall(string zone, string start, int days, string due)
    {
        var calendar = Calendars.Make(zone, [DayOfWeek.Monday], "00:00-24:00");
        Assert.Equal(DateTimeOffset.Parse(due, null), Deadline.From(DateTimeOffset.Parse(start, null), new(days, LimitUnit.CalendarDays), calendar));
    }
}
