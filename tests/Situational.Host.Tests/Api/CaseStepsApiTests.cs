using System.Net;
using System.Text.Json;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class CaseStepsApiTests(HostFixture shared)
{
    private const string Officer = "\"by\":{\"id\":\"o-1\",\"role\":\"officer\"}";

    [Fact]
    public async Task Steps_FromTheReportToTheRating_LeadThroughTheWholeLoop()
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 0);

        var closed = await Requests.WalkAsync(shared.Client, opened.Id, "closed");
        var rated = await Requests.StepOkAsync(
            shared.Client, opened.Id, "rate", """{"by":{"id":"r-1","role":"reporter"},"kind":"reporter","score":4,"note":"quick"}""");

        Assert.NotNull(closed.ClosedAt);
        Assert.Empty(closed.Clocks);
        Assert.Equal(("reporter", 4, new ActorAnswer(null, "reporter")), (rated.Ratings[0].Kind, rated.Ratings[0].Score, rated.Ratings[0].By));
        Assert.Equal("closed", (await Requests.GetAsync<CaseAnswer>(shared.Client, "api/v1/cases/" + opened.Id)).Stage);
    }

    [Theory]
    [InlineData("rejected", "reopen", "{\"reason\":\"seen again\"}", "accepted")]
    [InlineData("closed", "reopen", "{\"reason\":\"seen again\"}", "accepted")]
    [InlineData("returned", "dispatch", "{\"assignee\":{\"kind\":\"department\",\"id\":\"sanitation\"}}", "dispatched")]
    [InlineData("rework", "start", "{\"by\":{\"id\":\"w-1\",\"role\":\"worker\"}}", "handling")]
    [InlineData("suspended", "resume", null, "accepted")]
    [InlineData("handling", "escalate", "{\"reason\":\"too big for us\"}", "handling")]
    public async Task Steps_BesideTheLine_LeadWhereTheTableSays(string from, string step, string? body, string to)
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 1);
        await Requests.WalkAsync(shared.Client, opened.Id, from);

        var after = await Requests.StepOkAsync(shared.Client, opened.Id, step, body);

        Assert.Equal(to, after.Stage);
    }

    [Fact]
    public async Task Steps_ThatTheStageDoesNotAllow_Are409WithStageReasonAndWhatIsAllowed()
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 0);

        using var answer = await Requests.StepAsync(shared.Client, opened.Id, "close");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var problem = await Requests.ProblemAsync(answer);
        Assert.Equal("reported", problem.GetProperty("stage").GetString());
        Assert.Equal(problem.GetProperty("detail").GetString(), problem.GetProperty("reason").GetString());
        Assert.Equal(1, problem.GetProperty("revision").GetInt64());
        // other cases nearby may be proposed as duplicates
        Assert.Equal(["accept", "reject", "merge", "escalate"], Words(problem.GetProperty("allowed")).Where(s => s != "keep-apart"));
        Assert.Equal(opened.Id, problem.GetProperty("case").GetProperty("id").GetString());
        Assert.Equal("\"1\"", answer.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task Steps_InTheWrongRole_Are409NamingTheRoleAndChangeNothing()
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 0);

        using var answer = await Requests.StepAsync(shared.Client, opened.Id, "accept", """{"by":{"id":"w-1","role":"worker"}}""");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var problem = await Requests.ProblemAsync(answer);
        Assert.Contains("worker", problem.GetProperty("reason").GetString());
        Assert.Empty(Words(problem.GetProperty("allowed")));
        Assert.Equal("reported", (await Requests.GetAsync<CaseAnswer>(shared.Client, "api/v1/cases/" + opened.Id)).Stage);
    }

    [Fact]
    public async Task Steps_ByWhoHandedInTheResult_CannotVerifyIt()
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 0);
        await Requests.WalkAsync(shared.Client, opened.Id, "handled");

        using var own = await Requests.StepAsync(shared.Client, opened.Id, "verify", """{"by":{"id":"w-1","role":"officer"}}""");

        Assert.Equal(HttpStatusCode.Conflict, own.StatusCode);
    }

    [Fact]
    public async Task Steps_ThatAreUnknown_Are404NamingTheSteps()
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 0);

        using var answer = await Requests.StepAsync(shared.Client, opened.Id, "forget");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var detail = (await Requests.ProblemAsync(answer)).GetProperty("detail").GetString();
        Assert.Contains("hand-in", detail);
        Assert.Contains("whistle", detail);
    }

    [Trait("Fault", "Bad input: ids")]
    [Theory]
    [InlineData("110000001001001-999999")]
    [InlineData("110000001001004-1000000")]
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
        using var history = await shared.Client.GetAsync($"api/v1/cases/{id}/history");
        using var accept = await shared.Client.PostAsync($"api/v1/cases/{id}/accept", null);

        // a path with an encoded NUL never reaches an endpoint
        var refused = id.StartsWith("%00", StringComparison.Ordinal) ? HttpStatusCode.BadRequest : HttpStatusCode.NotFound;
        Assert.Equal((refused, refused, refused), (get.StatusCode, history.StatusCode, accept.StatusCode));
    }

    [Trait("Fault", "Bad input: numbers")]
    [Theory]
    [InlineData("reported", "reject", "{}", "reason", "4,000")]
    [InlineData("reported", "reject", "{\"reason\":\"  \"}", "reason", "4000")]
    [InlineData("reported", "accept", "{\"severity\":\"pink\"}", "severity", "red")]
    [InlineData("accepted", "dispatch", null, "assignee", "department")]
    [InlineData("accepted", "dispatch", "{\"assignee\":{\"kind\":\"department\",\"id\":\"none\"}}", "assignee.id", "catalogue")]
    [InlineData("accepted", "dispatch", "{\"assignee\":{\"kind\":\"army\",\"id\":\"a\"}}", "assignee.kind", "squad")]
    [InlineData("accepted", "suspend", "{\"reason\":\"r\"}", "until", "365")]
    [InlineData("accepted", "suspend", "{\"reason\":\"r\",\"until\":\"2020-01-01T00:00:00Z\"}", "until", "future")]
    [InlineData("accepted", "suspend", "{\"reason\":\"r\",\"until\":\"next week\"}", "until", "RFC 3339")]
    [InlineData("accepted", "whistle", "{\"kind\":\"tin\",\"departments\":[\"police\"]}", "kind", "emergency")]
    [InlineData("accepted", "whistle", "{\"kind\":\"emergency\",\"departments\":[]}", "departments", "16")]
    [InlineData("accepted", "whistle", "{\"kind\":\"emergency\",\"departments\":[\"police\",\"none\"]}", "departments[1]", "catalogue")]
    [InlineData("accepted", "whistle", "{\"kind\":\"emergency\",\"departments\":[\"police\",7]}", "departments[1]", "64")]
    [InlineData("handling", "hand-in", "{\"photos\":[]}", "note", "4,000")]
    [InlineData("handling", "hand-in", "{\"note\":\"n\",\"photos\":[\"file:///etc/passwd\"]}", "photos[0]", "http")]
    [InlineData("handling", "hand-in", "{\"note\":\"n\",\"photos\":[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"]}", "photos[0]", "/api/v1/photos")]
    [InlineData("closed", "rate", "{\"kind\":\"dog\",\"score\":3}", "kind", "community")]
    [InlineData("closed", "rate", "{\"kind\":\"community\",\"score\":6}", "score", "5")]
    [InlineData("closed", "rate", "{\"kind\":\"community\",\"score\":3.5}", "score", "whole")]
    [InlineData("reported", "merge", "{\"into\":\"nowhere-1\"}", "into", "open case")]
    [InlineData("reported", "accept", "{\"by\":{\"id\":\"o\",\"role\":\"king\"}}", "by.role", "supervisor")]
    [InlineData("reported", "accept", "{\"by\":{\"id\":\"o\",\"role\":\"system\"}}", "by.role", "supervisor")]
    [InlineData("reported", "accept", "{\"by\":{\"id\":\"a\\u202eb\",\"role\":\"officer\"}}", "by.id", "64")]
    [InlineData("reported", "accept", "{\"note\":7}", "note", "4000")]
    [InlineData("reported", "accept", "{\"note\":\"a\\u0000\"}", "note", "control")]
    [InlineData("reported", "accept", "{\"note\":\"\\ud800\"}", "note", "4000")]
    [InlineData("reported", "accept", "[]", "body", "object")]
    public async Task Steps_WithAFieldThatIsWrong_Are422NamingFieldAndLimitAndChangeNothing(string from, string step, string? body, string field, string limit)
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 0);
        var before = await Requests.WalkAsync(shared.Client, opened.Id, from);

        using var answer = await Requests.StepAsync(shared.Client, opened.Id, step, body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(limit, await Requests.FieldErrorAsync(answer, field));
        var after = await Requests.GetAsync<CaseAnswer>(shared.Client, "api/v1/cases/" + opened.Id);
        Assert.Equal((before.Stage, before.Revision), (after.Stage, after.Revision));
    }

    [Trait("Fault", "Bad input: text")]
    [Theory]
    [InlineData('a')]
    [InlineData('长')]
    public async Task Steps_WithATextOf100000Characters_Are422NamingTheLimit(char letter)
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 0);

        using var answer = await Requests.StepAsync(shared.Client, opened.Id, "reject", $$"""{"reason":"{{new string(letter, 100_000)}}"}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("4000", await Requests.FieldErrorAsync(answer, "reason"));
    }

    [Trait("Fault", "Bad input: JSON")]
    [Fact]
    public async Task Steps_WithABodyBeyondTheLimitOrMalformed_AreRefusedAndChangeNothing()
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 0);

        using var large = await Requests.StepAsync(shared.Client, opened.Id, "accept", $$"""{"note":"{{new string('a', 500_000)}}"}""");
        using var malformed = await Requests.StepAsync(shared.Client, opened.Id, "accept", "{");
        using var text = await shared.Client.PostAsync($"api/v1/cases/{opened.Id}/accept", Requests.Body("x"u8.ToArray(), "text/plain"));
        using var badKey = await Requests.StepAsync(shared.Client, opened.Id, "accept", key: "with space");

        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.BadRequest),
            (large.StatusCode, malformed.StatusCode, text.StatusCode, badKey.StatusCode));
        Assert.NotEmpty(await Requests.FieldErrorAsync(large, "body"));
        Assert.NotEmpty(await Requests.FieldErrorAsync(malformed, "body"));
        Assert.NotEmpty(await Requests.FieldErrorAsync(badKey, "Idempotency-Key"));
        Assert.Equal(1, (await Requests.GetAsync<CaseAnswer>(shared.Client, "api/v1/cases/" + opened.Id)).Revision);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("W/\"2\"")]
    [InlineData("\"x\"")]
    [InlineData("\"0\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("\"\"")]
    public async Task Steps_WithAnIfMatchThatIsNone_Are400(string tag)
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 0);

        using var answer = await Requests.StepAsync(shared.Client, opened.Id, "accept", ifMatch: tag);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("ETag", await Requests.FieldErrorAsync(answer, "If-Match"));
    }

    [Fact]
    public async Task Steps_WithAStaleIfMatch_Are412WithThePresentStateAndTheLastStep()
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 0);
        await Requests.WalkAsync(shared.Client, opened.Id, "accepted");

        using var stale = await Requests.StepAsync(shared.Client, opened.Id, "dispatch", $$"""{{{Officer}},"assignee":{"kind":"squad","id":"s"} }""", ifMatch: "\"1\"");
        using var fresh = await Requests.StepAsync(
            shared.Client, opened.Id, "dispatch", $$"""{{{Officer}},"assignee":{"kind":"squad","id":"s"} }""", ifMatch: stale.Headers.ETag!.ToString());
        using var any = await Requests.StepAsync(shared.Client, opened.Id, "start", """{"by":{"id":"w-1","role":"worker"}}""", ifMatch: "*");

        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.OK, HttpStatusCode.OK), (stale.StatusCode, fresh.StatusCode, any.StatusCode));
        var problem = await Requests.ProblemAsync(stale);
        Assert.Equal(("accepted", 2), (problem.GetProperty("stage").GetString(), problem.GetProperty("revision").GetInt64()));
        var last = problem.GetProperty("lastStep");
        Assert.Equal(("accept", "o-1"), (last.GetProperty("what").GetString(), last.GetProperty("by").GetProperty("id").GetString()));
        Assert.Equal("accepted", problem.GetProperty("case").GetProperty("stage").GetString());
    }

    [Fact]
    public async Task Steps_OfTwoOfficersAtOnce_OneWinsAndTheOtherGetsThePresentState()
    {
        for (var round = 0; round < 10; round++)
        {
            var opened = await Requests.OpenCaseAsync(shared.Client, 2);
            var withTags = round % 2 == 0;

            var answers = await Task.WhenAll(
                Requests.StepAsync(shared.Client, opened.Id, "accept", """{"by":{"id":"first","role":"officer"}}""", ifMatch: withTags ? "\"1\"" : null),
                Requests.StepAsync(
                    shared.Client, opened.Id, "reject", """{"by":{"id":"second","role":"officer"},"reason":"not ours"}""", ifMatch: withTags ? "\"1\"" : null));

            var won = await Requests.ReadAsync<CaseAnswer>(Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK));
            var lost = Assert.Single(answers, a => a.StatusCode == (withTags ? HttpStatusCode.PreconditionFailed : HttpStatusCode.Conflict));
            var problem = await Requests.ProblemAsync(lost);
            Assert.Equal((won.Stage, won.Revision), (problem.GetProperty("stage").GetString(), problem.GetProperty("revision").GetInt64()));
            var now = await Requests.GetAsync<CaseAnswer>(shared.Client, "api/v1/cases/" + opened.Id);
            Assert.Equal((won.Stage, 2), (now.Stage, now.Revision));
        }
    }

    [Trait("Fault", "2")]
    [Fact]
    public async Task Steps_OfAClientThatSendsEachThreeTimes_HaveOneEffectAndOneAnswer()
    {
        var key = Requests.NewKey();
        var reports = await ThreeTimesAsync(() => Requests.PostReportAsync(shared.Client, key, Requests.Report(1)));
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK], reports.Select(r => r.Status));
        var id = reports[0].Case.Id;
        Assert.All(reports, r => Assert.Equal(id, r.Case.Id));
        (string Step, string Body)[] steps =
        [
            ("accept", $$"""{{{Officer}}}"""), ("dispatch", $$"""{{{Officer}},"assignee":{"kind":"squad","id":"s"} }"""),
            ("start", """{"by":{"id":"w-1","role":"worker"}}"""), ("hand-in", """{"by":{"id":"w-1","role":"worker"},"note":"mended"}"""),
            ("rework", $$"""{{{Officer}},"reason":"not good"}"""), ("start", """{"by":{"id":"w-1","role":"worker"}}"""),
            ("hand-in", """{"by":{"id":"w-1","role":"worker"},"note":"mended again"}"""), ("verify", $$"""{{{Officer}}}"""),
            ("whistle", $$"""{{{Officer}},"kind":"emergency","departments":["police"]}"""), ("close", $$"""{{{Officer}}}"""),
            ("rate", $$"""{{{Officer}},"kind":"community","score":4}"""),
        ];
        var revision = 1L;
        foreach (var (step, body) in steps)
        {
            var stepKey = Requests.NewKey();
            // the tag that was right the first time is out of date the second: the key counts
            var tag = $"\"{revision}\"";

            var answers = await ThreeTimesAsync(() => Requests.StepAsync(shared.Client, id, step, body, stepKey, tag));

            Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
            Assert.All(answers, a => Assert.Equal(JsonSerializer.Serialize(answers[0].Case), JsonSerializer.Serialize(a.Case)));
            revision = answers[0].Case.Revision;
        }
        var history = await Requests.GetAsync<CaseHistoryAnswer>(shared.Client, $"api/v1/cases/{id}/history");
        Assert.Equal(
            ["opened", .. steps.Select(s => s.Step)], history.Events.Where(e => e.By?.Role != "system").Select(e => e.What));
    }

    [Trait("Fault", "2")]
    [Fact]
    public async Task Steps_UnderAKeyOfAnotherStepOrCase_Are422()
    {
        var key = Requests.NewKey();
        var one = await Requests.OpenCaseAsync(shared.Client, 0);
        var other = await Requests.OpenCaseAsync(shared.Client, 1);
        using var first = await Requests.StepAsync(shared.Client, one.Id, "accept", key: key);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        HttpResponseMessage[] misuses =
        [
            await Requests.StepAsync(shared.Client, one.Id, "accept", "{\"note\":\"x\"}", key),
            await Requests.StepAsync(shared.Client, one.Id, "reject", "{\"reason\":\"x\"}", key),
            await Requests.StepAsync(shared.Client, other.Id, "accept", key: key),
        ];

        foreach (var misuse in misuses)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, misuse.StatusCode);
            Assert.NotEmpty(await Requests.FieldErrorAsync(misuse, "Idempotency-Key"));
        }
        Assert.Equal("reported", (await Requests.GetAsync<CaseAnswer>(shared.Client, "api/v1/cases/" + other.Id)).Stage);
    }

    [Fact]
    public async Task Merge_IntoACaseOfAnotherGrid_BringsTheReportsThere()
    {
        var one = await Requests.OpenCaseAsync(shared.Client, 0);
        var into = await Requests.OpenCaseAsync(shared.Client, 1);

        var merged = await Requests.StepOkAsync(shared.Client, one.Id, "merge", $$"""{{{Officer}},"into":"{{into.Id}}"}""");

        Assert.Equal(("merged", into.Id), (merged.Stage, merged.MergedInto));
        await Eventually.HoldsAsync(
            async () => (await Requests.GetAsync<CaseAnswer>(shared.Client, "api/v1/cases/" + into.Id)).Reports == 2, "the report did not follow");
    }

    [Fact]
    public async Task Merge_IntoItselfOrAnEndedCase_Is422()
    {
        var one = await Requests.OpenCaseAsync(shared.Client, 0);
        var ended = await Requests.OpenCaseAsync(shared.Client, 0);
        await Requests.WalkAsync(shared.Client, ended.Id, "rejected");

        using var self = await Requests.StepAsync(shared.Client, one.Id, "merge", $$"""{"into":"{{one.Id}}"}""");
        using var gone = await Requests.StepAsync(shared.Client, one.Id, "merge", $$"""{"into":"{{ended.Id}}"}""");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (self.StatusCode, gone.StatusCode));
        Assert.Contains("itself", await Requests.FieldErrorAsync(self, "into"));
        Assert.NotEmpty(await Requests.FieldErrorAsync(gone, "into"));
    }

    [Fact]
    public async Task Whistle_AnsweredByItsDepartments_ShowsTheMusterBoard()
    {
        var now = TimeProvider.System.GetUtcNow();
        await Requests.RecordAsync(shared.Client, "[" + Requests.Fix("muster-unit", 2, now) + "]");
        await Eventually.HoldsAsync(
            async () => (await Requests.GetAsync<UnitAnswer[]>(shared.Client, "api/v1/units?limit=10000")).Any(u => u.Id == "muster-unit"), "the unit was not seen");
        var opened = await Requests.OpenCaseAsync(shared.Client, 2);
        await Requests.WalkAsync(shared.Client, opened.Id, "accepted");

        await Requests.StepOkAsync(
            shared.Client, opened.Id, "whistle", $$"""{{{Officer}},"kind":"emergency","departments":["police","water"],"note":"come"}""");
        await Requests.StepOkAsync(
            shared.Client, opened.Id, "muster", """{"by":{"id":"police","role":"department"},"whistle":1,"state":"arrived","unit":"muster-unit"}""");
        using var vague = await Requests.StepAsync(
            shared.Client, opened.Id, "muster", """{"by":{"id":"water","role":"department"},"whistle":1,"state":"refused","reason":"not ours"}""");
        var board = await Requests.StepOkAsync(
            shared.Client, opened.Id, "muster",
            """{"by":{"id":"water","role":"department"},"whistle":1,"state":"refused","reason":"not ours","counterProposal":"public-works"}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, vague.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(vague, "counterProposal"));
        var musters = Assert.Single(board.Whistles).Musters;
        Assert.Equal(
            [("police", "arrived", true, null), ("water", "refused", null, null), ("public-works", "notified", (bool?)null, "water")],
            musters.Select(m => (m.Department, m.State, m.ArrivalVerified, m.RoutedFrom)));
    }

    private static string[] Words(JsonElement array) => [.. array.EnumerateArray().Select(w => w.GetString()!)];

    private static async Task<(HttpStatusCode Status, CaseAnswer Case)[]> ThreeTimesAsync(Func<Task<HttpResponseMessage>> sendAsync)
    {
        var answers = new (HttpStatusCode, CaseAnswer)[3];
        for (var i = 0; i < answers.Length; i++)
        {
            using var answer = await sendAsync();
            answers[i] = (answer.StatusCode, await Requests.ReadAsync<CaseAnswer>(answer));
        }
        return answers;
    }
}
