using System.Collections.Immutable;
using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Cases;

/// <summary>What steps and time do to the clocks of cases.</summary>
public static class CaseClocks
{
    /// <summary>
    /// When time next does something in a grid: a clock reaches a level or a suspension ends. May be past. Null when nothing waits. Looks at
    /// every open case.
    /// </summary>
    public static DateTimeOffset? NextAt(GridState state)
    {
        DateTimeOffset? next = null;
        foreach (var (_, one) in state.Open)
            next = Earlier(next, NextAt(one));
        return next;
    }

    /// <summary>When time next does something with a case; may be past. Null when nothing waits.</summary>
    public static DateTimeOffset? NextAt(Case one)
    {
        if (!one.IsOpen)
            return null;
        var next = one.Stage == Stage.Suspended ? one.SuspendedUntil : null;
        foreach (var clock in one.Clocks)
            next = Earlier(next, clock.NextAt);
        foreach (var whistle in one.Whistles)
            foreach (var muster in whistle.Musters)
                if (!muster.Ended)
                    foreach (var clock in muster.Clocks)
                        next = Earlier(next, clock.NextAt);
        return next;
    }

    /// <summary>The clocks of a case after a row of the table.</summary>
    internal static ImmutableArray<Clock> After(CaseTransition row, Case one, DateTimeOffset at, CityRules rules)
    {
        if (row.AllClocks == ClockEffect.End)
            return [];
        var clocks = ImmutableArray.CreateBuilder<Clock>(one.Clocks.Length + row.Starts.Length);
        foreach (var clock in one.Clocks)
            if (!row.Ends.Contains(clock.Kind) && !row.Starts.Contains(clock.Kind))
                clocks.Add(row.AllClocks switch
                {
                    ClockEffect.Stop => clock.Stop(at, rules.Calendar),
                    ClockEffect.Resume => clock.Resume(at, rules.Calendar),
                    _ => clock,
                });
        Start(clocks, row.Starts, one.Report.Category, at, rules);
        return clocks.ToImmutable();
    }

    /// <summary>Clocks of those kinds that start; none where the category has no limit.</summary>
    internal static ImmutableArray<Clock> Started(ImmutableArray<ClockKind> kinds, string category, DateTimeOffset at, CityRules rules)
    {
        var clocks = ImmutableArray.CreateBuilder<Clock>(kinds.Length);
        Start(clocks, kinds, category, at, rules);
        return clocks.ToImmutable();
    }

    /// <summary>When a clock reached the level that it shows.</summary>
    internal static DateTimeOffset ReachedAt(Clock clock, DeadlineLevel level) => level switch
    {
        DeadlineLevel.Approaching => clock.ApproachingAt,
        DeadlineLevel.Overdue => clock.DueAt,
        _ => clock.TwiceAt,
    };

    private static void Start(ImmutableArray<Clock>.Builder clocks, ImmutableArray<ClockKind> kinds, string category, DateTimeOffset at, CityRules rules)
    {
        foreach (var kind in kinds)
            if (rules.CategoryOrOther(category).LimitOf(kind) is { } limit)
                clocks.Add(Clock.Start(kind, limit, at, rules.Calendar));
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
