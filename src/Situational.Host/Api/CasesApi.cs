using Microsoft.AspNetCore.Http.HttpResults;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Grains;
using Situational.Grains.Messages;
using Situational.Grains.Territory;
using Situational.Host.Identity;
using Situational.Host.Ingest;

namespace Situational.Host.Api;

/// <summary><c>/api/v1/cases</c>: search, one case, and the actions on it.</summary>
internal sealed class CasesApi(IJournal journal, ITerritorySource territories, IGrainFactory grains, RequestBody body, ReportGate gate)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;
    private const int MaxNote = 4_000;
    private const int MaxIdLength = 200;

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/cases").WithTags("cases");
        group.MapGet("", (HttpContext context, CasesApi api) => api.SearchAsync(context))
            .RequireAuthorization(Access.Read)
            .Produces<CasesAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary("Cases, newest first")
            .WithDescription("Query: area (code), stage (reported, handling, closed), severity (red to blue), limit (1 to 1,000, default 100), cursor (from next).");
        group.MapGet("{id}", (string id, HttpContext context, CasesApi api) => api.FindAsync(id, context.RequestAborted))
            .RequireAuthorization(Access.Read)
            .Produces<CaseAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("One case, open or closed");
        MapStep(group, "start", CaseStep.Start, "Begins handling a case");
        MapStep(group, "close", CaseStep.Close, "Closes a case");
    }

    private static void MapStep(RouteGroupBuilder group, string name, CaseStep step, string summary) =>
        group.MapPost("{id}/" + name, (string id, HttpContext context, CasesApi api) => api.ActAsync(id, step, context))
            .RequireAuthorization(Access.Ingest)
            .Accepts<CaseStepRequest>(isOptional: true, "application/json")
            .Produces<CaseAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary(summary);

    private async Task<IResult> SearchAsync(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var query = new QueryFields(context.Request.Query, errors);
        var limit = query.Whole("limit", 1, MaxLimit) ?? DefaultLimit;
        Stage? stage = CaseNames.TryParseStage(query.OneOf("stage", CaseNames.Stages), out var s) ? s : null;
        Severity? severity = CaseNames.TryParseSeverity(query.OneOf("severity", CaseNames.Severities), out var v) ? v : null;
        var grids = query.Text("area") is { } area ? GridsOf(area, errors) : null;
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        try
        {
            var page = await journal.SearchAsync(new CaseQuery(grids, limit) { Stages = stage is { } only ? [only] : [], Severity = severity, Cursor = query.Text("cursor") }, context.RequestAborted);
            return TypedResults.Ok(new CasesAnswer([.. page.Cases.Select(CaseAnswers.Of)], page.Next));
        }
        catch (FormatException)
        {
            return Problems.Field(StatusCodes.Status400BadRequest, "cursor", "Is none that an answer gave.");
        }
    }

    private List<string>? GridsOf(string area, Dictionary<string, string[]> errors)
    {
        if (territories.Current?.Territory is not { } territory || territory.Find(area) is null)
        {
            errors["area"] = ["Is no area of the territory in force."];
            return null;
        }
        return area == territory.City.Code ? null : [.. territory.GridsUnder(area).Select(i => territory.Grids[i].Code)];
    }

    private async Task<Results<Ok<CaseAnswer>, ProblemHttpResult>> FindAsync(string id, CancellationToken cancellationToken) =>
        id.Length <= MaxIdLength && await journal.FindCaseAsync(id, cancellationToken) is { } found
            ? TypedResults.Ok(CaseAnswers.Of(found))
            : Unknown();

    private async Task<IResult> ActAsync(string id, CaseStep step, HttpContext context)
    {
        if (context.Request.ContentLength != 0 && context.Request.ContentType is not null && !RequestBody.Is(context.Request, "application/json"))
            return Problems.Field(StatusCodes.Status415UnsupportedMediaType, "Content-Type", "Must be application/json in UTF-8, not compressed.");
        if (!gate.TryEnter())
            return Problems.Unavailable(context, "Too many actions at once.");
        try
        {
            using var document = await body.ReadJsonAsync(context, mayBeEmpty: true);
            var errors = new Dictionary<string, string[]>();
            string? note = null;
            if (document?.RootElement is { } root)
            {
                if (root.ValueKind == System.Text.Json.JsonValueKind.Object)
                    note = new JsonFields(root, "", errors).FreeText("note", MaxNote, required: false);
                else
                    errors["body"] = ["Must be a JSON object."];
            }
            if (errors.Count > 0)
                return Problems.Fields(StatusCodes.Status422UnprocessableEntity, errors);
            // the grid comes from the id, so it must be one of the territory's before a grain of that name is called
            var hyphen = id.LastIndexOf('-');
            if (hyphen <= 0 || id.Length > MaxIdLength || territories.Current?.Territory is not { } territory || territory.OrdinalOf(id[..hyphen]) < 0)
                return Unknown();
            var receipt = await grains.GetGrain<IGridGrain>(id[..hyphen]).ActAsync(new CaseCommand(id, (byte)step, new ActorStatement("api", (byte)Role.Officer, null)) { Note = note }, CancellationToken.None);
            return receipt.Verdict switch
            {
                CaseVerdict.Done => TypedResults.Ok(CaseAnswers.Of(receipt.Case!.ToCase())),
                CaseVerdict.NotAllowed => NotAllowed(receipt),
                CaseVerdict.StoreAway => Problems.StoreAway(context),
                CaseVerdict.Unknown => Unknown(),
                _ => throw new InvalidOperationException($"Unknown verdict {receipt.Verdict}."),
            };
        }
        finally
        {
            gate.Leave();
        }
    }

    private static ProblemHttpResult Unknown() => Problems.NotFound("There is no case of that id.");

    private static ProblemHttpResult NotAllowed(CaseReceipt receipt) => Problems.Conflict(
        "The case's stage does not allow that.",
        new Dictionary<string, object?>
        {
            ["stage"] = receipt.Case is { } known ? CaseNames.Of(known.ToCase().Stage) : null,
            ["allowed"] = receipt.Allowed.Select(a => CaseNames.Of((CaseStep)a)).ToArray(),
        });
}
