namespace Situational.Domain.Deadlines;

/// <summary>What a <see cref="Limit"/> is counted in; how each is measured stands in <c>docs/deadlines.md</c>. The numbers stand in the journal.</summary>
public enum LimitUnit
{
    /// <summary>Minutes that always run, at night and on holidays too.</summary>
    Minutes = 1,

    /// <summary>Hours of working time (工作时).</summary>
    WorkingHours = 2,

    /// <summary>Working days (工作日), each of which counts one whatever its length.</summary>
    WorkingDays = 3,

    /// <summary>Calendar days (自然日): the same local time that many days later.</summary>
    CalendarDays = 4,
}
