using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Situational.Domain.Journal;

namespace Situational.Storage.Tests.Support;

/// <summary>A store of its own for one test, opened through the public registration; removed afterwards. The contract is tested on each kind.</summary>
public abstract class StoreUnderTest : IDisposable
{
    private ServiceProvider? _services;

    /// <param name="settings">Settings below <c>Situational:Storage</c>, or below <c>Situational</c> when they begin with <c>Photos:</c>.</param>
    protected StoreUnderTest((string Name, string Value)[] settings)
    {
        Settings = settings;
        Path = Directory.CreateTempSubdirectory("situational-storage-").FullName;
        Data = System.IO.Path.Combine(Path, "data");
    }

    /// <summary>A folder around <see cref="Data"/>.</summary>
    public string Path { get; }

    public string Data { get; }

    public (string Name, string Value)[] Settings { get; set; }

    public ManualTime Time { get; } = new();

    /// <summary>What the store logged.</summary>
    public KeptLog Log { get; } = new();

    public IJournal Journal => Services.GetRequiredService<IJournal>();

    public ICaseRecords Records => Services.GetRequiredService<ICaseRecords>();

    public IPhotoStore Photos => Services.GetRequiredService<IPhotoStore>();

    public IAuditTrail Audit => Services.GetRequiredService<IAuditTrail>();

    public IPastStore Past => Services.GetRequiredService<IPastStore>();

    public ITerritoryStore Territories => Services.GetRequiredService<ITerritoryStore>();

    public IUnitStore Units => Services.GetRequiredService<IUnitStore>();

    public ITrailStore Trails => Services.GetRequiredService<ITrailStore>();

    public IUnitDutyStore Duty => Services.GetRequiredService<IUnitDutyStore>();

    public ICoverageStore Coverage => Services.GetRequiredService<ICoverageStore>();

    public IAlertStore Alerts => Services.GetRequiredService<IAlertStore>();

    /// <summary>What a host would start.</summary>
    public IEnumerable<IHostedService> Hosted => Services.GetServices<IHostedService>();

    protected ServiceProvider Services => _services ??= Build();

    /// <summary>Closes the store; the next use opens it again.</summary>
    public void Close()
    {
        _services?.Dispose();
        _services = null;
    }

    /// <summary>Another opening of the same store.</summary>
    public ServiceProvider Build() => Build(Data, Time, Log, [.. Patient, .. Settings]);

    public void Dispose()
    {
        Close();
        Remove();
        Directory.Delete(Path, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Settings that a test may replace.</summary>
    protected abstract (string Name, string Value)[] Patient { get; }

    /// <summary>Removes what the store keeps outside its folder.</summary>
    protected virtual void Remove() { }

    /// <summary>The public registration.</summary>
    protected static ServiceProvider Build(string data, TimeProvider time, KeptLog? log, (string Name, string Value)[] settings)
    {
        var given = new Dictionary<string, string?> { ["Situational:Data"] = data };
        foreach (var (name, value) in settings)
            given[name.StartsWith("Photos:", StringComparison.Ordinal) ? $"Situational:{name}" : $"Situational:Storage:{name}"] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(given).Build();
        return new ServiceCollection()
            .AddLogging(logging =>
            {
                if (log is not null)
                    logging.AddProvider(log);
            })
            .AddSingleton(time).AddSituationalStorage(configuration).BuildServiceProvider();
    }
}
