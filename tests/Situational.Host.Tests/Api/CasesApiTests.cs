using System.Net;
using System.Text;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class CasesApiTests(HostFixture shared)
{
    [Fact]
    public async Task Actions_FromReportedToClosed_ChangeTheStageAndKeepTheNote()
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 0);

        using var start = await ActAsync(opened.Id, "start", """{"note":"on the way"}""");
        var started = await Requests.ReadAsync<CaseAnswer>(start);
        using var close = await ActAsync(opened.Id, "close", null);
        var closed = await Requests.ReadAsync<CaseAnswer>(close);

        Assert.Equal(("handling", "on the way"), (started.Stage, started.Note));
        Assert.NotNull(started.StartedAt);
        Assert.Equal("closed", closed.Stage);
        Assert.NotNull(closed.ClosedAt);
        Assert.Equal("closed", (await Requests.GetAsync<CaseAnswer>(shared.Client, "api/v1/cases/" + opened.Id)).Stage);
    }

    [Fact]
    public async Task Actions_ThatTheStageDoesNotAllow_Are409NamingWhatItAllows()
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 0);
        (await ActAsync(opened.Id, "start", null)).Dispose();

        using var again = await ActAsync(opened.Id, "start", null);
        (await ActAsync(opened.Id, "close", null)).Dispose();
        using var afterwards = await ActAsync(opened.Id, "close", null);

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        var problem = await Requests.ProblemAsync(again);
        Assert.Equal(("handling", "close"), (problem.GetProperty("stage").GetString(), problem.GetProperty("allowed")[0].GetString()));
        Assert.Equal(HttpStatusCode.Conflict, afterwards.StatusCode);
        Assert.Equal(0, (await Requests.ProblemAsync(afterwards)).GetProperty("allowed").GetArrayLength());
    }

    [Theory]
    [InlineData("110000001001001-999999")]
    [InlineData("nowhere-1")]
    [InlineData("outside-1")]
    [InlineData("110000-1")]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("%00-1")]
    [InlineData("..%2F..-1")]
    public async Task Anything_OnAnUnknownCase_Is404(string id)
    {
        using var get = await shared.Client.GetAsync("api/v1/cases/" + id);
        using var start = await ActAsync(id, "start", null);

        // a path with an encoded NUL never reaches an endpoint
        var refused = id.StartsWith("%00", StringComparison.Ordinal) ? HttpStatusCode.BadRequest : HttpStatusCode.NotFound;
        Assert.Equal((refused, refused), (get.StatusCode, start.StatusCode));
    }

    [Theory]
    [InlineData("[]", 422, "body")]
    [InlineData("{\"note\":7}", 422, "note")]
    [InlineData("{\"note\":\"a\\u0000\"}", 422, "note")]
    [InlineData("{", 400, "body")]
    public async Task Actions_WithABodyThatIsWrong_AreRefusedAndChangeNothing(string body, int status, string field)
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 0);

        using var answer = await ActAsync(opened.Id, "start", body);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(answer, field));
        Assert.Equal("reported", (await Requests.GetAsync<CaseAnswer>(shared.Client, "api/v1/cases/" + opened.Id)).Stage);
    }

    [Fact]
    public async Task Search_ByAreaStageAndSeverity_FindsNewestFirstPageByPage()
    {
        var opened = new List<string>();
        for (var i = 0; i < 5; i++)
            opened.Add((await Requests.OpenCaseAsync(shared.Client, 3, "yellow")).Id);
        (await ActAsync(opened[2], "close", null)).Dispose();
        var wanted = Enumerable.Reverse(opened).Where(id => id != opened[2]).ToArray();

        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Requests.GetAsync<CasesAnswer>(
                shared.Client,
                $"api/v1/cases?area={SmallCity.Grids[3]}&stage=reported&severity=yellow&limit=2" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)));
            Assert.InRange(page.Cases.Count, 0, 2);
            Assert.All(page.Cases, c => Assert.Equal((SmallCity.Grids[3], "reported", "yellow"), (c.Grid, c.Stage, c.Severity)));
            found.AddRange(page.Cases.Select(c => c.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(wanted, found);
        var inCity = await Requests.GetAsync<CasesAnswer>(shared.Client, $"api/v1/cases?area={SmallCity.City}&severity=yellow&limit=1000");
        Assert.Subset(inCity.Cases.Select(c => c.Id).ToHashSet(), opened.ToHashSet());
    }

    [Theory]
    [InlineData("area=nowhere", "area")]
    [InlineData("stage=lost", "stage")]
    [InlineData("severity=pink", "severity")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("cursor=%27%20OR%201=1--", "cursor")]
    public async Task Search_ParameterThatIsWrong_Is400NamingIt(string query, string field)
    {
        using var answer = await shared.Client.GetAsync("api/v1/cases?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(answer, field));
    }

    private Task<HttpResponseMessage> ActAsync(string id, string action, string? body) =>
        shared.Client.PostAsync($"api/v1/cases/{id}/{action}", body is null ? null : Requests.Body(Encoding.UTF8.GetBytes(body), "application/json"));
}
