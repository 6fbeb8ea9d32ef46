namespace Situational.Host.Ingest;

/// <summary>Adds the doors through which positions and reports come.</summary>
internal static class IngestSetup
{
    /// <summary>Adds what they need.</summary>
    public static IServiceCollection AddSituationalIngest(this IServiceCollection services)
    {
        services.AddOptions<IngestOptions>().BindConfiguration(IngestOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RequestBody>();
        services.AddSingleton<UnitDirectory>();
        services.AddSingleton<PositionsIngest>();
        services.AddSingleton<PositionsApi>();
        services.AddSingleton<ReportGate>();
        services.AddSingleton<PhotoCheck>();
        services.AddSingleton<NearFixes>();
        services.AddSingleton<NearCases>();
        services.AddSingleton<ReportsApi>();
        return services;
    }

    /// <summary>Maps them.</summary>
    public static IEndpointRouteBuilder MapSituationalIngest(this IEndpointRouteBuilder endpoints)
    {
        PositionsApi.Map(endpoints);
        ReportsApi.Map(endpoints);
        return endpoints;
    }
}
