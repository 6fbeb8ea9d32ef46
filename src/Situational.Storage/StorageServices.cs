using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Situational.Domain.Journal;
using Situational.Storage.Redis;
using Situational.Storage.Sqlite;

namespace Situational.Storage;

/// <summary>Adds the journal and all other stores, on SQLite or on Redis.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds <see cref="IJournal"/>, <see cref="ICaseRecords"/>, <see cref="ITerritoryStore"/>, <see cref="IUnitStore"/>,
    /// <see cref="IPhotoStore"/>, <see cref="IAuditTrail"/>, <see cref="ITrailStore"/>, <see cref="IUnitDutyStore"/>, <see cref="ICoverageStore"/>,
    /// <see cref="IAlertStore"/> and <see cref="IPastStore"/>. SQLite is opened when the first of them is asked for, Redis when the first of them is
    /// used, both at the latest when the host starts; what cannot be used throws <see cref="StorageUnusableException"/> there.
    /// </summary>
    public static IServiceCollection AddSituationalStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>()
            .Bind(configuration.GetSection(StorageOptions.Section))
            .Configure(options => options.Data = configuration["Situational:Data"] ?? options.Data)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<PhotoOptions>()
            .Bind(configuration.GetSection(PhotoOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        return configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.Kind)}"] == "redis"
            ? services.AddRedis(configuration)
            : services.AddSqlite();
    }

    private static IServiceCollection AddSqlite(this IServiceCollection services)
    {
        services.AddSingleton<SqliteStore>();
        services.AddSingleton<IJournal, SqliteJournal>();
        services.AddSingleton<ICaseRecords, SqliteCaseRecords>();
        services.AddSingleton<ITerritoryStore, SqliteTerritoryStore>();
        services.AddSingleton<IUnitStore, SqliteUnitStore>();
        services.AddSingleton<IPhotoStore, SqlitePhotoStore>();
        services.AddSingleton<IAuditTrail, SqliteAuditTrail>();
        services.AddSingleton<ITrailStore, SqliteTrailStore>();
        services.AddSingleton<IUnitDutyStore, SqliteUnitDutyStore>();
        services.AddSingleton<ICoverageStore, SqliteCoverageStore>();
        services.AddSingleton<IAlertStore, SqliteAlertStore>();
        services.AddSingleton<IPastStore, SqlitePastStore>();
        return services.AddHostedService<StorageStart>();
    }

    private static IServiceCollection AddRedis(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RedisOptions>()
            .Bind(configuration.GetSection(RedisOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<RedisStore>();
        services.AddSingleton<RedisGrids>();
        services.AddSingleton<RedisReportKeys>();
        services.AddSingleton<RedisOutbox>();
        services.AddSingleton<RedisCases>();
        services.AddSingleton<RedisCaseSearch>();
        services.AddSingleton<IJournal, RedisJournal>();
        services.AddSingleton<ICaseRecords, RedisCaseRecords>();
        services.AddSingleton<ITerritoryStore, RedisTerritoryStore>();
        services.AddSingleton<IUnitStore, RedisUnitStore>();
        services.AddSingleton<IPhotoStore, RedisPhotoStore>();
        services.AddSingleton<IAuditTrail, RedisAuditTrail>();
        services.AddSingleton<ITrailStore, RedisTrailStore>();
        services.AddSingleton<IUnitDutyStore, RedisUnitDutyStore>();
        services.AddSingleton<ICoverageStore, RedisCoverageStore>();
        services.AddSingleton<IAlertStore, RedisAlertStore>();
        services.AddSingleton<IPastStore, RedisPastStore>();
        return services.AddHostedService<RedisStart>();
    }
}
