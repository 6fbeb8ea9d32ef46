namespace Situational.Domain.Kpis;

/// <summary>
/// The score interval of a share: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
/// American Statistical Association 22 (1927), without correction for continuity. Unlike the textbook's ± it is right for small samples and
/// near 0 and 1: one case of one is no certainty.
/// </summary>
/// <param name="Low">Lower bound, 0 to 1.</param>
/// <param name="High">Upper bound, 0 to 1.</param>
public readonly record struct WilsonInterval(double Low, double High)
{
    /// <summary>The 97.5 % quantile of the normal distribution: 95 % lie between it and its negative.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>The 95 % interval.</summary>
    /// <param name="numerator">0 to <paramref name="denominator"/>.</param>
    /// <param name="denominator">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The counts are no share of anything.</exception>
    public static WilsonInterval Of(int numerator, int denominator)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(denominator, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(numerator);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numerator, denominator);
        var n = (double)denominator;
        var p = numerator / n;
        var scale = 1 + Z * Z / n;
        var middle = (p + Z * Z / (2 * n)) / scale;
        var half = Z * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / scale;
        // At the ends the bound is 0 or 1 by the formula; rounding must not say otherwise.
        return new(numerator == 0 ? 0 : middle - half, numerator == denominator ? 1 : middle + half);
    }
}
