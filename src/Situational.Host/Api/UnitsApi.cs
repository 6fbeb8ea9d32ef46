using Situational.Contracts.Http;
using Situational.Host.Api.OpenApi;
using Situational.Host.Feed;
using Situational.Host.Identity;

namespace Situational.Host.Api;

/// <summary><c>GET /api/v1/units</c> and <c>/nearest</c>: the units on duty as this node's live picture has them.</summary>
internal sealed class UnitsApi(ILiveCity city)
{
    /// <summary>Most cases that are named with a unit.</summary>
    public const int MostCases = 20;

    private const int DefaultLimit = 1_000;
    private const int MaxLimit = 10_000;
    private const int DefaultNearest = 5;
    private const int MaxNearest = 50;

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/units", (HttpContext context, UnitsApi api) => api.List(context))
            .RequireAuthorization(Access.Read)
            .Produces<UnitAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithTags("units")
            .WithSummary("Units on duty in ascending order of their ids")
            .WithDescription("Who is off duty is not among them. A unit that calls for help and of which no fix is known has at = 1970-01-01T00:00:00Z.")
            .WithQuery("area", "Code of an area.", "110000")
            .WithQuery("limit", "1 to 10,000, default 1,000.", "1000")
            .WithQuery("after", "Id of the last unit of the page before.", "w-017")
            .WithAnswer(StatusCodes.Status200OK, CityExamples.Units);
        endpoints.MapGet("/api/v1/units/nearest", (HttpContext context, UnitsApi api) => api.Nearest(context))
            .RequireAuthorization(Access.Desk)
            .Produces<NearUnitAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithTags("units")
            .WithSummary("The units on duty that are nearest to a place, as the crow flies")
            .WithDescription("Units whose newest fix is gone (older than 10 min by default) are left out: nobody knows where they are.")
            .WithQuery("lat", "Latitude in WGS-84 degrees, -90 to 90. Required.", "39.905")
            .WithQuery("lon", "Longitude in WGS-84 degrees, -180 to 180. Required.", "116.405")
            .WithQuery("limit", "1 to 50, default 5.", "5")
            .WithAnswer(StatusCodes.Status200OK, UnitExamples.Nearest);
    }

    private IResult List(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var query = new QueryFields(context.Request.Query, errors);
        var limit = query.Whole("limit", 1, MaxLimit) ?? DefaultLimit;
        var after = query.Text("after");
        if (query.Text("area") is { } area && city.Area(area) is null)
            errors.TryAdd("area", ["Is no area of the territory in force."]);
        return errors.Count > 0
            ? Problems.Fields(StatusCodes.Status400BadRequest, errors)
            : TypedResults.Ok(city.Units(query.Text("area"), limit, after).Select(UnitAnswers.Row).ToArray());
    }

    private IResult Nearest(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var query = new QueryFields(context.Request.Query, errors);
        var latitude = query.Degrees("lat", 90);
        var longitude = query.Degrees("lon", 180);
        var limit = query.Whole("limit", 1, MaxNearest) ?? DefaultNearest;
        if (errors.Count > 0 || latitude is null || longitude is null)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        var nearest = city.Nearest(latitude.Value, longitude.Value, limit);
        var cases = city.CasesOf([.. nearest.Select(n => n.Unit.Id)], MostCases);
        return TypedResults.Ok(
            nearest.Select((n, i) => new NearUnitAnswer(UnitAnswers.Row(n.Unit), (int)Math.Round(n.Meters), cases[i])).ToArray());
    }
}
