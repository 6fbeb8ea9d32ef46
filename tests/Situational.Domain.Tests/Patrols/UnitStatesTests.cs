using Situational.Domain.Patrols;

namespace Situational.Domain.Tests.Patrols;

public sealed class UnitStatesTests
{
    [Theory]
    [InlineData(-5_000, UnitState.Live)]
    [InlineData(0, UnitState.Live)]
    [InlineData(30_000, UnitState.Live)]
    [InlineData(30_001, UnitState.Late)]
    [InlineData(120_000, UnitState.Late)]
    [InlineData(120_001, UnitState.Stale)]
    [InlineData(600_000, UnitState.Stale)]
    [InlineData(600_001, UnitState.Gone)]
    [InlineData(long.MaxValue, UnitState.Gone)]
    public void ByAge_DefaultLimits_EachBelongsToTheBetterState(long ageMs, UnitState expected) =>
        Assert.Equal(expected, UnitStates.ByAge(ageMs, AgeLimits.Default));

    [Fact]
    public void ByAge_OtherLimits_AreHeeded() => Assert.Equal(UnitState.Late, UnitStates.ByAge(6, new AgeLimits(5, 10, 20)));
}
