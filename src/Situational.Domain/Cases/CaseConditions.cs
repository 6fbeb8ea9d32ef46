using System.Globalization;

namespace Situational.Domain.Cases;

/// <summary>Whether the conditions of the table hold, and in English why not.</summary>
internal static class CaseConditions
{
    /// <summary>Why a condition does not hold; null when it does.</summary>
    public static string? Fault(CaseCondition condition, Case one, Actor by, DateTimeOffset now, LoopRules rules) => condition switch
    {
        CaseCondition.None => null,
        CaseCondition.PlainSpot => IsPlainSpot(one) ? null : "Its result is not verified yet; only a spot fix that is neither marked nor drawn for a re-check closes without.",
        CaseCondition.EndedLately => Ended(one, now, rules),
        CaseCondition.NotOwnResult => by.Role == Role.Supervisor || one.HandedInBy is not { } handed || !Same(handed.Id, by.Id)
            ? null
            : "Nobody but a supervisor judges a result that they handed in themselves.",
        CaseCondition.BelowTop => rules.Above(one) is null ? "The top level deals with it already." : null,
        CaseCondition.Proposed => one.Proposals.IsEmpty ? "No duplicate is proposed." : null,
        CaseCondition.Called => Called(one, by),
        CaseCondition.WhistlesLeft => one.Whistles.Length < Case.MaxWhistles ? null : Number("A case has at most {0} whistles.", Case.MaxWhistles),
        CaseCondition.RatingsLeft => one.Ratings.Length < Case.MaxRatings ? null : Number("A case has at most {0} ratings.", Case.MaxRatings),
        CaseCondition.OwnDepartment => by.Role == Role.Department && one.Assignee is { Kind: AssigneeKind.Department } given && !Same(given.Id, by.Id)
            ? $"It is given to the department {given.Id}."
            : null,
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "No such condition is known."),
    };

    /// <summary>Whether it was fixed on the spot and may be closed without a look.</summary>
    public static bool IsPlainSpot(Case one) => one is { Spot: { Recheck: false, Verified: null }, Marks.IsEmpty: true };

    /// <summary>Whether a department that was called has not ended its muster.</summary>
    public static bool HasOpenMuster(Case one)
    {
        foreach (var whistle in one.Whistles)
            foreach (var muster in whistle.Musters)
                if (!muster.Ended)
                    return true;
        return false;
    }

    private static string? Called(Case one, Actor by)
    {
        if (!HasOpenMuster(one))
            return "No department is called that has not ended its muster.";
        if (by.Role != Role.Department)
            return null;
        foreach (var whistle in one.Whistles)
            if (whistle.MusterOf(by.Id) is { Ended: false })
                return null;
        return $"The department {by.Id} is not called, or has ended its muster; a department answers for itself only.";
    }

    private static string? Ended(Case one, DateTimeOffset now, LoopRules rules)
    {
        var within = rules.City.ReopenWithin;
        return one.ClosedAt is not { } ended || now - ended <= within
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"It ended on {ended:yyyy-MM-dd HH:mm} UTC and can be reopened for {within.TotalHours:0.#} hours.");
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);

    private static string Number(string text, int number) => string.Format(CultureInfo.InvariantCulture, text, number);
}
