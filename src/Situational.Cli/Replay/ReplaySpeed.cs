using System.Globalization;

namespace Situational.Cli.Replay;

/// <summary>How fast a recorded day is sent.</summary>
/// <param name="Factor">Times real time; infinity for as fast as it goes.</param>
internal readonly record struct ReplaySpeed(double Factor)
{
    /// <summary>As fast as it goes.</summary>
    public bool IsMax => double.IsPositiveInfinity(Factor);

    /// <summary>Reads <c>max</c> or a number from 0.01 to 10,000; null for anything else.</summary>
    public static ReplaySpeed? Parse(string text) =>
        text == "max" ? new ReplaySpeed(double.PositiveInfinity)
        : double.TryParse(text, CultureInfo.InvariantCulture, out var factor) && factor is >= 0.01 and <= 10_000 ? new ReplaySpeed(factor)
        : null;
}
