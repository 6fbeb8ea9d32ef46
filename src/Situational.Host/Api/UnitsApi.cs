using Situational.Contracts.Http;
using Situational.Domain.Patrols;
using Situational.Host.Api.OpenApi;
using Situational.Host.Feed;
using Situational.Host.Identity;

namespace Situational.Host.Api;

/// <summary><c>GET /api/v1/units</c>: the units as this node's live picture has them.</summary>
internal sealed class UnitsApi(ILiveCity city)
{
    private const int DefaultLimit = 1_000;
    private const int MaxLimit = 10_000;

    /// <summary>Maps the endpoint.</summary>
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/v1/units", (HttpContext context, UnitsApi api) => api.List(context))
            .RequireAuthorization(Access.Read)
            .Produces<UnitAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithTags("units")
            .WithSummary("Units in ascending order of their ids")
            .WithQuery("area", "Code of an area.", "110000")
            .WithQuery("limit", "1 to 10,000, default 1,000.", "1000")
            .WithQuery("after", "Id of the last unit of the page before.", "w-017")
            .WithAnswer(StatusCodes.Status200OK, CityExamples.Units);

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
            : TypedResults.Ok(city.Units(query.Text("area"), limit, after).Select(Row).ToArray());
    }

    private static UnitAnswer Row(UnitView unit) => new(
        unit.Id, unit.CallSign, unit.Squad, unit.Grid, unit.Latitude, unit.Longitude, DateTimeOffset.FromUnixTimeMilliseconds(unit.MeasuredAtMs),
        Name(unit.State), unit.HeadingDegrees is { } heading ? Math.Round(heading, 1) : null, Names(unit.Marks),
        unit.BatteryPercent, Time(unit.EnteredAtMs), Time(unit.SosAtMs));

    private static DateTimeOffset? Time(long ms) => ms == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private static string Name(UnitState state) => state switch
    {
        UnitState.Live => "live",
        UnitState.Late => "late",
        UnitState.Stale => "stale",
        UnitState.Gone => "gone",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private static string[] Names(FixMarks marks) => marks switch
    {
        FixMarks.None => [],
        FixMarks.Future => ["future"],
        FixMarks.Jump => ["jump"],
        _ => ["future", "jump"],
    };
}
