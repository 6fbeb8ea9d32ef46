using System.Text;
using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;
using Situational.Testing;

namespace Situational.Domain.Tests.Catalogue;

/// <summary>Holds the tables of <c>docs/catalogue.md</c> to the shipped catalogue; with <c>SITUATIONAL_REWRITE=1</c> it writes them.</summary>
public sealed class CatalogueDocumentTests
{
    private const string Begin = "<!-- printed from catalogue.json -->\n";
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "catalogue.md");

    [Fact]
    public void Document_ItsTables_AreThoseOfTheCatalogue()
    {
        var text = File.ReadAllText(Page);
        var expected = text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + Tables(CityRules.Default);
        if (Environment.GetEnvironmentVariable("SITUATIONAL_REWRITE") == "1")
            File.WriteAllText(Page, expected);
        else
            Assert.Equal(expected, text);
    }

    private static string Tables(CityRules rules)
    {
        var text = new StringBuilder();
        text.Append("## Departments\n| code | name | |\n| --- | --- | --- |\n");
        foreach (var department in rules.Departments.Values)
            text.Append($"| `{department.Code}` | {department.Name.Zh} | {department.Name.En} |\n");
        text.Append("\n## Whistles\n| code | name | | acknowledge | arrive | solve |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var kind in rules.WhistleKinds.Values)
            text.Append($"| `{kind.Code}` | {kind.Name.Zh} | {kind.Name.En} | {kind.Acknowledge} | {kind.Arrive} | {kind.Solve} |\n");
        foreach (var group in rules.Categories.Values.GroupBy(c => (c.Kind, c.Class)))
        {
            text.Append($"\n## {group.Key.Class.Zh} {group.Key.Class.En} ({(group.Key.Kind == CategoryKind.Event ? "events" : "components")})\n");
            text.Append("| code | name | | severity | handle | close | departments |\n| --- | --- | --- | --- | --- | --- | --- |\n");
            foreach (var category in group)
                text.Append($"| `{category.Code}` | {category.Name.Zh} | {category.Name.En} | {category.DefaultSeverity.ToString().ToLowerInvariant()} | "
                    + $"{category.LimitOf(ClockKind.Handle)} | {category.LimitOf(ClockKind.Close)} | {string.Join(", ", category.Departments)} |\n");
        }
        return text.ToString();
    }
}
