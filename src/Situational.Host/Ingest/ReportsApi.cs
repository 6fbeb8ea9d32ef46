using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Domain.Journal;
using Situational.Domain.Territory;
using Situational.Grains;
using Situational.Grains.Feed;
using Situational.Grains.Messages;
using Situational.Grains.Territory;
using Situational.Host.Api;
using Situational.Host.Api.OpenApi;
using Situational.Host.Identity;

namespace Situational.Host.Ingest;

/// <summary><c>POST /api/v1/reports</c>.</summary>
internal sealed class ReportsApi(
    IJournal journal, ITerritorySource territories, IGrainFactory grains, IFeedOutbox outbox, RequestBody body, ReportGate gate, CityRules rules,
    PhotoCheck photos, NearFixes near, NearCases beyond)
{
    /// <summary>Largest body of a report or a step, in bytes: a text far beyond its limit is still answered with that limit.</summary>
    public const int MaxBodyBytes = 384 * 1024;

    /// <summary>How often a report follows its place to another grid.</summary>
    private const int MostMoves = 3;

    /// <summary>Maps the endpoint.</summary>
    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/api/v1/reports", (HttpContext context, ReportsApi api) => api.PostAsync(context))
            .RequireAuthorization(Access.Act)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .Accepts<ReportRequest>("application/json")
            .Produces<CaseAnswer>(StatusCodes.Status201Created)
            .Produces<CaseAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithTags("reports")
            .WithSummary("Reports a hazard")
            .WithDescription(
                "Needs the header Idempotency-Key, 1 to 128 visible ASCII characters. 201 means that the report is durable: it opened a case, or it "
                + "joined an open one of the same hazard, and then the answer is that case with joined true. The same key and body again answers "
                + "200 with the same case, also after a restart; the same key with another body 422. A unit that nobody knows does not stop a "
                + "report that was fixed on the spot: the case is marked. At a desk, by follows from the pass; "
                + "a by that states someone else is 403.")
            .WithHeader(IdempotencyKey.Header, "1 to 128 visible ASCII characters, new for each report.", "report-0190a4c1", required: true)
            .WithExample("report", Examples.Report)
            .WithExample("short", Examples.ShortReport)
            .WithExample("on-the-spot", Examples.SpotReport)
            .WithAnswer(StatusCodes.Status201Created, Examples.Case)
            .WithAnswer(StatusCodes.Status200OK, Examples.Case)
            .WithAnswer(StatusCodes.Status422UnprocessableEntity, Examples.WrongField);

    private async Task<IResult> PostAsync(HttpContext context)
    {
        if (!RequestBody.Is(context.Request, "application/json"))
            return Problems.Field(StatusCodes.Status415UnsupportedMediaType, "Content-Type", "Must be application/json in UTF-8, not compressed.");
        if (IdempotencyKey.Of(context) is not { } key)
            return IdempotencyKey.Malformed();
        if (!gate.TryEnter())
            return Problems.Unavailable(context, "Too many reports at once.");
        try
        {
            using var document = await body.ReadJsonAsync(context, mayBeEmpty: false);
            var errors = new Dictionary<string, string[]>();
            if (ReportReader.Read(document!.RootElement, errors) is not { } report)
                return Problems.Fields(StatusCodes.Status422UnprocessableEntity, errors);
            return Caller.RefusalOf(context, report.By) ?? await ReportAsync(context, key, report with { By = Caller.By(context, report.By) });
        }
        finally
        {
            gate.Leave();
        }
    }

    private async Task<IResult> ReportAsync(HttpContext context, string key, ReportRequest report)
    {
        var fingerprint = ReportFingerprint.Of(report);
        var (refusal, grid, command) = await PlaceAsync(context, key, fingerprint, report);
        if (command is not null)
        {
            var receipt = await TellAsync(grid, command);
            if (receipt.Verdict is ReportVerdict.Opened or ReportVerdict.Joined or ReportVerdict.Repeated or ReportVerdict.KeyMisused)
                return await AnswerAsync(context, receipt);
            refusal = Refusal(context, receipt);
        }
        // The journal takes no key twice, so what is new is not looked up; but before anything is refused that a retry may say, whatever has
        // happened since: wherever the territory's borders run by now, and whatever the catalogue holds
        if (await FindAsync(key, context.RequestAborted) is { } before)
            return before.Fingerprint == fingerprint ? await RepeatedAsync(context, before.CaseId) : IdempotencyKey.Misused("report");
        return refusal!;
    }

    /// <summary>The grid that the report belongs to and what it is told, or why not.</summary>
    private async Task<(IResult? Refusal, string Grid, ReportCommand? Command)> PlaceAsync(
        HttpContext context, string key, string fingerprint, ReportRequest report)
    {
        if (!rules.Categories.TryGetValue(report.Category, out var category))
            return (Problems.Field(
                StatusCodes.Status422UnprocessableEntity, "category",
                $"Must be the code of one of the {rules.Categories.Count} categories that GET /api/v1/categories lists."), "", null);
        if (await photos.RefusalAsync(report.Photos ?? [], "photos", context.RequestAborted) is { } unknown)
            return (unknown, "", null);
        if (await photos.RefusalAsync(report.Spot?.Photos ?? [], "spot.photos", context.RequestAborted) is { } unknownResult)
            return (unknownResult, "", null);
        if ((territories.Current ?? await territories.AtLeastAsync(1, context.RequestAborted)) is not { } index)
            return (Problems.Unavailable(context, "No territory is in force. PUT /api/v1/territory first.", 5), "", null);
        var (latitude, longitude) = ReportReader.PlaceOf(report);
        var ordinal = index.Locate(latitude, longitude);
        if (ordinal < 0)
            return (Outside(index, latitude, longitude), "", null);
        return (null, index.Territory.Grids[ordinal].Code, Command(context, key, fingerprint, report, category, latitude, longitude) with
        {
            Beyond = beyond.Of(index, ordinal, category.Code, latitude, longitude, category.MergeMeters),
        });
    }

    private ReportCommand Command(
        HttpContext context, string key, string fingerprint, ReportRequest report, Category category, double latitude, double longitude)
    {
        var severity = CaseNames.TryParseSeverity(report.Severity, out var stated) ? stated : category.DefaultSeverity;
        // what a unit fixed on the spot is reported by that unit, unless someone else is named
        var by = report.By ?? (report.Spot is null ? null : new ActorRequest(report.Spot.Unit, CaseNames.Of(Role.Worker)));
        return new ReportCommand(
            key, fingerprint, category.Code, (byte)severity, report.Description, latitude, longitude, report.Source, report.Reporter?.Name,
            report.Reporter?.Phone, [.. report.Photos ?? []], Caller.Of(context, by, Role.Reporter), report.Device,
            report.Spot is not { } spot
                ? null
                : new SpotStatement(spot.Unit, spot.Note, [.. spot.Photos ?? []], spot.FoundAt, spot.FixedAt, near.Of(spot.Unit)));
    }

    private async Task<IResult> AnswerAsync(HttpContext context, ReportReceipt receipt) => receipt.Verdict switch
    {
        ReportVerdict.Opened => Created(context, receipt.Case!.ToCase(), joined: null),
        ReportVerdict.Joined => Created(context, receipt.Case!.ToCase(), joined: true),
        ReportVerdict.Repeated => receipt.Case is { } known
            ? CaseAnswers.Ok(context, known.ToCase())
            : await RepeatedAsync(context, receipt.CaseId!),
        ReportVerdict.KeyMisused => IdempotencyKey.Misused("report"),
        _ => throw new InvalidOperationException($"Verdict {receipt.Verdict} is a refusal."),
    };

    private static IResult Refusal(HttpContext context, ReportReceipt receipt) => receipt.Verdict switch
    {
        ReportVerdict.Faulty => Problems.Field(StatusCodes.Status422UnprocessableEntity, receipt.Field ?? "body", receipt.Fault ?? "Is wrong."),
        ReportVerdict.StoreAway => Problems.StoreAway(context),
        ReportVerdict.GridFull => Problems.Unavailable(context, "The grid has reached its bound of open cases. Nothing was recorded.", 60),
        ReportVerdict.Elsewhere => Problems.Unavailable(context, "The territory is changing under this place. Nothing was recorded; send the same request again."),
        _ => throw new InvalidOperationException($"Unknown verdict {receipt.Verdict}."),
    };

    private static IResult Created(HttpContext context, Case one, bool? joined)
    {
        context.Response.Headers.ETag = CaseAnswers.TagOf(one);
        return TypedResults.Created("/api/v1/cases/" + Uri.EscapeDataString(one.Id), CaseAnswers.Of(one) with { Joined = joined });
    }

    /// <summary>Tells the grid, and the one that it names instead while the territory changes.</summary>
    private async Task<ReportReceipt> TellAsync(string grid, ReportCommand command)
    {
        try
        {
            for (var moves = 0; ; moves++)
            {
                var receipt = await grains.GetGrain<IGridGrain>(grid).ReportAsync(command, CancellationToken.None);
                if (receipt is not { Verdict: ReportVerdict.Elsewhere, Fault: { } other } || moves == MostMoves)
                    return receipt;
                grid = other;
            }
        }
        catch (TimeoutException)
        {
            // a grid answers late only when it waits for the store; it cannot say so itself meanwhile
            outbox.NoteStore(away: true);
            throw;
        }
    }

    private async Task<AcceptedReport?> FindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await journal.FindReportAsync(key, cancellationToken);
        }
        catch (JournalUnavailableException)
        {
            // no grid hears of this report, so the screens are told from here
            outbox.NoteStore(away: true);
            throw;
        }
    }

    private async Task<IResult> RepeatedAsync(HttpContext context, string caseId) =>
        await journal.FindCaseAsync(caseId, context.RequestAborted) is { } found
            ? CaseAnswers.Ok(context, found)
            : throw new InvalidOperationException($"The key's case {caseId} is not in the journal.");

    private static ProblemHttpResult Outside(TerritoryIndex index, double latitude, double longitude)
    {
        var (ordinal, meters) = index.Nearest(latitude, longitude);
        if (ordinal < 0)
            return Problems.Field(StatusCodes.Status422UnprocessableEntity, "location", "The territory has no grids.");
        var grid = index.Territory.Grids[ordinal];
        return Problems.Field(
            StatusCodes.Status422UnprocessableEntity,
            "location",
            string.Create(CultureInfo.InvariantCulture, $"Lies outside the territory; the nearest grid is {grid.Code} ({grid.Name}), {meters:F0} m away."),
            new Dictionary<string, object?> { ["nearestGrid"] = grid.Code, ["distanceMeters"] = Math.Round(meters, 1) });
    }
}

/// <summary>The bound on reports and actions that are worked on at once.</summary>
internal sealed class ReportGate(IOptions<IngestOptions> options)
{
    private readonly InFlightGate _gate = new(options.Value.MaxReportRequests);

    /// <inheritdoc cref="InFlightGate.TryEnter" />
    public bool TryEnter() => _gate.TryEnter();

    /// <inheritdoc cref="InFlightGate.Leave" />
    public void Leave() => _gate.Leave();
}
