using Situational.Contracts.Http;
using Situational.Grains.Territory;
using Situational.Host.Api.OpenApi;
using Situational.Host.Identity;
using Situational.Host.Kpis;

namespace Situational.Host.Api;

/// <summary><c>/api/v1/trend</c>: what came and what was closed in the last 24 hours, by the hour.</summary>
internal sealed class TrendApi(TrendDesk desk, TerritoryTrees trees, ITerritorySource territories)
{
    private static readonly DateTimeOffset Example = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Maps the endpoint.</summary>
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/v1/trend", (HttpContext context, TrendApi api) => api.GetAsync(context))
            .WithTags("kpi")
            .RequireAuthorization(Access.Read)
            .Produces<TrendAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Cases reported and closed in the last 24 hours, by the hour")
            .WithDescription(
                "24 full hours in UTC, the running one last. Cases count in the areas of the territory's version in which they lie, or lay when they "
                + "ended. Counts are kept for a minute; asOf says of when they are.")
            .WithQuery("area", "Code of an area of the territory, in force or kept. Default: the city.", "440311")
            .WithAnswer(StatusCodes.Status200OK, new TrendAnswer(
                "440311", Example, Example.AddHours(23.4),
                [4, 2, 3, 9, 12, 14, 11, 8, 9, 13, 15, 12, 7, 5, 3, 2, 1, 0, 1, 0, 1, 2, 4, 3],
                [1, 3, 2, 4, 8, 12, 13, 9, 7, 11, 12, 14, 10, 6, 4, 1, 0, 0, 0, 1, 0, 1, 2, 2]));

    private async Task<IResult> GetAsync(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var area = new QueryFields(context.Request.Query, errors).Text("area");
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        if (territories.Current?.Territory is not { } territory)
            return Problems.NotFound("No territory is in force yet.");
        area ??= territory.City.Code;
        if (!await trees.HasAsync(area, context.RequestAborted))
            return Problems.Field(StatusCodes.Status400BadRequest, "area", "Is no area of the territory, in force or kept.");
        var sheet = await desk.SheetAsync(context.RequestAborted);
        var (reported, closed) = sheet.Of(area);
        return TypedResults.Ok(new TrendAnswer(area, sheet.From, sheet.AsOf, reported, closed));
    }
}
