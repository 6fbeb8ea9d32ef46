using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Situational.Grains.Options;
using Situational.Grains.Rules;
using Situational.Grains.Squads;
using Situational.Grains.Territory;

namespace Situational.Grains;

/// <summary>What the grains need of a silo.</summary>
public static class GrainsSetup
{
    /// <summary>
    /// Adds the grains' options, the city's rules, clock, metrics, copy of the territory and its watch. The stores of Domain/Journal and the outbox of
    /// Grains/Feed are for others to add; without a <see cref="TimeProvider"/> the system's is taken.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">Where the sections of <see cref="GridOptions"/>, <see cref="PatrolOptions"/>, <see cref="RiskOptions"/>, <see cref="CoverageOptions"/> and <see cref="CityOptions"/> stand.</param>
    public static IServiceCollection AddSituationalGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GridOptions>().Bind(configuration.GetSection(GridOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PatrolOptions>().Bind(configuration.GetSection(PatrolOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RiskOptions>().Bind(configuration.GetSection(RiskOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<CoverageOptions>().Bind(configuration.GetSection(CoverageOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<CityOptions>().Bind(configuration.GetSection(CityOptions.Section)).ValidateOnStart();
        services.TryAddSingleton<CityRulesFiles>();
        services.AddSingleton<IValidateOptions<CityOptions>>(provider => provider.GetRequiredService<CityRulesFiles>());
        services.TryAddSingleton(provider =>
        {
            // Asking for the options validates them, and that reads the files.
            _ = provider.GetRequiredService<IOptions<CityOptions>>().Value;
            return provider.GetRequiredService<CityRulesFiles>().Rules;
        });
        services.TryAddSingleton<UnwalkableFile>();
        services.AddSingleton<IValidateOptions<CoverageOptions>>(provider => provider.GetRequiredService<UnwalkableFile>());
        services.TryAddSingleton(provider =>
        {
            _ = provider.GetRequiredService<IOptions<CoverageOptions>>().Value;
            return provider.GetRequiredService<UnwalkableFile>().Ground;
        });
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SituationClock>();
        services.TryAddSingleton<GrainsMetrics>();
        services.TryAddSingleton<ITerritorySource, TerritorySource>();
        services.TryAddSingleton<SquadsHere>();
        services.AddHostedService<TerritoryWatch>();
        // Stops before the silo where the silo was added before the grains.
        services.AddHostedService<WaysAtStop>();
        return services;
    }
}
