using System.ComponentModel.DataAnnotations;
using Situational.Domain.Risk;

namespace Situational.Grains.Options;

/// <summary>The numbers of the risk formula (docs/risk.md). Section <c>Situational:Risk</c>.</summary>
public sealed class RiskOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Situational:Risk";

    private static readonly RiskRules Defaults = new();

    /// <summary>Points of an open red case. 0 to 1,000, default 8.</summary>
    [Range(0.0, 1000)]
    public double RedPoints { get; set; } = Defaults.RedPoints;

    /// <summary>Points of an open orange case. 0 to 1,000, default 4.</summary>
    [Range(0.0, 1000)]
    public double OrangePoints { get; set; } = Defaults.OrangePoints;

    /// <summary>Points of an open yellow case. 0 to 1,000, default 2.</summary>
    [Range(0.0, 1000)]
    public double YellowPoints { get; set; } = Defaults.YellowPoints;

    /// <summary>Points of an open blue case. 0 to 1,000, default 1.</summary>
    [Range(0.0, 1000)]
    public double BluePoints { get; set; } = Defaults.BluePoints;

    /// <summary>What an overdue case adds, as a share of its points. 0 to 10, default 1.</summary>
    [Range(0.0, 10)]
    public double OverdueShare { get; set; } = Defaults.OverdueShare;

    /// <summary>What a case close to a limit (80 %) adds, as a share of its points. 0 to 10, default 0.25.</summary>
    [Range(0.0, 10)]
    public double ApproachingShare { get; set; } = Defaults.ApproachingShare;

    /// <summary>What a case past twice a limit adds, as a share of its points. 0 to 10, default 2.</summary>
    [Range(0.0, 10)]
    public double OverdueTwiceShare { get; set; } = Defaults.OverdueTwiceShare;

    /// <summary>What every full day open adds, as a share of a case's points. 0 to 10, default 0.25.</summary>
    [Range(0.0, 10)]
    public double DayShare { get; set; } = Defaults.DayShare;

    /// <summary>For how many full days a case grows. 0 to 365, default 4.</summary>
    [Range(0, 365)]
    public int MaxDays { get; set; } = Defaults.MaxDays;

    /// <summary>Score from which a grid is yellow. More than 0, default 2.</summary>
    [Range(0.01, 1_000_000)]
    public double YellowFrom { get; set; } = Defaults.YellowFrom;

    /// <summary>Score from which a grid is orange; at least that of yellow. Default 8.</summary>
    [Range(0.01, 1_000_000)]
    public double OrangeFrom { get; set; } = Defaults.OrangeFrom;

    /// <summary>Score from which a grid is red; at least that of orange. Default 16.</summary>
    [Range(0.01, 1_000_000)]
    public double RedFrom { get; set; } = Defaults.RedFrom;

    /// <summary>Hours that a red case without clocks may stay open. 0.01 to 8,760, default 2.</summary>
    [Range(0.01, 8760)]
    public double RedHours { get; set; } = Defaults.RedLimit.TotalHours;

    /// <summary>Hours that an orange case without clocks may stay open. 0.01 to 8,760, default 8.</summary>
    [Range(0.01, 8760)]
    public double OrangeHours { get; set; } = Defaults.OrangeLimit.TotalHours;

    /// <summary>Hours that a yellow case without clocks may stay open. 0.01 to 8,760, default 24.</summary>
    [Range(0.01, 8760)]
    public double YellowHours { get; set; } = Defaults.YellowLimit.TotalHours;

    /// <summary>Hours that a blue case without clocks may stay open. 0.01 to 8,760, default 72.</summary>
    [Range(0.01, 8760)]
    public double BlueHours { get; set; } = Defaults.BlueLimit.TotalHours;

    /// <summary>The numbers as the domain takes them.</summary>
    public RiskRules ToRules() => new()
    {
        RedPoints = RedPoints,
        OrangePoints = OrangePoints,
        YellowPoints = YellowPoints,
        BluePoints = BluePoints,
        OverdueShare = OverdueShare,
        ApproachingShare = ApproachingShare,
        OverdueTwiceShare = OverdueTwiceShare,
        DayShare = DayShare,
        MaxDays = MaxDays,
        YellowFrom = YellowFrom,
        OrangeFrom = OrangeFrom,
        RedFrom = RedFrom,
        RedLimit = TimeSpan.FromHours(RedHours),
        OrangeLimit = TimeSpan.FromHours(OrangeHours),
        YellowLimit = TimeSpan.FromHours(YellowHours),
        BlueLimit = TimeSpan.FromHours(BlueHours),
    };

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (YellowFrom > OrangeFrom)
            yield return new ValidationResult("OrangeFrom must be at least YellowFrom.", [nameof(OrangeFrom)]);
        if (OrangeFrom > RedFrom)
            yield return new ValidationResult("RedFrom must be at least OrangeFrom.", [nameof(RedFrom)]);
    }
}
