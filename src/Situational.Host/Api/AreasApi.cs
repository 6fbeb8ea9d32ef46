using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Risk;
using Situational.Grains;
using Situational.Grains.Territory;
using Situational.Host.Api.OpenApi;
using Situational.Host.Feed;
using Situational.Host.Identity;
using Situational.Web.Texts;

namespace Situational.Host.Api;

/// <summary><c>/api/v1/areas</c> and <c>/api/v1/grids</c>: what is known of one area right now.</summary>
internal sealed class AreasApi(ITerritorySource territories, ILiveCity city, IGrainFactory grains)
{
    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/areas/{code}", (string code, AreasApi api) => api.Area(code))
            .RequireAuthorization(Access.Read)
            .Produces<AreaAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithTags("areas")
            .WithAnswer(StatusCodes.Status200OK, CityExamples.Area)
            .WithSummary("An area's place in the tree and its figures");
        endpoints.MapGet("/api/v1/grids/{code}", (string code, HttpContext context, AreasApi api) => api.GridAsync(code, context))
            .RequireAuthorization(Access.Read)
            .Produces<GridAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithTags("areas")
            .WithQuery("lang", "zh-CN (default) or en.", "en")
            .WithAnswer(StatusCodes.Status200OK, CityExamples.GridNow)
            .WithSummary("A grid's risk with its reasons, its cases and its units")
            .WithDescription("The reasons are in the language of ?lang or Accept-Language, zh-CN or en; zh-CN when neither is given.");
    }

    private Results<Ok<AreaAnswer>, ProblemHttpResult> Area(string code)
    {
        if (territories.Current?.Territory is not { } territory || territory.Find(code) is not { } area || city.Area(code) is not { } view)
            return Unknown();
        var sums = view.Sums;
        return TypedResults.Ok(new AreaAnswer(
            area.Code, area.Name, area.Level, area.Parent, territory.ChildrenOf(code), territory.GridsUnder(code).Count, territory.Version,
            new SeverityCounts(sums.Red, sums.Orange, sums.Yellow, sums.Blue), new UnitCounts(sums.Live, sums.Late, sums.Stale, sums.Gone), sums.Silent));
    }

    private async Task<Results<Ok<GridAnswer>, ProblemHttpResult>> GridAsync(string code, HttpContext context)
    {
        if (territories.Current?.Territory is not { } territory || territory.OrdinalOf(code) is not (>= 0 and var ordinal))
            return Unknown();
        var description = await grains.GetGrain<IGridGrain>(code).DescribeAsync(context.RequestAborted);
        var summary = description.Change.Summary;
        var area = territory.Grids[ordinal];
        var language = TextSet.Choose(context.Request.Query["lang"], context.Request.Headers.AcceptLanguage).Language;
        var culture = CultureInfo.GetCultureInfo(language);
        context.Response.Headers.ContentLanguage = language;
        context.Response.Headers.Vary = "Accept-Language";
        return TypedResults.Ok(new GridAnswer(
            code, area.Name, area.Parent!, summary.TerritoryVersion, description.Change.Revision, CaseNames.Of((Severity)summary.Risk),
            summary.Score, [.. description.Reasons.Select(r => RiskReasons.InWords(r, culture))], summary.Silent,
            summary.HeardAtMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(summary.HeardAtMs),
            new SeverityCounts(summary.Red, summary.Orange, summary.Yellow, summary.Blue), [.. description.Change.Cases.Select(c => c.Id)],
            [.. description.Change.Units.Select(u => u.Unit)]));
    }

    private static ProblemHttpResult Unknown() => Problems.NotFound("The territory in force has no area of that code.");
}
