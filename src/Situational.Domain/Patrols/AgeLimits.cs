namespace Situational.Domain.Patrols;

/// <summary>The ages, in milliseconds, up to which a unit is live, late and stale; each at least as long as the one before.</summary>
/// <param name="LiveMs">Default 30 s.</param>
/// <param name="LateMs">Default 2 min.</param>
/// <param name="StaleMs">Default 10 min; older is gone.</param>
public readonly record struct AgeLimits(long LiveMs, long LateMs, long StaleMs)
{
    /// <summary>30 s, 2 min, 10 min.</summary>
    public static AgeLimits Default => new(30_000, 120_000, 600_000);
}
