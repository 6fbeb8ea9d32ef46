using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Situational.Contracts.Http;
using Situational.Testing;

namespace Situational.Browser.Tests;

/// <summary>A running host with an invented city in it, spoken to through its public API.</summary>
internal sealed class City : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly HttpClient _client;

    private City(HostProcess host, Lattice lattice)
    {
        Host = host;
        Lattice = lattice;
        _client = host.CreateClient();
    }

    public HostProcess Host { get; }

    public Lattice Lattice { get; private set; }

    /// <param name="imported">False for a system without a territory.</param>
    /// <param name="lattice">The grids. Default: 10 × 8.</param>
    /// <param name="clock">The wall clock of the host's process. Default: the machine's.</param>
    /// <param name="arguments">Further arguments of the host.</param>
    public static async Task<City> StartAsync(bool imported = true, Lattice? lattice = null, ProcessClock? clock = null, params string[] arguments)
    {
        var options = new HostProcessOptions { Arguments = arguments };
        if (clock is not null)
            options = options with { Environment = clock.Environment };
        var city = new City(await HostProcess.StartAsync(options, TestContext.Current.CancellationToken), lattice ?? new Lattice(10, 8));
        if (imported)
            await city.ImportAsync();
        return city;
    }

    public async Task ImportAsync(int? inForce = null)
    {
        using var content = new ByteArrayContent(Lattice.ToGeoJson());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/geo+json");
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/v1/territory") { Content = content };
        if (inForce is { } version)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        await RequireAsync(answer);
    }

    /// <summary>Brings another territory into force, in the place of that version.</summary>
    public async Task ReformAsync(Lattice lattice, int inForce)
    {
        Lattice = lattice;
        await ImportAsync(inForce);
    }

    public async Task StepAsync(string id, string step, CaseStepRequest body)
    {
        using var answer = await _client.PostAsJsonAsync($"api/v1/cases/{id}/{step}", body, Json, TestContext.Current.CancellationToken);
        await RequireAsync(answer);
    }

    public async Task<CaseAnswer> ReportAsync(int grid, string severity = "red", string category = "road-collapse", double right = 0.5, double up = 0.5)
    {
        var (lat, lon) = Lattice.Place(grid, right, up);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/reports")
        {
            Content = JsonContent.Create(new ReportRequest(category, severity, "路面塌陷", new PlaceRequest(lat, lon), "demo"), options: Json),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        await RequireAsync(answer);
        return (await answer.Content.ReadFromJsonAsync<CaseAnswer>(Json, TestContext.Current.CancellationToken))!;
    }

    /// <summary>Walks a case that was just reported through the whole loop.</summary>
    public async Task CloseAsync(string id)
    {
        var (officer, worker) = (new ActorRequest("o-1", "officer"), new ActorRequest("w-1", "worker"));
        foreach (var (step, body) in new[]
        {
            ("accept", new CaseStepRequest(officer)), ("dispatch", new CaseStepRequest(officer, Assignee: new AssigneeRequest("unit", "w-1"))),
            ("start", new CaseStepRequest(worker)), ("hand-in", new CaseStepRequest(worker, "已处置")), ("verify", new CaseStepRequest(officer)),
            ("close", new CaseStepRequest(officer)),
        })
        {
            using var answer = await _client.PostAsJsonAsync($"api/v1/cases/{id}/{step}", body, Json, TestContext.Current.CancellationToken);
            await RequireAsync(answer);
        }
    }

    /// <summary>The link that opens a person's desk, an absolute address.</summary>
    public async Task<Uri> PassAsync(PassRequest person)
    {
        using var answer = await _client.PostAsJsonAsync("api/v1/passes", person, Json, TestContext.Current.CancellationToken);
        await RequireAsync(answer);
        var pass = await answer.Content.ReadFromJsonAsync<PassAnswer>(Json, TestContext.Current.CancellationToken);
        return new Uri(Host.BaseAddress, pass!.Link);
    }

    /// <summary>What the API answers to a question.</summary>
    public async Task<T> GetAsync<T>(string path)
    {
        using var answer = await _client.GetAsync(path, TestContext.Current.CancellationToken);
        await RequireAsync(answer);
        return (await answer.Content.ReadFromJsonAsync<T>(Json, TestContext.Current.CancellationToken))!;
    }

    /// <summary>A unit calls for help where it is.</summary>
    public async Task CallForHelpAsync(string unit)
    {
        using var answer = await _client.PostAsJsonAsync($"api/v1/units/{unit}/sos", new SosRequest(Note: "有人落水"), Json, TestContext.Current.CancellationToken);
        await RequireAsync(answer);
    }

    /// <summary>Takes the writer's place in the store's file until the answer is disposed of: nobody can write down anything.</summary>
    public IDisposable TakeStoreAway()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "This system locks no parts of files.");
        // Byte 120 of the index beside the log is SQLite's lock for writing (walformat, 2.3.1).
        var index = new FileStream(Path.Combine(Host.DataFolder, "situational.db-shm"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (!OperatingSystem.IsMacOS())
            index.Lock(120, 1);
        return index;
    }

    public async Task<PositionsAnswer> MoveAsync(IReadOnlyList<FixRequest> fixes)
    {
        using var answer = await _client.PostAsJsonAsync("api/v1/positions", fixes, Json, TestContext.Current.CancellationToken);
        await RequireAsync(answer);
        return (await answer.Content.ReadFromJsonAsync<PositionsAnswer>(Json, TestContext.Current.CancellationToken))!;
    }

    /// <summary>One unit at a place in a grid, now.</summary>
    public FixRequest Fix(int unit, int grid, double right = 0.5, double up = 0.5, TimeSpan age = default)
    {
        var (lat, lon) = Lattice.Place(grid, right, up);
        return new FixRequest(
            string.Create(CultureInfo.InvariantCulture, $"u{unit}"), lat, lon, TimeProvider.System.GetUtcNow() - age, 8,
            Heading: unit * 37 % 360, Squad: string.Create(CultureInfo.InvariantCulture, $"squad-{unit % 40}"),
            CallSign: string.Create(CultureInfo.InvariantCulture, $"巡{unit:000}"));
    }

    /// <summary>What a street looks like on an ordinary day: cases of all severities, units of which some are late, stale or gone.</summary>
    public async Task LiveAsync()
    {
        string[] severities = ["blue", "yellow", "blue", "orange", "yellow", "red"];
        string[] categories = ["exposed-rubbish", "blocked-fire-lane", "illegal-advertising", "construction-risk", "e-bike-charging", "road-collapse"];
        for (var i = 0; i < 36; i++)
            await ReportAsync(i * 7 % Lattice.Grids / (i % 3 + 1), severities[i % 6], categories[i % 6], 0.2 + i % 5 * 0.15, 0.2 + i % 4 * 0.2);
        await MoveAsync([.. Enumerable.Range(0, 60).Select(i => Fix(
            i, i * 13 % Lattice.Grids, 0.3 + i % 4 * 0.1, 0.4,
            i < 50 ? TimeSpan.Zero : i < 54 ? TimeSpan.FromSeconds(70) : i < 57 ? TimeSpan.FromMinutes(5) : TimeSpan.FromMinutes(12)))]);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Host.DisposeAsync();
    }

    private static async Task RequireAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
            Assert.Fail($"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}
