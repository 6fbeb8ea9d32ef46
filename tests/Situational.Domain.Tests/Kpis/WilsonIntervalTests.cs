using Situational.Domain.Kpis;

namespace Situational.Domain.Tests.Kpis;

public sealed class WilsonIntervalTests
{
    // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    // worked by hand: p = 1, so the lower bound is n / (n + z²), with z² = 3.841459
    [InlineData(1, 1, 0.2065, 1)]
    [InlineData(10, 10, 0.7225, 1)]
    // worked by hand: p = 1/2, so the middle is 1/2 and the half width z / (2 √(n + z²))
    [InlineData(50, 100, 0.4038, 0.5962)]
    public void Interval_OfPublishedCounts_IsThePublishedOne(int numerator, int denominator, double low, double high)
    {
        var interval = WilsonInterval.Of(numerator, denominator);

        Assert.Equal(low, interval.Low, 0.00005);
        Assert.Equal(high, interval.High, 0.00005);
    }

    [Fact]
    public void Interval_OfAnyCounts_HoldsTheShareAndMirrorsItsComplement()
    {
        for (var n = 1; n <= 120; n++)
            for (var k = 0; k <= n; k++)
            {
                var interval = WilsonInterval.Of(k, n);
                var mirrored = WilsonInterval.Of(n - k, n);

                Assert.InRange((double)k / n, interval.Low, interval.High);
                Assert.InRange(interval.Low, 0, 1);
                Assert.InRange(interval.High, 0, 1);
                Assert.Equal(1 - interval.High, mirrored.Low, 1e-12);
            }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    public void Interval_OfCountsThatAreNoShare_IsRefused(int numerator, int denominator) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(numerator, denominator));
}
