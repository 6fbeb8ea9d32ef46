// Stands in for the files of this folder until they are here.
namespace Situational.Domain.Deadlines;

#pragma warning disable
public enum LimitUnit { Minutes = 1, WorkingHours = 2, WorkingDays = 3, CalendarDays = 4 }
public readonly record struct Limit(int Amount, LimitUnit Unit);
public enum ClockKind { Accept = 1, Dispatch = 2, Handle = 3, Verify = 4, Close = 5, Acknowledge = 6, Arrive = 7, Solve = 8 }
public enum DeadlineLevel { None = 0, Approaching = 1, Overdue = 2, OverdueTwice = 3 }
public sealed record Clock
{
    public ClockKind Kind { get; init; }
    public Limit Limit { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public DeadlineLevel Fired { get; init; }
    public bool Stopped { get; init; }
}
