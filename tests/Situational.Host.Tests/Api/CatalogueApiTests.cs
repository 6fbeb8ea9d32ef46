using System.Net;
using Situational.Contracts.Http;
using Situational.Domain.Catalogue;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class CatalogueApiTests(HostFixture shared)
{
    [Fact]
    public async Task Categories_AreThoseOfTheCatalogueWithItsSource()
    {
        var answer = await Requests.GetAsync<CategoriesAnswer>(shared.Client, "api/v1/categories");

        Assert.Equal(CityRules.Default.Source, answer.Source);
        Assert.Equal(CityRules.Default.Categories.Keys, answer.Categories.Select(c => c.Code));
        var rubbish = Assert.Single(answer.Categories, c => c.Code == "exposed-rubbish");
        Assert.Equal(("暴露垃圾", "event", "blue", "4 working-hours"), (rubbish.Name.Zh, rubbish.Kind, rubbish.Severity, rubbish.Limits["handle"]));
        Assert.Equal((24 * 60, 3, 30), (rubbish.MergeWithinMinutes, rubbish.FastestHandlingMinutes, rubbish.MergeMeters));
        Assert.Equal(["sanitation"], rubbish.Departments);
        Assert.Equal("component", Assert.Single(answer.Categories, c => c.Code == "manhole-cover").Kind);
    }

    [Fact]
    public async Task DepartmentsWhistlesAndRatings_AreThoseOfTheCatalogue()
    {
        var departments = await Requests.GetAsync<DepartmentsAnswer>(shared.Client, "api/v1/departments");
        var whistles = await Requests.GetAsync<WhistleKindsAnswer>(shared.Client, "api/v1/whistle-kinds");
        var ratings = await Requests.GetAsync<RatingKindsAnswer>(shared.Client, "api/v1/rating-kinds");

        Assert.Equal(CityRules.Default.Departments.Keys, departments.Departments.Select(d => d.Code));
        Assert.Equal(["management", "key-work", "emergency"], whistles.WhistleKinds.Select(w => w.Code));
        Assert.Equal("10 minutes", whistles.WhistleKinds[2].Acknowledge);
        Assert.Equal(["reporter", "community", "department", "supervisor"], ratings.RatingKinds.Select(r => r.Code));
        Assert.Equal((1, 5), (ratings.MinScore, ratings.MaxScore));
    }

    [Fact]
    public async Task Calendar_OfAYear_HasEveryDayAndSaysUntilWhenItIsKnown()
    {
        var calendar = await Requests.GetAsync<CalendarAnswer>(shared.Client, "api/v1/calendar?year=2026");
        var later = await Requests.GetAsync<CalendarAnswer>(shared.Client, "api/v1/calendar?year=2096");

        Assert.Equal((2026, 365, "Asia/Shanghai"), (calendar.Year, calendar.Days.Count, calendar.Zone));
        Assert.NotEmpty(calendar.Source);
        Assert.All(calendar.Days, d => Assert.Equal(CityRules.Default.Calendar.HoursOf(d.Date).Length, d.Hours.Count));
        // National Day, and the make-up Saturday after it
        Assert.Empty(Assert.Single(calendar.Days, d => d.Date == new DateOnly(2026, 10, 1)).Hours);
        Assert.NotEmpty(Assert.Single(calendar.Days, d => d.Date == new DateOnly(2026, 10, 10)).Hours);
        Assert.True(calendar.Days[0].Known);
        Assert.Equal(366, later.Days.Count);
        Assert.All(later.Days, d => Assert.False(d.Known));
    }

    [Theory]
    [InlineData("1999")]
    [InlineData("2101")]
    [InlineData("next")]
    public async Task Calendar_OfAYearOutOfRange_Is400(string year)
    {
        using var answer = await shared.Client.GetAsync("api/v1/calendar?year=" + year);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("2100", await Requests.FieldErrorAsync(answer, "year"));
    }

    [Fact]
    public async Task Report_OfACategoryThatTheCatalogueDoesNotHave_Is422PointingAtTheCatalogue()
    {
        using var answer = await Requests.PostReportAsync(
            shared.Client, Requests.NewKey(), Requests.Report(0).Replace("\"fire\"", "\"fires\"", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("/api/v1/categories", await Requests.FieldErrorAsync(answer, "category"));
    }
}
