using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;
using Situational.Grains;
using Situational.Grains.Feed;
using Situational.Grains.Messages;
using Situational.Storage;

namespace Situational.Benchmarks;

/// <summary>
/// A batch of 1,000 fixes of one squad, each of another unit, through the grains: order, place, hysteresis, and every grid told, over the
/// real store. Time and bytes are for one batch.
/// </summary>
[MemoryDiagnoser]
public class RecordBatchBenchmarks
{
    private const int Units = 1_000, Columns = 20, Rows = 20;
    private const double South = 30.2, West = 120.1, StepDegrees = 0.004;

    private readonly string[] _names = [.. Enumerable.Range(0, Units).Select(i => $"unit-{i:0000}")];
    private IHost _host = null!;
    private ISquadGrain _squad = null!;
    private string _folder = null!;
    private long _nowMs;

    /// <summary>In how many grids the units are.</summary>
    [Params(1, 80, 400)]
    public int Grids { get; set; }

    // The in-process toolchain does not wait for asynchronous set-up.
    [GlobalSetup]
    public void Start() => StartAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Stop()
    {
        _host.StopAsync().GetAwaiter().GetResult();
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("situational-bench-").FullName;
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["Situational:Data"] = _folder;
        builder.UseOrleans(silo => silo.UseLocalhostClustering());
        builder.Services.AddSituationalStorage(builder.Configuration);
        builder.Services.AddSituationalGrains(builder.Configuration);
        builder.Services.AddSingleton<IFeedOutbox, NoOutbox>();
        _host = builder.Build();
        await _host.StartAsync();
        var grains = _host.Services.GetRequiredService<IGrainFactory>();
        var territory = Territory();
        await grains.GetGrain<ICityGrain>(ICityGrain.Key).PutTerritoryAsync(
            new TerritoryProposal(territory, Convert.ToHexString(SHA256.HashData(territory.AsSpan()))), CancellationToken.None);
        _squad = grains.GetGrain<ISquadGrain>("bench");
        _nowMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await RecordAsync();
    }

    /// <summary>One batch.</summary>
    [Benchmark]
    public async Task<FixCounts> RecordAsync()
    {
        // Each batch is a millisecond newer than the last, so that every fix moves its unit.
        var atMs = _nowMs++;
        var fixes = ImmutableArray.CreateBuilder<Fix>(Units);
        for (var i = 0; i < Units; i++)
        {
            var grid = i % Grids;
            fixes.Add(new Fix(
                _names[i], South + (grid / Columns + 0.5) * StepDegrees, West + (grid % Columns + 0.5) * StepDegrees, 8, 1, 90, atMs, null, -1));
        }
        var counts = await _squad.RecordAsync(new FixBatch(fixes.MoveToImmutable(), atMs), CancellationToken.None);
        return counts.Moved == Units ? counts : throw new InvalidOperationException($"{counts}");
    }

    private static ImmutableArray<byte> Territory()
    {
        var json = new StringBuilder("""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"330106","name":"City","level":"city"},"geometry":null}""");
        for (var row = 0; row < Rows; row++)
            for (var column = 0; column < Columns; column++)
            {
                double west = West + column * StepDegrees, south = South + row * StepDegrees, east = west + StepDegrees, north = south + StepDegrees;
                json.Append(
                    CultureInfo.InvariantCulture,
                    $$$"""
                    ,{"type":"Feature","properties":{"code":"330106{{{row:00}}}{{{column:00}}}","name":"{{{row}}}-{{{column}}}","level":"grid","parent":"330106"},"geometry":
                    {"type":"Polygon","coordinates":[[[{{{west:F6}}},{{{south:F6}}}],[{{{east:F6}}},{{{south:F6}}}],[{{{east:F6}}},{{{north:F6}}}],[{{{west:F6}}},{{{north:F6}}}],[{{{west:F6}}},{{{south:F6}}}]]]}}
                    """);
            }
        return [.. Encoding.UTF8.GetBytes(json.Append("]}").ToString())];
    }

    private sealed class NoOutbox : IFeedOutbox
    {
        public void Publish(GridChange change) { }

        public void NoteStore(bool away) { }
    }
}
