using Situational.Cli.Http;
using Situational.Contracts.Http;

namespace Situational.Cli.Demo;

/// <summary>What the demo reports and whom it calls, as the city's own catalogue allows.</summary>
/// <param name="kinds">The hazards that it draws from, at least one.</param>
/// <param name="departments">Codes of all departments.</param>
/// <param name="whistleKinds">Codes of the kinds of whistle.</param>
/// <param name="ratingKinds">Codes of the kinds of rating.</param>
internal sealed class DemoCatalogue(
    IReadOnlyList<DemoKind> kinds, IReadOnlyList<string> departments, IReadOnlyList<string> whistleKinds, IReadOnlyList<string> ratingKinds)
{
    private readonly Dictionary<string, DemoKind> _byCategory = kinds.ToDictionary(k => k.Hazard.Category, StringComparer.Ordinal);
    private readonly double _weight = kinds.Sum(k => k.Hazard.Weight);

    /// <summary>Codes of all departments.</summary>
    public IReadOnlyList<string> Departments => departments;

    /// <summary>Codes of the kinds of rating.</summary>
    public IReadOnlyList<string> RatingKinds => ratingKinds;

    /// <summary>The whistle for emergencies, or the first there is; null when the city has none.</summary>
    public string? EmergencyWhistle => whistleKinds.Contains("emergency") ? "emergency" : whistleKinds.FirstOrDefault();

    /// <summary>The whistle for what can wait, or the last there is; null when the city has none.</summary>
    public string? PlainWhistle => whistleKinds.Contains("management") ? "management" : whistleKinds.LastOrDefault();

    /// <summary>Asks a system for its catalogue.</summary>
    public static async Task<DemoCatalogue> ReadAsync(SituationalClient client, CancellationToken cancellationToken) => Of(
        (await client.CategoriesAsync(cancellationToken)).Require("reading the categories").Categories,
        [.. (await client.WhistleKindsAsync(cancellationToken)).Require("reading the kinds of whistle").WhistleKinds.Select(w => w.Code)],
        [.. (await client.RatingKindsAsync(cancellationToken)).Require("reading the kinds of rating").RatingKinds.Select(r => r.Code)]);

    /// <summary>The demo's hazards as far as a catalogue has their categories; of a catalogue that has none of them, its own categories.</summary>
    public static DemoCatalogue Of(IReadOnlyList<CategoryAnswer> categories, IReadOnlyList<string> whistleKinds, IReadOnlyList<string> ratingKinds)
    {
        var known = categories.ToDictionary(c => c.Code, StringComparer.Ordinal);
        var kinds = Hazard.Catalogue.Where(h => known.ContainsKey(h.Category)).Select(h => Of(h, known[h.Category])).ToList();
        if (kinds.Count == 0)
            kinds = [.. categories.Select(c => Of(new Hazard(c.Code, c.Severity, 1, [c.Name.Zh]), c))];
        return new(kinds, [.. categories.SelectMany(c => c.Departments).Distinct()], whistleKinds, ratingKinds);
    }

    /// <summary>Draws a hazard by weight.</summary>
    public DemoKind Draw(Random random)
    {
        var at = random.NextDouble() * _weight;
        foreach (var kind in kinds)
            if ((at -= kind.Hazard.Weight) < 0)
                return kind;
        return kinds[0];
    }

    /// <summary>What is laid down about a category; null when the demo does not report it.</summary>
    public DemoKind? Find(string category) => _byCategory.GetValueOrDefault(category);

    private static DemoKind Of(Hazard hazard, CategoryAnswer category) =>
        new(hazard, category.Departments, TimeSpan.FromMinutes(category.FastestHandlingMinutes), category.MergeMeters);
}
