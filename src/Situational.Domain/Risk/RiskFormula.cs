using System.Collections.Immutable;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Risk;

/// <summary>
/// A grid's risk: the sum over its open cases of points × (1 + share of the level its clocks have reached + day share × full days open, up to
/// a most). Ages count in full days, so the score of a grid where nothing happens changes once a day a case and not with every look.
/// docs/risk.md explains it with examples.
/// </summary>
public static class RiskFormula
{
    /// <summary>Judges a grid.</summary>
    /// <param name="open">Its open cases, in any order.</param>
    /// <param name="now">The time to judge at, UTC.</param>
    /// <param name="rules">The numbers.</param>
    public static GridRisk Judge(IEnumerable<Case> open, DateTimeOffset now, RiskRules rules)
    {
        var tally = new RiskTally(rules, now);
        foreach (var one in open)
            tally.Add(one.Severity, rules.LevelOf(one, now), one.ReportedAt);
        var reasons = ImmutableArray.CreateBuilder<RiskReason>();
        for (var severity = Severity.Red; severity <= Severity.Blue; severity++)
            AddReason(reasons, RiskCause.OpenRed + (severity - Severity.Red), tally.CountOf(severity), tally.PointsOf(severity));
        AddReason(reasons, RiskCause.Approaching, tally.CountOf(DeadlineLevel.Approaching), tally.PointsOf(DeadlineLevel.Approaching));
        AddReason(reasons, RiskCause.Overdue, tally.CountOf(DeadlineLevel.Overdue), tally.PointsOf(DeadlineLevel.Overdue));
        AddReason(reasons, RiskCause.OverdueTwice, tally.CountOf(DeadlineLevel.OverdueTwice), tally.PointsOf(DeadlineLevel.OverdueTwice));
        AddReason(reasons, RiskCause.Age, tally.Aged, tally.AgePoints);
        reasons.Sort(static (a, b) => a.Points == b.Points ? a.Cause.CompareTo(b.Cause) : b.Points.CompareTo(a.Points));
        if (reasons.Count == 0)
            reasons.Add(new RiskReason(RiskCause.NoOpenCases, 0, 0));
        return new GridRisk(
            tally.Colour, tally.Score, tally.CountOf(Severity.Red), tally.CountOf(Severity.Orange), tally.CountOf(Severity.Yellow),
            tally.CountOf(Severity.Blue), tally.Overdue, reasons.DrainToImmutable());
    }

    private static void AddReason(ImmutableArray<RiskReason>.Builder reasons, RiskCause cause, int count, double points)
    {
        if (count > 0)
            reasons.Add(new RiskReason(cause, count, Math.Round(points, 2)));
    }
}
