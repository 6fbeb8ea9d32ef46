using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Situational.Contracts.Http;
using Situational.Domain.Journal;
using Situational.Domain.Territory;
using Situational.Grains;
using Situational.Grains.Feed;
using Situational.Grains.Messages;
using Situational.Grains.Territory;
using Situational.Host.Api;
using Situational.Host.Identity;

namespace Situational.Host.Ingest;

/// <summary><c>POST /api/v1/reports</c>.</summary>
internal sealed class ReportsApi(
    IJournal journal, ITerritorySource territories, IGrainFactory grains, IFeedOutbox outbox, RequestBody body, ReportGate gate)
{
    private const string KeyHeader = "Idempotency-Key";
    private const int MaxKeyLength = 128;

    /// <summary>Maps the endpoint.</summary>
    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/api/v1/reports", (HttpContext context, ReportsApi api) => api.PostAsync(context))
            .RequireAuthorization(Access.Ingest)
            .Accepts<ReportRequest>("application/json")
            .Produces<CaseAnswer>(StatusCodes.Status201Created)
            .Produces<CaseAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithTags("reports")
            .WithSummary("Reports a hazard")
            .WithDescription(
                "Needs the header Idempotency-Key, 1 to 128 visible ASCII characters. 201 means that the report is durable. The same key and body "
                + "again answers 200 with the same case, also after a restart; the same key with another body 422.");

    private async Task<IResult> PostAsync(HttpContext context)
    {
        if (!RequestBody.Is(context.Request, "application/json"))
            return Problems.Field(StatusCodes.Status415UnsupportedMediaType, "Content-Type", "Must be application/json in UTF-8, not compressed.");
        var header = context.Request.Headers[KeyHeader];
        if (header.Count != 1 || header[0] is not { Length: > 0 and <= MaxKeyLength } key || key.Any(c => c is < '!' or > '~'))
            return Problems.Field(StatusCodes.Status400BadRequest, KeyHeader, $"Must be given once, with 1 to {MaxKeyLength} visible ASCII characters.");
        if (!gate.TryEnter())
            return Problems.Unavailable(context, "Too many reports at once.");
        try
        {
            using var document = await body.ReadJsonAsync(context, mayBeEmpty: false);
            var errors = new Dictionary<string, string[]>();
            return ReportReader.Read(document!.RootElement, errors) is { } report
                ? await ReportAsync(context, key, report)
                : Problems.Fields(StatusCodes.Status422UnprocessableEntity, errors);
        }
        finally
        {
            gate.Leave();
        }
    }

    private async Task<IResult> ReportAsync(HttpContext context, string key, ReportRequest report)
    {
        var fingerprint = ReportFingerprint.Of(report);
        // a retry is answered from the journal, wherever the territory's borders run by now
        if (await FindAsync(key, context.RequestAborted) is { } before)
            return before.Fingerprint == fingerprint ? await RepeatedAsync(before.CaseId, context.RequestAborted) : KeyMisused();

        if ((territories.Current ?? await territories.AtLeastAsync(1, context.RequestAborted)) is not { } index)
            return Problems.Unavailable(context, "No territory is in force. PUT /api/v1/territory first.", 5);
        var (latitude, longitude) = ReportReader.PlaceOf(report);
        var ordinal = index.Locate(latitude, longitude);
        if (ordinal < 0)
            return Outside(index, latitude, longitude);
        var receipt = await TellAsync(
            index.Territory.Grids[ordinal].Code,
            new ReportCommand(
                key, fingerprint, report.Category, (byte)ReportReader.SeverityOf(report), report.Description, latitude, longitude, report.Source,
                report.Reporter?.Name, report.Reporter?.Phone, [.. report.Photos ?? []]));
        return receipt.Verdict switch
        {
            ReportVerdict.Opened => TypedResults.Created("/api/v1/cases/" + Uri.EscapeDataString(receipt.CaseId!), CaseAnswers.Of(receipt.Case!.ToCase())),
            ReportVerdict.Repeated => receipt.Case is { } known
                ? TypedResults.Ok(CaseAnswers.Of(known.ToCase()))
                : await RepeatedAsync(receipt.CaseId!, context.RequestAborted),
            ReportVerdict.KeyMisused => KeyMisused(),
            ReportVerdict.StoreAway => Problems.StoreAway(context),
            ReportVerdict.GridFull => Problems.Unavailable(context, "The grid has reached its bound of open cases. Nothing was recorded.", 60),
            _ => throw new InvalidOperationException($"Unknown verdict {receipt.Verdict}."),
        };
    }

    private async Task<ReportReceipt> TellAsync(string grid, ReportCommand command)
    {
        try
        {
            return await grains.GetGrain<IGridGrain>(grid).ReportAsync(command, CancellationToken.None);
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

    private async Task<IResult> RepeatedAsync(string caseId, CancellationToken cancellationToken) =>
        await journal.FindCaseAsync(caseId, cancellationToken) is { } found
            ? TypedResults.Ok(CaseAnswers.Of(found))
            : throw new InvalidOperationException($"The key's case {caseId} is not in the journal.");

    private static ProblemHttpResult KeyMisused() =>
        Problems.Field(StatusCodes.Status422UnprocessableEntity, KeyHeader, "Was used before with another report. Use a new key for a new report.");

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
