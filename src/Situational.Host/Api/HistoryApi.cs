using System.Buffers;
using System.IO.Pipelines;
using Microsoft.Extensions.Options;
using Situational.Contracts.Http;
using Situational.Host.Api.OpenApi;
using Situational.Host.Feed;
using Situational.Host.History;
using Situational.Host.Identity;

namespace Situational.Host.Api;

/// <summary><c>/api/v1/history</c>: the picture of a moment that is past, how it went on from there, and what a time slider shows.</summary>
internal sealed class HistoryApi(PastReader reader, MarksDesk marks, LookNotes looks, IOptions<PastOptions> options, TimeProvider time)
{
    /// <summary>Most deltas of one answer.</summary>
    public const int MostFrames = 600;

    /// <summary>The media type of frames line by line.</summary>
    public const string Lines = "application/x-ndjson";

    /// <summary>Longest span that is played in one answer.</summary>
    public static readonly TimeSpan LongestPlay = TimeSpan.FromHours(24);

    private static readonly string[] UnitWords = ["all", "none"];

    /// <summary>How many questions are worked on at once.</summary>
    internal PastGate Gate { get; } = new(options.Value, time);

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/history").WithTags("history").RequireAuthorization(Access.Read);
        Described(group.MapGet("", (HttpContext context, HistoryApi api) => api.SnapshotAsync(context)))
            .Produces<object>()
            .WithQuery("at", "RFC 3339 with offset: the moment. Required.", "2026-11-22T14:05:00+08:00")
            .WithQuery("units", "all (default) or none: whether unit rows are sent.", "all", UnitWords)
            .WithAnswer(StatusCodes.Status200OK, HistoryExamples.Snapshot)
            .WithSummary("The picture of an area at a moment that is past")
            .WithDescription(
                "A snapshot frame as docs/feed.md has it, whose epoch begins with past. docs/history.md says what of it is exact. Looking at where units "
                + "were is written to the audit trail; further looks within the same times of the area are not for a minute. A wall's cookie gets no unit rows.");
        Described(group.MapGet("play", (HttpContext context, HistoryApi api) => api.PlayAsync(context)))
            .Produces(StatusCodes.Status200OK, contentType: Lines)
            .WithQuery("from", "RFC 3339 with offset: the first moment. Required.", "2026-11-22T14:00:00+08:00")
            .WithQuery("to", "RFC 3339 with offset: the last moment, at most 24 h later. Required.", "2026-11-22T14:10:00+08:00")
            .WithQuery("frames", $"1 to {MostFrames}, default 60: how many moments follow the first one, evenly.", "60")
            .WithQuery("units", "all (default) or none: whether unit rows are sent.", "all", UnitWords)
            .WithSummary("How an area went on from a moment, frame by frame")
            .WithDescription(
                "A snapshot of from, then that many deltas, each on a line of its own. Where another territory came into force in between, a snapshot of "
                + "another epoch takes the place of a delta.");
        group.MapGet("marks", (HttpContext context, HistoryApi api) => api.MarksAsync(context))
            .Produces<HistoryMarksAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithQuery("area", "Code of an area. Default: the city.", "440311")
            .WithQuery("from", "RFC 3339 with offset. Default: the kept days before to.", "2026-11-15T14:00:00+08:00")
            .WithQuery("to", "RFC 3339 with offset, at most 31 days after from. Default: now.", "2026-11-22T14:00:00+08:00")
            .WithAnswer(StatusCodes.Status200OK, HistoryExamples.Marks)
            .WithSummary("What happened when: counts by time, and the weightiest events")
            .WithDescription("Counts and marks are kept for 30 s. keptSince is the earliest moment that can be shown.");
    }

    /// <summary>The answer to a question about the past that has none.</summary>
    internal static IResult Refuse(PastRefusedException refused)
    {
        var more = refused.KeptSince is { } since ? new Dictionary<string, object?> { ["keptSince"] = since } : null;
        return refused.Field is { } field ? Problems.Field(refused.Status, field, refused.Message, more) : Problems.NotFound(refused.Message);
    }

    private static RouteHandlerBuilder Described(RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .WithQuery("area", "Code of an area of the territory that was in force then. Default: the city.", "440311");

    private Task<IResult> SnapshotAsync(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var query = new QueryFields(context.Request.Query, errors);
        var at = MomentOf(query, "at", errors);
        var view = View(context, query);
        if (errors.Count > 0)
            return Task.FromResult<IResult>(Problems.Fields(StatusCodes.Status400BadRequest, errors));
        return Gate.WithinAsync(context, async cancellationToken =>
        {
            var since = await reader.CheckAsync(at, "at", cancellationToken);
            using var frames = new PastFrames(view);
            var frame = frames.Next(await reader.ReadAsync(view, at, since, cancellationToken));
            if (view.Units)
                await looks.WriteAsync(context, view.Area, at, at);
            context.Response.Headers.CacheControl = "no-store";
            return TypedResults.Bytes(frame.Json, "application/json");
        });
    }

    private Task<IResult> PlayAsync(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var query = new QueryFields(context.Request.Query, errors);
        var (from, to) = (MomentOf(query, "from", errors), MomentOf(query, "to", errors));
        var count = query.Whole("frames", 1, MostFrames) ?? 60;
        var view = View(context, query);
        if (errors.Count == 0 && from >= to)
            errors["from"] = ["Must be before to."];
        else if (errors.Count == 0 && to - from > LongestPlay)
            errors["to"] = ["Must be at most 24 hours after from."];
        if (errors.Count > 0)
            return Task.FromResult<IResult>(Problems.Fields(StatusCodes.Status400BadRequest, errors));
        return Gate.PlayingAsync(context, async cancellationToken =>
        {
            await reader.CheckAsync(to, "to", cancellationToken);
            var since = await reader.CheckAsync(from, "from", cancellationToken);
            using var frames = new PastFrames(view);
            await using var play = await reader.PlayAsync(view, from, to, since, cancellationToken);
            if (view.Units)
                await looks.WriteAsync(context, view.Area, from, to);
            context.Response.ContentType = Lines;
            context.Response.Headers.CacheControl = "no-store";
            await WriteAsync(context.Response.BodyWriter, frames.Next(play.City), cancellationToken);
            for (var i = 1; i <= count; i++)
            {
                await play.BringAsync(Moment.EndOf(from + (to - from) * i / count));
                await WriteAsync(context.Response.BodyWriter, frames.Next(play.City), cancellationToken);
            }
            return Results.Empty;
        });
    }

    private async Task<IResult> MarksAsync(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var query = new QueryFields(context.Request.Query, errors);
        // To the full second, so that pages that ask at about the same time ask for the same.
        var now = time.GetUtcNow();
        var to = query.Time("to") ?? now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var from = query.Time("from") ?? to.AddDays(-Math.Min(options.Value.KeptDays, MarksDesk.Longest.Days));
        var area = query.Text("area") ?? CityPicture.RootAlias;
        if (errors.Count == 0 && from >= to)
            errors["from"] = ["Must be before to."];
        else if (errors.Count == 0 && to - from > MarksDesk.Longest)
            errors["from"] = ["Must be at most 31 days before to."];
        else if (to > now)
            errors.TryAdd("to", ["Lies in the future."]);
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        try
        {
            return TypedResults.Ok(await marks.OfAsync(area, from, to, context.RequestAborted));
        }
        catch (PastRefusedException refused)
        {
            return Refuse(refused);
        }
    }

    /// <summary>
    /// What the caller asks for. A screen that names nobody learns of no unit where it was; a patrol lead sees the units of the own squad, as with
    /// their trails.
    /// </summary>
    private static PastView View(HttpContext context, QueryFields query)
    {
        var asked = query.OneOf("units", UnitWords) != "none";
        var squad = Caller.PersonOf(context) is { Role: DeskRoles.Lead } lead ? lead.Squad ?? "" : null;
        var withheld = squad == "" || !Access.IsStaff(context.User);
        return new PastView(query.Text("area") ?? CityPicture.RootAlias, asked && !withheld, squad, withheld);
    }

    private static DateTimeOffset MomentOf(QueryFields query, string name, Dictionary<string, string[]> errors)
    {
        if (query.Time(name) is { } at)
            return Moment.EndOf(at);
        errors.TryAdd(name, ["Is required: a time as RFC 3339 writes it, with an offset, such as 2026-11-22T08:30:00+08:00."]);
        return default;
    }

    private static async Task WriteAsync(PipeWriter pipe, EncodedFrame frame, CancellationToken cancellationToken)
    {
        pipe.Write(frame.Json.Span);
        pipe.Write("\n"u8);
        var flushed = await pipe.FlushAsync(cancellationToken);
        if (flushed.IsCompleted)
            throw new OperationCanceledException("The reader went away.");
    }
}
