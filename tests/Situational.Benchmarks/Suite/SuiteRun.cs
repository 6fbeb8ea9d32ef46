using System.Diagnostics;
using System.Globalization;
using Situational.Benchmarks.WholePath;
using Situational.Testing;

namespace Situational.Benchmarks.Suite;

/// <summary>
/// The figures that the product is held to, each by several rounds against the real host process with the load in another process on the same
/// machine: a city of 7,300 grids and 10,000 units. With another build to compare with, the two are measured in turn, round by round.
/// </summary>
internal static class SuiteRun
{
    private const string Flat = "ingest.flat";
    private static readonly string[] City = ["--units", "10000"];

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        SuiteOptions options;
        try
        {
            options = SuiteOptions.Parse(words);
        }
        catch (ArgumentException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 64;
        }
        var begun = Stopwatch.GetTimestamp();
        var now = SuiteFigures.All();
        var before = options.Before is null ? null : SuiteFigures.All();
        await using (var redis = await RedisServer.StartAsync(new RedisServerOptions { AppendOnly = false, Arguments = ["--save", ""] }))
        await using (var one = await StartAsync(null))
        await using (var other = options.Before is null ? null : await StartAsync(options.Before))
        {
            for (var round = 1; round <= options.Rounds; round++)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Round {round} of {options.Rounds}, after {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s ..."));
                if (other is not null)
                    await MeasureAsync(other, redis, before!);
                await MeasureAsync(one, redis, now);
                SuiteTable.Write(now, before, round);
            }
        }
        SuiteTable.Print(now, before, options.Compare is null ? null : SuiteTable.Read(options.Compare));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s"));
        return 0;
    }

    private static async Task<HostProcess> StartAsync(string? folder)
    {
        var host = await HostProcess.StartAsync(new HostProcessOptions { ProgramFolder = folder });
        using var client = host.CreateClient();
        await PathCity.ImportAsync(client, RestartBench.Rows, RestartBench.Columns, stepDegrees: 0.004);
        // What a start costs once is not what a month of running is about.
        await LoadTool.RunAsync(host, [.. City, "--fixes", "max", "--seconds", "5"]);
        return host;
    }

    private static async Task MeasureAsync(HostProcess host, RedisServer redis, IReadOnlyDictionary<string, Figure> figures)
    {
        void Add(string key, double value) => figures[key].Values.Add(value);

        var flat = await LoadTool.RunAsync(host, [.. City, "--fixes", "max", "--screens", "20", "--seconds", "8"]);
        var fixes = flat.Number("positions", "flow", "acceptedPerSecond");
        Add(Flat, fixes);
        Add("ingest.redis", fixes / await RedisGeo.RunAsync(redis.Port));
        Add("ingest.cpu", flat.Number("server", "cpuSeconds") * 1e6 / flat.Number("positions", "flow", "accepted"));
        Add("wire.flat", flat.Number("screens", "bytesPerScreenSecond") / 1024);

        var single = await LoadTool.RunAsync(host, [.. City, "--fixes", "max", "--batch", "1", "--connections", "64", "--seconds", "5"]);
        Add("ingest.single", single.Number("positions", "flow", "acceptedPerSecond"));

        var busy = await LoadTool.RunAsync(host, [.. City, "--fixes", "10000", "--screens", "200", "--seconds", "6"]);
        Add("frame.busy.p50", busy.Number("markers", "latency", "p50"));
        Add("frame.busy.p99", busy.Number("markers", "latency", "p99"));
        Add("wire.busy", busy.Number("screens", "bytesPerScreenSecond") / 1024);

        var quiet = await LoadTool.RunAsync(host, [.. City, "--fixes", "10", "--batch", "1", "--screens", "20", "--markers", "5", "--seconds", "5"]);
        Add("frame.quiet.p50", quiet.Number("markers", "latency", "p50"));

        var most = (figures[Flat].Median * 0.8).ToString("0", CultureInfo.InvariantCulture);
        var near = await LoadTool.RunAsync(host, [.. City, "--fixes", most, "--screens", "20", "--seconds", "5"]);
        Add("frame.near.p99", near.Number("markers", "latency", "p99"));

        var boxes = await LoadTool.RunAsync(host, [.. City, "--fixes", "10000", "--screens", "1000", "--boxes", "1000", "--seconds", "8"]);
        Add("boxes.p99", boxes.Number("markers", "latency", "p99"));
        Add("boxes.cores", boxes.Number("server", "cores"));

        var reports = await LoadTool.RunAsync(host, [.. City, "--reports", "max", "--callers", "64", "--seconds", "4"]);
        Add("reports.flat", reports.Number("reports", "acceptedPerSecond"));
        var steady = await LoadTool.RunAsync(host, [.. City, "--reports", "5000", "--callers", "64", "--seconds", "4"]);
        Add("reports.p99", steady.Number("reports", "latency", "p99"));
    }
}
