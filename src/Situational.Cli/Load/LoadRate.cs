using System.Globalization;

namespace Situational.Cli.Load;

/// <summary>A rate as it stands on the command line: a number a second, or max.</summary>
internal static class LoadRate
{
    /// <summary>The rate; 0 for max, null when it is neither.</summary>
    public static double? Parse(string text) =>
        text == "max" ? 0
        : double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var rate)
            && rate is >= 0.1 and <= 10_000_000 ? rate
        : null;
}
