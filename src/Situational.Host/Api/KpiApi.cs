using System.Globalization;
using System.Text;
using Situational.Contracts.Http;
using Situational.Domain.Catalogue;
using Situational.Domain.Kpis;
using Situational.Grains.Territory;
using Situational.Host.Api.OpenApi;
using Situational.Host.Identity;
using Situational.Host.Ingest;
using Situational.Host.Kpis;

namespace Situational.Host.Api;

/// <summary><c>/api/v1/kpi</c>: the figures of docs/kpi.md by area and period, and rankings by a rate.</summary>
internal sealed class KpiApi(KpiDesk desk, TerritoryTrees trees, ITerritorySource territories, TimeProvider time, CityRules rules)
{
    private const int Digits = 6;
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/kpi").WithTags("kpi").RequireAuthorization(Access.Read);
        WithPeriod(group.MapGet("", (HttpContext context, KpiApi api) => api.FiguresAsync(context)))
            .Produces<KpiAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("The figures of an area in a period")
            .WithDescription(
                "Cases count in the areas of the territory's version in which they lie, or lay when they ended. docs/kpi.md says by key what each "
                + "figure counts. Figures are kept for 30 s; asOf says of when they are.")
            .WithAnswer(StatusCodes.Status200OK, KpiExamples.Figures);
        WithPeriod(group.MapGet("ranking", (HttpContext context, KpiApi api) => api.RankingAsync(context)))
            .Produces<KpiRankingAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("The areas right under one, ranked by a rate")
            .WithDescription(
                "Only areas with the minimum sample are ranked, by the bound of the 95 % Wilson interval that speaks least for them; the others are "
                + "listed with their counts.")
            .WithQuery("kpi", "Key of a rate in docs/kpi.md. Required.", "on-time-closing-rate", KpiKeys.Rates)
            .WithAnswer(StatusCodes.Status200OK, KpiExamples.Ranking);
    }

    private static RouteHandlerBuilder WithPeriod(RouteHandlerBuilder endpoint) => endpoint
        .WithQuery("area", "Code of an area of the territory, in force or kept. Default: the city.", "440311")
        .WithQuery("from", "RFC 3339 with offset. Default: 30 days before to.", "2026-10-23T00:00:00+08:00")
        .WithQuery("to", "RFC 3339 with offset, at most 366 days after from. Default: now.", "2026-11-22T00:00:00+08:00");

    private async Task<IResult> FiguresAsync(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var query = new QueryFields(context.Request.Query, errors);
        var ask = Ask(query, errors);
        return await AnswerAsync(context, query, ask, errors, (area, name, dated) =>
        {
            var (from, to) = ask.Span(dated.AsOf);
            var figures = dated.Sheet.Of(area);
            return TypedResults.Ok(new KpiAnswer(
                area, name, from, to, dated.AsOf, figures.Cases, figures.Excluded, dated.Sheet.Unplaced,
                [.. figures.Rates.Select((r, i) => Rate(KpiKeys.Rates[i], r))],
                [.. figures.Times.Select((t, i) => new KpiTimeAnswer(KpiKeys.Times[i], t.Count, t.MedianSeconds, t.P90Seconds))]));
        });
    }

    private async Task<IResult> RankingAsync(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var query = new QueryFields(context.Request.Query, errors);
        var ask = Ask(query, errors);
        if (!KpiKeys.TryParse(query.OneOf("kpi", KpiKeys.Rates), out var kpi))
            errors.TryAdd("kpi", [$"Must be one of {string.Join(", ", KpiKeys.Rates)}."]);
        return await AnswerAsync(context, query, ask, errors, (area, name, dated) =>
        {
            var (from, to) = ask.Span(dated.AsOf);
            var sample = rules.MinimumSample;
            var ranking = Ranking.Of(Children(area, kpi, dated.Sheet), KpiKeys.HighIsGood(kpi), sample);
            return TypedResults.Ok(new KpiRankingAnswer(
                area, name, KpiKeys.Of(kpi), KpiKeys.HighIsGood(kpi) ? "high" : "low", from, to, dated.AsOf, sample,
                [.. ranking.Ranked.Select(r => Place(r.Place, r.Area))], [.. ranking.TooFew.Select(a => Place(null, a))]));
        });
    }

    private async Task<IResult> AnswerAsync(
        HttpContext context, QueryFields query, KpiAsk ask, Dictionary<string, string[]> errors, Func<string, string?, DatedSheet, IResult> answer)
    {
        var area = query.Text("area");
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        if (territories.Current?.Territory is not { } territory)
            return Problems.NotFound("No territory is in force yet.");
        area ??= territory.City.Code;
        if (!await trees.HasAsync(area, context.RequestAborted))
            return Problems.Field(StatusCodes.Status400BadRequest, "area", "Is no area of the territory, in force or kept.");
        try
        {
            return answer(area, territory.Find(area)?.Name, await desk.SheetAsync(ask, context.RequestAborted));
        }
        catch (TooManyCasesException e)
        {
            return Problems.Field(StatusCodes.Status400BadRequest, "from", e.Message + " Ask for a shorter one.");
        }
    }

    /// <summary>The children that had cases, and those of the territory in force that had none.</summary>
    private IEnumerable<AreaRatio> Children(string area, KpiRate kpi, KpiSheet sheet)
    {
        var counted = sheet.ChildrenOf(area, kpi).ToDictionary(c => c.Area, StringComparer.Ordinal);
        foreach (var code in territories.Current!.Territory.ChildrenOf(area))
            counted.TryAdd(code, new(code, default));
        return counted.Values;
    }

    private KpiPlaceAnswer Place(int? place, AreaRatio area)
    {
        var rate = Rate("", area.Ratio);
        return new(place, area.Area, territories.Current?.Territory.Find(area.Area)?.Name, rate.Numerator, rate.Denominator, rate.Value, rate.Low, rate.High);
    }

    private static KpiRateAnswer Rate(string key, Ratio ratio) => new(
        key, ratio.Numerator, ratio.Denominator, Rounded(ratio.Value), Rounded(ratio.Interval?.Low), Rounded(ratio.Interval?.High));

    private static double? Rounded(double? value) => value is { } known ? Math.Round(known, Digits) : null;

    private KpiAsk Ask(QueryFields query, Dictionary<string, string[]> errors)
    {
        var ask = new KpiAsk(Time(query, "from", errors), Time(query, "to", errors));
        if (errors.Count > 0)
            return ask;
        var (from, to) = ask.Span(time.GetUtcNow());
        if (from >= to)
            errors["from"] = ["Must be before to."];
        else if (to - from > KpiPeriod.Longest)
            errors["from"] = [string.Create(CultureInfo.InvariantCulture, $"The period is longer than {KpiPeriod.Longest.TotalDays:0} days.")];
        return ask;
    }

    private static DateTimeOffset? Time(QueryFields query, string name, Dictionary<string, string[]> errors)
    {
        if (query.Text(name) is not { } text)
            return null;
        // a plus that was not escaped arrives as a space
        if (Rfc3339.TryParse(Encoding.UTF8.GetBytes(text.Length > 10 ? text[..11] + text[11..].Replace(' ', '+') : text), out var ms))
        {
            var at = DateTimeOffset.UnixEpoch.AddTicks(ms * TimeSpan.TicksPerMillisecond);
            if (at >= Earliest && at < Latest)
                return at;
        }
        errors.TryAdd(name, ["Must be a time as RFC 3339 writes it, with offset, from 2000 to 2099."]);
        return null;
    }
}
