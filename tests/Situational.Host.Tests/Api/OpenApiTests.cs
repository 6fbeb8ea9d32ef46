using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Api;

/// <summary>What the OpenAPI document promises: each operation says what it does, and the endpoints take every body that it shows.</summary>
public sealed class OpenApiTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> From = new()
    {
        ["accept"] = "reported",
        ["reject"] = "reported",
        ["dispatch"] = "accepted",
        ["return"] = "handling",
        ["start"] = "dispatched",
        ["hand-in"] = "handling",
        ["verify"] = "handled",
        ["rework"] = "handled",
        ["close"] = "verified",
        ["suspend"] = "handling",
        ["resume"] = "suspended",
        ["reopen"] = "closed",
        ["rate"] = "closed",
        ["merge"] = "reported",
        ["keep-apart"] = "reported",
        ["escalate"] = "accepted",
        ["whistle"] = "accepted",
        ["muster"] = "accepted",
    };

    private HostProcess? _host;
    private HttpClient? _client;
    private JsonNode? _document;
    private int _places;

    private HttpClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        _host = await HostProcess.StartAsync();
        _client = _host.CreateClient();
        _document = JsonNode.Parse(await _client.GetStringAsync("openapi/v1.json"));
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public void Document_OfEveryOperation_SaysWhatItDoesAndShowsBodiesAndAnswers()
    {
        var missing = new List<string>();
        foreach (var (method, path, operation) in Operations())
        {
            if (string.IsNullOrWhiteSpace(operation["summary"]?.GetValue<string>()))
                missing.Add($"{method} {path}: summary");
            if (operation["responses"] is not JsonObject responses || responses.Count == 0)
                missing.Add($"{method} {path}: answers");
            else
                missing.AddRange(responses.Where(r => r.Key.StartsWith('2')).SelectMany(r => Json(r.Value!)
                    .Where(media => media["example"] is null).Select(_ => $"{method} {path}: example of {r.Key}")));
            if (operation["requestBody"] is { } body)
                missing.AddRange(body["content"]!.AsObject().Where(c => c.Value!["examples"] is null && c.Value["schema"]?["format"]?.GetValue<string>() != "binary")
                    .Select(c => $"{method} {path}: example of {c.Key}"));
        }

        Assert.Empty(missing);
        Assert.True(Operations().Count() >= 20);
    }

    [Fact]
    public void Document_OfAStep_HasABodyForEachStepAndTheHeaders()
    {
        var operation = Operations().Single(o => o.Path == "/api/v1/cases/{id}/{step}").Operation;

        Assert.Equal(From.Keys.Order(), Examples(operation, "application/json").Select(e => e.Name).Order());
        Assert.Subset(
            operation["parameters"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()).ToHashSet(), new HashSet<string> { "id", "step", "If-Match", "Idempotency-Key" });
    }

    [Fact]
    public async Task Document_EveryBodyItShows_IsTaken()
    {
        // the territory first: everything else lies in it; then positions, with which units come
        var operations = Operations().Where(o => o.Operation["requestBody"] is not null)
            .OrderBy(o => o.Path switch { "/api/v1/territory" => 0, "/api/v1/positions" => 1, _ => 2 }).ToArray();
        Assert.Equal(
            ["/api/v1/alerts/acknowledge", "/api/v1/cases/{id}/{step}", "/api/v1/passes", "/api/v1/photos", "/api/v1/positions", "/api/v1/reports", "/api/v1/territory",
                "/api/v1/units/{id}/duty", "/api/v1/units/{id}/sos", "/api/v1/units/{id}/sos/answer"], operations.Select(o => o.Path).Order());
        foreach (var (method, path, operation) in operations)
            foreach (var media in operation["requestBody"]!["content"]!.AsObject().Select(c => c.Key))
            {
                if (path == "/api/v1/photos")
                    await TakesAsync(method, path, path, PhotoOf(media), media);
                foreach (var (name, body) in Examples(operation, media))
                {
                    if (path == "/api/v1/alerts/acknowledge")
                        body["alerts"] = new JsonArray(await AlertAsync());
                    await TakesAsync(
                        method, $"{path} {name}", path == "/api/v1/cases/{id}/{step}" ? $"/api/v1/cases/{await CaseForAsync(name, body)}/{name}" : path.Replace("/units/{id}/", "/units/w-017/", StringComparison.Ordinal),
                        Encoding.UTF8.GetBytes(body is JsonValue text ? text.GetValue<string>() : body.ToJsonString()), media);
                }
            }
    }

    /// <summary>An alert that the picture has, in the place of those of another city.</summary>
    private async Task<string> AlertAsync()
    {
        var alert = "red:" + (await Requests.OpenCaseAsync(Client, 0)).Id;
        await Eventually.HoldsAsync(
            async () =>
            {
                using var answer = await Client.PostAsJsonAsync("api/v1/alerts/acknowledge", new AcknowledgeRequest([alert]), Requests.Json);
                return answer.IsSuccessStatusCode;
            },
            "the picture has no new case");
        return alert;
    }

    private async Task TakesAsync(string method, string what, string address, byte[] body, string mediaType)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address[1..]) { Content = Requests.Body(body, mediaType) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", Requests.NewKey());

        using var answer = await Client.SendAsync(request);

        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {what} as {mediaType}: {(int)answer.StatusCode} {text}");
        if (answer.StatusCode == HttpStatusCode.Accepted)
            Assert.True(JsonSerializer.Deserialize<PositionsAnswer>(text, Requests.Json) is { Refused: 0, Accepted: 2 }, text);
    }

    /// <summary>A case that stands so that the step is possible; the ids of other cases in the body become those of this city.</summary>
    private async Task<string> CaseForAsync(string step, JsonNode body)
    {
        _places++;
        if (body["into"] is not null)
            body["into"] = (await OpenAsync()).Id;
        var id = (await OpenAsync()).Id;
        await Requests.WalkAsync(Client, id, From[step]);
        if (step == "muster")
            await Requests.StepOkAsync(Client, id, "whistle", """{"kind":"emergency","departments":["public-works"]}""");
        return id;
    }

    /// <summary>At the present place, more than 100 m from the others: what is opened there before is a proposed duplicate.</summary>
    private async Task<CaseAnswer> OpenAsync()
    {
        var report = Requests.Report(0).Replace(
            "\"lat\":39.905,\"lon\":116.405", $"\"lat\":39.90{1 + _places % 8},\"lon\":116.40{1 + _places / 8 * 2}", StringComparison.Ordinal);
        using var answer = await Requests.PostReportAsync(Client, Requests.NewKey(), report);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await Requests.ReadAsync<CaseAnswer>(answer);
    }

    private IEnumerable<(string Method, string Path, JsonNode Operation)> Operations() =>
        from path in _document!["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (operation.Key.ToUpperInvariant(), path.Key, operation.Value!);

    private static IEnumerable<JsonNode> Json(JsonNode response) =>
        response["content"]?.AsObject().Where(c => c.Key == "application/json").Select(c => c.Value!) ?? [];

    private static IEnumerable<(string Name, JsonNode Body)> Examples(JsonNode operation, string mediaType) =>
        operation["requestBody"]!["content"]![mediaType]!["examples"]?.AsObject().Select(e => (e.Key, e.Value!["value"]!.DeepClone())) ?? [];

    private static byte[] PhotoOf(string mediaType) => mediaType switch
    {
        "image/jpeg" => [0xFF, 0xD8, 0xFF, 0xE0],
        "image/png" => [0x89, .. "PNG\r\n\u001a\n"u8],
        "image/webp" => [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBP"u8],
        "image/heic" => [0, 0, 0, 16, .. "ftypheic"u8, 0, 0, 0, 0],
        _ => throw new ArgumentOutOfRangeException(nameof(mediaType), mediaType, "No photo of that type is known."),
    };
}
