namespace Situational.Domain.Kpis;

/// <summary>How many of how many.</summary>
/// <param name="Numerator">0 to <paramref name="Denominator"/>.</param>
/// <param name="Denominator">0 or more.</param>
public readonly record struct Ratio(int Numerator, int Denominator)
{
    /// <summary>The share, 0 to 1; null of nothing: neither 0 % nor 100 % would be true.</summary>
    public double? Value => Denominator == 0 ? null : (double)Numerator / Denominator;

    /// <summary>Its 95 % interval; null of nothing.</summary>
    public WilsonInterval? Interval => Denominator == 0 ? null : WilsonInterval.Of(Numerator, Denominator);

    /// <summary>Both counts added.</summary>
    public static Ratio operator +(Ratio a, Ratio b) => new(a.Numerator + b.Numerator, a.Denominator + b.Denominator);
}
