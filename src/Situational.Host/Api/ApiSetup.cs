using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Situational.Host.Alerts;
using Situational.Host.Api.OpenApi;
using Situational.Host.Coverage;
using Situational.Host.Health;
using Situational.Host.History;
using Situational.Host.Identity;
using Situational.Host.Kpis;

namespace Situational.Host.Api;

/// <summary>Adds the public HTTP API.</summary>
internal static class ApiSetup
{
    /// <summary>Adds what the endpoints need.</summary>
    public static IServiceCollection AddSituationalApi(this IServiceCollection services)
    {
        services.AddProblemDetails(o => o.CustomizeProblemDetails = NameTheField);
        services.AddExceptionHandler<FaultHandler>();
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            // a number is a number, also in what OpenAPI says of it
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            // Chinese stays readable; what HTML could misread stays escaped
            o.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        });
        services.AddOpenApi(o => o.AddOperationTransformer<OperationNotes>());
        services.AddSingleton<CaseFilter>();
        services.AddSingleton<NamedCases>();
        services.AddSingleton<CasesApi>();
        services.AddSingleton<CaseTables>();
        services.AddSingleton<CaseExportApi>();
        services.AddSingleton<CaseRefusals>();
        services.AddSingleton<CaseStepsApi>();
        services.AddSingleton<CatalogueApi>();
        services.AddSingleton<AuditNote>();
        services.AddSingleton<AuditApi>();
        services.AddSingleton<PassesApi>();
        services.AddSingleton<AlertsApi>();
        services.AddSingleton<PhotosApi>();
        services.AddSingleton<TerritoryApi>();
        services.AddSingleton<AreasApi>();
        services.AddSingleton<UnitsApi>();
        services.AddSingleton<UnitDoor>();
        services.AddSingleton<DutyApi>();
        services.AddSingleton<TrailApi>();
        services.AddSingleton<SquadsApi>();
        services.AddSituationalKpis();
        services.AddSituationalHistory();
        services.AddSingleton<KpiApi>();
        services.AddSingleton<TrendApi>();
        services.AddSingleton<CoverageDesk>();
        services.AddSingleton<CoverageApi>();
        return services;
    }

    /// <summary>Maps all endpoints of the API.</summary>
    public static IEndpointRouteBuilder MapSituationalApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealth();
        CasesApi.Map(endpoints);
        CaseStepsApi.Map(endpoints);
        CaseExportApi.Map(endpoints);
        CatalogueApi.Map(endpoints);
        StepTable.Map(endpoints);
        PhotosApi.Map(endpoints);
        AuditApi.Map(endpoints);
        PassesApi.Map(endpoints);
        AlertsApi.Map(endpoints);
        TerritoryApi.Map(endpoints);
        AreasApi.Map(endpoints);
        UnitsApi.Map(endpoints);
        DutyApi.Map(endpoints);
        TrailApi.Map(endpoints);
        SquadsApi.Map(endpoints);
        KpiApi.Map(endpoints);
        TrendApi.Map(endpoints);
        CoverageApi.Map(endpoints);
        HistoryApi.Map(endpoints);
        ShiftApi.Map(endpoints);
        endpoints.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(Access.Read);
        return endpoints;
    }

    /// <summary>Routing refuses a media type before the endpoint could say which field is wrong.</summary>
    private static void NameTheField(ProblemDetailsContext context)
    {
        if (context.ProblemDetails.Status == StatusCodes.Status415UnsupportedMediaType)
            context.ProblemDetails.Extensions.TryAdd(
                "errors", new Dictionary<string, string[]> { ["Content-Type"] = ["Is none that this address takes; /openapi/v1.json lists them."] });
    }
}
