using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Grains;
using Situational.Grains.Messages;
using Situational.Host.Api.OpenApi;
using Situational.Host.Identity;
using Situational.Host.Ingest;

namespace Situational.Host.Api;

/// <summary><c>POST /api/v1/units/{id}/duty</c>, <c>/sos</c> and <c>/sos/answer</c>: who is on duty, and who needs help.</summary>
internal sealed class DutyApi(UnitDoor door, IGrainFactory grains, RequestBody body, ReportGate gate)
{
    /// <summary>Longest note, in characters.</summary>
    public const int MaxNote = 1_000;

    private const int MaxBodyBytes = 16 * 1024;

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/units/{id}").WithTags("units");
        Note(group.MapPost("duty", (string id, HttpContext context, DutyApi api) => api.SetAsync(id, context)).Accepts<DutyRequest>("application/json"))
            .Produces<DutyAnswer>()
            .WithExample("on", new DutyRequest(true))
            .WithExample("off", new DutyRequest(false))
            .WithAnswer(StatusCodes.Status200OK, UnitExamples.Duty)
            .WithSummary("Puts a unit on or off duty")
            .WithDescription(
                "200 means that it is durable, with its entry in the audit trail (unit.on-duty, unit.off-duty). Off duty a unit is on no map and in no "
                + "list from that moment on, and its fixes are refused (off-duty), also those that it measured off duty and sends later. 409 while it "
                + "calls for help and nobody has answered. A unit that nobody ever put on or off duty is on duty.");
        Note(group.MapPost("sos", (string id, HttpContext context, DutyApi api) => api.RaiseAsync(id, context))
            .Accepts<SosRequest>(isOptional: true, "application/json"))
            .Produces<SosAnswer>(StatusCodes.Status201Created)
            .Produces<SosAnswer>()
            .WithExample("place", new SosRequest(39.905, 116.405, "井下有人被困"))
            .WithExample("nothing", new SosRequest())
            .WithAnswer(StatusCodes.Status201Created, UnitExamples.Sos)
            .WithAnswer(StatusCodes.Status200OK, UnitExamples.Sos)
            .WithSummary("Calls for help in the name of a unit")
            .WithDescription(
                "201 means that the call is durable, with its entry in the audit trail (unit.sos). It puts the unit on duty, is seen on every screen, and "
                + "stands until a person answers it, whatever becomes of the unit's fixes. 200: a call is open already; a note or place is added to it.");
        Note(group.MapPost("sos/answer", (string id, HttpContext context, DutyApi api) => api.AnswerAsync(id, context))
            .Accepts<SosReplyRequest>(isOptional: true, "application/json"))
            .Produces<SosAnswer>()
            .WithExample("note", new SosReplyRequest("已联系，两分钟内到达"))
            .WithAnswer(StatusCodes.Status200OK, UnitExamples.AnsweredSos)
            .WithSummary("Answers a unit's call for help: someone takes care of it")
            .WithDescription("200 means that the answer is durable, with its entry in the audit trail (unit.sos-answer). 409 when no call is open.");
    }

    private static RouteHandlerBuilder Note(RouteHandlerBuilder endpoint) => endpoint
        .RequireAuthorization(Access.Act)
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private Task<IResult> SetAsync(string id, HttpContext context) => TakeAsync(
        id, context, mayBeEmpty: false, fields => fields?.Flag("on") is { } on ? new DutyRequest(on) : null,
        async (duty, squad) => Answer(
            context, await squad.SetDutyAsync(new DutyCommand(id, duty.On, Caller.Of(context, null, Role.Officer)), CancellationToken.None),
            receipt => TypedResults.Ok(UnitAnswers.Duty(receipt.Duty!))));

    private Task<IResult> RaiseAsync(string id, HttpContext context) => TakeAsync(
        id, context, mayBeEmpty: true, fields => fields is { } given ? ReadSos(given) : new SosRequest(),
        async (sos, squad) => Answer(
            context,
            await squad.RaiseSosAsync(
                new SosCommand(id, sos.Lat ?? double.NaN, sos.Lon ?? double.NaN, sos.Note, Caller.Of(context, null, Role.Worker)), CancellationToken.None),
            receipt => receipt.Verdict == DutyVerdict.Done
                ? TypedResults.Created((string?)null, UnitAnswers.Sos(receipt.Duty!.Sos))
                : TypedResults.Ok(UnitAnswers.Sos(receipt.Duty!.Sos))));

    private Task<IResult> AnswerAsync(string id, HttpContext context) => TakeAsync(
        id, context, mayBeEmpty: true, fields => new SosReplyRequest(fields?.FreeText("note", MaxNote, required: false)),
        async (reply, squad) => Answer(
            context, await squad.AnswerSosAsync(new SosReply(id, reply.Note, Caller.Of(context, null, Role.Officer)), CancellationToken.None),
            receipt => TypedResults.Ok(UnitAnswers.Sos(receipt.Duty!.Sos))));

    private static SosRequest ReadSos(JsonFields fields)
    {
        var latitude = fields.Number("lat", -90, 90, required: false);
        var longitude = fields.Number("lon", -180, 180, required: false);
        if (latitude is null != longitude is null)
            fields.Refuse(latitude is null ? "lat" : "lon", "lat and lon come together, or neither does.");
        else if (latitude == 0 && longitude == 0)
            fields.Refuse("lat", "lat and lon are both 0, which receivers send when they have no position; leave them out.");
        return new SosRequest(latitude, longitude, fields.FreeText("note", MaxNote, required: false));
    }

    private async Task<IResult> TakeAsync<T>(
        string id, HttpContext context, bool mayBeEmpty, Func<JsonFields?, T?> read, Func<T, ISquadGrain, Task<IResult>> take)
        where T : class
    {
        if (!(mayBeEmpty && context.Request.ContentType is null) && !RequestBody.Is(context.Request, "application/json"))
            return Problems.Field(StatusCodes.Status415UnsupportedMediaType, "Content-Type", "Must be application/json in UTF-8, not compressed.");
        if (!gate.TryEnter())
            return Problems.Unavailable(context, "Too many requests at once.");
        try
        {
            using var document = await body.ReadJsonAsync(context, mayBeEmpty);
            var errors = new Dictionary<string, string[]>();
            JsonFields? fields = null;
            if (document?.RootElement is { ValueKind: JsonValueKind.Object } root)
                fields = new JsonFields(root, "", errors);
            else if (document is not null)
                errors["body"] = ["Must be a JSON object."];
            var said = read(fields);
            if (errors.Count > 0 || said is null)
                return Problems.Fields(StatusCodes.Status422UnprocessableEntity, errors);
            var (squad, refusal) = await door.OpenAsync(context, id);
            return refusal ?? await take(said, grains.GetGrain<ISquadGrain>(squad!));
        }
        finally
        {
            gate.Leave();
        }
    }

    private static IResult Answer(HttpContext context, DutyReceipt receipt, Func<DutyReceipt, IResult> done) => receipt.Verdict switch
    {
        DutyVerdict.SosOpen => Problems.Conflict(
            "The unit calls for help. It goes off duty when someone has answered.",
            new Dictionary<string, object?> { ["sos"] = UnitAnswers.Sos(receipt.Duty!.Sos) }),
        DutyVerdict.NoSos => Problems.Conflict(
            receipt.Duty?.Sos is null ? "The unit has not called for help." : "The call was answered already.",
            new Dictionary<string, object?> { ["sos"] = UnitAnswers.Sos(receipt.Duty?.Sos) }),
        DutyVerdict.StoreAway => Problems.StoreAway(context),
        _ => done(receipt),
    };
}
