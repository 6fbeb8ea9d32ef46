using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Situational.Contracts.Http;

namespace Situational.Benchmarks.WholePath;

/// <summary>A city of square grids of about 100 m, and fixes and reports in it.</summary>
internal static class PathCity
{
    private const int Side = 30;
    private const double South = 31.2;
    private const double West = 121.4;
    private const double Step = 0.001;
    private static readonly string[] Severities = ["red", "orange", "yellow", "blue"];

    /// <summary>Grids in the city that fixes are posted to.</summary>
    public const int Grids = Side * Side;

    /// <summary>Brings a territory of so many rows and columns of grids into force.</summary>
    public static async Task ImportAsync(HttpClient client, int rows = Side, int columns = Side, double stepDegrees = Step)
    {
        var json = new StringBuilder("""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"310000","name":"Bench","level":"city"},"geometry":null}""");
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
            {
                var (south, west) = (South + row * stepDegrees, West + column * stepDegrees);
                var (north, east) = (South + (row + 1) * stepDegrees, West + (column + 1) * stepDegrees);
                json.Append(CultureInfo.InvariantCulture, $$$""",{"type":"Feature","properties":{"code":"310000{{{row:D3}}}{{{column:D3}}}000","name":"{{{row}}}/{{{column}}}","level":"grid","parent":"310000"},"geometry":{"type":"Polygon","coordinates":[[[{{{west:F6}}},{{{south:F6}}}],[{{{east:F6}}},{{{south:F6}}}],[{{{east:F6}}},{{{north:F6}}}],[{{{west:F6}}},{{{north:F6}}}],[{{{west:F6}}},{{{south:F6}}}]]]}}""");
            }
        using var body = new StringContent(json.Append("]}").ToString(), Encoding.UTF8, "application/geo+json");
        using var answer = await client.PutAsync("api/v1/territory", body);
        await EnsureAsync(answer);
    }

    /// <summary>Posts a batch of fixes of successive units; returns how many were accepted.</summary>
    /// <param name="client">Carries the key.</param>
    /// <param name="random">Where the units are.</param>
    /// <param name="first">Number of the first unit.</param>
    /// <param name="count">Fixes.</param>
    /// <param name="wrapAt">First unit and number of units to stay within.</param>
    public static async Task<int> PostAsync(HttpClient client, Random random, int first, int count, (int First, int Count) wrapAt)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var json = new StringBuilder(count * 100).Append('[');
        for (var i = 0; i < count; i++)
        {
            var unit = wrapAt.First + (first - wrapAt.First + i) % wrapAt.Count;
            // About where the unit was, with a step of some metres: a patrol on foot.
            var (latitude, longitude) = (South + unit % 97 / 97.0 * Side * Step + random.NextDouble() * 1e-4, West + unit % 89 / 89.0 * Side * Step + random.NextDouble() * 1e-4);
            json.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$$"""{"unit":"u{{{unit}}}","lat":{{{latitude:F6}}},"lon":{{{longitude:F6}}},"at":{{{now}}},"accuracy":8,"squad":"s{{{unit % 40}}}"}""");
        }
        using var answer = await PostAsync(client, json.Append(']').ToString());
        await EnsureAsync(answer);
        return (await answer.Content.ReadFromJsonAsync<PositionsAnswer>())!.Accepted;
    }

    /// <summary>Reports a hazard in a grid and returns the case's id.</summary>
    /// <param name="client">Carries the key.</param>
    /// <param name="number">Makes key and text; no two are the same.</param>
    /// <param name="row">The grid's row.</param>
    /// <param name="column">The grid's column.</param>
    public static async Task<string> ReportAsync(HttpClient client, int number, int row, int column)
    {
        // Spread over the grid, so that reports of one category are not taken for one hazard.
        var (latitude, longitude) = (South + (row + 0.1 + number % 7 * 0.1) * Step, West + (column + 0.1 + number / 7 % 7 * 0.1) * Step);
        var json = string.Create(CultureInfo.InvariantCulture, $$$"""{"category":"other","severity":"{{{Severities[number % 4]}}}","description":"bench {{{number}}}","location":{"lat":{{{latitude:F6}}},"lon":{{{longitude:F6}}}},"source":"system"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/reports") { Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"bench-{number}"));
        using var answer = await client.SendAsync(request);
        await EnsureAsync(answer);
        return (await answer.Content.ReadFromJsonAsync<CaseAnswer>())!.Id;
    }

    /// <summary>Posts one fix of one unit.</summary>
    public static async Task PostOneAsync(HttpClient client, string unit, long atMs)
    {
        var json = string.Create(CultureInfo.InvariantCulture, $$$"""[{"unit":"{{{unit}}}","lat":{{{South + Step * 3.5}}},"lon":{{{West + Step * 3.5}}},"at":{{{atMs}}},"squad":"probe"}]""");
        using var answer = await PostAsync(client, json);
        await EnsureAsync(answer);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return await client.PostAsync("api/v1/positions", body);
    }

    private static async Task EnsureAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
