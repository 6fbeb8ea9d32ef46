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
