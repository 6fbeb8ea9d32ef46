using Situational.Domain.Deadlines;

namespace Situational.Domain.Tests.Deadlines;

public sealed class LimitTests
{
    [Theory]
    [InlineData("30 minutes", 30, LimitUnit.Minutes)]
    [InlineData("1 working-hour", 1, LimitUnit.WorkingHours)]
    [InlineData("4 working-hours", 4, LimitUnit.WorkingHours)]
    [InlineData("100000 working-days", 100_000, LimitUnit.WorkingDays)]
    [InlineData("20 calendar-days", 20, LimitUnit.CalendarDays)]
    public void TryParse_TheWrittenForm_IsReadAndWrittenTheSame(string text, int amount, LimitUnit unit)
    {
        Assert.True(Limit.TryParse(text, out var limit));
        Assert.Equal(new(amount, unit), limit);
        Assert.Equal(text, limit.ToString());
    }

    [Theory]
    [InlineData("1 working-hours", "1 working-hour")]
    [InlineData("2 minute", "2 minutes")]
    [InlineData("007 calendar-day", "7 calendar-days")]
    public void TryParse_SingularOrPlural_IsWrittenAsItShouldBe(string text, string written)
    {
        Assert.True(Limit.TryParse(text, out var limit));
        Assert.Equal(written, limit.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("4")]
    [InlineData("4 ")]
    [InlineData(" minutes")]
    [InlineData("4working-hours")]
    [InlineData("4  working-hours")]
    [InlineData("4 working-hours ")]
    [InlineData("4 Working-Hours")]
    [InlineData("4 hours")]
    [InlineData("0 minutes")]
    [InlineData("-1 minutes")]
    [InlineData("+1 minutes")]
    [InlineData("1.5 minutes")]
    [InlineData("1,000 minutes")]
    [InlineData("100001 minutes")]
    [InlineData("99999999999999999999 minutes")]
    [InlineData("４ minutes")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(Limit.TryParse(text, out _));
}
