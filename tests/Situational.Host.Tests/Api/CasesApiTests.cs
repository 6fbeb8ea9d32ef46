using System.Globalization;
using System.Net;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class CasesApiTests(HostFixture shared)
{
    [Fact]
    public async Task Case_ReadWithTheTagOfTheLastAnswer_IsNotSentAgain()
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 0);
        using var first = await shared.Client.GetAsync("api/v1/cases/" + opened.Id);
        using var again = await ReadAsync(opened.Id, first.Headers.ETag!.ToString());
        await Requests.WalkAsync(shared.Client, opened.Id, "accepted");
        using var changed = await ReadAsync(opened.Id, first.Headers.ETag!.ToString());

        Assert.Equal("\"1\"", first.Headers.ETag!.ToString());
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (again.StatusCode, changed.StatusCode));
        Assert.Equal("\"2\"", changed.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task Search_ByAreaStageAndSeverity_FindsNewestFirstPageByPage()
    {
        var opened = new List<string>();
        for (var i = 0; i < 5; i++)
            opened.Add((await Requests.OpenCaseAsync(shared.Client, 3, "yellow")).Id);
        await Requests.WalkAsync(shared.Client, opened[2], "rejected");
        var wanted = Enumerable.Reverse(opened).Where(id => id != opened[2]).ToArray();

        var found = await PagesAsync($"area={SmallCity.Grids[3]}&stage=reported&severity=yellow&limit=2", 2);

        Assert.All(found, c => Assert.Equal((SmallCity.Grids[3], "reported", "yellow"), (c.Grid, c.Stage, c.Severity)));
        Assert.Equal(wanted, found.Select(c => c.Id).Where(opened.Contains));
        var inCity = await Requests.GetAsync<CasesAnswer>(shared.Client, $"api/v1/cases?area={SmallCity.City}&severity=yellow&limit=1000");
        Assert.Subset(inCity.Cases.Select(c => c.Id).ToHashSet(), opened.ToHashSet());
    }

    [Fact]
    public async Task Search_BySeveralStagesCategoryAndText_FindsWhatHasThemAll()
    {
        var word = "词" + Guid.NewGuid().ToString("N")[..8];
        var reported = await OpenAsync("street-lamp", $"路灯 {word} 不亮");
        var accepted = await OpenAsync("street-lamp", $"路灯 {word} 闪烁");
        var rejected = await OpenAsync("street-lamp", $"路灯 {word} 太亮");
        var other = await OpenAsync("manhole-cover", $"井盖 {word} 缺失");
        await Requests.WalkAsync(shared.Client, accepted.Id, "accepted");
        await Requests.WalkAsync(shared.Client, rejected.Id, "rejected");

        var found = await PagesAsync($"stage=reported,accepted&category=street-lamp&text={Uri.EscapeDataString(word)}&limit=1", 1);
        var byId = await PagesAsync($"text={other.Id}&limit=10", 10);

        Assert.Equal([accepted.Id, reported.Id], found.Select(c => c.Id));
        Assert.Contains(other.Id, byId.Select(c => c.Id));
    }

    [Fact]
    public async Task Search_ByDeadline_IsTheDutyListNextDeadlineFirst()
    {
        foreach (var category in new[] { "illegal-building", "fire", "exposed-rubbish", "gas-smell" })
            await Requests.WalkAsync(shared.Client, (await OpenAsync(category, "due")).Id, "dispatched");

        var list = await PagesAsync("order=due&limit=3", 3);
        var dues = list.Where(c => c.DueAt is not null).Select(c => c.DueAt!.Value).ToArray();
        var middle = dues[dues.Length / 2];
        var time = Uri.EscapeDataString(middle.ToOffset(TimeSpan.FromHours(8)).ToString("O", CultureInfo.InvariantCulture));
        var before = await PagesAsync($"order=due&dueBefore={time}&limit=1000", 1_000);
        var from = await PagesAsync($"order=due&dueFrom={time}&limit=1000", 1_000);

        Assert.DoesNotContain(list, c => c.Stage is "closed" or "rejected" or "merged");
        Assert.Equal(dues.Order(), dues);
        Assert.All(list.SkipWhile(c => c.DueAt is not null), c => Assert.Null(c.DueAt));
        Assert.All(before, c => Assert.True(c.DueAt < middle));
        Assert.All(from, c => Assert.True(c.DueAt >= middle));
        Assert.NotEmpty(from);
    }

    [Theory]
    [InlineData("area=nowhere", "area")]
    [InlineData("stage=lost", "stage")]
    [InlineData("stage=reported,,closed", "stage")]
    [InlineData("severity=pink", "severity")]
    [InlineData("category=Fire", "category")]
    [InlineData("level=soon", "level")]
    [InlineData("order=random", "order")]
    [InlineData("dueBefore=tomorrow", "dueBefore")]
    [InlineData("dueFrom=2026-11-22T08:00:00", "dueFrom")]
    [InlineData("text=%00", "text")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("cursor=%27%20OR%201=1--", "cursor")]
    public async Task Search_ParameterThatIsWrong_Is400NamingIt(string query, string field)
    {
        using var list = await shared.Client.GetAsync("api/v1/cases?" + query);
        using var csv = await shared.Client.GetAsync("api/v1/cases.csv?" + query);
        using var geo = await shared.Client.GetAsync("api/v1/cases.geojson?" + query);

        foreach (var answer in field == "limit" ? [list] : new[] { list, csv, geo })
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.NotEmpty(await Requests.FieldErrorAsync(answer, field));
        }
    }

    [Theory]
    [InlineData(100, HttpStatusCode.OK)]
    [InlineData(101, HttpStatusCode.BadRequest)]
    public async Task Search_ForALongText_IsBounded(int length, HttpStatusCode expected)
    {
        using var answer = await shared.Client.GetAsync("api/v1/cases?text=" + new string('a', length));

        Assert.Equal(expected, answer.StatusCode);
    }

    private async Task<CaseAnswer> OpenAsync(string category, string description)
    {
        using var answer = await Requests.PostReportAsync(
            shared.Client, Requests.NewKey(), Requests.Report(3, description).Replace("\"fire\"", $"\"{category}\"", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await Requests.ReadAsync<CaseAnswer>(answer);
    }

    private async Task<List<CaseAnswer>> PagesAsync(string query, int limit)
    {
        var found = new List<CaseAnswer>();
        string? cursor = null;
        do
        {
            var page = await Requests.GetAsync<CasesAnswer>(
                shared.Client, $"api/v1/cases?{query}" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)));
            Assert.InRange(page.Cases.Count, 0, limit);
            found.AddRange(page.Cases);
            cursor = page.Next;
        }
        while (cursor is not null);
        return found;
    }

    private async Task<HttpResponseMessage> ReadAsync(string id, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/cases/" + id);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await shared.Client.SendAsync(request);
    }
}
