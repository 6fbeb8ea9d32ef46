using System.Globalization;
using Situational.Contracts.Http;
using Situational.Domain.Coverage;
using Situational.Domain.Journal;
using Situational.Grains.Territory;
using Situational.Host.Api.OpenApi;
using Situational.Host.Coverage;
using Situational.Host.Identity;

namespace Situational.Host.Api;

/// <summary><c>/api/v1/coverage</c>: which share of an area's grids was walked, and where in a grid.</summary>
internal sealed class CoverageApi(CoverageDesk desk, ITerritorySource territories)
{
    private const int DefaultPeriods = 7;
    private const int Thousand = 1_000;

    private static readonly string[] Names = ["daily", "monthly", "quarterly"];

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/coverage").WithTags("coverage").RequireAuthorization(Access.Read);
        WithCadence(group.MapGet("", (HttpContext context, CoverageApi api) => api.SharesAsync(context)))
            .Produces<CoverageAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Which share of an area's grids was walked, by day, month or quarter")
            .WithDescription(
                "Every grid of the area, the least walked in the running period first. Periods are those of the city's time zone. docs/coverage.md "
                + "says what counts as walked. Shares are kept for 5 s; asOf says of when they are.")
            .WithQuery("area", "Code of an area of the territory in force. Default: the city.", "440311")
            .WithQuery("periods", "How many periods, the running one among them; 1 to 31, default 7.", "3")
            .WithAnswer(StatusCodes.Status200OK, CoverageExamples.Shares);
        WithCadence(group.MapGet("{grid}", (string grid, HttpContext context, CoverageApi api) => api.CellsAsync(grid, context)))
            .Produces<GridCellsAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("What was walked of a grid, cell by cell")
            .WithDescription("Cells measure 5 m, or more in a large grid. One is walked when its middle lies within the buffer of a trail.")
            .WithQuery("period", "A day of the period, YYYY-MM-DD, not after today. Default: today.", "2026-11-22")
            .WithAnswer(StatusCodes.Status200OK, CoverageExamples.Cells);
    }

    private static RouteHandlerBuilder WithCadence(RouteHandlerBuilder endpoint) =>
        endpoint.WithQuery("cadence", "How often the area is to be walked. Default: daily.", "daily", Names);

    private async Task<IResult> SharesAsync(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var query = new QueryFields(context.Request.Query, errors);
        var (area, cadence) = (query.Text("area"), Cadence(query));
        var count = query.Whole("periods", 1, CoverageDesk.MaxPeriods) ?? DefaultPeriods;
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        if (await desk.SharesAsync(cadence, count, context.RequestAborted) is not { } city)
            return Problems.NotFound("No territory is in force yet.");
        area ??= city.Territory.City.Code;
        return city.Territory.Find(area) is null
            ? Problems.Field(StatusCodes.Status400BadRequest, "area", "Is no area of the territory in force.")
            : TypedResults.Ok(Answer(city, area, cadence));
    }

    private static CoverageAnswer Answer(CityShares city, string area, CoverageCadence cadence)
    {
        var grids = city.Territory.GridsUnder(area);
        var rows = new (double Now, double Sum, int Grid)[grids.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            var sum = 0.0;
            foreach (var period in city.Periods)
                sum += period.Shares[grids[i]];
            rows[i] = (city.Periods[0].Shares[grids[i]], sum, grids[i]);
        }
        // Of those that are alike now, the one that was walked least before; ordinals are the codes' order.
        Array.Sort(rows);
        return new(
            area, Names[(int)cadence - 1], city.Periods[0].AsOf, [.. city.Periods.Select(p => p.Period.First)],
            [.. city.Periods.Select((_, i) => Rounded(city.ShareOf(grids, i)))],
            [.. rows.Select(row => Row(city, row.Grid))]);
    }

    private static GridCoverageAnswer Row(CityShares city, int grid)
    {
        var shares = new double[city.Periods.Count];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = Rounded(city.Periods[i].Shares[grid]);
        return new(city.Territory.Grids[grid].Code, city.Territory.Grids[grid].Name, shares);
    }

    private async Task<IResult> CellsAsync(string grid, HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var query = new QueryFields(context.Request.Query, errors);
        var cadence = Cadence(query);
        var running = desk.Running(cadence);
        var period = Period(query, errors, cadence) ?? running;
        if (period.First > running.First)
            errors.TryAdd("period", ["Must not be after today."]);
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        if (territories.Current?.Territory is not { } territory || territory.OrdinalOf(grid) is not (>= 0 and var ordinal))
            return Problems.NotFound("The territory in force has no grid of that code.");
        var cells = await desk.CellsAsync(territory.Grids[ordinal], period, context.RequestAborted);
        var frame = cells.Raster.Frame;
        return TypedResults.Ok(new GridCellsAnswer(
            grid, Names[(int)cadence - 1], period.First, Rounded(cells.Share), frame.South, frame.West, frame.North, frame.East, frame.Columns,
            frame.Rows, Convert.ToBase64String(cells.ToStates())));
    }

    private static CoverageCadence Cadence(QueryFields query) =>
        query.OneOf("cadence", Names) is { } name ? (CoverageCadence)(Array.IndexOf(Names, name) + 1) : CoverageCadence.Daily;

    private static CoveragePeriod? Period(QueryFields query, Dictionary<string, string[]> errors, CoverageCadence cadence)
    {
        if (query.Text("period") is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return CoveragePeriods.Of(cadence, day);
        errors.TryAdd("period", ["Must be a day such as 2026-11-22."]);
        return null;
    }

    // Down, so that only the whole is 1; the least share of a cell is far above what rounding makes.
    private static double Rounded(double share) => Math.Floor(share * Thousand + 1e-9) / Thousand;
}
