using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Situational.Testing;

namespace Situational.Benchmarks.WholePath;

/// <summary>
/// The whole path on this machine: the real host process, fixes posted over HTTP on loopback, ten screens watching the city. First how
/// many fixes a second are accepted, then how long one takes from POST to every screen's frame, in a quiet and in a busy city.
/// </summary>
internal static class PathBench
{
    private const int Screens = 10;
    private const int Units = 5_000;
    private const int Posters = 4;
    private const int BatchSize = 1_000;
    private const int BusyFixesPerSecond = 2_000;
    private static readonly TimeSpan Pressing = TimeSpan.FromSeconds(10);

    public static async Task RunAsync()
    {
        Console.WriteLine("Starting the host ...");
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        await PathCity.ImportAsync(client);
        var probe = new Probe();
        var screens = new List<FeedScreen>();
        try
        {
            for (var i = 0; i < Screens; i++)
                screens.Add(await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key }, probe.Listener()));
            foreach (var screen in screens)
                await screen.WaitAsync(p => p.Troubles.Count == 0);

            Console.WriteLine($"Posting fixes of {Units} units as fast as they are accepted, {Pressing.TotalSeconds:0} s ...");
            var (accepted, seconds) = await PressAsync(host);
            Console.WriteLine("Timing single fixes in a quiet city ...");
            await screens[0].WaitAsync(p => p.Beats > 0);
            var quiet = await probe.MeasureAsync(client, times: 40, Screens);
            Console.WriteLine($"Timing single fixes among {BusyFixesPerSecond} others a second ...");
            List<double> busy;
            using (var enough = new CancellationTokenSource())
            {
                var traffic = TrafficAsync(host, enough.Token);
                busy = await probe.MeasureAsync(client, times: 60, Screens);
                await enough.CancelAsync();
                await traffic;
            }
            foreach (var screen in screens)
                if (screen.Look(p => p.Breaches.FirstOrDefault()) is { } breach)
                    throw new InvalidDataException("A screen was sent what the contract does not allow: " + breach);
            Report(host.Runtime, accepted / seconds, quiet, busy);
        }
        finally
        {
            foreach (var screen in screens)
                await screen.DisposeAsync();
        }
    }

    private static async Task<(long Accepted, double Seconds)> PressAsync(HostProcess host)
    {
        var begun = Stopwatch.GetTimestamp();
        var posters = Enumerable.Range(0, Posters).Select(async poster =>
        {
            using var client = host.CreateClient();
            var random = new Random(poster);
            var accepted = 0L;
            var own = Units / Posters;
            for (var first = 0; Stopwatch.GetElapsedTime(begun) < Pressing; first = (first + BatchSize) % own)
                accepted += await PathCity.PostAsync(client, random, poster * own + first, BatchSize, wrapAt: (poster * own, own));
            return accepted;
        });
        var all = await Task.WhenAll(posters);
        return (all.Sum(), Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    private static async Task TrafficAsync(HostProcess host, CancellationToken enough)
    {
        using var client = host.CreateClient();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var random = new Random(99);
        try
        {
            for (var first = 0; await timer.WaitForNextTickAsync(enough); first = (first + BusyFixesPerSecond / 10) % Units)
                await PathCity.PostAsync(client, random, first, BusyFixesPerSecond / 10, wrapAt: (0, Units));
        }
        catch (OperationCanceledException)
        {
            // Enough was measured.
        }
    }

    private static void Report(string runtime, double fixesPerSecond, List<double> quiet, List<double> busy)
    {
        var rows = new (string Name, double Value, string Unit)[]
        {
            ("fixes accepted over HTTP, feed running", fixesPerSecond, "a second"),
            ("POST to frame, quiet city, p50", At(quiet, 0.50), "ms"),
            ("POST to frame, quiet city, p99", At(quiet, 0.99), "ms"),
            ($"POST to frame, {BusyFixesPerSecond} fixes a second, p50", At(busy, 0.50), "ms"),
            ($"POST to frame, {BusyFixesPerSecond} fixes a second, p99", At(busy, 0.99), "ms"),
        };
        var machine = $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {runtime}";
        Console.WriteLine();
        Console.WriteLine($"{PathCity.Grids} grids, {Units} units, {Screens} screens; {machine}");
        foreach (var (name, value, unit) in rows)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-50} {value,10:N1} {unit}"));
        var path = Path.Combine(Repository.Root, "artifacts", "bench.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(
            new { machine, grids = PathCity.Grids, units = Units, screens = Screens, results = rows.Select(r => new { name = r.Name, value = Math.Round(r.Value, 2), unit = r.Unit }) },
            new JsonSerializerOptions { WriteIndented = true }) + "\n");
        Console.WriteLine($"Written to {Path.GetRelativePath(Repository.Root, path)}.");
    }

    private static double At(List<double> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(sorted.Count * share) - 1)];
}
