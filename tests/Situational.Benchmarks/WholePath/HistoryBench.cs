using System.Diagnostics;
using System.Globalization;
using Situational.Testing;

namespace Situational.Benchmarks.WholePath;

/// <summary>
/// The past of a full city: 100,000 open cases over 7,300 grids and 10,000 units that walked for some minutes. Seconds until a past moment is
/// answered whole, and until ten minutes are played in 60 frames; through the real host, over HTTP.
/// </summary>
internal static class HistoryBench
{
    private const int Units = 10_000, Fixes = 8, Rounds = 11;

    public static async Task RunAsync()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        client.Timeout = TimeSpan.FromMinutes(5);
        await PathCity.ImportAsync(client, RestartBench.Rows, RestartBench.Columns);
        var from = TimeProvider.System.GetUtcNow();
        await RestartBench.ReportAsync(host);
        var random = new Random(1);
        for (var round = 0; round < Fixes; round++)
        {
            for (var first = 0; first < Units; first += 1_000)
                await PathCity.PostAsync(client, random, first, 1_000, (0, Units));
            await Task.Delay(TimeSpan.FromSeconds(3));
        }
        // Trails are saved every ten seconds.
        await Task.Delay(TimeSpan.FromSeconds(12));
        var to = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        foreach (var units in new[] { "all", "none" })
        {
            var bytes = 0L;
            var seconds = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                var at = to.AddMilliseconds(-round * 100);
                var begun = Stopwatch.GetTimestamp();
                bytes = (await client.GetByteArrayAsync($"api/v1/history?at={Time(at)}&units={units}")).LongLength;
                // The first one makes what others find made.
                if (round > 0)
                    seconds.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            }
            Say($"a moment, units {units}", seconds, bytes);
        }
        var played = new List<double>();
        var all = 0L;
        for (var round = 0; round < 3; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            all = (await client.GetByteArrayAsync($"api/v1/history/play?from={Time(from.AddSeconds(5))}&to={Time(to)}&frames=60")).LongLength;
            played.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
        Say(string.Create(CultureInfo.InvariantCulture, $"{(to - from).TotalSeconds - 5:0} s in 60 frames"), played, all);
        var marks = Stopwatch.GetTimestamp();
        await client.GetByteArrayAsync("api/v1/history/marks");
        Say("marks", [Stopwatch.GetElapsedTime(marks).TotalSeconds], 0);
        marks = Stopwatch.GetTimestamp();
        await client.GetByteArrayAsync($"api/v1/shift?since={Time(from.AddSeconds(5))}");
        Say("shift", [Stopwatch.GetElapsedTime(marks).TotalSeconds], 0);
    }

    private static string Time(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture));

    private static void Say(string name, List<double> seconds, long bytes)
    {
        seconds.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name,-24} median {seconds[seconds.Count / 2]:0.000} s, {seconds[0]:0.000} to {seconds[^1]:0.000} s in {seconds.Count}, {bytes / 1048576.0:0.0} MB"));
    }
}
