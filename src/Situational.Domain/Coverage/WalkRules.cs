namespace Situational.Domain.Coverage;

/// <summary>What counts as walked (docs/coverage.md).</summary>
/// <param name="BufferMeters">What lies within so many metres of a trail was walked. 1 to 100, default 15.</param>
/// <param name="MaxGapSeconds">Between two points further apart in time the way is not known: only the points count. Default 120.</param>
/// <param name="MaxMetersPerSecond">Who is faster drives past: neither the way nor its end counts. Default 15.</param>
public readonly record struct WalkRules(double BufferMeters = 15, double MaxGapSeconds = 120, double MaxMetersPerSecond = 15)
{
    /// <summary>The rules when nothing else is said.</summary>
    public static WalkRules Default { get; } = new(15);
}
