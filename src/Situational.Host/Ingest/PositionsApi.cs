using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Situational.Contracts.Http;
using Situational.Host.Api;
using Situational.Host.Api.OpenApi;
using Situational.Host.Identity;

namespace Situational.Host.Ingest;

/// <summary><c>POST /api/v1/positions</c>.</summary>
internal sealed class PositionsApi(
    PositionsIngest ingest, UnitDirectory directory, RequestBody body, IOptions<IngestOptions> options, TimeProvider time)
{
    /// <summary>Largest body, in bytes.</summary>
    public const int MaxBodyBytes = 4 * 1024 * 1024;

    private readonly InFlightGate _gate = new(options.Value.MaxPositionRequests);

    /// <summary>Maps the endpoint.</summary>
    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/api/v1/positions", (HttpContext context, PositionsApi api) => api.PostAsync(context))
            .RequireAuthorization(Access.Ingest)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .Accepts<FixRequest[]>("application/json", "application/x-ndjson")
            .Produces<PositionsAnswer>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithTags("positions")
            .WithSummary("Sends fixes of units, at most 20,000 or 4 MiB")
            .WithDescription(
                "A verdict per fix: a malformed fix is refused with its index and a reason and does not stop the others; malformed JSON refuses "
                + "the whole request. Unknown fields are ignored. Of a field given twice the last counts. A unit stays in the squad it first had. "
                + "Fixes of a unit that is off duty, or was when it measured them, are refused (off-duty). "
                + "Sending the same fixes again is safe.")
            .WithExample("array", now => Examples.Fixes(now))
            .WithExample("lines", now => Examples.FixLines(now), "application/x-ndjson")
            .WithAnswer(StatusCodes.Status202Accepted, Examples.Recorded);

    private async Task<IResult> PostAsync(HttpContext context)
    {
        var lines = RequestBody.Is(context.Request, "application/x-ndjson");
        if (!lines && !RequestBody.Is(context.Request, "application/json"))
            return Problems.Field(
                StatusCodes.Status415UnsupportedMediaType, "Content-Type", "Must be application/json or application/x-ndjson in UTF-8, not compressed.");
        if (!_gate.TryEnter())
            return Problems.Unavailable(context, "Too many requests with positions at once.");
        try
        {
            await directory.EnsureLoadedAsync(context.RequestAborted);
            var arrivedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            using var batch = new IngestBatch();
            await body.ReadAsync(context, new FixReader(lines, arrivedAtMs, directory, options.Value, batch).Read);
            return TypedResults.Accepted((string?)null, await ingest.RecordAsync(batch, arrivedAtMs));
        }
        catch (BodyRefusedException e)
        {
            return Problems.Field(e.Status, "body", e.Message);
        }
        catch (SquadsSilentException)
        {
            return Problems.Unavailable(context, "At least one squad did not answer. Send the same fixes again; those that were taken are ignored then.");
        }
        finally
        {
            _gate.Leave();
        }
    }
}
