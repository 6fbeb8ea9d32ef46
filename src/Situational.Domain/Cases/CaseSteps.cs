using System.Collections.Immutable;

namespace Situational.Domain.Cases;

/// <summary>Which steps a case allows, and to whom; read from <see cref="CaseTransitions"/>.</summary>
public static class CaseSteps
{
    private static readonly ImmutableArray<CaseStep> All = [.. CaseTransitions.Rows.Select(row => row.Step).Distinct()];

    private static readonly ImmutableArray<CaseStep>[] ByStage =
        [.. Enumerable.Range(0, (int)Stage.Merged + 1).Select(stage => StepsOf((Stage)stage))];

    /// <summary>The steps that a case of that stage allows to someone, in the order of the table.</summary>
    public static ImmutableArray<CaseStep> AllowedFrom(Stage stage) => stage is >= 0 and <= Stage.Merged ? ByStage[(int)stage] : [];

    /// <summary>
    /// The steps that a role can take with a case as it stands, in the order of the table. What depends on the person or on the time, such as
    /// verifying one's own result or reopening too late, is decided when the step is taken.
    /// </summary>
    public static ImmutableArray<CaseStep> AllowedTo(Case one, Role role)
    {
        var allowed = ImmutableArray.CreateBuilder<CaseStep>();
        foreach (var step in All)
            if (Find(one, step, row => row.Roles.Contains(role) && HoldsOfCase(row.Only, one)) is not null)
                allowed.Add(step);
        return allowed.DrainToImmutable();
    }

    /// <summary>The steps that someone can take with a case now.</summary>
    internal static ImmutableArray<CaseStep> AllowedTo(Case one, Actor by, DateTimeOffset now, LoopRules rules)
    {
        var allowed = ImmutableArray.CreateBuilder<CaseStep>();
        foreach (var step in All)
            if (Find(one, step, by, now, rules, out _) is not null)
                allowed.Add(step);
        return allowed.DrainToImmutable();
    }

    /// <summary>The row by which someone can take a step now, or null and why not, in English.</summary>
    internal static CaseTransition? Find(Case one, CaseStep step, Actor by, DateTimeOffset now, LoopRules rules, out string why)
    {
        why = $"A case that is {Name(one.Stage)} does not allow to {Name(step)}.";
        var inStage = false;
        foreach (var row in CaseTransitions.Rows)
        {
            if (row.Step != step || !row.From.Contains(one.Stage))
                continue;
            if (!row.Roles.Contains(by.Role))
            {
                why = inStage ? why : $"To {Name(step)} is not for a {Name(by.Role)}.";
                continue;
            }
            if (CaseConditions.Fault(row.Only, one, by, now, rules) is not { } fault)
                return row;
            (why, inStage) = (fault, true);
        }
        return null;
    }

    private static CaseTransition? Find(Case one, CaseStep step, Func<CaseTransition, bool> holds)
    {
        foreach (var row in CaseTransitions.Rows)
            if (row.Step == step && row.From.Contains(one.Stage) && holds(row))
                return row;
        return null;
    }

    private static bool HoldsOfCase(CaseCondition condition, Case one) => condition switch
    {
        CaseCondition.PlainSpot => CaseConditions.IsPlainSpot(one),
        CaseCondition.Proposed => !one.Proposals.IsEmpty,
        CaseCondition.Called => CaseConditions.HasOpenMuster(one),
        CaseCondition.WhistlesLeft => one.Whistles.Length < Case.MaxWhistles,
        CaseCondition.RatingsLeft => one.Ratings.Length < Case.MaxRatings,
        _ => true,
    };

    private static ImmutableArray<CaseStep> StepsOf(Stage stage) =>
        [.. All.Where(step => CaseTransitions.Rows.Any(row => row.Step == step && row.From.Contains(stage)))];

    private static string Name(Stage stage) => stage switch
    {
        Stage.Handling => "being handled",
        Stage.Rework => "to be reworked",
        _ => stage.ToString().ToLowerInvariant(),
    };

    private static string Name(Role role) => role.ToString().ToLowerInvariant();

    private static string Name(CaseStep step) => step switch
    {
        CaseStep.HandIn => "hand in a result",
        CaseStep.KeepApart => "keep it apart",
        CaseStep.Blow => "blow a whistle",
        CaseStep.Muster => "muster",
        CaseStep.Rework => "send back for rework",
        CaseStep.Start => "start handling",
        _ => step.ToString().ToLowerInvariant(),
    };
}
