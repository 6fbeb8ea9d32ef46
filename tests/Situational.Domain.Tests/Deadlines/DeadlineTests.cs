using Situational.Domain.Deadlines;

namespace Situational.Domain.Tests.Deadlines;

public sealed class DeadlineTests
{
    public static TheoryData<string> Plain => [.. WorkedCases.Minutes, .. WorkedCases.WorkingHours, .. WorkedCases.WorkingDays, .. WorkedCases.CalendarDays];

    public static TheoryData<string> Suspended => [.. WorkedCases.Suspended];

    [Theory]
    [MemberData(nameof(Plain))]
    public void From_HandWorked_IsAsWorkedOut(string text)
    {
        var row = WorkedCase.Parse(text);
        var due = Deadline.From(row.Start, row.Limit, row.Calendar);
        Assert.Equal(row.Due.ToUniversalTime(), due);
        Assert.Equal(TimeSpan.Zero, due.Offset);
        Assert.Equal(due, Clock.Start(ClockKind.Handle, row.Limit, row.Start, row.Calendar).DueAt);
    }

    [Theory]
    [MemberData(nameof(Suspended))]
    public void Resume_HandWorked_IsAsWorkedOut(string text)
    {
        var row = WorkedCase.Parse(text);
        var clock = Clock.Start(ClockKind.Handle, row.Limit, row.Start, row.Calendar);
        foreach (var (stop, resume) in row.Pauses)
            clock = clock.Stop(stop, row.Calendar).Resume(resume, row.Calendar);
        Assert.Equal(row.Due.ToUniversalTime(), clock.DueAt);
    }

    [Theory]
    [MemberData(nameof(Plain))]
    [MemberData(nameof(Suspended))]
    public void WorkedCases_CountedStepByStep_AreRight(string text)
    {
        var row = WorkedCase.Parse(text);
        Assert.Equal(row.Due.ToUniversalTime(), MinuteCounter.Due(row.Start, row.Limit, row.Calendar, row.Pauses).ToUniversalTime());
    }

    // 08:00-12:00 and 13:00-16:34 are 454 minutes, of which a minute is no whole number of parts. A working day from minute a of Monday, stopped at minute
    // b of Tuesday, leaves a - b minutes; resumed at minute 240 - (a - b) of Wednesday it ends at minute 240, the closing for lunch.
    [Fact]
    public void Resume_InDaysOfAnOddLength_IsNotCarriedOverLunch()
    {
        var calendar = Calendars.Make("Asia/Shanghai", [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday], "08:00-12:00", "13:00-16:34");
        var monday = new DateTimeOffset(2026, 3, 9, 8, 0, 0, TimeSpan.FromHours(8));
        for (var a = 2; a <= 240; a += 7)
            for (var b = 0; b < a; b += 3)
            {
                var clock = Clock.Start(ClockKind.Handle, new(1, LimitUnit.WorkingDays), monday.AddMinutes(a), calendar)
                    .Stop(monday.AddDays(1).AddMinutes(b), calendar)
                    .Resume(monday.AddDays(2).AddMinutes(240 - (a - b)), calendar);
                Assert.Equal(monday.AddDays(2).AddHours(4), clock.DueAt, TimeSpan.FromTicks(1));
            }
    }

    [Fact]
    public void WorkedCases_Together_AreEnough() => Assert.InRange(Plain.Count + Suspended.Count, 100, 1000);
}
