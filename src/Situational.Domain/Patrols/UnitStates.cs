namespace Situational.Domain.Patrols;

/// <summary>Judges units by the age of their newest fix.</summary>
public static class UnitStates
{
    /// <summary>The state of a unit whose newest fix is that old; each limit still belongs to the better state.</summary>
    /// <param name="ageMs">Milliseconds; negative counts as 0.</param>
    /// <param name="limits">The limits.</param>
    public static UnitState ByAge(long ageMs, in AgeLimits limits) =>
        ageMs <= limits.LiveMs ? UnitState.Live
        : ageMs <= limits.LateMs ? UnitState.Late
        : ageMs <= limits.StaleMs ? UnitState.Stale
        : UnitState.Gone;
}
