using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Situational.Contracts.Http;

namespace Situational.Host.Tests.Support;

/// <summary>The requests that tests send, and what they read from answers.</summary>
internal static class Requests
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task PutCityAsync(HttpClient client)
    {
        using var answer = await client.PutAsync("api/v1/territory", Body(SmallCity.GeoJson(), "application/geo+json"));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static ByteArrayContent Body(byte[] bytes, string mediaType)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }

    public static async Task<HttpResponseMessage> PostPositionsAsync(HttpClient client, string body, string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/positions") { Content = Body(Encoding.UTF8.GetBytes(body), mediaType) };
        AskFirst(request);
        return await client.SendAsync(request);
    }

    public static async Task<PositionsAnswer> RecordAsync(HttpClient client, string body, string mediaType = "application/json")
    {
        using var answer = await PostPositionsAsync(client, body, mediaType);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return await ReadAsync<PositionsAnswer>(answer);
    }

    public static string Fix(string unit, int grid, DateTimeOffset at, string more = "")
    {
        var (lat, lon) = SmallCity.Inside(grid);
        return string.Create(CultureInfo.InvariantCulture, $$"""{"unit":"{{unit}}","lat":{{lat}},"lon":{{lon}},"at":{{at.ToUnixTimeMilliseconds()}}{{more}}}""");
    }

    public static string Report(int grid, string description = "sparks", string severity = "red", string more = "")
    {
        var (lat, lon) = SmallCity.Inside(grid);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"category":"fire","severity":"{{severity}}","description":"{{description}}","location":{"lat":{{lat}},"lon":{{lon}}},"source":"worker"{{more}}}""");
    }

    public static async Task<HttpResponseMessage> PostReportAsync(HttpClient client, string? key, string body, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/reports") { Content = Body(Encoding.UTF8.GetBytes(body), "application/json") };
        AskFirst(request);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await client.SendAsync(request, cancellationToken);
    }

    /// <summary>A large body is sent only when the server wants it: a refusal would otherwise meet a client that still writes.</summary>
    private static void AskFirst(HttpRequestMessage request) =>
        request.Headers.ExpectContinue = request.Content!.Headers.ContentLength > 256 * 1024;

    public static async Task<CaseAnswer> OpenCaseAsync(HttpClient client, int grid, string severity = "red")
    {
        using var answer = await PostReportAsync(client, NewKey(), Report(grid, severity: severity));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await ReadAsync<CaseAnswer>(answer);
    }

    /// <summary>Takes a step with a case.</summary>
    public static async Task<HttpResponseMessage> StepAsync(
        HttpClient client, string id, string step, string? body = null, string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/cases/{Uri.EscapeDataString(id)}/{step}");
        if (body is not null)
        {
            request.Content = Body(Encoding.UTF8.GetBytes(body), "application/json");
            AskFirst(request);
        }
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(request);
    }

    /// <summary>Takes a step that must be possible.</summary>
    public static async Task<CaseAnswer> StepOkAsync(HttpClient client, string id, string step, string? body = null)
    {
        using var answer = await StepAsync(client, id, step, body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{step}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await ReadAsync<CaseAnswer>(answer);
    }

    /// <summary>Walks a case that was just reported to a stage; returns it as it then stands.</summary>
    public static async Task<CaseAnswer> WalkAsync(HttpClient client, string id, string stage)
    {
        CaseAnswer? one = null;
        foreach (var (step, body) in WayTo(stage))
            one = await StepOkAsync(client, id, step, body);
        one ??= await GetAsync<CaseAnswer>(client, "api/v1/cases/" + id);
        Assert.Equal(stage, one.Stage);
        return one;
    }

    private static (string Step, string Body)[] WayTo(string stage)
    {
        (string, string) accept = ("accept", """{"by":{"id":"o-1","role":"officer"}}"""),
            dispatch = ("dispatch", """{"by":{"id":"o-1","role":"officer"},"assignee":{"kind":"squad","id":"north"}}"""),
            start = ("start", """{"by":{"id":"w-1","role":"worker"}}"""),
            handIn = ("hand-in", """{"by":{"id":"w-1","role":"worker"},"note":"mended"}"""),
            verify = ("verify", """{"by":{"id":"o-1","role":"officer"}}"""),
            close = ("close", """{"by":{"id":"o-1","role":"officer"}}""");
        return stage switch
        {
            "reported" => [],
            "accepted" => [accept],
            "dispatched" => [accept, dispatch],
            "handling" => [accept, dispatch, start],
            "handled" => [accept, dispatch, start, handIn],
            "verified" => [accept, dispatch, start, handIn, verify],
            "closed" => [accept, dispatch, start, handIn, verify, close],
            "rejected" => [("reject", """{"by":{"id":"o-1","role":"officer"},"reason":"not ours"}""")],
            "returned" => [accept, dispatch, ("return", """{"by":{"id":"w-1","role":"worker"},"reason":"not mine"}""")],
            "rework" => [accept, dispatch, start, handIn, ("rework", """{"by":{"id":"o-1","role":"officer"},"reason":"not good"}""")],
            "suspended" => [accept, ("suspend", $$"""{"by":{"id":"o-1","role":"officer"},"reason":"waits","until":"{{TimeProvider.System.GetUtcNow().AddDays(3):O}}"}""")],
            _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "No way is known."),
        };
    }

    public static string NewKey() => "key-" + Guid.NewGuid().ToString("N");

    public static async Task<T> ReadAsync<T>(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return JsonSerializer.Deserialize<T>(text, Json) ?? throw new InvalidDataException(text);
    }

    public static async Task<T> GetAsync<T>(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address);
        Assert.True(answer.IsSuccessStatusCode, $"{address}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await ReadAsync<T>(answer);
    }

    /// <summary>The problem details, after checking that they are such and name no internals.</summary>
    public static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.DoesNotContain("   at ", text);
        Assert.DoesNotContain("Exception", text);
        Assert.DoesNotContain("SQLite", text);
        return problem;
    }

    public static async Task<string> FieldErrorAsync(HttpResponseMessage answer, string field)
    {
        var problem = await ProblemAsync(answer);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out var texts), problem.ToString());
        return texts[0].GetString()!;
    }
}
