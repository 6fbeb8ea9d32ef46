using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Situational.Domain.Journal;
using Situational.Storage;

namespace Situational.Benchmarks;

/// <summary>Reading the figures of 7,300 grids from SQLite: of the running day, which is read every 5 s while somebody looks, and of the 30 days before it.</summary>
[MemoryDiagnoser]
public class CoverageFiguresBenchmarks
{
    private const int Grids = 7_300, Days = 31;
    private static readonly DateOnly Today = new(2026, 11, 22);
    private ServiceProvider _services = null!;
    private ICoverageStore _store = null!;
    private string _folder = null!;

    [GlobalSetup]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("situational-bench-").FullName;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Situational:Data", _folder)]).Build();
        _services = new ServiceCollection().AddLogging().AddSituationalStorage(configuration).BuildServiceProvider();
        _store = _services.GetRequiredService<ICoverageStore>();
        // 500 m by 500 m in cells of 5 m.
        var cells = new byte[1_250];
        for (var day = 0; day < Days; day++)
        {
            var period = new CoveragePeriod(CoverageCadence.Daily, Today.AddDays(-day));
            _store.SaveAsync(
                [.. Enumerable.Range(0, Grids).Select(i => new CoverageSheet(new($"33010600100{i:0000}", period, 250_000, i * 30), "1 30 120 31 121 100 100", cells))],
                default).GetAwaiter().GetResult();
        }
    }

    [GlobalCleanup]
    public void Close()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>7,300 figures.</summary>
    [Benchmark]
    public Task<double> Running() => SumAsync(Today, Today, Grids);

    /// <summary>219,000 figures.</summary>
    [Benchmark]
    public Task<double> ThirtyDays() => SumAsync(Today.AddDays(1 - Days), Today.AddDays(-1), (Days - 1) * Grids);

    private async Task<double> SumAsync(DateOnly from, DateOnly to, int expected)
    {
        var (sum, count) = (0.0, 0);
        await foreach (var figure in _store.FiguresAsync(CoverageCadence.Daily, from, to, default))
            (sum, count) = (sum + figure.WalkedSquareMeters, count + 1);
        return count == expected ? sum : throw new InvalidOperationException($"{count} figures were read and not {expected}.");
    }
}
