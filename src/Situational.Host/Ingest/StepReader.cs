using System.Text.Json;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Host.Api;

namespace Situational.Host.Ingest;

/// <summary>
/// Reads the body of a step and names every field that is wrong, with its limit. Which fields a step needs is the grid's to say; unknown
/// fields are ignored, and an empty body is one that says nothing.
/// </summary>
internal static class StepReader
{
    /// <summary>Longest id of a case.</summary>
    public const int MaxCaseId = 200;

    private const int MaxText = 4_000;
    private const int MaxDepartments = 16;

    /// <summary>The step's fields, or null when <paramref name="errors"/> was given at least one.</summary>
    public static CaseStepRequest? Read(JsonElement? body, Dictionary<string, string[]> errors)
    {
        if (body is not { } root)
            return new CaseStepRequest();
        if (root.ValueKind != JsonValueKind.Object)
        {
            errors["body"] = ["Must be a JSON object."];
            return null;
        }
        var fields = new JsonFields(root, "", errors);
        var read = new CaseStepRequest(
            ActorFields.Read(fields),
            fields.FreeText("note", MaxText, required: false),
            fields.FreeText("reason", MaxText, required: false),
            Assignee(fields),
            PhotoFields.Read(fields),
            fields.Time("until"),
            fields.OneOf("severity", CaseNames.Severities, required: false),
            fields.PlainText("kind", ActorFields.MaxId, required: false),
            fields.Whole("score", RatingKind.MinScore, RatingKind.MaxScore),
            fields.PlainText("into", MaxCaseId, required: false),
            fields.PlainText("unit", ActorFields.MaxId, required: false),
            fields.PlainTexts("departments", MaxDepartments, ActorFields.MaxId),
            fields.Whole("whistle", 1, Case.MaxWhistles),
            fields.PlainText("department", ActorFields.MaxId, required: false),
            fields.OneOf("state", CaseNames.Musters, required: false),
            fields.PlainText("counterProposal", ActorFields.MaxId, required: false));
        return errors.Count > 0 ? null : read;
    }

    private static AssigneeRequest? Assignee(JsonFields fields)
    {
        if (fields.Object("assignee", required: false) is not { } assignee)
            return null;
        var kind = assignee.OneOf("kind", CaseNames.Assignees);
        var id = assignee.PlainText("id", ActorFields.MaxId, required: true);
        return kind is null || id is null ? null : new AssigneeRequest(kind, id);
    }
}
