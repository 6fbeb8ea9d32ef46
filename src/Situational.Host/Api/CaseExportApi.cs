using System.IO.Pipelines;
using Microsoft.Extensions.Options;
using Situational.Domain.Journal;
using Situational.Host.Api.OpenApi;
using Situational.Host.Identity;
using Situational.Host.Ingest;

namespace Situational.Host.Api;

/// <summary><c>GET /api/v1/cases.csv</c> and <c>GET /api/v1/cases.geojson</c>: the list as a file, page by page from the store to the reader.</summary>
internal sealed class CaseExportApi(IJournal journal, CaseFilter filter, CaseTables tables, IOptions<IngestOptions> options)
{
    /// <summary>Most cases of one file.</summary>
    public const int MaxCases = 200_000;

    /// <summary>Cases that are held at once: each may carry some 100 KB of texts.</summary>
    private const int PageSize = 200;

    /// <summary>The trailer that says where to go on when a file is full.</summary>
    private const string NextTrailer = "X-Situational-Next";

    /// <summary>How many run at once; long lists are among them.</summary>
    internal InFlightGate Gate { get; } = new(options.Value.MaxExports);

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1").WithTags("cases");
        Described(group.MapGet("cases.csv", (HttpContext context, CaseExportApi api) => api.CsvAsync(context)), CsvCases.MediaType)
            .WithSummary("The list of cases as CSV (RFC 4180) for a spreadsheet")
            .WithDescription(
                "UTF-8 with a byte order mark; the header is in the language of ?lang (zh, en). Columns: " + CaseTables.ColumnNames + ". Times are "
                + "RFC 3339 in the city's zone. A text that a spreadsheet would run (it begins with = + - @ or a tab, also after a ; or a line break "
                + $"within) has an apostrophe put before. At most {MaxCases} cases; when there are more, a last row of one cell, "
                + $"{CsvCases.MoreMark}…, has the cursor to go on, and so has the trailer {NextTrailer} where the connection carries trailers. "
                + "No personal data.");
        Described(group.MapGet("cases.geojson", (HttpContext context, CaseExportApi api) => api.GeoJsonAsync(context)), GeoJsonCases.MediaType)
            .WithSummary("The list of cases as GeoJSON (RFC 7946)")
            .WithDescription(
                $"A FeatureCollection of points in WGS-84. At most {MaxCases} cases; when there are more, the member next has the cursor to go on. "
                + "No personal data.");
    }

    private static RouteHandlerBuilder Described(RouteHandlerBuilder endpoint, string mediaType) => endpoint
        .RequireAuthorization(Access.Read)
        .WithCaseFilter()
        .WithQuery("order", "newest (default) or due.", "newest", CaseFilter.Orders)
        .WithQuery("cursor", "Where a file that was full left off.")
        .WithQuery("lang", "zh (default) or en.", "zh", CaseTables.Languages)
        .Produces(StatusCodes.Status200OK, contentType: mediaType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Answers with CSV.</summary>
    internal Task<IResult> CsvAsync(HttpContext context) => ExportAsync(context, words => new CsvCases(words));

    /// <summary>Answers with GeoJSON.</summary>
    internal Task<IResult> GeoJsonAsync(HttpContext context) => ExportAsync(context, words => new GeoJsonCases(words));

    private async Task<IResult> ExportAsync(HttpContext context, Func<CaseTables.Words, ICaseFile> make)
    {
        var errors = new Dictionary<string, string[]>();
        _ = new QueryFields(context.Request.Query, errors).OneOf("lang", CaseTables.Languages);
        var query = filter.Read(context.Request.Query, PageSize, errors);
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        if (!Gate.TryEnter())
            return Problems.Unavailable(context, "Too many exports at once.", 5);
        try
        {
            // read before anything is said, so that a wrong cursor and a store that is away still have their own answer
            var first = await journal.SearchAsync(query, context.RequestAborted);
            var file = make(tables.In(context.Request.Query["lang"]));
            var headers = context.Response.Headers;
            context.Response.ContentType = file.ContentType;
            headers.ContentDisposition = $"attachment; filename=\"{file.Name}\"";
            headers.CacheControl = "no-store";
            var next = await WriteAsync(context, file, query, first);
            if (next is not null && context.Response.SupportsTrailers())
                context.Response.AppendTrailer(NextTrailer, next);
            return Results.Empty;
        }
        catch (FormatException)
        {
            return Problems.UnknownCursor();
        }
        finally
        {
            Gate.Leave();
        }
    }

    /// <summary>Writes page by page. A reader that is slow holds up the reading, one that goes away ends it.</summary>
    /// <returns>The cursor of what was left out because the file was full.</returns>
    private async Task<string?> WriteAsync(HttpContext context, ICaseFile file, CaseQuery query, CasePage page)
    {
        var gone = context.RequestAborted;
        var pipe = context.Response.BodyWriter;
        file.Begin(pipe);
        for (var written = 0; ; page = await journal.SearchAsync(query with { Cursor = page.Next }, gone))
        {
            foreach (var one in page.Cases)
                file.Write(pipe, one);
            written += page.Cases.Count;
            var next = written + PageSize > MaxCases ? page.Next : null;
            if (page.Next is null || next is not null)
            {
                file.End(pipe, next);
                await FlushAsync(pipe, gone);
                return next;
            }
            await FlushAsync(pipe, gone);
        }
    }

    private static async Task FlushAsync(PipeWriter pipe, CancellationToken gone)
    {
        var flushed = await pipe.FlushAsync(gone);
        if (flushed.IsCompleted)
            throw new OperationCanceledException("The reader went away.", gone.IsCancellationRequested ? gone : new CancellationToken(canceled: true));
    }
}
