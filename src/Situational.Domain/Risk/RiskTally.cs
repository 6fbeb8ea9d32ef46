using System.Runtime.CompilerServices;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Risk;

/// <summary>
/// Adds up what the open cases of a grid weigh, one by one: the arithmetic of <see cref="RiskFormula"/>, also for those who know of a case no
/// more than a screen shows. Allocates nothing.
/// </summary>
/// <param name="rules">The numbers.</param>
/// <param name="now">The time to judge at, UTC.</param>
public struct RiskTally(RiskRules rules, DateTimeOffset now)
{
    private Counts _counts;
    private Counts _late;
    private Weights _points;
    private Weights _latePoints;

    /// <summary>Cases open for a day or more.</summary>
    public int Aged { get; private set; }

    /// <summary>What those add, 0 up.</summary>
    public double AgePoints { get; private set; }

    /// <summary>The sum of all points, 0 up, rounded to hundredths.</summary>
    public readonly double Score => Math.Round(
        _points[1] + _points[2] + _points[3] + _points[4] + _latePoints[1] + _latePoints[2] + _latePoints[3] + AgePoints, 2);

    /// <summary>The colour of the score.</summary>
    public readonly Severity Colour => rules.ColourOf(Score);

    /// <summary>Cases past a limit.</summary>
    public readonly int Overdue => _late[2] + _late[3];

    /// <summary>Takes an open case in.</summary>
    /// <param name="severity">The severity that counts; one that is none counts as blue.</param>
    /// <param name="level">How far it is with its limits.</param>
    /// <param name="reportedAt">When it was opened, UTC.</param>
    public void Add(Severity severity, DeadlineLevel level, DateTimeOffset reportedAt)
    {
        if (severity is < Severity.Red or > Severity.Blue)
            severity = Severity.Blue;
        var weight = rules.PointsOf(severity);
        _counts[(int)severity]++;
        _points[(int)severity] += weight;
        _late[(int)level]++;
        _latePoints[(int)level] += weight * rules.ShareOf(level);
        var days = Math.Clamp((int)Math.Min((now - reportedAt).TotalDays, int.MaxValue), 0, rules.MaxDays);
        if (days == 0)
            return;
        Aged++;
        AgePoints += weight * rules.DayShare * days;
    }

    /// <summary>Open cases of a severity.</summary>
    public readonly int CountOf(Severity severity) => _counts[(int)severity];

    /// <summary>What the cases of a severity add by themselves, 0 up.</summary>
    public readonly double PointsOf(Severity severity) => _points[(int)severity];

    /// <summary>Open cases of a level.</summary>
    public readonly int CountOf(DeadlineLevel level) => _late[(int)level];

    /// <summary>What their level adds, 0 up.</summary>
    public readonly double PointsOf(DeadlineLevel level) => _latePoints[(int)level];

    [InlineArray(5)]
    private struct Counts
    {
        private int _first;
    }

    [InlineArray(5)]
    private struct Weights
    {
        private double _first;
    }
}
