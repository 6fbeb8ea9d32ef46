using System.Text;
using System.Text.Json.Nodes;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Tests.Deadlines;

public sealed class CalendarReaderTests
{
    private static readonly WorkingCalendar China = Calendars.China;

    [Fact]
    public void Default_Shipped_NamesItsSources()
    {
        Assert.Equal((new DateOnly(2025, 1, 1), new DateOnly(2026, 12, 31)), (China.KnownFrom, China.KnownUntil));
        Assert.Contains("国办发明电〔2024〕12号", China.Source, StringComparison.Ordinal);
        Assert.Contains("国办发明电〔2025〕7号", China.Source, StringComparison.Ordinal);
    }

    // Both years have 261 weekdays. Free of 2025 are January 1 and 28 to 31, February 3 and 4, April 4, May 1, 2 and 5, June 2, October 1 to 3 and
    // 6 to 8, which is 18, and 5 weekend days are worked. Free of 2026 are January 1 and 2, February 16 to 20 and 23, April 6, May 1, 4 and 5, June 19,
    // September 25, October 1, 2 and 5 to 7, which is 19, and 6 weekend days are worked.
    [Theory]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    public void Default_AYear_HasTheWorkingDaysOfItsNotice(int year, int days)
    {
        var worked = 0;
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
            if (!China.HoursOf(day).IsEmpty)
                worked++;
        Assert.Equal(days, worked);
    }

    [Theory]
    [InlineData("2026-02-14", true)]
    [InlineData("2026-02-15", false)]
    [InlineData("2026-02-23", false)]
    [InlineData("2026-02-24", true)]
    [InlineData("2026-10-07", false)]
    [InlineData("2026-10-08", true)]
    [InlineData("2026-10-10", true)]
    [InlineData("2026-10-11", false)]
    [InlineData("2027-01-01", true)]
    public void HoursOf_ADay_AreThoseOfTheNoticeOrTheDayOfTheWeek(string day, bool worked) =>
        Assert.Equal(worked, !China.HoursOf(DateOnly.Parse(day, null)).IsEmpty);

    [Theory]
    [InlineData("2024-12-31T15:59:59Z", false)]
    [InlineData("2024-12-31T16:00:00Z", true)]
    [InlineData("2026-12-31T15:59:59Z", true)]
    [InlineData("2026-12-31T16:00:00Z", false)]
    public void Knows_AroundTheKnownDays_GoesByTheLocalDay(string at, bool known) => Assert.Equal(known, China.Knows(DateTimeOffset.Parse(at, null)));

    [Theory]
    [InlineData("2026-03-09 08:59:59", false)]
    [InlineData("2026-03-09 09:00", true)]
    [InlineData("2026-03-09 11:59:59", true)]
    [InlineData("2026-03-09 12:00", false)]
    [InlineData("2026-03-09 14:00", true)]
    [InlineData("2026-03-09 18:00", false)]
    [InlineData("2026-03-08 10:00", false)]
    [InlineData("2026-10-01 10:00", false)]
    public void IsOpen_AtATime_IsFromOpeningUntilBeforeClosing(string at, bool open) => Assert.Equal(open, China.IsOpen(WorkedCase.At(at, China)));

    [Theory]
    [InlineData("zone", "\"Asia/Nowhere\"", "zone", "unknown-zone")]
    [InlineData("zone", "null", "zone", "missing")]
    [InlineData("zone", "8", "zone", "out-of-bounds")]
    [InlineData("source", "\"\"", "source", "out-of-bounds")]
    [InlineData("knownFrom", "\"2025-02-30\"", "knownFrom", "out-of-bounds")]
    [InlineData("knownUntil", "\"2024-01-01\"", "knownUntil", "out-of-bounds")]
    [InlineData("hours", "{}", "hours", "out-of-bounds")]
    [InlineData("hours", "[]", "hours", "out-of-bounds")]
    [InlineData("hours", "{\"mon\":[\"09:00-12:00\"],\"friday\":[\"09:00-12:00\"]}", "hours.mon", "unknown-field")]
    [InlineData("hours", "{\"monday\":[\"09:00-12:00\",\"11:00-13:00\"]}", "hours.monday[1]", "out-of-bounds")]
    [InlineData("hours", "{\"monday\":[\"9:00-12:00\"]}", "hours.monday[0]", "out-of-bounds")]
    [InlineData("hours", "{\"monday\":[\"12:00-12:00\"]}", "hours.monday[0]", "out-of-bounds")]
    [InlineData("hours", "{\"monday\":[\"12:00-24:01\"]}", "hours.monday[0]", "out-of-bounds")]
    [InlineData("hours", "{\"monday\":[\"22:00-06:00\"]}", "hours.monday[0]", "out-of-bounds")]
    [InlineData("hours", "{\"monday\":\"09:00-12:00\"}", "hours.monday", "out-of-bounds")]
    [InlineData("makeUpHours", "[]", "makeUpHours", "out-of-bounds")]
    [InlineData("makeUpHours", "null", "makeUpHours", "missing")]
    [InlineData("holidays", "[{\"name\":\"x\",\"from\":\"2026-05-02\",\"to\":\"2026-05-01\"}]", "holidays[0].to", "out-of-bounds")]
    [InlineData("holidays", "[{\"name\":\"x\",\"from\":\"2027-05-01\",\"to\":\"2027-05-01\"}]", "holidays[0].from", "out-of-bounds")]
    [InlineData("holidays", "[{\"from\":\"2026-05-01\",\"to\":\"2026-05-01\"}]", "holidays[0].name", "missing")]
    [InlineData("holidays", "[{\"name\":\"x\",\"from\":\"2026-05-01\",\"until\":\"2026-05-01\"}]", "holidays[0].until", "unknown-field")]
    [InlineData("holidays", "[1]", "holidays[0]", "wrong-type")]
    [InlineData("holidays", "[{\"name\":\"x\",\"from\":\"2026-07-01\",\"to\":\"2026-07-02\"},{\"name\":\"y\",\"from\":\"2026-07-02\",\"to\":\"2026-07-03\"}]", "holidays[1].from", "duplicate-day")]
    [InlineData("makeUpDays", "[\"2026-10-01\"]", "makeUpDays[0]", "contradiction")]
    [InlineData("makeUpDays", "[\"2026-03-09\"]", "makeUpDays[0]", "contradiction")]
    [InlineData("makeUpDays", "[\"2026-03-14\",\"2026-03-14\"]", "makeUpDays[1]", "duplicate-day")]
    [InlineData("makeUpDays", "[\"2030-03-09\"]", "makeUpDays[0]", "out-of-bounds")]
    [InlineData("makeUpDays", "[20260314]", "makeUpDays[0]", "wrong-type")]
    [InlineData("makeupdays", "[]", "makeupdays", "unknown-field")]
    public void Read_AWrongField_IsNamed(string field, string value, string path, string reason)
    {
        var file = JsonNode.Parse(CalendarReader.DefaultFile.Span)!.AsObject();
        file[field] = JsonNode.Parse(value);
        var reading = CalendarReader.Read(Encoding.UTF8.GetBytes(file.ToJsonString()));
        Assert.Null(reading.Calendar);
        var fault = Assert.Single(reading.Faults, f => f.Path == path);
        Assert.Equal(("calendar", reason), (fault.File, fault.Reason));
        Assert.Contains(path, fault.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"zone\":\"Asia/Shanghai\",\"zone\":\"Asia/Shanghai\"}")]
    [InlineData("{\"zone\":\"\\ud800\"}")]
    public void Read_NoCalendarAtAll_IsRefused(string text)
    {
        var reading = CalendarReader.Read(Encoding.UTF8.GetBytes(text));
        Assert.Null(reading.Calendar);
        Assert.NotEmpty(reading.Faults);
    }

    [Fact]
    public void Read_WithByteOrderMark_IsRead() => Assert.NotNull(CalendarReader.Read((byte[])[0xEF, 0xBB, 0xBF, .. CalendarReader.DefaultFile.Span]).Calendar);

    [Fact]
    public void Read_MoreFaultsThanAreListed_CountsTheRest()
    {
        var file = JsonNode.Parse(CalendarReader.DefaultFile.Span)!.AsObject();
        file["makeUpDays"] = new JsonArray([.. Enumerable.Repeat(0, 150).Select(_ => JsonValue.Create("never"))]);
        var reading = CalendarReader.Read(Encoding.UTF8.GetBytes(file.ToJsonString()));
        Assert.Equal(101, reading.Faults.Count);
        Assert.Contains("50 more", reading.Faults[^1].Text, StringComparison.Ordinal);
    }
}
