namespace Situational.Domain.Territory;

/// <summary>Checks that drafts form one tree.</summary>
internal static class TerritoryTree
{
    /// <summary>The root, or null after a fault.</summary>
    public static AreaDraft? FindRoot(List<AreaDraft> drafts, IReadOnlyList<string> levels, TerritoryFindings findings)
    {
        var rank = levels.Select((level, i) => (level, i)).ToDictionary(p => p.level, p => p.i, StringComparer.Ordinal);
        var byCode = new Dictionary<string, AreaDraft>(drafts.Count, StringComparer.Ordinal);
        foreach (var draft in drafts)
            if (!byCode.TryAdd(draft.Code, draft))
                findings.Refuse(draft.Feature, draft.Code, "duplicate-code", $"The code {draft.Code} is also that of feature {byCode[draft.Code].Feature}.");

        var top = drafts.Where(d => d.Parent is null).MinBy(d => rank[d.Level]);
        var onCycle = CodesOnCycles(drafts, byCode);
        foreach (var draft in drafts)
            Check(draft);
        if (top is null)
            findings.Refuse(null, null, "no-root", "No area is without a parent; the city, the highest area, must be.");
        else if (top.Level == levels[^1])
            findings.Refuse(top.Feature, top.Code, "no-root", $"The area without a parent has the level {top.Level}, the lowest; grids need an area above them.");
        else if (!drafts.Exists(d => d.Level == levels[^1]))
            findings.Refuse(null, null, "no-grids", $"No area has the level {levels[^1]}; a territory has at least one grid.");
        return findings.HasFaults ? null : top;

        void Check(AreaDraft draft)
        {
            if (draft.Parent is null)
            {
                if (draft != top && draft.Level == top!.Level)
                    findings.Refuse(draft.Feature, draft.Code, "several-roots", $"Neither this area nor {top.Code} has a parent; only one area, the city, may have none.");
                else if (draft != top)
                    findings.Refuse(draft.Feature, draft.Code, "missing-parent", $"The property parent is missing; only the highest area, {top!.Code}, may have none.");
            }
            else if (onCycle.Contains(draft.Code))
                findings.Refuse(draft.Feature, draft.Code, "cyclic-parent", $"The parent {draft.Parent} lies under the area itself.");
            else if (!byCode.TryGetValue(draft.Parent, out var parent))
                findings.Refuse(draft.Feature, draft.Code, "missing-parent", $"The parent {AreaText(draft.Parent)} is no area of the file.");
            else if (rank[parent.Level] >= rank[draft.Level])
                findings.Refuse(draft.Feature, draft.Code, "parent-not-above",
                    $"The level {draft.Level} needs a parent of a higher level; {parent.Code} has the level {parent.Level}.");
        }
    }

    private static string AreaText(string code) => code.Length <= AreaCode.MaxLength ? code : code[..AreaCode.MaxLength] + "…";

    private static HashSet<string> CodesOnCycles(List<AreaDraft> drafts, Dictionary<string, AreaDraft> byCode)
    {
        var onCycle = new HashSet<string>(StringComparer.Ordinal);
        var walk = new Dictionary<string, int>(StringComparer.Ordinal); // code -> number of the walk that met it first
        for (var i = 0; i < drafts.Count; i++)
        {
            var at = drafts[i];
            while (at is not null && walk.TryAdd(at.Code, i))
                at = at.Parent is null ? null : byCode.GetValueOrDefault(at.Parent);
            // A walk that comes back to where it has been itself has found a cycle; one that meets an earlier walk has not.
            if (at is null || walk[at.Code] != i)
                continue;
            while (onCycle.Add(at.Code))
                at = byCode[at.Parent!];
        }
        return onCycle;
    }
}
