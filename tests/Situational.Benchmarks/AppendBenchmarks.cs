using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage;
using Situational.Testing;

namespace Situational.Benchmarks;

/// <summary>
/// One acknowledged append to the journal on the disk of the temporary folder, by callers that each wait for theirs: on SQLite, and on a
/// <c>redis-server</c> of its own that syncs its file always or every second.
/// </summary>
[MemoryDiagnoser]
public class AppendBenchmarks
{
    private const int Appends = 1_024;
    private ServiceProvider _services = null!;
    private IJournal _journal = null!;
    private GridState[] _grids = null!;
    private string _folder = null!;
    private RedisServer? _redis;

    /// <summary>Callers at the same time, each with a grid of its own.</summary>
    [Params(1, 8, 64)]
    public int Callers { get; set; }

    /// <summary>The store, and for Redis when it syncs.</summary>
    [Params("sqlite", "redis-always", "redis-everysec")]
    public string Store { get; set; } = "sqlite";

    [GlobalSetup]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("situational-bench-").FullName;
        var settings = new Dictionary<string, string?> { ["Situational:Data"] = _folder };
        if (Store.Split('-') is ["redis", var sync])
        {
            _redis = RedisServer.StartAsync(new RedisServerOptions { AppendFsync = sync }).GetAwaiter().GetResult();
            settings["Situational:Storage:Kind"] = "redis";
            settings["Situational:Storage:Redis:Address"] = _redis.Address;
        }
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        _services = new ServiceCollection().AddLogging().AddSituationalStorage(configuration).BuildServiceProvider();
        _journal = _services.GetRequiredService<IJournal>();
        _grids = [.. Enumerable.Range(0, Callers).Select(i => GridState.Empty($"33010600100{i:0000}"))];
    }

    [GlobalCleanup]
    public void Close()
    {
        _services.Dispose();
        _redis?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Appends)]
    public Task AppendAsync() => Task.WhenAll(Enumerable.Range(0, Callers).Select(AppendAsync));

    private async Task AppendAsync(int caller)
    {
        for (var i = 0; i < Appends / Callers; i++)
        {
            var state = _grids[caller];
            var number = state.LastCaseNumber + 1;
            var id = $"{state.Grid}-{number}";
            var at = DateTimeOffset.UnixEpoch.AddSeconds(number);
            var report = new Report("manhole-cover", Severity.Yellow, "井盖缺失，已放置警示标志", 30.25, 120.16, "worker", null, null, []);
            var opened = new Case(id, state.Grid, 1, report, Stage.Reported, at, at);
            // No more than 100 cases stay open, as in a busy grid.
            var after = state with { Version = state.Version + 1, LastCaseNumber = number, Open = state.Open.SetItem(id, opened).Remove($"{state.Grid}-{number - 100}") };
            var outcome = await _journal.AppendAsync(
                new JournalAppend(state.Grid, state.Version, [new CaseOpened(at, id, 1, report)], [opened], new AcceptedReport(id, "f", id), after), default);
            if (outcome is not AppendOutcome.Appended)
                throw new InvalidOperationException($"{outcome}");
            _grids[caller] = after;
        }
    }
}
