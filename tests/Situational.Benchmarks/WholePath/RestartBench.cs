using System.Diagnostics;
using System.Globalization;
using Situational.Testing;

namespace Situational.Benchmarks.WholePath;

/// <summary>
/// SIGKILL with 100,000 open cases over 7,300 grids: seconds until the process answers and until a wall is true again, that is until it shows
/// every case and no trouble; and the process's memory. The cases come in through the public API like all others.
/// </summary>
internal static class RestartBench
{
    internal const int Rows = 73;
    internal const int Columns = 100;
    private const int Cases = 100_000;
    private const int Reporters = 64;
    private const int Rounds = 5;

    public static async Task RunAsync()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        await PathCity.ImportAsync(client, Rows, Columns);
        Console.WriteLine($"Reporting {Cases} hazards in {Rows * Columns} grids, {Reporters} at a time ...");
        var begun = Stopwatch.GetTimestamp();
        var ids = await ReportAsync(host);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Cases / Stopwatch.GetElapsedTime(begun).TotalSeconds:N0} a second acknowledged"));
        await FiguresAsync(client);
        var answers = new List<double>();
        var truths = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            host.Kill();
            begun = Stopwatch.GetTimestamp();
            await host.RestartAsync();
            answers.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key });
            await screen.WaitAsync(p => p.Troubles.Count == 0 && p.Cases.Count == ids.Count, TimeSpan.FromMinutes(3));
            truths.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            if (screen.Look(p => ids.FirstOrDefault(id => !p.Cases.ContainsKey(id))) is { } missing)
                throw new InvalidDataException($"Case {missing} is not on the wall.");
        }
        Say("kill -9 to /health", answers);
        Say("kill -9 to a true wall", truths);
        using var process = Process.GetProcessById(host.Id);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  memory after the last start: {process.WorkingSet64 / 1048576.0:N0} MB resident, {process.PeakWorkingSet64 / 1048576.0:N0} MB at most"));
    }

    /// <summary>How long the figures of all cases take, out of the store and once they are kept.</summary>
    private static async Task FiguresAsync(HttpClient client)
    {
        List<double> seconds = [];
        for (var round = 0; round < 4; round++)
        {
            // a period that nobody asked for is worked out anew; after the first three the last one is asked for again
            var address = string.Create(CultureInfo.InvariantCulture, $"api/v1/kpi?from={TimeProvider.System.GetUtcNow().AddDays(-Math.Min(round, 2) - 1):yyyy-MM-dd}T00:00:00Z");
            var begun = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(address);
            answer.EnsureSuccessStatusCode();
            seconds.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  figures of all of them     {seconds[0]:0.00}, {seconds[1]:0.00} and {seconds[2]:0.00} s; kept: {seconds[3] * 1000:0.0} ms"));
    }

    internal static async Task<HashSet<string>> ReportAsync(HostProcess host)
    {
        var next = -1;
        var reporters = Enumerable.Range(0, Reporters).Select(async _ =>
        {
            using var client = host.CreateClient();
            var own = new List<string>();
            for (var number = Interlocked.Increment(ref next); number < Cases; number = Interlocked.Increment(ref next))
            {
                var grid = number % (Rows * Columns);
                own.Add(await PathCity.ReportAsync(client, number, grid / Columns, grid % Columns));
            }
            return own;
        });
        return [.. (await Task.WhenAll(reporters)).SelectMany(own => own)];
    }

    private static void Say(string name, List<double> seconds)
    {
        seconds.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {name,-24} median {seconds[seconds.Count / 2]:0.00} s, {seconds[0]:0.00} to {seconds[^1]:0.00} s in {seconds.Count}"));
    }
}
