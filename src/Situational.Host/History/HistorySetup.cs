using Microsoft.Extensions.Options;
using Situational.Grains.Options;
using Situational.Host.Api;

namespace Situational.Host.History;

/// <summary>Adds the past.</summary>
internal static class HistorySetup
{
    /// <summary>Adds what reads the past and what forgets it.</summary>
    public static IServiceCollection AddSituationalHistory(this IServiceCollection services)
    {
        services.AddOptions<PastOptions>().BindConfiguration(PastOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TrailsOptions>().BindConfiguration(TrailsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => PastRules.Of(
            provider.GetRequiredService<IOptions<RiskOptions>>(), provider.GetRequiredService<IOptions<GridOptions>>(),
            provider.GetRequiredService<IOptions<PatrolOptions>>()));
        services.AddSingleton<TerritoriesThen>();
        services.AddSingleton<UnitNames>();
        services.AddSingleton<PastReader>();
        services.AddSingleton<MarksDesk>();
        services.AddSingleton<ShiftDesk>();
        services.AddSingleton<LookNotes>();
        services.AddSingleton<HistoryApi>();
        services.AddSingleton<ShiftApi>();
        services.AddHostedService<Forgetting>();
        return services;
    }
}
