using Situational.Contracts.Http;
using Situational.Domain.Journal;
using Situational.Host.Api.OpenApi;
using Situational.Host.Identity;
using Situational.Host.Ingest;

namespace Situational.Host.Api;

/// <summary><c>GET /api/v1/cases</c>: the list, one case, and what happened to it.</summary>
internal sealed class CasesApi(IJournal journal, CaseFilter filter)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;
    private const int DefaultEvents = 200;

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/cases").WithTags("cases");
        group.MapGet("", (HttpContext context, CasesApi api) => api.SearchAsync(context))
            .RequireAuthorization(Access.Read)
            .Produces<CasesAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithCaseFilter()
            .WithQuery("order", "newest (default) or due.", "due", CaseFilter.Orders)
            .WithQuery("limit", "1 to 1,000, default 100.", "50")
            .WithQuery("cursor", "next of the page before.")
            .WithAnswer(StatusCodes.Status200OK, Examples.Cases)
            .WithSummary("Cases, the newest or the next deadline first")
            .WithDescription("With order=due it is the duty list: open cases, the next deadline first, those without one last.");
        group.MapGet("{id}", (string id, HttpContext context, CasesApi api) => api.FindAsync(id, context))
            .RequireAuthorization(Access.Read)
            .Produces<CaseAnswer>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithHeader("If-None-Match", "The ETag of the answer before.", "\"4\"")
            .WithAnswer(StatusCodes.Status200OK, Examples.Case)
            .WithSummary("One case, open or ended")
            .WithDescription(
                "Its ETag is its revision: If-Match of a step is held against it, and If-None-Match saves the body. by of a rating has no id for a "
                + "reporter: the audit trail alone keeps it.");
        group.MapGet("{id}/history", (string id, HttpContext context, CasesApi api, ICaseRecords records) => api.HistoryAsync(id, context, records))
            .RequireAuthorization(Access.Read)
            .Produces<CaseHistoryAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithQuery("limit", "1 to 1,000, default 200.", "200")
            .WithQuery("cursor", "next of the page before.")
            .WithAnswer(StatusCodes.Status200OK, Examples.History)
            .WithSummary("Everything that happened to a case, oldest first")
            .WithDescription(
                "Who did what and when, in all grids where it lay, and which deadlines were met or missed. Of a reporter only the role is told: the id "
                + "stands in the audit trail alone.");
    }

    private async Task<IResult> SearchAsync(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var limit = new QueryFields(context.Request.Query, errors).Whole("limit", 1, MaxLimit) ?? DefaultLimit;
        var query = filter.Read(context.Request.Query, limit, errors);
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        try
        {
            var page = await journal.SearchAsync(query, context.RequestAborted);
            return TypedResults.Ok(new CasesAnswer([.. page.Cases.Select(CaseAnswers.Of)], page.Next));
        }
        catch (FormatException)
        {
            return Problems.UnknownCursor();
        }
    }

    private async Task<IResult> FindAsync(string id, HttpContext context) =>
        id.Length <= StepReader.MaxCaseId && await journal.FindCaseAsync(id, context.RequestAborted) is { } found
            ? CaseAnswers.Ok(context, found)
            : CaseRefusals.Unknown();

    private async Task<IResult> HistoryAsync(string id, HttpContext context, ICaseRecords records)
    {
        var errors = new Dictionary<string, string[]>();
        var query = new QueryFields(context.Request.Query, errors);
        var limit = query.Whole("limit", 1, MaxLimit) ?? DefaultEvents;
        // the history of a case only grows at its end, so an event's number is a cursor that stays true
        var after = query.Whole("cursor", 1, int.MaxValue) ?? 0;
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        var history = id.Length <= StepReader.MaxCaseId ? await records.HistoryAsync(id, context.RequestAborted) : [];
        if (history.Count == 0)
            return CaseRefusals.Unknown();
        var story = CaseStory.Tell(history);
        var page = story.Skip(after).Take(limit).ToArray();
        var last = after + page.Length;
        return TypedResults.Ok(new CaseHistoryAnswer(
            id, page, page.Length > 0 && last < story.Count ? last.ToString(System.Globalization.CultureInfo.InvariantCulture) : null));
    }
}
