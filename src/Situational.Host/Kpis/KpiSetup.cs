namespace Situational.Host.Kpis;

/// <summary>Adds the figures.</summary>
internal static class KpiSetup
{
    /// <summary>Adds what works them out.</summary>
    public static IServiceCollection AddSituationalKpis(this IServiceCollection services)
    {
        services.AddSingleton<TerritoryTrees>();
        services.AddSingleton<KpiDesk>();
        services.AddSingleton<TrendDesk>();
        return services;
    }
}
