using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Situational.Host.Health;
using Situational.Host.Identity;

namespace Situational.Host.Api;

/// <summary>Adds the public HTTP API.</summary>
internal static class ApiSetup
{
    /// <summary>Adds what the endpoints need.</summary>
    public static IServiceCollection AddSituationalApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddExceptionHandler<FaultHandler>();
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            // Chinese stays readable; what HTML could misread stays escaped
            o.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        });
        services.AddOpenApi();
        services.AddSingleton<CasesApi>();
        services.AddSingleton<TerritoryApi>();
        services.AddSingleton<AreasApi>();
        services.AddSingleton<UnitsApi>();
        return services;
    }

    /// <summary>Maps all endpoints of the API.</summary>
    public static IEndpointRouteBuilder MapSituationalApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealth();
        CasesApi.Map(endpoints);
        TerritoryApi.Map(endpoints);
        AreasApi.Map(endpoints);
        UnitsApi.Map(endpoints);
        endpoints.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(Access.Read);
        return endpoints;
    }
}
