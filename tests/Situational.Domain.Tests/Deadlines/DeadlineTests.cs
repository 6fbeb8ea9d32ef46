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

    [Fact]
    public void WorkedCases_Together_AreEnough() => Assert.InRange(Plain.Count + Suspended.Count, 100, 1000);
}
