using Situational.Domain.Deadlines;

namespace Situational.Domain.Tests.Deadlines;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingInterval Morning = new(TimeSpan.FromHours(8), TimeSpan.FromHours(12));
    private static readonly WorkingInterval Afternoon = new(TimeSpan.FromHours(13), TimeSpan.FromHours(17));
    private static readonly DateOnly First = new(2026, 1, 1);

    [Fact]
    public void Make_HoursAndDaysInOrder_IsMade() => Assert.Equal([Morning, Afternoon], Make([Morning, Afternoon], [Morning]).HoursOf(new(2026, 3, 9)).ToArray());

    [Fact]
    public void Make_NoHoursAtAll_Throws() => Assert.Throws<ArgumentException>(() => Make([], [Morning]));

    [Fact]
    public void Make_NoHoursOnMakeUpDays_Throws() => Assert.Throws<ArgumentException>(() => Make([Morning], []));

    [Fact]
    public void Make_HoursOutOfOrder_Throws() => Assert.Throws<ArgumentException>(() => Make([Afternoon, Morning], [Morning]));

    [Fact]
    public void Make_HoursThatOverlap_Throws() =>
        Assert.Throws<ArgumentException>(() => Make([Morning, Afternoon with { Opens = TimeSpan.FromHours(11) }], [Morning]));

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, 5)]
    [InlineData(5, 25)]
    public void Make_HoursOutsideADay_Throws(int opens, int closes) =>
        Assert.Throws<ArgumentException>(() => Make([new(TimeSpan.FromHours(opens), TimeSpan.FromHours(closes))], [Morning]));

    [Fact]
    public void Make_ADayBothHolidayAndMakeUp_Throws() => Assert.Throws<ArgumentException>(() => Make([Morning], [Morning], holiday: First, makeUp: First));

    [Fact]
    public void Make_KnownUntilBeforeFrom_Throws() => Assert.Throws<ArgumentException>(() => Make([Morning], [Morning], until: First.AddDays(-1)));

    [Fact]
    public void HoursOf_MakeUpDay_AreThoseOfMakeUpDays()
    {
        var saturday = new DateOnly(2026, 3, 14);
        var calendar = Make([Morning, Afternoon], [Afternoon], makeUp: saturday);
        Assert.Equal([Afternoon], calendar.HoursOf(saturday).ToArray());
        Assert.Empty(calendar.HoursOf(saturday.AddDays(7)).ToArray());
    }

    // Holidays so long that a year has no working day: the next one is in the year after.
    [Fact]
    public void From_AWholeYearOff_GoesOnInTheNext()
    {
        var days = Enumerable.Range(0, 365).Select(First.AddDays).ToArray();
        var calendar = new WorkingCalendar(
            TimeZoneInfo.Utc, new Dictionary<DayOfWeek, IReadOnlyList<WorkingInterval>> { [DayOfWeek.Monday] = [Morning] }, [Morning], days, [],
            First, First.AddDays(364), "test");
        var start = new DateTimeOffset(2025, 12, 29, 11, 0, 0, TimeSpan.Zero);
        // Monday one hour; the first Monday of 2027 is January 4.
        Assert.Equal(new(2027, 1, 4, 9, 0, 0, TimeSpan.Zero), Deadline.From(start, new(2, LimitUnit.WorkingHours), calendar));
        Assert.Equal(new(2027, 1, 4, 11, 0, 0, TimeSpan.Zero), Deadline.From(start, new(1, LimitUnit.WorkingDays), calendar));
        Assert.Equal(0, Deadline.Used(new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), LimitUnit.WorkingHours, calendar));
    }

    private static WorkingCalendar Make(
        IReadOnlyList<WorkingInterval> monday, IReadOnlyList<WorkingInterval> makeUpHours, DateOnly? holiday = null, DateOnly? makeUp = null, DateOnly? until = null) =>
        new(TimeZoneInfo.Utc, new Dictionary<DayOfWeek, IReadOnlyList<WorkingInterval>> { [DayOfWeek.Monday] = monday }, makeUpHours,
            holiday is { } h ? [h] : [], makeUp is { } m ? [m] : [], First, until ?? First.AddDays(364), "test");
}
