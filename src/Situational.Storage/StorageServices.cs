using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Situational.Domain.Journal;
using Situational.Storage.Sqlite;

namespace Situational.Storage;

/// <summary>Adds the journal, the territories and the units on SQLite.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds <see cref="IJournal"/>, <see cref="ITerritoryStore"/> and <see cref="IUnitStore"/>. The database is opened when the first of
    /// them is asked for, at the latest when the host starts; a folder that cannot be used throws <see cref="StorageUnusableException"/> there.
    /// </summary>
    public static IServiceCollection AddSituationalStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>()
            .Bind(configuration.GetSection(StorageOptions.Section))
            .Configure(options => options.Data = configuration["Situational:Data"] ?? options.Data)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SqliteStore>();
        services.AddSingleton<IJournal, SqliteJournal>();
        services.AddSingleton<ITerritoryStore, SqliteTerritoryStore>();
        services.AddSingleton<IUnitStore, SqliteUnitStore>();
        services.AddHostedService<StorageStart>();
        return services;
    }
}
