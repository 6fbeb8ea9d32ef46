using System.ComponentModel.DataAnnotations;
using Situational.Domain.Patrols;

namespace Situational.Grains.Options;

/// <summary>How squads judge and keep their units. Section <c>Situational:Patrols</c>.</summary>
public sealed class PatrolOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Situational:Patrols";

    /// <summary>Age of the newest fix up to which a unit is live, in seconds. 1 to 86,400, default 30.</summary>
    [Range(1, 86_400)]
    public int LiveSeconds { get; set; } = 30;

    /// <summary>Age up to which it is late, in seconds; more than live. 1 to 86,400, default 120.</summary>
    [Range(1, 86_400)]
    public int LateSeconds { get; set; } = 120;

    /// <summary>Age up to which it is stale, in seconds; more than late. Older is gone. 1 to 604,800, default 600.</summary>
    [Range(1, 604_800)]
    public int StaleSeconds { get; set; } = 600;

    /// <summary>Units that one squad may have; fixes of new units beyond are refused, unless they call for help. 1 to 1,000,000, default 20,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxUnitsPerSquad { get; set; } = 20_000;

    /// <summary>Seconds between two savings of newest fixes: what a crash can lose. 1 to 10, default 10.</summary>
    [Range(1, 10)]
    public int SaveSeconds { get; set; } = 10;

    /// <summary>Seconds between two statements of all units to their grids; less than half the grids' lease. 5 to 60, default 30.</summary>
    [Range(5, 60)]
    public int SayAgainSeconds { get; set; } = 30;

    /// <summary>
    /// Least time between two rounds in which a squad tells grids of fixes, in milliseconds; after a longer quiet they are told at once. A round
    /// that takes long makes the next one wait ten times as long, at most half a second. 0 to 500, default 20.
    /// </summary>
    [Range(0, 500)]
    public int TellMilliseconds { get; set; } = 20;

    /// <summary>Metres that a unit has to be away from the last point of its trail for another one. 1 to 1,000, default 20.</summary>
    [Range(1, 1_000)]
    public int TrailMeters { get; set; } = 20;

    /// <summary>Seconds after which there is another point, wherever the unit is. 10 to 3,600, default 300.</summary>
    [Range(10, 3_600)]
    public int TrailMaxSeconds { get; set; } = 300;

    /// <summary>Seconds before which there is no other point; less than <see cref="TrailMaxSeconds"/>. 0 to 60, default 2.</summary>
    [Range(0, 60)]
    public int TrailMinSeconds { get; set; } = 2;

    /// <summary>
    /// Points of trails that one squad keeps in memory while the store is away; beyond, the oldest are lost. 100 to 1,000,000, default 50,000
    /// (3 MB).
    /// </summary>
    [Range(100, 1_000_000)]
    public int TrailWaiting { get; set; } = 50_000;

    /// <summary>Accuracy in metres up to which the way between two points counts as walked. 1 to 1,000, default 50.</summary>
    [Range(1, 1_000)]
    public int WalkAccuracyMeters { get; set; } = 50;

    /// <summary>How trails are thinned, as the domain takes it.</summary>
    public TrailRules Trail => new(TrailMeters, TrailMaxSeconds * 1000L, TrailMinSeconds * 1000L);

    /// <summary>The limits as the domain takes them.</summary>
    public AgeLimits Limits => new(LiveSeconds * 1000L, LateSeconds * 1000L, StaleSeconds * 1000L);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LiveSeconds >= LateSeconds)
            yield return new ValidationResult("LateSeconds must be more than LiveSeconds.", [nameof(LateSeconds)]);
        if (LateSeconds >= StaleSeconds)
            yield return new ValidationResult("StaleSeconds must be more than LateSeconds.", [nameof(StaleSeconds)]);
        if (TrailMinSeconds >= TrailMaxSeconds)
            yield return new ValidationResult("TrailMaxSeconds must be more than TrailMinSeconds.", [nameof(TrailMaxSeconds)]);
    }
}
