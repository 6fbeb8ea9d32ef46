using System.Collections.Immutable;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Journal;

/// <summary>What of a case figures need to know. Pure.</summary>
public static class CaseFacts
{
    /// <summary>The fact of a case as it stands.</summary>
    public static CaseFact Of(Case value) => new(
        value.Id, value.Grid, value.TerritoryVersion, value.Report.Category, value.Severity, value.Stage, value.ReportedAt,
        value.IsOpen ? null : value.ClosedAt ?? value.UpdatedAt,
        value.IsOpen ? RunningLimitOf(value) : value.LimitEndedAt,
        value.IsOpen ? null : value.OnTime,
        value.Stage == Stage.Suspended, value.Suspensions, value.Reworks, value.HandIns, value.Spot is not null, value.Spot?.Verified,
        value.Path, MustersOf(value));

    private static DateTimeOffset? RunningLimitOf(Case value)
    {
        foreach (var clock in value.Clocks)
            if (clock is { Kind: ClockKind.Close, Stopped: false })
                return clock.DueAt;
        return null;
    }

    private static ImmutableArray<MusterFact> MustersOf(Case value)
    {
        if (value.Whistles.IsEmpty)
            return [];
        var facts = ImmutableArray.CreateBuilder<MusterFact>();
        foreach (var whistle in value.Whistles)
            foreach (var muster in whistle.Musters)
                facts.Add(new MusterFact(
                    whistle.Number, whistle.Kind, muster.Department, muster.State, muster.NotifiedAt, AnsweredAt(muster),
                    RanOut(muster, ClockKind.Acknowledge), muster.AcknowledgedAt is not null && (RanOut(muster, ClockKind.Solve) || LeftUndone(value, muster))));
        return facts.ToImmutable();
    }

    private static DateTimeOffset? AnsweredAt(Muster muster) =>
        muster.AcknowledgedAt ?? (muster.State == MusterState.Refused ? muster.EndedAt : null);

    private static bool LeftUndone(Case value, Muster muster) => muster.State == MusterState.Dismissed || (!value.IsOpen && !muster.Ended);

    /// <summary>Whether a clock was or is past its limit; one that was stopped knows what it had reached then, fired or not.</summary>
    private static bool RanOut(Muster muster, ClockKind kind)
    {
        foreach (var clock in muster.Clocks)
            if (clock.Kind == kind)
                return clock.Fired >= DeadlineLevel.Overdue || clock.StoppedAt >= clock.DueAt;
        return false;
    }
}
