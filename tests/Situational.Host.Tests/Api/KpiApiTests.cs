using System.Globalization;
using System.Net;
using System.Text.Json;
using Situational.Contracts.Http;
using Situational.Domain.Kpis;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class KpiApiTests(HostFixture shared)
{
    [Fact]
    public async Task Figures_OfACityAndItsGrids_CountWhatWasReported()
    {
        await Requests.OpenCaseAsync(shared.Client, 0);
        var now = TimeProvider.System.GetUtcNow().AddSeconds(1);
        await Requests.OpenCaseAsync(shared.Client, 0);
        await Requests.OpenCaseAsync(shared.Client, 3);
        var period = "from=" + Uri.EscapeDataString(Text(now.AddDays(-40)));

        var city = await Requests.GetAsync<KpiAnswer>(shared.Client, $"api/v1/kpi?{period}");
        var grid = await Requests.GetAsync<KpiAnswer>(shared.Client, $"api/v1/kpi?area={SmallCity.Grids[0]}&{period}");
        var ranking = await Requests.GetAsync<KpiRankingAnswer>(shared.Client, $"api/v1/kpi/ranking?kpi=on-the-spot-rate&{period}");

        Assert.Equal((SmallCity.City, "小城", 0), (city.Area, city.Name, city.Unplaced));
        Assert.Equal(KpiKeys.Rates, city.Rates.Select(r => r.Key));
        Assert.Equal(KpiKeys.Times, city.Times.Select(t => t.Key));
        Assert.Equal(city.AsOf, grid.AsOf);
        Assert.InRange(Reported(grid), 2, Reported(city) - 1);
        Assert.Equal(SmallCity.Grids, ranking.Ranked.Concat(ranking.TooFew).Select(p => p.Area).Order());
        Assert.Equal(Reported(city), ranking.Ranked.Concat(ranking.TooFew).Sum(p => p.Denominator));
        Assert.All(ranking.Ranked, p => Assert.InRange(p.Denominator, ranking.MinimumSample, int.MaxValue));
        Assert.All(ranking.TooFew, p => Assert.InRange(p.Denominator, 0, ranking.MinimumSample - 1));

        static int Reported(KpiAnswer answer) => answer.Rates.Single(r => r.Key == "on-the-spot-rate").Denominator;
    }

    [Fact]
    public async Task Figures_OfAPeriodWithoutCases_HaveNoValues()
    {
        using var answer = await shared.Client.GetAsync("api/v1/kpi?from=2001-01-01T00:00:00Z&to=2001-02-01T00:00:00%2B08:00");

        var text = await answer.Content.ReadAsStringAsync();
        var figures = await Requests.ReadAsync<KpiAnswer>(answer);
        Assert.Equal(new DateTimeOffset(2001, 1, 31, 16, 0, 0, TimeSpan.Zero), figures.To);
        Assert.All(figures.Rates, r => Assert.Equal((0, null, null, null), (r.Denominator, r.Value, r.Low, r.High)));
        Assert.DoesNotContain("NaN", text);
    }

    [Theory]
    [InlineData("api/v1/kpi?area=nowhere", "area")]
    [InlineData("api/v1/kpi?from=yesterday", "from")]
    [InlineData("api/v1/kpi?from=2026-01-01", "from")]
    [InlineData("api/v1/kpi?from=0001-01-01T00:00:00Z", "from")]
    [InlineData("api/v1/kpi?to=9999-12-31T23:59:59Z", "to")]
    [InlineData("api/v1/kpi?from=2026-02-01T00:00:00Z&to=2026-02-01T00:00:00Z", "from")]
    [InlineData("api/v1/kpi?from=2025-01-01T00:00:00Z&to=2026-01-02T00:00:01Z", "from")]
    [InlineData("api/v1/kpi?from=2026-01-01T00:00:00Z&from=2026-01-02T00:00:00Z", "from")]
    [InlineData("api/v1/kpi/ranking", "kpi")]
    [InlineData("api/v1/kpi/ranking?kpi=time-handling", "kpi")]
    [InlineData("api/v1/kpi/ranking?kpi=closing-rate&area=nowhere", "area")]
    public async Task Parameter_ThatIsWrong_Is400NamingIt(string address, string field)
    {
        using var answer = await shared.Client.GetAsync(address);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(answer, field));
    }

    [Fact]
    public async Task Document_ShowsAnExampleOfEachAnswer()
    {
        var document = await Requests.GetAsync<JsonElement>(shared.Client, "openapi/v1.json");

        var figures = Example(document, "/api/v1/kpi").Deserialize<KpiAnswer>(Requests.Json)!;
        var ranking = Example(document, "/api/v1/kpi/ranking").Deserialize<KpiRankingAnswer>(Requests.Json)!;
        Assert.All(figures.Rates, r => Assert.Contains(r.Key, KpiKeys.Rates));
        Assert.All(figures.Times, t => Assert.Contains(t.Key, KpiKeys.Times));
        foreach (var (numerator, denominator, value, low, high) in figures.Rates.Select(r => (r.Numerator, r.Denominator, r.Value, r.Low, r.High))
            .Concat(ranking.Ranked.Concat(ranking.TooFew).Select(p => (p.Numerator, p.Denominator, p.Value, p.Low, p.High))))
        {
            var ratio = new Ratio(numerator, denominator);
            Assert.Equal((Six(ratio.Value), Six(ratio.Interval?.Low), Six(ratio.Interval?.High)), (value, low, high));
        }

        static JsonElement Example(JsonElement document, string path) => document.GetProperty("paths").GetProperty(path).GetProperty("get")
            .GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("example");

        static double? Six(double? value) => value is { } known ? Math.Round(known, 6) : null;
    }

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
