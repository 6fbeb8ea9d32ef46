using Situational.Host.Health;

namespace Situational.Host.Api;

/// <summary>Adds the public HTTP API.</summary>
internal static class ApiSetup
{
    /// <summary>Adds what the endpoints need.</summary>
    public static IServiceCollection AddSituationalApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddExceptionHandler<FaultHandler>();
        services.AddSingleton<CasesApi>();
        return services;
    }

    /// <summary>Maps all endpoints of the API.</summary>
    public static IEndpointRouteBuilder MapSituationalApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealth();
        CasesApi.Map(endpoints);
        return endpoints;
    }
}
