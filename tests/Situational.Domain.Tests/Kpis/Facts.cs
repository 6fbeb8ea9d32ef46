using System.Collections.Immutable;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Domain.Kpis;

namespace Situational.Domain.Tests.Kpis;

/// <summary>Facts to work figures out of by hand. Hours count from 00:00 UTC on 1 November 2026; the period is hours 100 to 200.</summary>
internal static class Facts
{
    public const string Grid = "g1";

    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static KpiPeriod Period { get; } = new(At(100), At(200));

    public static DateTimeOffset At(double hours) => Start.AddHours(hours);

    /// <summary>A case that was reported at an hour and is open, without a limit.</summary>
    public static CaseFact Open(double reported, double? due = null, Stage stage = Stage.Reported) => new(
        "g1-1", Grid, 1, "litter", Severity.Blue, stage, At(reported), null, due is { } d ? At(d) : null, null, false, 0, 0, 0, false, null,
        [new(Stage.Reported, At(reported))], []);

    /// <summary>A case that ended at an hour.</summary>
    public static CaseFact Ended(double reported, double ended, double? due = null, Stage stage = Stage.Closed) =>
        Open(reported, due, stage) with { EndedAt = At(ended), OnTime = due is { } d ? ended < d : null };

    /// <summary>The case with the stages that it passed, the first when it was reported.</summary>
    public static CaseFact Through(this CaseFact fact, params (Stage Stage, double Hour)[] path) =>
        fact with { Path = [.. path.Select(p => new StageEntry(p.Stage, At(p.Hour)))] };

    public static CaseFact Musters(this CaseFact fact, params MusterFact[] musters) => fact with { Whistles = [.. musters] };

    public static MusterFact Muster(
        MusterState state, double notified, double? acknowledged = null, bool unanswered = false, bool unsolved = false) =>
        new(1, "emergency", "water", state, At(notified), acknowledged is { } a ? At(a) : null, unanswered, unsolved);

    /// <summary>The figures of the one grid that the facts lie in.</summary>
    public static AreaFigures Figures(params IEnumerable<CaseFact> facts) => Sheet(facts).Of(Grid);

    public static KpiSheet Sheet(params IEnumerable<CaseFact> facts)
    {
        var tree = Trees.Of(1, ("city", null), (Grid, "city"));
        var count = new KpiCount(Period);
        foreach (var fact in facts)
            count.Add(fact, tree);
        return count.ToSheet();
    }

    public static ImmutableArray<StageEntry> FullPath(double firstHour) =>
        [.. Enumerable.Range(0, Case.MaxPath).Select(i => new StageEntry(i % 2 == 0 ? Stage.Reported : Stage.Accepted, i == 0 ? At(firstHour) : At(100 + i)))];
}
