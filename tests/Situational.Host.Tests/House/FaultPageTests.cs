using System.Text;
using System.Text.RegularExpressions;
using Situational.Testing;

namespace Situational.Host.Tests.House;

/// <summary>
/// Every line of <see cref="FaultLine.All"/> has a test that carries it, and <c>docs/faults.md</c> says which; with
/// <c>SITUATIONAL_REWRITE=1</c> the table is written anew.
/// </summary>
public sealed partial class FaultPageTests
{
    private const string Mark = "<!-- faults -->\n";
    private static readonly string Tests = Path.Combine(Repository.Root, "tests");
    private static readonly string Web = Path.Combine(Repository.Root, "web");
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "faults.md");

    [Fact]
    public void EveryLine_HasATestThatCarriesItOrSaysWhatIsMissing()
    {
        var carried = Carried();

        Assert.Equal([], FaultLine.All.Where(l => l.Missing is null && !carried.Contains(l.Key)).Select(l => $"{l.Key} {l.Name}: no test carries it"));
        Assert.Equal([], carried.Select(c => c.Key).Except(FaultLine.All.Select(l => l.Key)).Select(key => $"{key}: no such line"));
        Assert.Equal(FaultLine.All.Count, FaultLine.All.Select(l => l.Key).Distinct().Count());
    }

    [Fact]
    public void Page_NamesTheTestsOfEveryLine()
    {
        var carried = Carried();
        var rows = new StringBuilder("| line | what | what must come out | tests | not yet |\n| --- | --- | --- | --- | --- |\n");
        foreach (var line in FaultLine.All)
            rows.Append($"| {line.Key} | {line.Name} | {line.Outcome} | {string.Join(", ", carried[line.Key].Distinct().Order(StringComparer.Ordinal))} | {line.Missing} |\n");
        var text = File.ReadAllText(Page);
        var start = text.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        Assert.True(start >= Mark.Length, "docs/faults.md has no place for the table.");

        if (Environment.GetEnvironmentVariable("SITUATIONAL_REWRITE") == "1")
            File.WriteAllText(Page, text[..start] + rows);
        else
            Assert.Equal(rows.ToString(), text[start..]);
    }

    /// <summary>Which test classes carry a line, read from the sources of all test projects.</summary>
    private static ILookup<string, string> Carried()
    {
        var found = new List<(string Key, string Test)>();
        foreach (var file in Directory.GetFiles(Tests, "*.cs", SearchOption.AllDirectories))
        {
            var project = Path.GetRelativePath(Tests, file).Split(Path.DirectorySeparatorChar)[0].Replace("Situational.", "", StringComparison.Ordinal);
            var text = File.ReadAllText(file);
            foreach (Match trait in Trait().Matches(text))
            {
                // what carries it is a test, or a class that has one
                Assert.True(text.IndexOf("[Fact", trait.Index, StringComparison.Ordinal) > 0 || text.IndexOf("[Theory", trait.Index, StringComparison.Ordinal) > 0, file);
                found.Add((trait.Groups[1].Value, $"{project.Replace(".Tests", "", StringComparison.Ordinal)} `{Path.GetFileNameWithoutExtension(file)}`"));
            }
        }
        foreach (var file in Directory.GetFiles(Path.Combine(Web, "Situational.Web", "Scripts"), "*.test.ts", SearchOption.AllDirectories))
            foreach (Match comment in Comment().Matches(File.ReadAllText(file)))
                found.Add((comment.Groups[1].Value, $"Scripts `{Path.GetFileName(file)}`"));
        return found.ToLookup(f => f.Key, f => f.Test, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^ *\[Trait\(""Fault"", ""([^""]+)""\)\]", RegexOptions.Multiline)]
    private static partial Regex Trait();

    [GeneratedRegex(@"^ *// Fault (.+)\n *it\(", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
