using Situational.Contracts.Http;
using Situational.Domain.Journal;
using Situational.Host.Api.OpenApi;
using Situational.Host.Identity;

namespace Situational.Host.Api;

/// <summary><c>GET /api/v1/audit</c>: who wrote what, when and from where.</summary>
internal sealed class AuditApi(IAuditTrail trail)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    /// <summary>Maps the endpoint.</summary>
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/v1/audit", (HttpContext context, AuditApi api) => api.SearchAsync(context))
            // addresses are nobody's business who only looks at a wall
            .RequireAuthorization(Access.Ingest)
            .Produces<AuditAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithTags("audit")
            .WithQuery("who", "Id of who wrote.", "wang")
            .WithQuery("target", "Id of a case, of a photo, or version of a territory.", "110000001001001-7")
            .WithQuery("from", "RFC 3339: only at or after this time.", "2026-11-23T00:00:00+08:00")
            .WithQuery("to", "RFC 3339: only before this time.", "2026-11-24T00:00:00+08:00")
            .WithQuery("limit", "1 to 1,000, default 100.", "100")
            .WithQuery("cursor", "next of the page before.")
            .WithAnswer(StatusCodes.Status200OK, Examples.Audit)
            .WithSummary("The audit trail, newest first")
            .WithDescription(
                "Every write through the API but positions: reports, steps, photos, territories. An entry about a case is as durable as the write "
                + "itself. A reporter's name and phone are never in it.");

    private async Task<IResult> SearchAsync(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var fields = new QueryFields(context.Request.Query, errors);
        var query = new AuditQuery(
            fields.Whole("limit", 1, MaxLimit) ?? DefaultLimit, fields.Text("who"), fields.Text("target"), fields.Time("from"), fields.Time("to"),
            fields.Text("cursor"));
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        try
        {
            var page = await trail.SearchAsync(query, context.RequestAborted);
            return TypedResults.Ok(new AuditAnswer(
                [.. page.Entries.Select(e => new AuditEntryAnswer(e.At, e.Who, e.Role, e.From, e.What, e.Target, e.Detail))], page.Next));
        }
        catch (FormatException)
        {
            return Problems.UnknownCursor();
        }
    }
}
