using Microsoft.AspNetCore.Mvc;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Grains;
using Situational.Grains.Messages;
using Situational.Grains.Territory;
using Situational.Host.Api.OpenApi;
using Situational.Host.Identity;
using Situational.Host.Ingest;

namespace Situational.Host.Api;

/// <summary><c>POST /api/v1/cases/{id}/{step}</c>: every step of the loop.</summary>
internal sealed class CaseStepsApi(
    IJournal journal, ITerritorySource territories, IGrainFactory grains, RequestBody body, ReportGate gate, PhotoCheck photos, NearFixes near,
    CaseRefusals refusals)
{
    /// <summary>How often a step follows its case to another grid.</summary>
    private const int MostMoves = 3;

    /// <summary>Maps the endpoint.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var endpoint = endpoints.MapPost("/api/v1/cases/{id}/{step}", (string id, string step, HttpContext context, CaseStepsApi api) => api.PostAsync(id, step, context))
            .RequireAuthorization(Access.Act)
            .WithMetadata(new RequestSizeLimitAttribute(ReportsApi.MaxBodyBytes))
            .Accepts<CaseStepRequest>(isOptional: true, "application/json")
            .Produces<CaseAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithTags("cases")
            .WithSummary("Takes a step with a case")
            .WithDescription(
                "200 means that the step is durable. Steps: " + string.Join(", ", CaseNames.Steps) + ". Which one is possible from which stage, for "
                + "whom, and what it needs stands in docs/cases.md; fields that a step does not need are ignored. If-Match with the ETag of the case "
                + "refuses the step with 412 when the case has changed since. Idempotency-Key, 1 to 128 visible ASCII characters, makes it safe to "
                + "send the same step again: it is taken once, and answered 200 with the case as it stands. 409: the case's stage or the role of who "
                + "acts does not allow the step; the answer says why and what is allowed. 412 and 409 carry the case as it stands. At a desk, "
                + "by follows from the pass; a by that states someone else is 403.")
            .WithHeader("If-Match", "The ETag of the case as the caller saw it, or *.", "\"4\"")
            .WithHeader(IdempotencyKey.Header, "1 to 128 visible ASCII characters, new for each step.", "step-0190a4c2")
            .WithAnswer(StatusCodes.Status200OK, Examples.Case)
            .WithAnswer(StatusCodes.Status409Conflict, Examples.NotAllowed)
            .WithAnswer(StatusCodes.Status412PreconditionFailed, Examples.Stale)
            .WithAnswer(StatusCodes.Status422UnprocessableEntity, Examples.WrongField);
        foreach (var (step, _) in Examples.Steps(default))
            endpoint.WithExample(step, now => Examples.Steps(now).First(s => s.Step == step).Body);
    }

    private async Task<IResult> PostAsync(string id, string name, HttpContext context)
    {
        if (!CaseNames.TryParseStep(name, out var step))
            return Problems.NotFound($"There is no such step. Steps are {string.Join(", ", CaseNames.Steps)}.");
        if (context.Request.ContentLength != 0 && context.Request.ContentType is not null && !RequestBody.Is(context.Request, "application/json"))
            return Problems.Field(StatusCodes.Status415UnsupportedMediaType, "Content-Type", "Must be application/json in UTF-8, not compressed.");
        if (IdempotencyKey.IsGiven(context) && IdempotencyKey.Of(context) is null)
            return IdempotencyKey.Malformed();
        if (!IfMatch.TryRead(context, out var revision))
            return IfMatch.Malformed();
        if (!gate.TryEnter())
            return Problems.Unavailable(context, "Too many steps at once.");
        try
        {
            using var document = await body.ReadJsonAsync(context, mayBeEmpty: true);
            var errors = new Dictionary<string, string[]>();
            if (StepReader.Read(document?.RootElement, errors) is not { } said)
                return Problems.Fields(StatusCodes.Status422UnprocessableEntity, errors);
            if (Caller.RefusalOf(context, said.By) is { } someoneElse)
                return someoneElse;
            // a key of one person's request must not repeat for another
            said = said with { By = Caller.By(context, said.By) };
            if (await photos.RefusalAsync(said.Photos ?? [], "photos", context.RequestAborted) is { } unknown)
                return unknown;
            return await TakeAsync(context, Command(context, id, step, said, revision));
        }
        finally
        {
            gate.Leave();
        }
    }

    private CaseCommand Command(HttpContext context, string id, CaseStep step, CaseStepRequest said, long? revision)
    {
        var key = IdempotencyKey.Of(context);
        return new CaseCommand(id, (byte)step, Caller.Of(context, said.By, Role.Officer))
        {
            Key = key,
            Fingerprint = key is null ? null : StepFingerprint.Of(id, CaseNames.Of(step), said),
            IfRevision = revision,
            Note = said.Note,
            Reason = said.Reason,
            AssigneeKind = CaseNames.TryParseAssignee(said.Assignee?.Kind, out var assignee) ? (byte)assignee : (byte)0,
            Assignee = said.Assignee?.Id,
            Photos = [.. said.Photos ?? []],
            Until = said.Until,
            Severity = CaseNames.TryParseSeverity(said.Severity, out var severity) ? (byte)severity : (byte)0,
            RatingKind = step == CaseStep.Rate ? said.Kind : null,
            Score = said.Score,
            Other = said.Into,
            Near = near.Of(said.Unit),
            WhistleKind = step == CaseStep.Blow ? said.Kind : null,
            Departments = [.. said.Departments ?? []],
            Whistle = said.Whistle,
            Department = said.Department,
            Muster = CaseNames.TryParseMuster(said.State, out var muster) ? (byte)muster : (byte)0,
            CounterProposal = said.CounterProposal,
        };
    }

    /// <summary>Asks the case's grid, and the one that it names instead.</summary>
    private async Task<IResult> TakeAsync(HttpContext context, CaseCommand command)
    {
        var asked = await GridOfAsync(command.CaseId, context.RequestAborted);
        for (var moves = 0; asked is not null; moves++)
        {
            var receipt = await grains.GetGrain<IGridGrain>(asked).ActAsync(command, CancellationToken.None);
            var next = receipt.Verdict switch
            {
                CaseVerdict.Elsewhere => receipt.Fault,
                // the grid of its id may have given it away long ago
                CaseVerdict.Unknown => await JournaledGridOfAsync(command.CaseId, context.RequestAborted),
                _ => null,
            };
            if (receipt.Verdict == CaseVerdict.Unknown && (next is null || next == asked))
                break;
            if (next is null)
                return await refusals.AnswerAsync(context, receipt);
            if (moves == MostMoves)
                return Problems.Unavailable(context, "The case is moving to another grid. Nothing was recorded; send the same request again.");
            asked = next;
        }
        return CaseRefusals.Unknown();
    }

    /// <summary>Where the case lies: the grid in its id while that one is in force, so that most steps ask no store; else what the journal says.</summary>
    private async ValueTask<string?> GridOfAsync(string caseId, CancellationToken cancellationToken) =>
        caseId.Length <= StepReader.MaxCaseId && CaseId.TryParse(caseId, out var grid, out _)
            ? territories.Current?.Territory.OrdinalOf(grid) >= 0 ? grid : await JournaledGridOfAsync(caseId, cancellationToken)
            : null;

    private async Task<string?> JournaledGridOfAsync(string caseId, CancellationToken cancellationToken) =>
        (await journal.FindCaseAsync(caseId, cancellationToken))?.Grid;
}
