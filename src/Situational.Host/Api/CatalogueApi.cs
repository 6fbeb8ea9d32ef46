using Microsoft.AspNetCore.Http.HttpResults;
using Situational.Contracts.Http;
using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;
using Situational.Host.Api.OpenApi;
using Situational.Host.Identity;

namespace Situational.Host.Api;

/// <summary>What the city has laid down: categories, departments, kinds of whistle and of rating, the working calendar.</summary>
internal sealed class CatalogueApi(CityRules rules, TimeProvider time)
{
    private const int FirstYear = 2000;
    private const int LastYear = 2100;

    private static readonly ClockKind[] StageClocks = [ClockKind.Accept, ClockKind.Dispatch, ClockKind.Handle, ClockKind.Verify, ClockKind.Close];

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1").WithTags("catalogue");
        group.MapGet("categories", (CatalogueApi api) => api.Categories())
            .RequireAuthorization(Access.Read)
            .WithAnswer(StatusCodes.Status200OK, CityExamples.Categories)
            .WithSummary("The categories of hazards, with severity, limits and departments")
            .WithDescription("A report names one by its code. The source says whose the codes are.");
        group.MapGet("departments", (CatalogueApi api) => api.Departments())
            .RequireAuthorization(Access.Read)
            .WithAnswer(StatusCodes.Status200OK, CityExamples.Departments)
            .WithSummary("The departments that cases are given to and whistles call");
        group.MapGet("whistle-kinds", (CatalogueApi api) => api.WhistleKinds())
            .RequireAuthorization(Access.Read)
            .WithAnswer(StatusCodes.Status200OK, CityExamples.WhistleKinds)
            .WithSummary("The kinds of whistle, with the limits of their musters");
        group.MapGet("rating-kinds", (CatalogueApi api) => api.RatingKinds())
            .RequireAuthorization(Access.Read)
            .WithAnswer(StatusCodes.Status200OK, CityExamples.RatingKinds)
            .WithSummary("Who rates closed cases");
        group.MapGet("calendar", (HttpContext context, CatalogueApi api) => api.Calendar(context))
            .RequireAuthorization(Access.Read)
            .Produces<CalendarAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithQuery("year", "2000 to 2100. Default: the present one.", "2026")
            .WithAnswer(StatusCodes.Status200OK, CityExamples.Calendar)
            .WithSummary("A year of the city's working calendar")
            .WithDescription("Every day with its working hours. It says where holidays and make-up days are from and until when they are known.");
    }

    private Ok<CategoriesAnswer> Categories() => TypedResults.Ok(new CategoriesAnswer(rules.Source, [.. rules.Categories.Values.Select(Of)]));

    private Ok<DepartmentsAnswer> Departments() => TypedResults.Ok(new DepartmentsAnswer(
        rules.Source, [.. rules.Departments.Values.Select(d => new CodedAnswer(d.Code, Of(d.Name)))]));

    private Ok<WhistleKindsAnswer> WhistleKinds() => TypedResults.Ok(new WhistleKindsAnswer(
        rules.Source,
        [.. rules.WhistleKinds.Values.Select(w =>
            new WhistleKindAnswer(w.Code, Of(w.Name), w.Acknowledge.ToString(), w.Arrive.ToString(), w.Solve.ToString()))]));

    private Ok<RatingKindsAnswer> RatingKinds() => TypedResults.Ok(new RatingKindsAnswer(
        rules.Source, RatingKind.MinScore, RatingKind.MaxScore, [.. rules.RatingKinds.Values.Select(r => new CodedAnswer(r.Code, Of(r.Name)))]));

    private IResult Calendar(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var calendar = rules.Calendar;
        var year = new QueryFields(context.Request.Query, errors).Whole("year", FirstYear, LastYear) ?? calendar.DayOf(time.GetUtcNow()).Year;
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        var days = new List<CalendarDayAnswer>(366);
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
            days.Add(new CalendarDayAnswer(day, HoursOf(calendar, day), day >= calendar.KnownFrom && day <= calendar.KnownUntil));
        return TypedResults.Ok(new CalendarAnswer(year, calendar.Zone.Id, calendar.Source, calendar.KnownFrom, calendar.KnownUntil, days));
    }

    private static string[] HoursOf(WorkingCalendar calendar, DateOnly day)
    {
        var hours = calendar.HoursOf(day);
        var written = new string[hours.Length];
        for (var i = 0; i < written.Length; i++)
            written[i] = hours[i].ToString();
        return written;
    }

    private static CategoryAnswer Of(Category category) => new(
        category.Code, Of(category.Name), category.Kind == CategoryKind.Component ? "component" : "event", Of(category.Class), category.Ours,
        CaseNames.Of(category.DefaultSeverity),
        StageClocks.Where(k => category.LimitOf(k) is not null).ToDictionary(CaseNames.Of, k => category.LimitOf(k)!.Value.ToString()),
        category.MergeMeters, category.MergeWithin.TotalMinutes, category.FastestHandling.TotalMinutes, category.Departments);

    private static NameAnswer Of(LocalName name) => new(name.Zh, name.En);
}
