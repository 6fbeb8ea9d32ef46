using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Situational.Contracts.Http;

namespace Situational.Cli.Http;

/// <summary>
/// The public HTTP API as a client sees it. Sends again on 429 and 503, after <c>Retry-After</c>, and when the connection breaks;
/// that is safe because fixes are idempotent by unit and time, and reports and steps by their key. Safe for all threads.
/// </summary>
internal sealed class SituationalClient : IDisposable
{
    private const int Attempts = 8;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    /// <summary>A client of one system.</summary>
    public SituationalClient(Uri server, string key, TimeProvider time)
        : this(server, time, new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) =>
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

    private SituationalClient(Uri server, TimeProvider time, SocketsHttpHandler handler) =>
        (_time, _http) = (time, new HttpClient(handler) { BaseAddress = server, Timeout = TimeSpan.FromSeconds(100) });

    /// <summary>A client that acts as a person at a desk: it opens the link of a pass and keeps the cookie, as a browser does.</summary>
    /// <exception cref="ClientException">The link opens no desk.</exception>
    public static async Task<SituationalClient> OpenDeskAsync(Uri server, string link, TimeProvider time, CancellationToken cancellationToken)
    {
        var cookies = new CookieContainer();
        var desk = new SituationalClient(
            server, time, new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), CookieContainer = cookies, AllowAutoRedirect = false });
        try
        {
            using var answer = await desk._http.GetAsync(link, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.Redirect || cookies.GetCookies(server).Count == 0)
                throw new ClientException($"opening a desk: {(int)answer.StatusCode}");
            // what a cookie writes must come from the server's own pages
            desk._http.DefaultRequestHeaders.Add("Origin", server.GetLeftPart(UriPartial.Authority));
            return desk;
        }
        catch (HttpRequestException e)
        {
            desk.Dispose();
            throw new ClientException($"{server} does not answer: {e.Message}", e);
        }
        catch
        {
            desk.Dispose();
            throw;
        }
    }

    /// <summary>Where the system is.</summary>
    public Uri Server => _http.BaseAddress!;

    /// <summary>Brings a territory into force, in the place of a version if one is named. 409, another one in force, is an answer like any other.</summary>
    public Task<ApiAnswer<TerritoryAnswer>> PutTerritoryAsync(
        ReadOnlyMemory<byte> geoJson, string query, CancellationToken cancellationToken, int? replaces = null) =>
        SendAsync(() =>
        {
            var content = new ReadOnlyMemoryContent(geoJson);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/geo+json");
            var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/territory" + query) { Content = content };
            if (replaces is { } version)
                request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
            return request;
        }, ClientJson.Default.TerritoryAnswer, cancellationToken);

    /// <summary>The territory in force as GeoJSON.</summary>
    /// <exception cref="ClientException">There is none, or the system does not answer.</exception>
    public async Task<byte[]> TerritoryAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync("/api/v1/territory", cancellationToken);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadAsByteArrayAsync(cancellationToken)
                : throw new ClientException($"reading the territory: {(int)response.StatusCode} {await DescribeAsync(response, cancellationToken)}");
        }
        catch (Exception e) when (IsBroken(e, cancellationToken))
        {
            throw new ClientException($"{Server} does not answer: {e.Message}", e);
        }
    }

    /// <summary>Sends fixes, at most 20,000.</summary>
    public Task<ApiAnswer<PositionsAnswer>> PostPositionsAsync(List<FixRequest> fixes, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Post, "/api/v1/positions")
        {
            Content = JsonContent.Create(fixes, ClientJson.Default.ListFixRequest),
        }, ClientJson.Default.PositionsAnswer, cancellationToken);

    /// <summary>Reports a hazard under an idempotency key.</summary>
    public Task<ApiAnswer<CaseAnswer>> PostReportAsync(ReportRequest report, string key, CancellationToken cancellationToken) =>
        SendAsync(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/reports")
            {
                Content = JsonContent.Create(report, ClientJson.Default.ReportRequest),
            };
            request.Headers.Add("Idempotency-Key", key);
            return request;
        }, ClientJson.Default.CaseAnswer, cancellationToken);

    /// <summary>Takes a step with a case, under an idempotency key. A refusal is an answer like any other.</summary>
    public Task<ApiAnswer<CaseAnswer>> StepAsync(string caseId, string step, CaseStepRequest said, string key, CancellationToken cancellationToken) =>
        SendAsync(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/cases/{Uri.EscapeDataString(caseId)}/{step}")
            {
                Content = JsonContent.Create(said, ClientJson.Default.CaseStepRequest),
            };
            request.Headers.Add("Idempotency-Key", key);
            return request;
        }, ClientJson.Default.CaseAnswer, cancellationToken);

    /// <summary>One case.</summary>
    public Task<ApiAnswer<CaseAnswer>> CaseAsync(string caseId, CancellationToken cancellationToken) =>
        GetAsync("/api/v1/cases/" + Uri.EscapeDataString(caseId), ClientJson.Default.CaseAnswer, cancellationToken);

    /// <summary>Gives a person a link to their desk.</summary>
    public Task<ApiAnswer<PassAnswer>> PassAsync(PassRequest person, CancellationToken cancellationToken) =>
        PostAsync("/api/v1/passes", person, ClientJson.Default.PassRequest, ClientJson.Default.PassAnswer, cancellationToken);

    /// <summary>Says that alerts were seen, at most 200.</summary>
    public Task<ApiAnswer<AcknowledgedAnswer>> AcknowledgeAsync(IReadOnlyList<string> alerts, CancellationToken cancellationToken) =>
        PostAsync(
            "/api/v1/alerts/acknowledge", new AcknowledgeRequest(alerts), ClientJson.Default.AcknowledgeRequest, ClientJson.Default.AcknowledgedAnswer,
            cancellationToken);

    /// <summary>Puts a unit on or off duty.</summary>
    public Task<ApiAnswer<DutyAnswer>> SetDutyAsync(string unit, bool on, CancellationToken cancellationToken) =>
        PostAsync(UnitAddress(unit, "duty"), new DutyRequest(on), ClientJson.Default.DutyRequest, ClientJson.Default.DutyAnswer, cancellationToken);

    /// <summary>Calls for help in the name of a unit.</summary>
    public Task<ApiAnswer<SosAnswer>> RaiseSosAsync(string unit, SosRequest said, CancellationToken cancellationToken) =>
        PostAsync(UnitAddress(unit, "sos"), said, ClientJson.Default.SosRequest, ClientJson.Default.SosAnswer, cancellationToken);

    /// <summary>Answers a unit's call for help.</summary>
    public Task<ApiAnswer<SosAnswer>> AnswerSosAsync(string unit, SosReplyRequest said, CancellationToken cancellationToken) =>
        PostAsync(UnitAddress(unit, "sos/answer"), said, ClientJson.Default.SosReplyRequest, ClientJson.Default.SosAnswer, cancellationToken);

    /// <summary>Everyone in a squad.</summary>
    public Task<ApiAnswer<SquadMembersAnswer>> SquadAsync(string squad, CancellationToken cancellationToken) =>
        GetAsync("/api/v1/squads/" + Uri.EscapeDataString(squad), ClientJson.Default.SquadMembersAnswer, cancellationToken);

    /// <summary>Open cases of a severity, the next deadline first, at most 100.</summary>
    public Task<ApiAnswer<CasesAnswer>> DueAsync(string severity, CancellationToken cancellationToken) =>
        GetAsync($"/api/v1/cases?order=due&limit=100&severity={severity}", ClientJson.Default.CasesAnswer, cancellationToken);

    /// <summary>The categories of hazards.</summary>
    public Task<ApiAnswer<CategoriesAnswer>> CategoriesAsync(CancellationToken cancellationToken) =>
        GetAsync("/api/v1/categories", ClientJson.Default.CategoriesAnswer, cancellationToken);

    /// <summary>The kinds of whistle.</summary>
    public Task<ApiAnswer<WhistleKindsAnswer>> WhistleKindsAsync(CancellationToken cancellationToken) =>
        GetAsync("/api/v1/whistle-kinds", ClientJson.Default.WhistleKindsAnswer, cancellationToken);

    /// <summary>Who rates closed cases.</summary>
    public Task<ApiAnswer<RatingKindsAnswer>> RatingKindsAsync(CancellationToken cancellationToken) =>
        GetAsync("/api/v1/rating-kinds", ClientJson.Default.RatingKindsAnswer, cancellationToken);

    /// <summary>One page of cases of a stage.</summary>
    public Task<ApiAnswer<CasesAnswer>> CasesAsync(string stage, string? cursor, CancellationToken cancellationToken) =>
        GetAsync($"/api/v1/cases?limit=1000&stage={stage}" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)), ClientJson.Default.CasesAnswer, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static string UnitAddress(string unit, string what) => $"/api/v1/units/{Uri.EscapeDataString(unit)}/{what}";

    private Task<ApiAnswer<T>> PostAsync<TBody, T>(
        string address, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body, bodyType) }, type, cancellationToken);

    private Task<ApiAnswer<T>> GetAsync<T>(string address, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), type, cancellationToken);

    private async Task<ApiAnswer<T>> SendAsync<T>(Func<HttpRequestMessage> make, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan pause;
            try
            {
                using var request = make();
                using var response = await _http.SendAsync(request, cancellationToken);
                if (response.IsSuccessStatusCode)
                    return new ApiAnswer<T>(response.StatusCode, await response.Content.ReadFromJsonAsync(type, cancellationToken), null);
                if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) || attempt == Attempts)
                    return new ApiAnswer<T>(response.StatusCode, null, await DescribeAsync(response, cancellationToken));
                pause = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
            }
            catch (Exception e) when (IsBroken(e, cancellationToken))
            {
                if (attempt == Attempts)
                    throw new ClientException($"{Server} does not answer: {e.Message}", e);
                pause = TimeSpan.FromMilliseconds(100 << attempt);
            }
            catch (Exception e) when (e is JsonException or NotSupportedException)
            {
                throw new ClientException($"{Server} does not answer as Situational does: {e.Message}", e);
            }
            await Task.Delay(pause < LongestPause ? pause : LongestPause, _time, cancellationToken);
        }
    }

    /// <summary>The connection broke, or the client's own time limit ended the request.</summary>
    private static bool IsBroken(Exception cause, CancellationToken cancellationToken) =>
        cause is HttpRequestException or IOException || (cause is TaskCanceledException && !cancellationToken.IsCancellationRequested);

    private static async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            using var problem = JsonDocument.Parse(text);
            var lines = new List<string>();
            if (problem.RootElement.TryGetProperty("title", out var title))
                lines.Add(title.ToString());
            if (problem.RootElement.TryGetProperty("detail", out var detail))
                lines.Add(detail.ToString());
            if (problem.RootElement.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object)
                foreach (var field in errors.EnumerateObject())
                    foreach (var said in field.Value.EnumerateArray())
                        lines.Add($"{field.Name}: {said}");
            return lines.Count > 0 ? string.Join(Environment.NewLine, lines) : text;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return $"{(int)response.StatusCode} {response.ReasonPhrase}";
        }
    }
}
