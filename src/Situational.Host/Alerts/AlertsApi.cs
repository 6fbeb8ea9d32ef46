using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Host.Api;
using Situational.Host.Api.OpenApi;
using Situational.Host.Feed;
using Situational.Host.Identity;
using Situational.Host.Ingest;

namespace Situational.Host.Alerts;

/// <summary><c>/api/v1/alerts</c>: who has seen which alert.</summary>
internal sealed class AlertsApi(IAlertStore alerts, ILiveCity city, RequestBody body, ReportGate gate, TimeProvider time)
{
    /// <summary>Most alerts of a request.</summary>
    public const int MaxAlerts = 200;

    /// <summary>Most acknowledgements of an answer.</summary>
    public const int MaxAnswer = 2_000;

    private const int MaxBodyBytes = 64 * 1024;
    private const int MaxDetail = 4_000;

    /// <summary>How long a write may be under way: what it writes carries the time at which it came.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan DefaultSince = TimeSpan.FromHours(24);

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/alerts").WithTags("alerts");
        group.MapPost("acknowledge", (HttpContext context, AlertsApi api) => api.AcknowledgeAsync(context))
            .RequireAuthorization(Access.Act)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .Accepts<AcknowledgeRequest>("application/json")
            .Produces<AcknowledgedAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithExample("alerts", DeskExamples.Acknowledge)
            .WithAnswer(StatusCodes.Status200OK, DeskExamples.Acknowledged)
            .WithSummary("Says that somebody has seen alerts")
            .WithDescription(
                "200 means that it is durable. An alert that was acknowledged before keeps who did it first, so the same request can be sent again. The "
                + "answer has every alert of the request as it stands now. Who acts is the person at the desk, else the key. An alert that the "
                + "picture does not have now, and that nobody acknowledged before, is refused by its place in the request, and nothing of the "
                + "request is kept; while the picture is not whole yet, that is 503.");
        group.MapGet("acknowledged", (HttpContext context, AlertsApi api) => api.SinceAsync(context))
            .RequireAuthorization(Access.Desk)
            .Produces<AcknowledgedAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithQuery("since", "RFC 3339: only those acknowledged after this time. Default: the last 24 hours.", "2026-11-23T00:00:00+08:00")
            .WithAnswer(StatusCodes.Status200OK, DeskExamples.Acknowledged)
            .WithSummary("Which alerts somebody has seen")
            .WithDescription(
                "At most 2,000, oldest first. asOf as the next since goes on from here; it lies a little back, so that some come twice and none is "
                + "missed.");
    }

    private async Task<IResult> AcknowledgeAsync(HttpContext context)
    {
        if (!RequestBody.Is(context.Request, "application/json"))
            return Problems.Field(StatusCodes.Status415UnsupportedMediaType, "Content-Type", "Must be application/json in UTF-8, not compressed.");
        if (!gate.TryEnter())
            return Problems.Unavailable(context, "Too many writes at once.");
        try
        {
            using var document = await body.ReadJsonAsync(context, mayBeEmpty: false);
            var errors = new Dictionary<string, string[]>();
            if (Read(document!.RootElement, errors) is not { } places)
                return Problems.Fields(StatusCodes.Status422UnprocessableEntity, errors);
            var ids = places.ConvertAll(place => place.Id);
            var (who, now) = (Caller.IdOf(context), time.GetUtcNow());
            if (await UnknownAsync(places, now) is { Count: > 0 } unknown)
            {
                if (city.Troubles().Any(trouble => trouble.Code is "warming" or "no-territory"))
                    return Problems.Unavailable(context, "The picture is not whole yet: not known whether there are such alerts. Nothing was recorded.");
                foreach (var (index, id) in unknown)
                    errors[$"alerts[{index}]"] = [$"There is no such alert now: {id}"];
                return Problems.Fields(StatusCodes.Status422UnprocessableEntity, errors);
            }
            var audit = new AuditEntry(
                now, who, CaseNames.Of(Caller.RoleOf(context, Role.Officer)), Caller.AddressOf(context), "alert.acknowledge", ids[0], Detail(ids));
            var stand = await alerts.AcknowledgeAsync([.. ids.Select(id => new AlertAcknowledgement(id, who, now))], audit, CancellationToken.None);
            return TypedResults.Ok(new AcknowledgedAnswer([.. stand.OrderBy(a => a.At).Select(Of)], now - LongestWrite));
        }
        finally
        {
            gate.Leave();
        }
    }

    private async Task<IResult> SinceAsync(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var now = time.GetUtcNow();
        var since = new QueryFields(context.Request.Query, errors).Time("since") ?? now - DefaultSince;
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        var found = await alerts.SinceAsync(since, MaxAnswer, context.RequestAborted);
        // a full answer may have cut through what came at one moment
        var asOf = found.Count < MaxAnswer ? now - LongestWrite : found[^1].At.AddTicks(-1);
        return TypedResults.Ok(new AcknowledgedAnswer([.. found.Select(Of)], asOf));
    }

    /// <summary>Alerts that are not on now and that nobody acknowledged before.</summary>
    private async Task<List<(int Index, string Id)>> UnknownAsync(List<(int Index, string Id)> places, DateTimeOffset now)
    {
        var nowMs = now.ToUnixTimeMilliseconds();
        var unknown = places.FindAll(place => !AlertId.IsOn(place.Id, city, nowMs));
        if (unknown.Count == 0)
            return unknown;
        var before = await alerts.FindAsync([.. unknown.Select(place => place.Id)], CancellationToken.None);
        var known = before.Select(one => one.Alert).ToHashSet(StringComparer.Ordinal);
        unknown.RemoveAll(place => known.Contains(place.Id));
        return unknown;
    }

    /// <summary>The ids of a request, each once with its first place.</summary>
    private static List<(int Index, string Id)>? Read(JsonElement root, Dictionary<string, string[]> errors)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            errors["body"] = ["Must be a JSON object."];
            return null;
        }
        var fields = new JsonFields(root, "", errors);
        if (fields.Array("alerts", MaxAlerts) is { } array && array.GetArrayLength() > 0)
        {
            var ids = new List<(int, string)>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var index = 0;
            foreach (var element in array.EnumerateArray())
            {
                if (JsonFields.Text(element) is not { } id || !AlertId.IsOne(id))
                    fields.Refuse($"alerts[{index}]", $"Must be the id of an alert of at most {AlertId.MaxLength} characters, such as red:110000-3.");
                else if (seen.Add(id))
                    ids.Add((index, id));
                index++;
            }
            return errors.Count > 0 ? null : ids;
        }
        fields.Refuse("alerts", $"Must be an array of 1 to {MaxAlerts} ids of alerts.");
        return null;
    }

    /// <summary>What the audit trail keeps: as many ids as it has room for, and how many there were.</summary>
    private static string? Detail(List<string> ids)
    {
        if (ids.Count == 1)
            return null;
        var text = string.Create(CultureInfo.InvariantCulture, $"{ids.Count}: {string.Join(", ", ids)}");
        return text.Length <= MaxDetail ? text : text[..(MaxDetail - 1)] + "…";
    }

    private static AcknowledgementAnswer Of(AlertAcknowledgement one) => new(one.Alert, one.By, one.At);
}
