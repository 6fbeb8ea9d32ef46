using System.Collections.Immutable;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Cases;

/// <summary>What events make of the clocks and whistles of a case.</summary>
internal static class WhistleFold
{
    /// <summary>The case after a clock reached a level; null when it has no such clock.</summary>
    public static Case? Reached(Case before, DeadlinePassed e)
    {
        if (e.Whistle is not { } number)
            return Replaced(before.Clocks, e.Clock) is { } clocks ? before with { Clocks = clocks } : null;
        return Changed(before, number, e.Department, muster => Replaced(muster.Clocks, e.Clock) is { } clocks ? muster with { Clocks = clocks } : null);
    }

    /// <summary>The case after a department's muster changed or began; null when it has no such whistle.</summary>
    public static Case? Stepped(Case before, MusterStepped e)
    {
        if (Musters.Find(before, e.Whistle) is not { } whistle)
            return null;
        return whistle.MusterOf(e.Muster.Department) is null
            ? before with { Whistles = before.Whistles.Replace(whistle, whistle with { Musters = whistle.Musters.Add(e.Muster) }) }
            : Changed(before, e.Whistle, e.Muster.Department, _ => e.Muster);
    }

    /// <summary>The case with every muster dismissed that had not ended.</summary>
    public static Case Dismissed(Case before, DateTimeOffset at)
    {
        if (!CaseConditions.HasOpenMuster(before))
            return before;
        var whistles = before.Whistles.ToBuilder();
        for (var i = 0; i < whistles.Count; i++)
        {
            var musters = whistles[i].Musters.ToBuilder();
            for (var j = 0; j < musters.Count; j++)
                if (!musters[j].Ended)
                    musters[j] = musters[j] with { State = MusterState.Dismissed, EndedAt = at, Clocks = Stopped(musters[j].Clocks, at) };
            whistles[i] = whistles[i] with { Musters = musters.ToImmutable() };
        }
        return before with { Whistles = whistles.ToImmutable() };
    }

    private static ImmutableArray<Clock> Stopped(ImmutableArray<Clock> clocks, DateTimeOffset at)
    {
        var after = clocks.ToBuilder();
        for (var i = 0; i < after.Count; i++)
            if (!after[i].Stopped)
                after[i] = after[i] with { StoppedAt = at };
        return after.ToImmutable();
    }

    private static Case? Changed(Case before, int number, string? department, Func<Muster, Muster?> change)
    {
        for (var i = 0; i < before.Whistles.Length; i++)
        {
            var whistle = before.Whistles[i];
            if (whistle.Number != number)
                continue;
            for (var j = 0; j < whistle.Musters.Length; j++)
                if (whistle.Musters[j].Department == department)
                    return change(whistle.Musters[j]) is { } after
                        ? before with { Whistles = before.Whistles.SetItem(i, whistle with { Musters = whistle.Musters.SetItem(j, after) }) }
                        : null;
        }
        return null;
    }

    private static ImmutableArray<Clock>? Replaced(ImmutableArray<Clock> clocks, Clock clock)
    {
        for (var i = 0; i < clocks.Length; i++)
            if (clocks[i].Kind == clock.Kind)
                return clocks.SetItem(i, clock);
        return null;
    }
}
