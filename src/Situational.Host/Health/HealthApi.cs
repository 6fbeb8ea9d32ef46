using Situational.Contracts.Http;
using Situational.Grains.Territory;
using Situational.Host.Setup;

namespace Situational.Host.Health;

/// <summary><c>GET /health</c>: whether the host works, for people and supervisors; says nothing that helps an attacker.</summary>
internal static class HealthApi
{
    /// <summary>Maps it.</summary>
    public static IEndpointConventionBuilder MapHealth(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/health", Health).AllowAnonymous().WithTags("health").WithSummary("Whether the host works");

    private static HealthAnswer Health(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var territory = context.RequestServices.GetService<ITerritorySource>()?.Current?.Territory.Version ?? 0;
        return new HealthAnswer("ok", RuntimeName.Value, territory, []);
    }
}
