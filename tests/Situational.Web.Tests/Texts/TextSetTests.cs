using System.Text.Json;
using System.Text.RegularExpressions;
using Situational.Testing;
using Situational.Web.Texts;

namespace Situational.Web.Tests.Texts;

public sealed partial class TextSetTests
{
    private static readonly string WebRoot = Path.Combine(Repository.Root, "web", "Situational.Web");

    [Fact]
    public void Languages_HaveTheSameKeys()
    {
        var keys = TextSet.All[0].Keys.Order(StringComparer.Ordinal).ToList();

        Assert.Equal(["zh-CN", "en"], TextSet.All.Select(set => set.Language));
        Assert.All(TextSet.All, set => Assert.Equal(keys, set.Keys.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Languages_HaveTheSamePlacesToFill()
    {
        foreach (var key in TextSet.All[0].Keys)
            Assert.All(TextSet.All, set => Assert.Equal(
                Place().Matches(TextSet.All[0][key]).Select(m => m.Value).Order(), Place().Matches(set[key]).Select(m => m.Value).Order()));
    }

    [Fact]
    public void Texts_AreNeitherEmptyNorLeftInTheOtherLanguage()
    {
        var (chinese, english) = (TextSet.All[0], TextSet.All[1]);

        Assert.All(chinese.Keys, key => Assert.False(string.IsNullOrWhiteSpace(chinese[key])));
        Assert.All(english.Keys, key => Assert.DoesNotMatch("\\p{IsCJKUnifiedIdeographs}", english[key]));
        // "{n} …" alone may be the same in both
        Assert.All(chinese.Keys, key => Assert.Matches("\\p{IsCJKUnifiedIdeographs}", chinese[key]));
    }

    [Fact]
    public void Texts_EveryKeyUsedExistsAndEveryKeyIsUsed()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var families = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Sources())
        {
            var source = File.ReadAllText(file);
            foreach (Match match in Literal().Matches(source))
                used.Add(match.Groups[1].Value);
            foreach (Match match in Family().Matches(source))
                families.Add(match.Groups[1].Value + ".");
        }

        // every literal that looks like a key of a family we have must be a key
        var keys = TextSet.All[0].Keys.ToHashSet(StringComparer.Ordinal);
        var roots = keys.Select(key => key[..(key.IndexOf('.', StringComparison.Ordinal) + 1)]).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(families);
        var undefined = used.Where(key => roots.Any(root => key.StartsWith(root, StringComparison.Ordinal)) && !keys.Contains(key)).ToList();
        var unused = keys.Where(key => !used.Contains(key) && !families.Any(family => key.StartsWith(family, StringComparison.Ordinal))).ToList();
        Assert.Equal([], undefined);
        Assert.Equal([], unused);
    }

    [Fact]
    public void Catalogue_EveryCategoryOfTheDemoIsNamed()
    {
        var demo = File.ReadAllText(Path.Combine(Repository.Root, "src", "Situational.Cli", "Demo", "Hazard.cs"));
        using var catalogue = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src", "Situational.Domain", "Catalogue", "catalogue.json")));
        var named = catalogue.RootElement.GetProperty("categories").EnumerateArray().Select(category => category.GetProperty("code").GetString()).ToHashSet();
        var categories = Category().Matches(demo).Select(m => m.Groups[1].Value).ToList();

        Assert.NotEmpty(categories);
        Assert.All(categories, category => Assert.Contains(category, named));
    }

    [Fact]
    public void Indexer_UnknownKey_Throws() => Assert.Throws<KeyNotFoundException>(() => TextSet.All[0]["no.such.text"]);

    private static IEnumerable<string> Sources() =>
        // Scripts/feed speaks the wire's language and shows nothing
        Directory.EnumerateFiles(Path.Combine(WebRoot, "Pages"), "*.razor", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(WebRoot, "Scripts"), "*.ts", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith(".test.ts", StringComparison.Ordinal)
                    && !file.Contains($"{Path.DirectorySeparatorChar}feed{Path.DirectorySeparatorChar}", StringComparison.Ordinal)));

    [GeneratedRegex("\\{\\w+\\}")]
    private static partial Regex Place();

    [GeneratedRegex("\"([a-z]+(?:\\.[a-z0-9-]+)+)\"")]
    private static partial Regex Literal();

    // Texts[$"unit.{…}"] in pages, among("event", …) in scripts
    [GeneratedRegex("(?:\\[\\$\"|among\\(\")([a-z]+)(?:\\.\\{|\")")]
    private static partial Regex Family();

    [GeneratedRegex("new\\(\"([a-z-]+)\", \"(?:red|orange|yellow|blue)\"")]
    private static partial Regex Category();
}
