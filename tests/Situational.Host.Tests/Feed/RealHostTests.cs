using System.Diagnostics;
using System.Globalization;
using System.Text;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Feed;

/// <summary>A screen on the real host, with its grains, its store and its HTTP API, while 2,000 fixes a second come in.</summary>
[Collection(Alone.Name)]
public sealed class RealHostTests : IAsyncDisposable
{
    private const int Units = 1_000;
    private const int FixesPerSecond = 2_000;
    private const int Batch = 200;
    private const int LeastFixes = 20_000;
    private const int Cuts = 20;

    private readonly Random _random = new(20261122);
    private readonly CancellationTokenSource _enough = new();
    private readonly Dictionary<string, (double Lat, double Lon, long At)> _sent = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _taken;

    public ValueTask DisposeAsync()
    {
        _enough.Dispose();
        return ValueTask.CompletedTask;
    }

    [Trait("Fault", "7")]
    [Fact]
    public async Task Screen_StartedInTheMiddleAndCutTwentyTimes_ShowsWhatWasSentAndWhatTheApiSays()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        var watching = new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key };
        var traffic = DriveAsync(client);
        await Eventually.HoldsAsync(() => Task.FromResult(traffic.IsCompleted || Volatile.Read(ref _taken) >= LeastFixes / 5), "fixes are taken");
        await using var screen = await FeedScreen.StartAsync(watching);
        var random = new Random(3);

        for (var cut = 1; cut <= Cuts; cut++)
        {
            var heard = screen.Look(p => p.Snapshots + p.Deltas) + random.Next(1, 4);
            await screen.WaitAsync(p => p.Snapshots + p.Deltas >= heard);
            screen.Cut();
            // Frames of the connection that was cut may still come; the next cut is for the next one.
            await Eventually.HoldsAsync(() => Task.FromResult(screen.Connections > cut), "it connects again");
        }
        Assert.False(traffic.IsCompleted, "all cuts fell into the traffic");
        await Eventually.HoldsAsync(() => Task.FromResult(traffic.IsCompleted || Volatile.Read(ref _taken) >= LeastFixes), "fixes are taken");
        await _enough.CancelAsync();
        await traffic;

        await using var fresh = await FeedScreen.StartAsync(watching);
        var sent = _sent.Select(s => Line(s.Key, s.Value.Lat, s.Value.Lon, s.Value.At)).Order(StringComparer.Ordinal).ToList();
        // Units that grow older and grids that speak again still change the picture now and then: what counts is that all agree at one moment.
        string[] shown = [], second = [];
        List<string> units = [];
        await Eventually.TriedAsync(async () =>
        {
            units = [.. (await Requests.GetAsync<UnitAnswer[]>(client, "api/v1/units?limit=10000")).Select(Row)];
            shown = screen.Look(Seen);
            second = fresh.Look(Seen);
            return shown.SequenceEqual(second) && UnitsOf(screen).SequenceEqual(units) && PlacesOf(screen).SequenceEqual(sent);
        });
        Assert.Equal(second, shown);
        Assert.Equal(units, UnitsOf(screen));
        Assert.Equal(sent, PlacesOf(screen));

        var cases = (await Requests.GetAsync<CasesAnswer>(client, "api/v1/cases?limit=1000")).Cases.Where(c => c.Stage != "closed").Select(c => c.Id);
        var expected = _open.Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, cases.Order(StringComparer.Ordinal));
        Assert.Equal(expected, screen.Look(p => p.Cases.Keys.Order(StringComparer.Ordinal).ToList()));
        Assert.Empty(screen.Look(p => p.Breaches));
        Assert.True(screen.Connections > Cuts, $"{screen.Connections} connections");
    }

    /// <summary>Fixes at their pace, with a report or a closed case after each batch, until it is enough.</summary>
    private async Task DriveAsync(HttpClient client)
    {
        var begun = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var batch = 0; !_enough.IsCancellationRequested; batch++)
        {
            while (Stopwatch.GetElapsedTime(begun).TotalSeconds * FixesPerSecond < batch * Batch)
                await timer.WaitForNextTickAsync();
            var answer = await Requests.RecordAsync(client, Fixes(batch * Batch % Units));
            Assert.Equal((Batch, Batch, 0), (answer.Accepted, answer.Moved, answer.Refused));
            Interlocked.Add(ref _taken, Batch);
            if (batch % 3 == 2 && _open.Count > 0)
                await CloseAsync(client, _open.First());
            else
                _open.Add((await Requests.OpenCaseAsync(client, _random.Next(4))).Id);
        }
    }

    private string Fixes(int first)
    {
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var json = new StringBuilder("[");
        for (var i = first; i < first + Batch; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"u{i:0000}");
            // a little more than the city, so that some are outside
            var (lat, lon) = (Math.Round(39.899 + _random.NextDouble() * 0.022, 6), Math.Round(116.399 + _random.NextDouble() * 0.022, 6));
            _sent[id] = (lat, lon, at);
            json.Append(i == first ? "" : ",").Append(
                CultureInfo.InvariantCulture, $$"""{"unit":"{{id}}","lat":{{lat}},"lon":{{lon}},"at":{{at}},"squad":"squad-{{i % 20}}"}""");
        }
        return json.Append(']').ToString();
    }

    private async Task CloseAsync(HttpClient client, string id)
    {
        await Requests.WalkAsync(client, id, "closed");
        _open.Remove(id);
    }

    private static string[] Seen(FeedPicture picture) =>
        [picture.Digest, .. picture.Describe().Split('\n')];

    private static List<string> UnitsOf(FeedScreen screen) => screen.Look(p => p.Units.Values.OrderBy(u => u.Text(0), StringComparer.Ordinal)
        .Select(u => string.Create(
            CultureInfo.InvariantCulture, $"{Line(u.Text(0), u.Number(1) / 1e6, u.Number(2) / 1e6, u.Number(5))} {u.Number(4)} {u.Text(6)} {u.Text(7)} {u.Text(8)}"))
        .ToList());

    private static string Row(UnitAnswer unit) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Line(unit.Id, unit.Lat, unit.Lon, unit.At.ToUnixTimeMilliseconds())} {Array.IndexOf(["live", "late", "stale", "gone"], unit.State)} {unit.Grid} {unit.Squad} {unit.CallSign}");

    private static List<string> PlacesOf(FeedScreen screen) => screen.Look(p => p.Units.Values
        .Select(u => Line(u.Text(0), u.Number(1) / 1e6, u.Number(2) / 1e6, u.Number(5))).Order(StringComparer.Ordinal).ToList());

    private static string Line(string id, double lat, double lon, long at) => string.Create(CultureInfo.InvariantCulture, $"{id} {lat:F6} {lon:F6} {at}");
}
