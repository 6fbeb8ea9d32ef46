using System.Collections.Immutable;
using Situational.Domain.Cases;

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
        Span<int> counts = stackalloc int[5];
        Span<double> points = stackalloc double[5];
        Span<int> late = stackalloc int[4];
        Span<double> latePoints = stackalloc double[4];
        var aged = 0;
        double agePoints = 0;
        foreach (var one in open)
        {
            var severity = one.Severity is >= Severity.Red and <= Severity.Blue ? one.Severity : Severity.Blue;
            var weight = rules.PointsOf(severity);
            counts[(int)severity]++;
            points[(int)severity] += weight;
            var level = rules.LevelOf(one, now);
            late[(int)level]++;
            latePoints[(int)level] += weight * rules.ShareOf(level);
            var days = Math.Clamp((int)Math.Min((now - one.ReportedAt).TotalDays, int.MaxValue), 0, rules.MaxDays);
            if (days > 0)
            {
                aged++;
                agePoints += weight * rules.DayShare * days;
            }
        }
        var reasons = ImmutableArray.CreateBuilder<RiskReason>();
        for (var severity = Severity.Red; severity <= Severity.Blue; severity++)
            AddReason(reasons, RiskCause.OpenRed + (severity - Severity.Red), counts[(int)severity], points[(int)severity]);
        AddReason(reasons, RiskCause.Approaching, late[1], latePoints[1]);
        AddReason(reasons, RiskCause.Overdue, late[2], latePoints[2]);
        AddReason(reasons, RiskCause.OverdueTwice, late[3], latePoints[3]);
        AddReason(reasons, RiskCause.Age, aged, agePoints);
        reasons.Sort(static (a, b) => a.Points == b.Points ? a.Cause.CompareTo(b.Cause) : b.Points.CompareTo(a.Points));
        if (reasons.Count == 0)
            reasons.Add(new RiskReason(RiskCause.NoOpenCases, 0, 0));
        var score = Math.Round(points[1] + points[2] + points[3] + points[4] + latePoints[1] + latePoints[2] + latePoints[3] + agePoints, 2);
        return new GridRisk(
            rules.ColourOf(score), score, counts[1], counts[2], counts[3], counts[4], late[2] + late[3], reasons.DrainToImmutable());
    }

    private static void AddReason(ImmutableArray<RiskReason>.Builder reasons, RiskCause cause, int count, double points)
    {
        if (count > 0)
            reasons.Add(new RiskReason(cause, count, Math.Round(points, 2)));
    }
}
