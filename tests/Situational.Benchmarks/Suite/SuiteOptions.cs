using System.Globalization;

namespace Situational.Benchmarks.Suite;

/// <summary>What the suite was asked for: <c>[--rounds N] [--compare FILE] [--before FOLDER]</c>.</summary>
/// <param name="Rounds">Rounds of each figure, 1 to 100; five or more make a figure that may be quoted.</param>
/// <param name="Compare">A file that an earlier run wrote, to print ratios to; null for none.</param>
/// <param name="Before">Folder of another build of the host, measured in turn with this one; null for none.</param>
internal sealed record SuiteOptions(int Rounds, string? Compare, string? Before)
{
    /// <summary>Reads the words; throws what the program prints.</summary>
    public static SuiteOptions Parse(IReadOnlyList<string> words)
    {
        var options = new SuiteOptions(5, null, null);
        for (var i = 0; i < words.Count; i += 2)
        {
            var value = i + 1 < words.Count ? words[i + 1] : throw new ArgumentException($"{words[i]} needs a value.");
            options = words[i] switch
            {
                "--rounds" when int.TryParse(value, CultureInfo.InvariantCulture, out var rounds) && rounds is >= 1 and <= 100 => options with { Rounds = rounds },
                "--compare" when File.Exists(value) => options with { Compare = Path.GetFullPath(value) },
                "--before" when File.Exists(Path.Combine(value, "Situational.Host.dll")) => options with { Before = Path.GetFullPath(value) },
                _ => throw new ArgumentException(
                    $"{words[i]} {value}: the suite takes --rounds 1..100, --compare FILE of an earlier run, --before FOLDER with another Situational.Host.dll."),
            };
        }
        return options;
    }
}
