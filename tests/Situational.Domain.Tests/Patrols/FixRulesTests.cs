using Situational.Domain.Patrols;

namespace Situational.Domain.Tests.Patrols;

public sealed class FixRulesTests
{
    private const long Now = 1_795_000_000_000;

    public static TheoryData<double, double, double, double, double, long, FixFault> Fixes => new()
    {
        { 30.25, 120.15, 5, 1.4, 90, Now, FixFault.None },
        { 30.25, 120.15, double.NaN, double.NaN, double.NaN, Now, FixFault.None },
        { 90, 180, 0, 0, 0, Now, FixFault.None },
        { -90, -180, 100_000, 200, 359.99, Now, FixFault.None },
        { 0, 1, 5, 0, 0, Now, FixFault.None },
        { 1, 0, 5, 0, 0, Now, FixFault.None },
        { double.NaN, 120, 5, 0, 0, Now, FixFault.LatitudeNotFinite },
        { double.PositiveInfinity, 120, 5, 0, 0, Now, FixFault.LatitudeNotFinite },
        { 90.0001, 120, 5, 0, 0, Now, FixFault.LatitudeOutOfRange },
        { 120.15, 30.25, 5, 0, 0, Now, FixFault.LatitudeOutOfRange },
        { 30, double.NaN, 5, 0, 0, Now, FixFault.LongitudeNotFinite },
        { 30, double.NegativeInfinity, 5, 0, 0, Now, FixFault.LongitudeNotFinite },
        { 30, 180.0001, 5, 0, 0, Now, FixFault.LongitudeOutOfRange },
        { 30, -180.0001, 5, 0, 0, Now, FixFault.LongitudeOutOfRange },
        { 0, 0, 5, 0, 0, Now, FixFault.NullIsland },
        { 0, -0.0, 5, 0, 0, Now, FixFault.NullIsland },
        { 30, 120, -1, 0, 0, Now, FixFault.AccuracyOutOfRange },
        { 30, 120, 100_000.1, 0, 0, Now, FixFault.AccuracyOutOfRange },
        { 30, 120, double.PositiveInfinity, 0, 0, Now, FixFault.AccuracyOutOfRange },
        { 30, 120, 5, -1, 0, Now, FixFault.SpeedOutOfRange },
        { 30, 120, 5, 1e6, 0, Now, FixFault.SpeedOutOfRange },
        { 30, 120, 5, double.PositiveInfinity, 0, Now, FixFault.SpeedOutOfRange },
        { 30, 120, 5, 0, 360, Now, FixFault.HeadingOutOfRange },
        { 30, 120, 5, 0, -0.1, Now, FixFault.HeadingOutOfRange },
        { 30, 120, 5, 0, double.NegativeInfinity, Now, FixFault.HeadingOutOfRange },
        { 30, 120, 5, 0, 0, 0, FixFault.TimeNotPositive },
        { 30, 120, 5, 0, 0, -1, FixFault.TimeNotPositive },
        { 30, 120, 5, 0, 0, long.MinValue, FixFault.TimeNotPositive },
        { 30, 120, 5, 0, 0, Now / 1000, FixFault.TimeInSeconds },
        { 30, 120, 5, 0, 0, 1, FixFault.TimeTooOld },
        { 30, 120, 5, 0, 0, 946_684_799_999, FixFault.TimeTooOld },
        { 30, 120, 5, 0, 0, 946_684_800_000, FixFault.None },
        { 30, 120, 5, 0, 0, Now + 8 * 3_600_000, FixFault.None },
        { 30, 120, 5, 0, 0, Now * 1000, FixFault.TimeTooFarAhead },
        { 30, 120, 5, 0, 0, long.MaxValue, FixFault.TimeTooFarAhead },
    };

    [Trait("Fault", "Bad input: numbers")]
    [Theory]
    [MemberData(nameof(Fixes))]
    public void Check_EveryKindOfFix_NamesItsFirstFault(
        double latitude, double longitude, double accuracy, double speed, double heading, long measuredAtMs, FixFault expected) =>
        Assert.Equal(expected, FixRules.Check(latitude, longitude, accuracy, speed, heading, measuredAtMs, Now));

    [Fact]
    public void Describe_EveryFault_HasItsOwnKebabCodeAndASentence()
    {
        var codes = new HashSet<string>();
        foreach (var fault in Enum.GetValues<FixFault>().Where(f => f != FixFault.None))
        {
            var (code, detail) = FixFaults.Describe(fault);
            Assert.Matches("^[a-z]+(-[a-z]+)*$", code);
            Assert.True(codes.Add(code), code);
            Assert.EndsWith(".", detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Describe_NoFault_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => FixFaults.Describe(FixFault.None));
}
