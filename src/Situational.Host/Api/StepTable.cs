using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Host.Api.OpenApi;
using Situational.Host.Identity;

namespace Situational.Host.Api;

/// <summary><c>GET /api/v1/steps</c>: the loop's table, so that a page can say why a step is not possible.</summary>
internal static class StepTable
{
    private static readonly StepsAnswer Table = new(CaseNames.Stages, [.. CaseTransitions.Rows.Select(Of)]);

    /// <summary>Maps the endpoint.</summary>
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/v1/steps", () => TypedResults.Ok(Table))
            .RequireAuthorization(Access.Read)
            .WithTags("catalogue")
            .WithAnswer(StatusCodes.Status200OK, DeskExamples.Steps)
            .WithSummary("Which step leads from where to where, who may take it and what it needs")
            .WithDescription("The table by which steps are decided. docs/cases.md has the same with the meaning of stages and conditions.");

    private static StepRuleAnswer Of(CaseTransition row) => new(
        CaseNames.Of(row.Step), [.. row.From.Order().Select(CaseNames.Of)], row.To is { } to ? CaseNames.Of(to) : null,
        [.. row.Roles.Select(CaseNames.Of)], [.. row.Needs.SelectMany(Of)], [.. row.Takes.SelectMany(Of)], Of(row.Only));

    private static string[] Of(StepField field) => field switch
    {
        StepField.Note => ["note"],
        StepField.Reason => ["reason"],
        StepField.Assignee => ["assignee"],
        StepField.Photos => ["photos"],
        StepField.Until => ["until"],
        StepField.Severity => ["severity"],
        StepField.RatingKind or StepField.WhistleKind => ["kind"],
        StepField.Score => ["score"],
        StepField.Into or StepField.Apart => ["into"],
        StepField.Unit => ["unit"],
        StepField.Departments => ["departments"],
        StepField.Muster => ["whistle", "department", "state"],
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };

    private static string? Of(CaseCondition condition) => condition switch
    {
        CaseCondition.None => null,
        CaseCondition.PlainSpot => "plain-spot",
        CaseCondition.EndedLately => "ended-lately",
        CaseCondition.NotOwnResult => "not-own-result",
        CaseCondition.BelowTop => "below-top",
        CaseCondition.Proposed => "proposed",
        CaseCondition.Called => "called",
        CaseCondition.WhistlesLeft => "whistles-left",
        CaseCondition.RatingsLeft => "ratings-left",
        CaseCondition.OwnDepartment => "own-department",
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, null),
    };
}
