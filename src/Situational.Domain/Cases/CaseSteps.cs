using System.Collections.Immutable;
using System.Numerics;

namespace Situational.Domain.Cases;

/// <summary>Which steps a case allows, and to whom; read from <see cref="CaseTransitions"/>.</summary>
public static class CaseSteps
{
    private static readonly ImmutableArray<CaseStep> All = [.. CaseTransitions.Rows.Select(row => row.Step).Distinct()];

    private static readonly ImmutableArray<CaseStep>[] ByStage =
        [.. Enumerable.Range(0, (int)Stage.Merged + 1).Select(stage => StepsOf((Stage)stage))];

    private static readonly ImmutableArray<CaseTransition>[] RowsByStage =
        [.. Enumerable.Range(0, (int)Stage.Merged + 1).Select(stage => CaseTransitions.Rows.Where(row => row.From.Contains((Stage)stage)).ToImmutableArray())];

    /// <summary>The steps that a case of that stage allows to someone, in the order of the table.</summary>
    public static ImmutableArray<CaseStep> AllowedFrom(Stage stage) => stage is >= 0 and <= Stage.Merged ? ByStage[(int)stage] : [];

    /// <summary>
    /// The steps that one of those roles can take with a case as it stands, in the order of the table. What depends on the person or on the time,
    /// such as verifying one's own result or reopening too late, is decided when the step is taken.
    /// </summary>
    public static ImmutableArray<CaseStep> AllowedTo(Case one, params ReadOnlySpan<Role> roles)
    {
        if (one.Stage is < 0 or > Stage.Merged)
            return [];
        var found = 0UL;
        foreach (var row in RowsByStage[(int)one.Stage])
            if ((found & Bit(row.Step)) == 0 && IsFor(row, roles) && HoldsOfCase(row.Only, one))
                found |= Bit(row.Step);
        var allowed = ImmutableArray.CreateBuilder<CaseStep>(BitOperations.PopCount(found));
        foreach (var step in ByStage[(int)one.Stage])
            if ((found & Bit(step)) != 0)
                allowed.Add(step);
        return allowed.MoveToImmutable();
    }

    /// <summary>The steps that someone can take with a case now, in the order of the table.</summary>
    public static ImmutableArray<CaseStep> AllowedTo(Case one, Actor by, DateTimeOffset now, LoopRules rules)
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
        string? fault = null;
        var inStage = false;
        foreach (var row in CaseTransitions.Rows)
        {
            if (row.Step != step || !row.From.Contains(one.Stage))
                continue;
            inStage = true;
            if (!row.Roles.Contains(by.Role))
                continue;
            fault = CaseConditions.Fault(row.Only, one, by, now, rules);
            if (fault is null)
            {
                why = "";
                return row;
            }
        }
        why = fault
            ?? (one.MergedInto is { } into ? $"The case was merged into {into}, which goes on for it."
                : inStage ? $"The step {CaseWords.Of(step)} is not for the role {CaseWords.Of(by.Role)}."
                : FromWhere(step) is { } from ? $"The case is {CaseWords.Of(one.Stage)}; the step {CaseWords.Of(step)} is possible when it is {from}."
                : "There is no such step.");
        return null;
    }

    private static bool IsFor(CaseTransition row, ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
            if (row.Roles.Contains(role))
                return true;
        return false;
    }

    private static ulong Bit(CaseStep step) => 1UL << (int)step;

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

    private static string? FromWhere(CaseStep step)
    {
        var stages = new List<string>();
        foreach (var row in CaseTransitions.Rows)
            if (row.Step == step)
                foreach (var stage in row.From)
                    if (!stages.Contains(CaseWords.Of(stage)))
                        stages.Add(CaseWords.Of(stage));
        return stages.Count switch
        {
            0 => null,
            1 => stages[0],
            _ => string.Join(", ", stages.Take(stages.Count - 1)) + " or " + stages[^1],
        };
    }
}
