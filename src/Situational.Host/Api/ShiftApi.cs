using Microsoft.Extensions.Options;
using Situational.Contracts.Http;
using Situational.Host.Api.OpenApi;
using Situational.Host.Feed;
using Situational.Host.History;
using Situational.Host.Identity;

namespace Situational.Host.Api;

/// <summary><c>/api/v1/shift</c>: what changed in an area since someone came, for the hand-over of a shift.</summary>
internal sealed class ShiftApi(ShiftDesk desk, PastReader reader, IOptions<PastOptions> options, TimeProvider time)
{
    /// <summary>How many shifts are worked on at once, whatever else is asked about the past.</summary>
    internal PastGate Gate { get; } = new(options.Value, time);

    /// <summary>Maps the endpoint.</summary>
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/v1/shift", (HttpContext context, ShiftApi api) => api.GetAsync(context))
            .WithTags("history")
            .RequireAuthorization(Access.Read)
            .Produces<ShiftAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithQuery("since", "RFC 3339 with offset: when the shift began; a moment that is kept. Required.", "2026-11-22T08:00:00+08:00")
            .WithQuery("area", "Code of an area. Default: the city.", "440311")
            .WithAnswer(StatusCodes.Status200OK, HistoryExamples.Shift)
            .WithSummary("What changed in an area since a shift began")
            .WithDescription("Each open case that needs a look is named under one heading only: the first that fits.");

    private Task<IResult> GetAsync(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var query = new QueryFields(context.Request.Query, errors);
        if (query.Time("since") is not { } since)
        {
            errors.TryAdd("since", ["Is required: a time as RFC 3339 writes it, with an offset, such as 2026-11-22T08:00:00+08:00."]);
            since = default;
        }
        var area = query.Text("area") ?? CityPicture.RootAlias;
        if (errors.Count > 0)
            return Task.FromResult<IResult>(Problems.Fields(StatusCodes.Status400BadRequest, errors));
        since = Moment.EndOf(since);
        return Gate.WithinAsync(context, async cancellationToken =>
        {
            await reader.CheckAsync(since, "since", cancellationToken);
            return TypedResults.Ok(await desk.OfAsync(area, since, cancellationToken));
        });
    }
}
