using Situational.Domain.Deadlines;

namespace Situational.Domain.Tests.Deadlines;

public sealed class DeadlineTests
{
    [Fact]
    public void From_BeforeNationalDay_EndsAfterIt()
    {
        // Wed 2026-09-30 17:00 Shanghai, 2 h: one hour that day, October 1 to 7 free, one hour on Thu 8th.
        Limit.TryParse("2 working-hours", out var limit);
        Assert.Equal(new(2026, 10, 8, 10, 0, 0, TimeSpan.FromHours(8)), Deadline.From(new(2026, 9, 30, 17, 0, 0, TimeSpan.FromHours(8)), limit, Calendars.China));
    }
}
