using System.Net;
using System.Text.Json;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Ingest;

[Collection(SharedHost.Name)]
public sealed class ReportsApiTests(HostFixture shared)
{
    [Fact]
    public async Task Post_Report_OpensACaseThatCanBeRead()
    {
        using var answer = await Requests.PostReportAsync(
            shared.Client, Requests.NewKey(), Requests.Report(2, "电线冒火花\\n第二行", "orange", ",\"photos\":[\"https://example.org/1.jpg\"]"));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var opened = await Requests.ReadAsync<CaseAnswer>(answer);
        Assert.Equal("/api/v1/cases/" + opened.Id, answer.Headers.Location?.OriginalString);
        Assert.Equal((SmallCity.Grids[2], 1, "fire", "orange", "reported"), (opened.Grid, opened.TerritoryVersion, opened.Category, opened.Severity, opened.Stage));
        Assert.Equal("电线冒火花\n第二行", opened.Description);
        var read = await Requests.GetAsync<CaseAnswer>(shared.Client, "api/v1/cases/" + opened.Id);
        Assert.Equal(JsonSerializer.Serialize(opened), JsonSerializer.Serialize(read));
    }

    [Trait("Fault", "2")]
    [Fact]
    public async Task Post_SameKeyAndMeaning_Answers200WithTheSameCase()
    {
        var key = Requests.NewKey();
        using var first = await Requests.PostReportAsync(shared.Client, key, """{"category":"fire","severity":"red","description":"x","location":{"lat":39.905,"lon":116.405},"source":"worker"}""");

        using var again = await Requests.PostReportAsync(
            shared.Client, key, """{ "source":"worker", "location":{"lon":1.16405e2,"lat":39.9050,"datum":"wgs84"},"description":"\u0078","severity":"red","category":"fire","photos":[],"reporter":null }""");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal((await Requests.ReadAsync<CaseAnswer>(first)).Id, (await Requests.ReadAsync<CaseAnswer>(again)).Id);
    }

    [Trait("Fault", "2")]
    [Theory]
    [InlineData("\"category\":\"fire\"", "\"category\":\"gas-smell\"")]
    [InlineData("\"category\":\"fire\"", "\"category\":\"none-of-the-catalogue\"")]
    [InlineData("\"severity\":\"red\",", "")]
    [InlineData("\"source\":\"worker\"", "\"source\":\"worker\",\"device\":\"d\"")]
    [InlineData("\"source\":\"worker\"", "\"source\":\"worker\",\"by\":{\"id\":\"w\",\"role\":\"worker\"}")]
    [InlineData("\"source\":\"worker\"", "\"source\":\"worker\",\"spot\":{\"unit\":\"u\",\"note\":\"n\"}")]
    [InlineData("\"severity\":\"red\"", "\"severity\":\"blue\"")]
    [InlineData("\"description\":\"x\"", "\"description\":\"x \"")]
    [InlineData("\"lat\":39.905", "\"lat\":39.9050001")]
    [InlineData("\"lat\":39.905", "\"lat\":39.905,\"datum\":\"gcj02\"")]
    [InlineData("\"lat\":39.905", "\"lat\":10")]
    [InlineData("\"source\":\"worker\"", "\"source\":\"sensor\"")]
    [InlineData("\"source\":\"worker\"", "\"source\":\"worker\",\"reporter\":{\"name\":\"A\"}")]
    [InlineData("\"source\":\"worker\"", "\"source\":\"worker\",\"photos\":[\"https://example.org/1.jpg\"]")]
    public async Task Post_SameKeyWithAnotherMeaning_Is422(string field, string other)
    {
        const string Body = """{"category":"fire","severity":"red","description":"x","location":{"lat":39.905,"lon":116.405},"source":"worker"}""";
        var key = Requests.NewKey();
        using var first = await Requests.PostReportAsync(shared.Client, key, Body);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);

        using var misused = await Requests.PostReportAsync(shared.Client, key, Body.Replace(field, other));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, misused.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(misused, "Idempotency-Key"));
    }

    [Trait("Fault", "2")]
    [Fact]
    public async Task Post_SameKeyAtOnceFromMany_OneOpensAndTheOthersGetIt()
    {
        for (var round = 0; round < 10; round++)
        {
            var key = Requests.NewKey();
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Requests.PostReportAsync(shared.Client, key, Requests.Report(1))));

            Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
            Assert.Equal(15, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
            var ids = await Task.WhenAll(answers.Select(async a => (await Requests.ReadAsync<CaseAnswer>(a)).Id));
            Assert.Single(ids.Distinct());
        }
    }

    [Trait("Fault", "2")]
    [Fact]
    public async Task Post_SameKeyAtOnceForTwoGrids_OneWinsAndTheOtherIs422()
    {
        for (var round = 0; round < 10; round++)
        {
            var key = Requests.NewKey();
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Requests.PostReportAsync(shared.Client, key, Requests.Report(i))));

            Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
            Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.UnprocessableEntity));
        }
    }

    [Trait("Fault", "2")]
    [Fact]
    public async Task Post_SameKeyAfterARestart_IsStillOne()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        var key = Requests.NewKey();
        using var first = await Requests.PostReportAsync(client, key, Requests.Report(1));
        Assert.Equal(0, await host.StopAsync());
        await host.RestartAsync();

        using var again = await Requests.PostReportAsync(client, key, Requests.Report(1));
        using var misused = await Requests.PostReportAsync(client, key, Requests.Report(2));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (again.StatusCode, misused.StatusCode));
        Assert.Equal((await Requests.ReadAsync<CaseAnswer>(first)).Id, (await Requests.ReadAsync<CaseAnswer>(again)).Id);
        Assert.Single((await Requests.GetAsync<CasesAnswer>(client, "api/v1/cases")).Cases);
    }

    [Trait("Fault", "Bad input: ids")]
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("tab\there")]
    [InlineData("129")]
    public async Task Post_KeyMissingOrUnfit_Is400(string? key)
    {
        using var answer = await Requests.PostReportAsync(shared.Client, key == "129" ? new string('k', 129) : key, Requests.Report(0));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("128", await Requests.FieldErrorAsync(answer, "Idempotency-Key"));
    }

    [Trait("Fault", "Bad input: numbers")]
    [Theory]
    [InlineData("category", "null", "required")]
    [InlineData("category", "\"\"", "64")]
    [InlineData("category", "\"a\\u0000\"", "64")]
    [InlineData("category", "65", "64")]
    [InlineData("severity", "\"pink\"", "red, orange, yellow, blue")]
    [InlineData("severity", "1", "red")]
    [InlineData("description", "\"\"", "4000")]
    [InlineData("description", "\"  \"", "4000")]
    [InlineData("description", "\"a\\u0007b\"", "control")]
    [InlineData("description", "\"\\ud800\"", "4000")]
    [InlineData("source", "\"spy\"", "worker")]
    [InlineData("location", "null", "required")]
    [InlineData("location", "[39.9,116.4]", "object")]
    [InlineData("location.lat", "{\"lon\":116.4}", "required")]
    [InlineData("location.lat", "{\"lat\":90.0001,\"lon\":116.4}", "-90 to 90")]
    [InlineData("location.lat", "{\"lat\":1e999,\"lon\":116.4}", "-90 to 90")]
    [InlineData("location.lat", "{\"lat\":\"39.9\",\"lon\":116.4}", "number")]
    [InlineData("location.lat", "{\"lat\":0,\"lon\":0}", "both 0")]
    [InlineData("location.lon", "{\"lat\":39.9,\"lon\":-180.5}", "-180 to 180")]
    [InlineData("location.datum", "{\"lat\":39.9,\"lon\":116.4,\"datum\":\"x\"}", "gcj02")]
    [InlineData("reporter", "7", "object")]
    [InlineData("reporter.phone", "{\"phone\":\"123456789012345678901234567890123\"}", "32")]
    [InlineData("reporter.name", "{\"name\":\"a\\nb\"}", "100")]
    [InlineData("photos", "[1,2,3,4,5,6,7,8,9,10]", "9")]
    [InlineData("photos[1]", "[\"https://example.org/a\",\"file:///etc/passwd\"]", "http")]
    [InlineData("photos[0]", "[\"javascript:alert(1)\"]", "http")]
    public async Task Post_FieldThatIsWrong_Is422NamingFieldAndLimit(string field, string value, string limit)
    {
        var name = field.Split('.', '[')[0];
        var fields = new Dictionary<string, string>
        {
            ["category"] = "\"fire\"",
            ["severity"] = "\"red\"",
            ["description"] = "\"x\"",
            ["location"] = "{\"lat\":39.905,\"lon\":116.405}",
            ["source"] = "\"worker\"",
            [name] = value,
        };

        using var answer = await Requests.PostReportAsync(
            shared.Client, Requests.NewKey(), "{" + string.Join(',', fields.Select(f => $"\"{f.Key}\":{f.Value}")) + "}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(limit, await Requests.FieldErrorAsync(answer, field));
    }

    [Fact]
    public async Task Post_SeveralFieldsWrong_NamesThemAll()
    {
        using var answer = await Requests.PostReportAsync(shared.Client, Requests.NewKey(), "{}");

        var problem = await Requests.ProblemAsync(answer);
        Assert.Equal(["category", "description", "location", "source"], problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
    }

    [Trait("Fault", "Bad input: JSON")]
    [Theory]
    [InlineData("", 400)]
    [InlineData("{", 400)]
    [InlineData("\uFEFF{}", 400)]
    [InlineData("{\"category\":\"a\",\"category\":\"b\"}", 400)]
    [InlineData("{\"x\":NaN}", 400)]
    [InlineData("[]", 422)]
    [InlineData("\"report\"", 422)]
    public async Task Post_BodyThatIsNoReport_IsRefused(string body, int status)
    {
        using var answer = await Requests.PostReportAsync(shared.Client, Requests.NewKey(), body);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(answer, "body"));
    }

    [Trait("Fault", "Bad input: JSON")]
    [Fact]
    public async Task Post_TenThousandDeepOrTooLarge_IsRefused()
    {
        using var deep = await Requests.PostReportAsync(shared.Client, Requests.NewKey(), "{\"x\":" + new string('[', 10_000) + new string(']', 10_000) + "}");
        using var large = await Requests.PostReportAsync(shared.Client, Requests.NewKey(), Requests.Report(0, new string('a', 1024 * 1024)));
        using var longText = await Requests.PostReportAsync(shared.Client, Requests.NewKey(), Requests.Report(0, new string('长', 4_001)));
        using var longest = await Requests.PostReportAsync(shared.Client, Requests.NewKey(), Requests.Report(0, new string('长', 4_000)));

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Created),
            (deep.StatusCode, large.StatusCode, longText.StatusCode, longest.StatusCode));
    }

    [Trait("Fault", "Bad input: text")]
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("=cmd|' /C calc'!A0")]
    public async Task Post_TextThatOtherProgramsMightRun_IsKeptAsText(string description)
    {
        using var answer = await Requests.PostReportAsync(shared.Client, Requests.NewKey(), Requests.Report(0, description));

        Assert.Equal(description, (await Requests.ReadAsync<CaseAnswer>(answer)).Description);
        Assert.DoesNotContain("<script>", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Post_OutsideTheTerritory_Is422NamingTheNearestGridAndItsDistance()
    {
        // 0.01° of latitude north of the north-eastern grid
        using var answer = await Requests.PostReportAsync(
            shared.Client, Requests.NewKey(), Requests.Report(0).Replace("\"lat\":39.905,\"lon\":116.405", "\"lat\":39.93,\"lon\":116.415", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await Requests.ProblemAsync(answer);
        Assert.Contains(SmallCity.Grids[3], problem.GetProperty("errors").GetProperty("location")[0].GetString());
        Assert.Equal(SmallCity.Grids[3], problem.GetProperty("nearestGrid").GetString());
        Assert.InRange(problem.GetProperty("distanceMeters").GetDouble(), 1_100, 1_120);
    }

    [Fact]
    public async Task Post_BeforeThereIsATerritory_Is503AndSaysWhatToDo()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();

        using var answer = await Requests.PostReportAsync(client, Requests.NewKey(), Requests.Report(0));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("/api/v1/territory", (await Requests.ProblemAsync(answer)).GetProperty("detail").GetString());
    }

    [Trait("Fault", "S9")]
    [Fact]
    public async Task Post_ReporterNamed_NameAndPhoneAreInNoAnswerFeedOrLog()
    {
        const string Name = "canary-zhang-san", Phone = "canary-13800000000";
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { Arguments = ["--Logging:LogLevel:Default=Trace"] });
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        var frames = new System.Collections.Concurrent.ConcurrentBag<string>();
        await using var screen = await FeedScreen.StartAsync(
            new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key }, (frame, _) => frames.Add(frame.GetRawText()));
        var key = Requests.NewKey();
        var body = Requests.Report(0, more: $$""","reporter":{"name":"{{Name}}","phone":"{{Phone}}"}""");

        using var opened = await Requests.PostReportAsync(client, key, body);
        var id = (await Requests.ReadAsync<CaseAnswer>(opened)).Id;
        using var again = await Requests.PostReportAsync(client, key, body);
        using var misused = await Requests.PostReportAsync(client, key, body.Replace("fire", "gas-smell", StringComparison.Ordinal));
        await screen.WaitAsync(p => p.Cases.ContainsKey(id));
        var texts = new List<string>
        {
            await opened.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync(), await misused.Content.ReadAsStringAsync(),
            await client.GetStringAsync("api/v1/cases"), await client.GetStringAsync("api/v1/cases/" + id),
            await client.GetStringAsync("api/v1/grids/" + SmallCity.Grids[0]),
            await (await client.PostAsync($"api/v1/cases/{id}/accept", null)).Content.ReadAsStringAsync(),
        };
        await host.StopAsync();

        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        foreach (var text in texts.Concat(frames).Concat(host.Output).Concat(host.Errors))
        {
            Assert.DoesNotContain(Name, text);
            Assert.DoesNotContain(Phone, text);
        }
    }
}
