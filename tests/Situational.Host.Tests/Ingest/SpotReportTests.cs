using System.Globalization;
using System.Net;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Ingest;

/// <summary>Reports that bring their rectification, that come twice from one device, and that leave out what may be left out.</summary>
[Collection(SharedHost.Name)]
public sealed class SpotReportTests(HostFixture shared)
{
    [Fact]
    public async Task Report_FixedOnTheSpotByAUnitThatIsThere_OpensAsHandledWithoutAMark()
    {
        var now = TimeProvider.System.GetUtcNow();
        await SeeAsync("spot-near", Requests.Fix("spot-near", 0, now));

        var opened = await PostAsync(
            """{"unit":"spot-near","note":"swept","photos":["https://example.org/after.jpg"],"foundAt":"FOUND","fixedAt":"FIXED"}"""
                .Replace("FOUND", Text(now.AddMinutes(-40)), StringComparison.Ordinal).Replace("FIXED", Text(now), StringComparison.Ordinal));

        Assert.Equal("handled", opened.Stage);
        Assert.Equal(("spot-near", "swept", null), (opened.Spot!.Unit, opened.Spot.Note, opened.Spot.Verified));
        Assert.Equal(now.AddMinutes(-40).ToUnixTimeMilliseconds(), opened.Spot.FoundAt!.Value.ToUnixTimeMilliseconds());
        Assert.Empty(opened.Marks);
    }

    [Fact]
    public async Task Report_FixedOnTheSpotByAUnitThatNobodyKnows_IsMarkedNotRefused()
    {
        var opened = await PostAsync("""{"unit":"nobody-knows-it","note":"swept"}""");

        Assert.Equal("no-fix", Assert.Single(opened.Marks).Code);
        Assert.NotEmpty(opened.Marks[0].Explanation);
    }

    [Fact]
    public async Task Report_FixedOnTheSpotByAUnitFarAway_IsMarkedWithTheDistance()
    {
        await SeeAsync("spot-far", Requests.Fix("spot-far", 1, TimeProvider.System.GetUtcNow()));

        var opened = await PostAsync("""{"unit":"spot-far","note":"swept"}""");

        var mark = Assert.Single(opened.Marks);
        Assert.Equal(("too-far", 100), (mark.Code, mark.Limit));
        Assert.InRange(mark.Value, 800, 900);
    }

    [Theory]
    [InlineData("{\"note\":\"n\"}", "spot.unit", "required")]
    [InlineData("{\"unit\":\"u\"}", "spot.note", "required")]
    [InlineData("{\"unit\":\"u\\u202e\",\"note\":\"n\"}", "spot.unit", "64")]
    [InlineData("{\"unit\":\"u\",\"note\":\"n\",\"foundAt\":\"today\"}", "spot.foundAt", "RFC 3339")]
    [InlineData("{\"unit\":\"u\",\"note\":\"n\",\"foundAt\":\"2026-11-22T10:00:00Z\",\"fixedAt\":\"2026-11-22T09:00:00Z\"}", "spot.fixedAt", "foundAt")]
    [InlineData("{\"unit\":\"u\",\"note\":\"n\",\"photos\":[\"javascript:alert(1)\"]}", "spot.photos[0]", "http")]
    [InlineData("7", "spot", "object")]
    public async Task Report_WithASpotThatIsWrong_Is422NamingFieldAndLimit(string spot, string field, string limit)
    {
        using var answer = await Requests.PostReportAsync(shared.Client, Requests.NewKey(), Requests.Report(0, more: $",\"spot\":{spot}"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(limit, await Requests.FieldErrorAsync(answer, field));
    }

    [Fact]
    public async Task Report_FixedOnTheSpotBySomebodyWhoOnlyReports_Is422()
    {
        using var answer = await Requests.PostReportAsync(
            shared.Client, Requests.NewKey(), Requests.Report(0, more: ""","spot":{"unit":"u","note":"n"},"by":{"id":"r","role":"reporter"}"""));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(answer, "spot"));
    }

    [Fact]
    public async Task Report_OfTheSameTextFromTheSameDevice_JoinsTheOpenCaseAndSaysSo()
    {
        var device = $",\"device\":\"{Guid.NewGuid():N}\"";
        using var first = await Requests.PostReportAsync(shared.Client, Requests.NewKey(), Requests.Report(3, "twice", more: device));
        var key = Requests.NewKey();
        using var second = await Requests.PostReportAsync(shared.Client, key, Requests.Report(3, "twice", more: device));
        using var again = await Requests.PostReportAsync(shared.Client, key, Requests.Report(3, "twice", more: device));
        using var other = await Requests.PostReportAsync(shared.Client, Requests.NewKey(), Requests.Report(3, "something else", more: device));

        var opened = await Requests.ReadAsync<CaseAnswer>(first);
        var joined = await Requests.ReadAsync<CaseAnswer>(second);
        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Created),
            (first.StatusCode, second.StatusCode, again.StatusCode, other.StatusCode));
        Assert.Null(opened.Joined);
        Assert.Equal((opened.Id, true, 2), (joined.Id, joined.Joined, joined.Reports));
        Assert.Equal("/api/v1/cases/" + opened.Id, second.Headers.Location!.OriginalString);
        Assert.Equal((opened.Id, 2), ((await Requests.ReadAsync<CaseAnswer>(again)).Id, (await Requests.GetAsync<CaseAnswer>(shared.Client, "api/v1/cases/" + opened.Id)).Reports));
        Assert.NotEqual(opened.Id, (await Requests.ReadAsync<CaseAnswer>(other)).Id);
    }

    [Theory]
    [InlineData("fire", "red")]
    [InlineData("exposed-rubbish", "blue")]
    public async Task Report_WithoutASeverity_HasItsCategorys(string category, string severity)
    {
        var body = Requests.Report(0).Replace("\"severity\":\"red\",", "", StringComparison.Ordinal).Replace("\"fire\"", $"\"{category}\"", StringComparison.Ordinal);

        using var answer = await Requests.PostReportAsync(shared.Client, Requests.NewKey(), body);

        Assert.Equal(severity, (await Requests.ReadAsync<CaseAnswer>(answer)).Severity);
    }

    [Trait("Fault", "Bad input: ids")]
    [Theory]
    [InlineData("\"device\":\"\"", "device", "64")]
    [InlineData("\"device\":\"a\\nb\"", "device", "64")]
    [InlineData("\"by\":{\"id\":\"w\"}", "by.role", "required")]
    [InlineData("\"by\":{\"role\":\"worker\"}", "by.id", "required")]
    [InlineData("\"by\":{\"id\":\"w\",\"role\":\"system\"}", "by.role", "worker")]
    [InlineData("\"by\":\"w\"", "by", "object")]
    public async Task Report_WithADeviceOrReporterThatIsWrong_Is422NamingIt(string more, string field, string limit)
    {
        using var answer = await Requests.PostReportAsync(shared.Client, Requests.NewKey(), Requests.Report(0, more: "," + more));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(limit, await Requests.FieldErrorAsync(answer, field));
    }

    [Trait("Fault", "Bad input: text")]
    [Theory]
    [InlineData('a')]
    [InlineData('长')]
    public async Task Report_WithATextOf100000Characters_Is422NamingTheLimit(char letter)
    {
        using var answer = await Requests.PostReportAsync(shared.Client, Requests.NewKey(), Requests.Report(0, new string(letter, 100_000)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("4000", await Requests.FieldErrorAsync(answer, "description"));
    }

    private async Task<CaseAnswer> PostAsync(string spot)
    {
        using var answer = await Requests.PostReportAsync(shared.Client, Requests.NewKey(), Requests.Report(0, more: $",\"spot\":{spot}"));
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await Requests.ReadAsync<CaseAnswer>(answer);
    }

    private async Task SeeAsync(string unit, string fix)
    {
        await Requests.RecordAsync(shared.Client, $"[{fix}]");
        await Eventually.HoldsAsync(
            async () => (await Requests.GetAsync<UnitAnswer[]>(shared.Client, "api/v1/units?limit=10000")).Any(u => u.Id == unit), "the unit was not seen");
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffK", CultureInfo.InvariantCulture);
}
