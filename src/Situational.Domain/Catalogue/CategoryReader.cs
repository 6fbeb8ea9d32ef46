using System.Collections.Frozen;
using Situational.Domain.Cases;
using Situational.Domain.Configuration;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Catalogue;

/// <summary>Reads the categories of a catalogue, with the classes and stages that they refer to.</summary>
internal static class CategoryReader
{
    private static readonly string[] StageNames = ["accept", "dispatch", "handle", "verify", "close"];

    private static readonly string[] Known =
        ["code", "name", "class", "ours", "severity", "limits", "mergeMeters", "mergeWithinHours", "fastestHandlingMinutes", "departments"];

    public static IReadOnlyDictionary<string, Category> Read(ConfigurationNode node, IReadOnlyDictionary<string, Department> departments)
    {
        var classes = CatalogueFields.Coded(node, "classes", CatalogueReader.MaxKinds, ["code", "kind", "name"],
            (_, name, one) => (Kind: OneOf(one, "kind", ["event", "component"]) + CategoryKind.Event, Name: name));
        var stages = new Dictionary<ClockKind, Limit>();
        if (node.Object("stages", mayBeAbsent: true) is { } common)
            AddLimits(common, stages);
        var categories = CatalogueFields.Coded(node, "categories", CatalogueReader.MaxCategories, Known, (code, name, one) =>
        {
            var limits = new Dictionary<ClockKind, Limit>(stages);
            if (one.Object("limits", mayBeAbsent: true) is { } own)
                AddLimits(own, limits);
            var className = one.Text("class", Codes.MaxLength);
            if (!classes.TryGetValue(className, out var itsClass) && className.Length > 0)
                one.Refuse("class", "unknown-class", $"{one.Path}.class {className} is not among the classes.");
            return new Category(
                code, name, itsClass.Kind, itsClass.Name, one.Flag("ours", true),
                OneOf(one, "severity", ["red", "orange", "yellow", "blue"]) + Severity.Red, limits.ToFrozenDictionary(),
                one.Number("mergeMeters", 0, 10_000, 30), TimeSpan.FromHours(one.Whole("mergeWithinHours", 0, 8_760, 24)),
                TimeSpan.FromMinutes(one.Whole("fastestHandlingMinutes", 0, 10_080, 0)), Responsible(one, departments));
        });
        if (!categories.ContainsKey(CityRules.CatchAll))
            node.Refuse("categories", "no-catch-all", $"categories must have one with the code {CityRules.CatchAll}, for what fits no other.");
        return categories;
    }

    /// <summary>Puts the limits that an object gives over those that are there; null takes one away.</summary>
    private static void AddLimits(ConfigurationNode node, Dictionary<ClockKind, Limit> limits)
    {
        node.Knows(StageNames);
        for (var i = 0; i < StageNames.Length; i++)
            if (node.Find(StageNames[i]) is not null)
                limits[ClockKind.Accept + i] = CatalogueFields.LimitOf(node, StageNames[i]);
            else if (node.IsNull(StageNames[i]))
                limits.Remove(ClockKind.Accept + i);
    }

    private static IReadOnlyList<string> Responsible(ConfigurationNode node, IReadOnlyDictionary<string, Department> departments)
    {
        var codes = new List<string>();
        foreach (var (path, code) in node.Texts("departments", 1, CatalogueReader.MaxResponsible))
            if (!departments.ContainsKey(code))
                node.RefuseAt(path, "unknown-department", $"{path} {Codes.Shown(code)} is not among the departments.");
            else if (codes.Contains(code))
                node.RefuseAt(path, "duplicate-code", $"{path} {code} is given twice.");
            else
                codes.Add(code);
        return codes.AsReadOnly();
    }

    private static int OneOf(ConfigurationNode node, string member, string[] words)
    {
        var word = node.Text(member, Codes.MaxLength);
        var index = Array.IndexOf(words, word);
        if (index >= 0 || word.Length == 0)
            return Math.Max(index, 0);
        node.Refuse(member, "unknown-word", $"{node.Path}.{member} must be one of {string.Join(", ", words)}.");
        return 0;
    }
}
