using System.Collections.Immutable;
using System.Globalization;

namespace Situational.Domain.Cases;

/// <summary>Checks what a step needs and takes.</summary>
internal static class StepFields
{
    /// <summary>Longest suspension.</summary>
    public static readonly TimeSpan MaxSuspension = TimeSpan.FromDays(365);

    private const int MaxId = 64;
    private static readonly string Text = string.Create(CultureInfo.InvariantCulture, $"1 to {Case.MaxText:N0} characters");

    /// <summary>The first fault of what a row needs and takes, or null.</summary>
    public static Decision.Faulty? Check(CaseTransition row, GridState state, Case one, GridCommand.Step step, DateTimeOffset now, LoopRules rules)
    {
        foreach (var field in row.Needs)
            if (Fault(field, needed: true, state, one, step, now, rules) is { } fault)
                return new Decision.Faulty(one, fault.Field, fault.Text);
        foreach (var field in row.Takes)
            if (Fault(field, needed: false, state, one, step, now, rules) is { } fault)
                return new Decision.Faulty(one, fault.Field, fault.Text);
        return null;
    }

    private static (string Field, string Text)? Fault(
        StepField field, bool needed, GridState state, Case one, GridCommand.Step step, DateTimeOffset now, LoopRules rules) => field switch
        {
            StepField.Note => Said("note", step.Note, needed),
            StepField.Reason => Said("reason", step.Reason, needed),
            StepField.Assignee => Assigned(step.Assignee, rules),
            StepField.Photos => step.Photos.Length <= Case.MaxPhotos ? null : ("photos", $"There may be at most {Case.MaxPhotos} photos."),
            StepField.Until => Until(step.Until, now),
            StepField.Severity => step.Severity is null or (>= Severity.Red and <= Severity.Blue) ? null : ("severity", "It must be red, orange, yellow or blue."),
            StepField.RatingKind => RatingKind(one, step, rules),
            StepField.Score => step.Score is >= Catalogue.RatingKind.MinScore and <= Catalogue.RatingKind.MaxScore
                ? null
                : ("score", $"A score from {Catalogue.RatingKind.MinScore} (worst) to {Catalogue.RatingKind.MaxScore} (best) is needed."),
            StepField.Into => Duplicates.MergeFault(state, one, step) is { } fault ? ("into", fault) : null,
            StepField.Apart => step.Other is { } other && one.Proposals.Contains(other)
                ? null
                : ("into", $"The id of a proposed duplicate is needed: {string.Join(", ", one.Proposals)}."),
            StepField.WhistleKind => step.WhistleKind is { } kind && rules.City.WhistleKinds.ContainsKey(kind)
                ? null
                : ("kind", $"A kind of whistle of the catalogue is needed: {string.Join(", ", rules.City.WhistleKinds.Keys)}."),
            StepField.Departments => Departments(step.Departments, rules),
            StepField.Muster => Musters.Fault(one, step, rules),
            StepField.Unit => null,
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, "No such field is known."),
        };

    /// <summary>What is wrong with a text, or null.</summary>
    public static (string Field, string Text)? Said(string field, string? text, bool needed) =>
        string.IsNullOrWhiteSpace(text)
            ? needed ? (field, $"A {field} of {Text} is needed.") : null
            : text.Length <= Case.MaxText ? null : (field, $"A {field} has {Text}.");

    private static (string Field, string Text)? Assigned(Assignee? to, LoopRules rules)
    {
        if (to is null || to.Kind is < AssigneeKind.Unit or > AssigneeKind.Department)
            return ("assignee", "A unit, a squad or a department is needed.");
        if (string.IsNullOrWhiteSpace(to.Id) || to.Id.Length > MaxId)
            return ("assignee.id", $"An id of 1 to {MaxId} characters is needed.");
        return to.Kind == AssigneeKind.Department && !rules.City.Departments.ContainsKey(to.Id)
            ? ("assignee.id", "It must be the code of a department of the catalogue.")
            : null;
    }

    private static (string Field, string Text)? Until(DateTimeOffset? until, DateTimeOffset now)
    {
        if (until is not { } end)
            return ("until", $"An end in the future, at most {MaxSuspension.TotalDays:0} days ahead, is needed.");
        return end <= now || end - now > MaxSuspension
            ? ("until", $"It must be in the future and at most {MaxSuspension.TotalDays:0} days ahead.")
            : null;
    }

    private static (string Field, string Text)? RatingKind(Case one, GridCommand.Step step, LoopRules rules)
    {
        if (step.RatingKind is not { } kind || !rules.City.RatingKinds.ContainsKey(kind))
            return ("kind", $"A kind of rating of the catalogue is needed: {string.Join(", ", rules.City.RatingKinds.Keys)}.");
        // A kind that is called like a role is that role's; the others are recorded by officers, who also write down what somebody told them.
        var own = step.By.Role switch { Role.Reporter => "reporter", Role.Department => "department", Role.Supervisor => "supervisor", _ => null };
        if (own is not null ? kind != own : kind == "supervisor")
            return ("kind", own is null ? "Only a supervisor rates as supervisor." : $"A {own} rates as {own}.");
        foreach (var rating in one.Ratings)
            if (rating.Kind == kind && rating.By.Id == step.By.Id)
                return ("kind", $"Is rated by them as {kind} already.");
        return null;
    }

    private static (string Field, string Text)? Departments(ImmutableArray<string> codes, LoopRules rules)
    {
        if (codes.Length is 0 or > Whistle.MaxCalled)
            return ("departments", $"1 to {Whistle.MaxCalled} departments are needed.");
        for (var i = 0; i < codes.Length; i++)
        {
            if (!rules.City.Departments.ContainsKey(codes[i]))
                return ($"departments[{i}]", "It must be the code of a department of the catalogue.");
            if (codes.IndexOf(codes[i]) < i)
                return ($"departments[{i}]", "Each department is called once.");
        }
        return null;
    }
}
