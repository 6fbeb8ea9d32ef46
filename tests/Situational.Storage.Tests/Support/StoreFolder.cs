using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Situational.Domain.Journal;
using Situational.Storage.Sqlite;

namespace Situational.Storage.Tests.Support;

/// <summary>A data folder of its own for one test, opened through the public registration; removed afterwards.</summary>
public sealed class StoreFolder : IDisposable
{
    private ServiceProvider? _services;

    /// <summary>Opens the store in a new folder.</summary>
    /// <param name="settings">Settings below <c>Situational:Storage</c>.</param>
    public StoreFolder(params (string Name, string Value)[] settings)
    {
        Settings = settings;
        Path = Directory.CreateTempSubdirectory("situational-storage-").FullName;
        Data = System.IO.Path.Combine(Path, "data");
    }

    public string Path { get; }

    public string Data { get; }

    public string File => System.IO.Path.Combine(Data, "situational.db");

    public (string Name, string Value)[] Settings { get; set; }

    public ManualTime Time { get; } = new();

    public IJournal Journal => Services.GetRequiredService<IJournal>();

    public ITerritoryStore Territories => Services.GetRequiredService<ITerritoryStore>();

    public IUnitStore Units => Services.GetRequiredService<IUnitStore>();

    internal SqliteStore Store => Services.GetRequiredService<SqliteStore>();

    private ServiceProvider Services => _services ??= Build();

    /// <summary>Closes the store; the next use opens it again.</summary>
    public void Close()
    {
        _services?.Dispose();
        _services = null;
    }

    public ServiceProvider Build() => Build(Data, Time, Settings);

    /// <summary>The public registration on any folder; a slow disk is waited for unless the settings say otherwise.</summary>
    public static ServiceProvider Build(string data, TimeProvider time, params (string Name, string Value)[] settings)
    {
        var patient = KeyValuePair.Create("Situational:Storage:AnswerSeconds", (string?)"60");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([patient]).AddInMemoryCollection(
            settings.Select(s => KeyValuePair.Create($"Situational:Storage:{s.Name}", (string?)s.Value))
                .Append(KeyValuePair.Create("Situational:Data", (string?)data))).Build();
        return new ServiceCollection().AddLogging().AddSingleton(time).AddSituationalStorage(configuration).BuildServiceProvider();
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(Path, recursive: true);
    }
}
