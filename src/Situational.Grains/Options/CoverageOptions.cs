using System.ComponentModel.DataAnnotations;
using Situational.Domain.Coverage;

namespace Situational.Grains.Options;

/// <summary>What counts as walked (docs/coverage.md). Section <c>Situational:Coverage</c>.</summary>
public sealed class CoverageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Situational:Coverage";

    /// <summary>What lies within so many metres of a trail was walked. 1 to 100, default 15.</summary>
    [Range(1.0, 100)]
    public double BufferMeters { get; set; } = WalkRules.Default.BufferMeters;

    /// <summary>Seconds between two points of a trail up to which the way between them counts; beyond it only the points do. 1 to 3,600, default 120.</summary>
    [Range(1, 3600)]
    public int MaxGapSeconds { get; set; } = (int)WalkRules.Default.MaxGapSeconds;

    /// <summary>Metres per second beyond which somebody drives past and nothing counts. 1 to 100, default 15.</summary>
    [Range(1.0, 100)]
    public double MaxMetersPerSecond { get; set; } = WalkRules.Default.MaxMetersPerSecond;

    /// <summary>Path of a GeoJSON file of polygons that nobody can walk, such as lakes and closed works. Default: none. Read once, at start.</summary>
    public string? Unwalkable { get; set; }

    /// <summary>Seconds between two savings: what a crash can lose. 1 to 10, default 10.</summary>
    [Range(1, 10)]
    public int SaveSeconds { get; set; } = 10;

    /// <summary>How many days back a late segment still counts. 1 to 366, default 100.</summary>
    [Range(1, 366)]
    public int KeptDays { get; set; } = 100;

    /// <summary>The rules as the domain takes them.</summary>
    public WalkRules Rules => new(BufferMeters, MaxGapSeconds, MaxMetersPerSecond);
}
