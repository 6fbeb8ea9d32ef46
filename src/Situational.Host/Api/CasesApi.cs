using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Situational.Contracts.Http;
using Situational.Domain.Journal;
using Situational.Host.Api.OpenApi;
using Situational.Host.Identity;
using Situational.Host.Ingest;

namespace Situational.Host.Api;

/// <summary><c>GET /api/v1/cases</c>: the list, one case, and what happened to it.</summary>
internal sealed class CasesApi(IJournal journal, CaseFilter filter, CaseExportApi exports, IOptions<JsonOptions> json)
{
    /// <summary>A list goes on until it has this many bytes: each case may carry some 100 KB of texts.</summary>
    internal const long EnoughBytes = 8 * 1024 * 1024;

    /// <summary>Cases that are read at once; a list of more waits its turn among the exports.</summary>
    private const int PartSize = 100;

    private const int DefaultLimit = PartSize;
    private const int MaxLimit = 1_000;
    private const int DefaultEvents = 200;

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/cases").WithTags("cases");
        group.MapGet("", (HttpContext context, CasesApi api, NamedCases named) =>
                NamedCases.IsAskedBy(context.Request.Query) ? named.AnswerAsync(context) : api.SearchAsync(context))
            .RequireAuthorization(Access.Read)
            .Produces<CasesAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithCaseFilter()
            .WithQuery("order", "newest (default) or due.", "due", CaseFilter.Orders)
            .WithQuery("limit", "1 to 1,000, default 100.", "50")
            .WithQuery("cursor", "next of the page before.")
            .WithQuery(NamedCases.Ids, "1 to 100 ids of cases, with commas between: the answer has those that exist, in that order. Alone.")
            .WithQuery(NamedCases.Assignee, "unit:, squad: or department: and an id: open cases given to it, the next deadline first. Alone, or with a limit of 1 to 100.")
            .WithAnswer(StatusCodes.Status200OK, Examples.Cases)
            .WithSummary("Cases, the newest or the next deadline first")
            .WithDescription(
                "With order=due it is the duty list: open cases, the next deadline first, those without one last. A page ends before its limit when it has "
                + "some 8 MiB: next has the cursor to go on. A limit above 100 counts among the exports, of which only a few run at once: 503 with "
                + "Retry-After.");
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
                + "stands in the audit trail alone. truncated is true when the case has so many events that the last are not told.");
    }

    /// <summary>Answers with a list.</summary>
    internal async Task<IResult> SearchAsync(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var limit = new QueryFields(context.Request.Query, errors).Whole("limit", 1, MaxLimit) ?? DefaultLimit;
        var query = filter.Read(context.Request.Query, limit, errors);
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        var gate = limit > PartSize ? exports.Gate : null;
        if (gate?.TryEnter() == false)
            return Problems.Unavailable(context, "Too many long lists and exports at once.", 5);
        try
        {
            // written here, so that the gate holds until it has left
            await TypedResults.Ok(await ListAsync(query, context.RequestAborted)).ExecuteAsync(context);
            return Results.Empty;
        }
        catch (FormatException)
        {
            return Problems.UnknownCursor();
        }
        finally
        {
            gate?.Leave();
        }
    }

    /// <summary>Reads part by part until there are as many cases as asked for, no more, or enough bytes.</summary>
    private async Task<CasesAnswer> ListAsync(CaseQuery query, CancellationToken cancellationToken)
    {
        var cases = new List<CaseAnswer>();
        var bytes = 0L;
        for (var next = query.Cursor; ;)
        {
            var page = await journal.SearchAsync(
                query with { Limit = Math.Min(PartSize, query.Limit - cases.Count), Cursor = next }, cancellationToken);
            next = page.Next;
            var first = cases.Count;
            foreach (var one in page.Cases)
                cases.Add(CaseAnswers.Of(one));
            if (next is null || cases.Count >= query.Limit)
                return new CasesAnswer(cases, next);
            for (var i = first; i < cases.Count; i++)
                bytes += JsonSerializer.SerializeToUtf8Bytes(cases[i], json.Value.SerializerOptions).Length;
            if (bytes >= EnoughBytes)
                return new CasesAnswer(cases, next);
        }
    }

    private async Task<IResult> FindAsync(string id, HttpContext context) =>
        id.Length <= StepReader.MaxCaseId && await journal.FindCaseAsync(id, context.RequestAborted) is { } found
            ? CaseAnswers.Ok(context, found)
            : CaseRefusals.Unknown();

    /// <summary>Answers with what happened to a case.</summary>
    internal async Task<IResult> HistoryAsync(string id, HttpContext context, ICaseRecords records)
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
            id, page, page.Length > 0 && last < story.Count ? last.ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
            history.Count >= ICaseRecords.MostHappenings ? true : null));
    }
}
