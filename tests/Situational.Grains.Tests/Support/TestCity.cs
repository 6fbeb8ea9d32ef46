using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Testing;
using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Domain.Journal;
using Situational.Grains.Feed;
using Situational.Grains.Messages;
using Situational.Grains.Territory;

namespace Situational.Grains.Tests.Support;

/// <summary>
/// A silo with all grains over stores in memory. The grains read a manual clock; the runtime and its timers run on the real one, so that
/// ticks come by themselves while the time they see stands still until a test moves it.
/// </summary>
internal sealed class TestCity : IAsyncDisposable
{
    private TestSilo _silo = null!;

    public ManualTime Time { get; } = new();

    public MemoryJournal Journal { get; } = new();

    public MemoryStores Stores { get; } = new();

    public MemoryCoverage Coverage { get; } = new();

    public MemoryDuties Duties { get; } = new();

    public MemoryTrails Trails { get; } = new();

    public CatchingOutbox Outbox { get; private set; } = new();

    public CatchingLog Log { get; } = new();

    /// <summary>Settings; squads tell grids at once unless a test is about their pace, which timers keep by the real clock.</summary>
    public Dictionary<string, string?> Settings { get; } = new() { ["Situational:Patrols:TellMilliseconds"] = "0" };

    /// <summary>What a test adds to the silo's services.</summary>
    public Action<IServiceCollection>? Configure { get; set; }

    /// <summary>The city's rules; minutes by the clock on the wall unless a test says otherwise.</summary>
    public CityRules Rules { get; set; } = TestRules.Minutes;

    public IServiceProvider Services => _silo.Services;

    public ICityGrain City => _silo.Grains.GetGrain<ICityGrain>(ICityGrain.Key);

    public INodesGrain Nodes => _silo.Grains.GetGrain<INodesGrain>(ICityGrain.Key);

    public IGridGrain Outside => _silo.Grains.GetGrain<IGridGrain>(IGridGrain.Outside);

    public IGrainFactory Grains => _silo.Grains;

    /// <summary>Starts a city; with columns, its territory is in force.</summary>
    public static async Task<TestCity> StartAsync(int columns = 0, int rows = 1, Action<TestCity>? prepare = null)
    {
        var city = new TestCity();
        prepare?.Invoke(city);
        await city.StartSiloAsync();
        if (columns > 0)
            await city.PutAsync(columns, rows);
        return city;
    }

    public IGridGrain Grid(int column, int row = 0) => _silo.Grains.GetGrain<IGridGrain>(Street.Grid(column, row));

    public ISquadGrain Squad(string id = "squad-1") => _silo.Grains.GetGrain<ISquadGrain>(id);

    /// <summary>Columns of the territory that was put last.</summary>
    public int Columns { get; private set; }

    public Task<TerritoryReceipt> PutAsync(int columns, int rows = 1, int replaces = 0)
    {
        Columns = columns;
        return City.PutTerritoryAsync(Street.Proposal(columns, rows) with { Replaces = replaces }, CancellationToken.None);
    }

    /// <summary>Stops the silo and starts another over the same stores and clock.</summary>
    public async Task RestartAsync()
    {
        await _silo.DisposeAsync();
        Outbox = new CatchingOutbox();
        await StartSiloAsync();
    }

    public Task StopAsync() => _silo.StopAsync();

    public Task<FixCounts> RecordAsync(string squad, params Fix[] fixes) =>
        Squad(squad).RecordAsync(new FixBatch([.. fixes], Time.NowMs), CancellationToken.None);

    public Fix Fix(string unit, double east, long? measuredAtMs = null, float accuracy = 5, double north = 250)
    {
        var (latitude, longitude) = Street.At(east, north);
        return new Fix(unit, latitude, longitude, accuracy, float.NaN, 90, measuredAtMs ?? Time.NowMs, null, -1);
    }

    public ReportCommand Report(string key = "key-1", byte severity = 2, string fingerprint = "f1", double east = 100)
    {
        var (latitude, longitude) = Street.At(east);
        return new ReportCommand(
            key, fingerprint, TestRules.Category, severity, "Exit blocked by crates", latitude, longitude, "worker", "Li Lei", "13800000000",
            ["https://photos.example/1.jpg"]);
    }

    /// <summary>A step of the duty officer with a case of a grid.</summary>
    public Task<CaseReceipt> ActAsync(string caseId, CaseStep step, Func<CaseCommand, CaseCommand>? with = null, string? grid = null)
    {
        Assert.True(CaseId.TryParse(caseId, out var birth, out _));
        var command = new CaseCommand(caseId, (byte)step, new ActorStatement("wang", (byte)Role.Officer, "10.0.0.7"));
        return Grains.GetGrain<IGridGrain>(grid ?? birth).ActAsync(with?.Invoke(command) ?? command, CancellationToken.None);
    }

    /// <summary>Takes a reported case on to a stage of the line.</summary>
    public async Task<Case> BringAsync(string caseId, Stage to, string? grid = null)
    {
        (Stage To, CaseStep Step, Func<CaseCommand, CaseCommand>? With)[] line =
        [
            (Stage.Accepted, CaseStep.Accept, null),
            (Stage.Dispatched, CaseStep.Dispatch, c => c with { AssigneeKind = (byte)AssigneeKind.Unit, Assignee = "unit-1" }),
            (Stage.Handling, CaseStep.Start, null),
            (Stage.Handled, CaseStep.HandIn, c => c with { By = new ActorStatement("unit-1", (byte)Role.Worker, null), Note = "done" }),
            (Stage.Verified, CaseStep.Verify, null),
            (Stage.Closed, CaseStep.Close, null),
        ];
        foreach (var (stage, step, with) in line)
        {
            var receipt = await ActAsync(caseId, step, with, grid);
            Assert.Equal((CaseVerdict.Done, stage), (receipt.Verdict, receipt.Case!.ToCase().Stage));
            if (stage == to)
                return receipt.Case.ToCase();
        }
        throw new ArgumentOutOfRangeException(nameof(to));
    }

    public async ValueTask DisposeAsync() => await _silo.DisposeAsync();

    private async Task StartSiloAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings).Build();
        _silo = await TestSilo.StartAsync(services =>
        {
            services.AddSituationalGrains(configuration);
            // The test decides when a silo hears of a territory.
            services.Remove(services.Single(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType == typeof(TerritoryWatch)));
            services.AddSingleton(new SituationClock(Time));
            services.AddSingleton<ILoggerProvider>(Log);
            services.AddSingleton(Rules);
            services.AddSingleton<IJournal>(Journal);
            services.AddSingleton<IUnitStore>(Stores);
            services.AddSingleton<IUnitDutyStore>(Duties);
            services.AddSingleton<ITrailStore>(Trails);
            services.AddSingleton<ITerritoryStore>(Stores);
            services.AddSingleton<ICoverageStore>(Coverage);
            services.AddSingleton<IFeedOutbox>(Outbox);
            Configure?.Invoke(services);
        });
        await City.TerritoryVersionAsync(CancellationToken.None);
    }
}
