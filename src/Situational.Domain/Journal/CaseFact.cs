using System.Collections.Immutable;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Journal;

/// <summary>What figures need to know of a case: no text and no person. Written with every change of the case.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="Grid">Code of the grid where it lies, or lay when it ended.</param>
/// <param name="TerritoryVersion">Version of the territory that <paramref name="Grid"/> belongs to.</param>
/// <param name="Category">Category code.</param>
/// <param name="Severity">The severity that counts.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="ReportedAt">When it was opened, UTC.</param>
/// <param name="EndedAt">When it ended, UTC; null while it is open.</param>
/// <param name="DueAt">When its whole limit falls due, suspensions counted out, UTC; of an ended case when it fell or would have fallen due,
/// <see cref="Case.LimitEndedAt"/>. Null without a limit or while it is suspended.</param>
/// <param name="OnTime">Whether it ended within its whole limit; null while it is open or without one.</param>
/// <param name="Suspended">Whether it is suspended now.</param>
/// <param name="Suspensions">How often it was suspended.</param>
/// <param name="Reworks">How often its result was not good enough.</param>
/// <param name="HandIns">How often a result was handed in.</param>
/// <param name="OnTheSpot">Whether it was fixed on the spot.</param>
/// <param name="SpotVerified">Whether the spot fix was verified: passed, failed, or null when nobody looked.</param>
/// <param name="Path">The stages it passed with their times, oldest first.</param>
/// <param name="Whistles">Its musters.</param>
public sealed record CaseFact(
    string Id, string Grid, int TerritoryVersion, string Category, Severity Severity, Stage Stage, DateTimeOffset ReportedAt,
    DateTimeOffset? EndedAt, DateTimeOffset? DueAt, bool? OnTime, bool Suspended, int Suspensions, int Reworks, int HandIns, bool OnTheSpot,
    bool? SpotVerified, ImmutableArray<StageEntry> Path, ImmutableArray<MusterFact> Whistles)
{
    /// <summary>The facts of a case as it stands.</summary>
    public static CaseFact Of(Case one) => new(
        one.Id, one.Grid, one.TerritoryVersion, one.Report.Category, one.Severity, one.Stage, one.ReportedAt, one.ClosedAt, DueAtOf(one),
        one.IsOpen ? null : one.OnTime, one.Stage == Stage.Suspended, one.Suspensions, one.Reworks, one.HandIns, one.Spot is not null,
        one.Spot?.Verified, one.Path, MustersOf(one));

    private static DateTimeOffset? DueAtOf(Case one)
    {
        if (!one.IsOpen)
            return one.LimitEndedAt;
        foreach (var clock in one.Clocks)
            if (clock.Kind == ClockKind.Close)
                return clock.Stopped ? null : clock.DueAt;
        return null;
    }

    private static ImmutableArray<MusterFact> MustersOf(Case one)
    {
        if (one.Whistles.IsEmpty)
            return [];
        var facts = ImmutableArray.CreateBuilder<MusterFact>();
        foreach (var whistle in one.Whistles)
            foreach (var muster in whistle.Musters)
                facts.Add(MusterFact.Of(whistle, muster));
        return facts.DrainToImmutable();
    }
}

/// <summary>What figures need to know of one department's muster.</summary>
/// <param name="Whistle">Number of the whistle in its case.</param>
/// <param name="Kind">Code of the whistle's kind.</param>
/// <param name="Department">Code of the department.</param>
/// <param name="State">Where it stands.</param>
/// <param name="NotifiedAt">When it was called, UTC.</param>
/// <param name="AcknowledgedAt">When it answered at all, UTC: acknowledged or refused.</param>
/// <param name="Unanswered">Whether its acknowledge clock ran out before it answered.</param>
/// <param name="Unsolved">Whether it acknowledged, but its solve clock ran out or the case ended before it reported done.</param>
public readonly record struct MusterFact(
    int Whistle, string Kind, string Department, MusterState State, DateTimeOffset NotifiedAt, DateTimeOffset? AcknowledgedAt, bool Unanswered,
    bool Unsolved)
{
    /// <summary>The facts of a muster as it stands.</summary>
    internal static MusterFact Of(Whistle whistle, Muster muster)
    {
        var refused = muster.State == MusterState.Refused;
        return new MusterFact(
            whistle.Number, whistle.Kind, muster.Department, muster.State, muster.NotifiedAt,
            muster.AcknowledgedAt ?? (refused ? muster.EndedAt : null), RanOut(muster, ClockKind.Acknowledge),
            muster.AcknowledgedAt is not null && !refused && (muster.State == MusterState.Dismissed || RanOut(muster, ClockKind.Solve)));
    }

    /// <summary>Whether a clock was overdue when it stopped, or was found overdue while it runs.</summary>
    private static bool RanOut(Muster muster, ClockKind kind)
    {
        foreach (var clock in muster.Clocks)
            if (clock.Kind == kind)
                return clock.Fired >= DeadlineLevel.Overdue || (clock.StoppedAt is { } stopped && clock.LevelAt(stopped) >= DeadlineLevel.Overdue);
        return false;
    }
}
