using Situational.Contracts.Http;
using Situational.Host.Api.OpenApi;
using Situational.Host.Feed;
using Situational.Host.Setup;

namespace Situational.Host.Health;

/// <summary><c>GET /health</c>: whether the host works, for people and supervisors; says nothing that helps an attacker.</summary>
internal static class HealthApi
{
    /// <summary>Maps it.</summary>
    public static IEndpointConventionBuilder MapHealth(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/health", Health).AllowAnonymous().WithTags("health").WithAnswer(StatusCodes.Status200OK, CityExamples.Health)
            .WithSummary("Whether the host works");

    private static HealthAnswer Health(HttpContext context, ILiveCity city)
    {
        context.Response.Headers.CacheControl = "no-store";
        var troubles = city.Troubles();
        return new HealthAnswer(troubles.Count == 0 ? "ok" : "degraded", RuntimeName.Value, city.TerritoryVersion, [.. troubles.Select(t => t.Code).Distinct()]);
    }
}
