using System.Globalization;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;

namespace Situational.Host.Api;

/// <summary>Cases as the API shows them: everything but personal data.</summary>
internal static class CaseAnswers
{
    private static readonly Role[] Roles = [Role.Reporter, Role.Worker, Role.Department, Role.Officer, Role.Supervisor];

    /// <summary>The case's revision as a strong entity tag.</summary>
    public static string TagOf(Case one) => string.Create(CultureInfo.InvariantCulture, $"\"{one.Revision}\"");

    /// <summary>200 with the case and its <c>ETag</c>; 304 when the reader has just that already.</summary>
    public static IResult Ok(HttpContext context, Case one)
    {
        var tag = TagOf(one);
        context.Response.Headers.ETag = tag;
        if (!HttpMethods.IsGet(context.Request.Method))
            return TypedResults.Ok(Of(one));
        context.Response.Headers.CacheControl = "private, no-cache";
        return context.Request.Headers.IfNoneMatch == tag ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(Of(one));
    }

    /// <summary>A case.</summary>
    public static CaseAnswer Of(Case one) => new(
        one.Id, one.Revision, one.Grid, one.TerritoryVersion, one.Report.Category, CaseNames.Of(one.Severity), CaseNames.Of(one.Stage),
        one.Report.Description, one.Report.Latitude, one.Report.Longitude, one.Report.Source, one.Report.Photos, one.ReportedAt, one.UpdatedAt,
        one.StartedAt, one.ClosedAt, one.Note,
        one.Assignee is { } given ? new AssigneeRequest(CaseNames.Of(given.Kind), given.Id) : null,
        one.NextClock?.DueAt, CaseNames.Of(one.Level), [.. one.Clocks.Select(Of)], one.SuspendedUntil, one.EscalatedTo, 1 + one.Joined.Length,
        one.Proposals, one.MergedInto,
        one.Spot is { } spot ? new SpotAnswer(spot.Unit, spot.Note, spot.Recheck, spot.Verified, spot.FoundAt, spot.FixedAt) : null,
        [.. one.Marks.Select(Of)], one.ResultPhotos, [.. one.Ratings.Select(r => new RatingAnswer(r.Kind, r.Score, r.At, Of(r.By), r.Note))],
        [.. one.Whistles.Select(Of)], AllowedOf(one));

    /// <summary>The steps that someone can take with it.</summary>
    private static string[] AllowedOf(Case one)
    {
        var steps = CaseSteps.AllowedTo(one, Roles);
        var names = new string[steps.Length];
        for (var i = 0; i < names.Length; i++)
            names[i] = CaseNames.Of(steps[i]);
        return names;
    }

    /// <summary>Who acted; of a reporter only that it was one, as calling systems name reporters by their phone or the like.</summary>
    public static ActorAnswer Of(Actor by) => new(by.Role == Role.Reporter ? null : by.Id, CaseNames.Of(by.Role));

    /// <summary>A clock.</summary>
    public static ClockAnswer Of(Clock clock) => new(
        CaseNames.Of(clock.Kind), clock.Limit.ToString(), clock.StartedAt, clock.DueAt, CaseNames.Of(clock.Fired), clock.Stopped);

    private static MarkAnswer Of(PlausibilityMark mark) => new(mark.Code, mark.Value, mark.Limit, Explain(mark));

    private static string Explain(PlausibilityMark mark) => mark.Code switch
    {
        "too-fast" => string.Create(CultureInfo.InvariantCulture, $"Handled in {mark.Value:0} s; this category takes at least {mark.Limit:0} s."),
        "too-far" => string.Create(CultureInfo.InvariantCulture, $"The unit's fix is {mark.Value:0} m from the hazard; at most {mark.Limit:0} m are plausible."),
        "no-fix" => string.Create(CultureInfo.InvariantCulture, $"No fix of the unit within {mark.Limit:0} minutes is known."),
        "many-at-once" => string.Create(CultureInfo.InvariantCulture, $"{mark.Value:0} cases of this unit within a short time; up to {mark.Limit:0} are plausible."),
        _ => mark.Code,
    };

    private static WhistleAnswer Of(Whistle whistle) => new(
        whistle.Number, whistle.Kind, whistle.At, Of(whistle.By), whistle.Note, [.. whistle.Musters.Select(Of)]);

    private static MusterAnswer Of(Muster muster) => new(
        muster.Department, CaseNames.Of(muster.State), muster.NotifiedAt, muster.AcknowledgedAt, muster.EnRouteAt, muster.ArrivedAt,
        muster.ArrivalVerified, muster.ArrivalMeters, muster.EndedAt, muster.Note, muster.RoutedFrom, muster.CounterProposal,
        [.. muster.Clocks.Select(Of)]);
}
