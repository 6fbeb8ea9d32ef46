using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Host.Api.OpenApi;
using Situational.Host.Identity;

namespace Situational.Host.Api;

/// <summary><c>GET /api/v1/units/{id}/trail</c>: where a unit went. Who asked stands in the audit trail before anyone sees it.</summary>
internal sealed class TrailApi(UnitDoor door, ITrailStore trails, AuditNote audit, TimeProvider time)
{
    /// <summary>Most points in an answer.</summary>
    public const int MostPoints = 20_000;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);
    private static readonly TimeSpan Default = TimeSpan.FromHours(4);

    /// <summary>Maps the endpoint.</summary>
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/v1/units/{id}/trail", (string id, HttpContext context, TrailApi api) => api.GetAsync(id, context))
            .RequireAuthorization(Access.Desk)
            .Produces<TrailAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithTags("units")
            .WithQuery("from", "RFC 3339: begin, included. Default: 4 h before to.", "2026-11-23T08:00:00+08:00")
            .WithQuery("to", "RFC 3339: end, included, at most 24 h after from. Default: now.", "2026-11-23T12:00:00+08:00")
            .WithAnswer(StatusCodes.Status200OK, UnitExamples.Trail)
            .WithSummary("Where a unit went: thinned points, oldest first")
            .WithDescription(
                "Before it is answered, who asked for whose trail and for which time is durable in the audit trail (trail.view); 503 if that fails. A patrol "
                + "lead sees trails of their own squad only. Each point is [at, lat, lon, accuracy, grid, ends]: milliseconds since 1970, millionths of "
                + "a degree, metres or -1, the code of its grid or outside, 1 where the unit went off duty. The last 10 s may not be in it yet.");

    private async Task<IResult> GetAsync(string id, HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var query = new QueryFields(context.Request.Query, errors);
        var to = query.Time("to") ?? time.GetUtcNow();
        var from = query.Time("from") ?? to - Default;
        if (from > to)
            errors.TryAdd("from", ["Must not be after to."]);
        else if (to - from > Longest)
            errors.TryAdd("from", ["Must be at most 24 h before to."]);
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        var (_, refusal) = await door.OpenAsync(context, id);
        if (refusal is not null)
            return refusal;
        await audit.WriteAsync(context, Role.Officer, "trail.view", id, $"{from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} to {to.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        var points = await trails.OfUnitAsync(id, from, to, MostPoints + 1, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new TrailAnswer(
            id, from, to, [.. points.Take(MostPoints).Select(Point)], points.Count > MostPoints ? true : null));
    }

    private static object[] Point(TrailPoint point) =>
    [
        point.At.ToUnixTimeMilliseconds(), (int)Math.Round(point.Latitude * 1e6), (int)Math.Round(point.Longitude * 1e6),
        float.IsFinite(point.AccuracyMeters) ? (int)MathF.Round(point.AccuracyMeters) : -1, point.Grid, point.Ends ? 1 : 0,
    ];
}
