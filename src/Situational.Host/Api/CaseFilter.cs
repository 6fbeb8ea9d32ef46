using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;
using Situational.Grains.Territory;

namespace Situational.Host.Api;

/// <summary>Reads which cases a list or an export is to have.</summary>
internal sealed class CaseFilter(ITerritorySource territories, CityRules rules)
{
    private const int MaxText = 100;

    /// <summary>Names of the orders.</summary>
    public static readonly string[] Orders = ["newest", "due"];

    /// <summary>The query of <c>area</c>, <c>stage</c>, <c>severity</c>, <c>category</c>, <c>dueFrom</c>, <c>dueBefore</c>, <c>level</c>,
    /// <c>text</c>, <c>order</c> and <c>cursor</c>; what is wrong is noted in <paramref name="errors"/>.</summary>
    /// <param name="query">The request's.</param>
    /// <param name="limit">Cases a page.</param>
    /// <param name="errors">Faults by parameter.</param>
    public CaseQuery Read(IQueryCollection query, int limit, Dictionary<string, string[]> errors)
    {
        var fields = new QueryFields(query, errors);
        return new CaseQuery(fields.Text("area") is { } area ? GridsOf(area, errors) : null, limit)
        {
            Stages = StagesOf(fields, errors),
            Severity = CaseNames.TryParseSeverity(fields.OneOf("severity", CaseNames.Severities), out var severity) ? severity : null,
            Category = CategoryOf(fields, errors),
            DueFrom = fields.Time("dueFrom"),
            DueBefore = fields.Time("dueBefore"),
            MinimumLevel = CaseNames.TryParseLevel(fields.OneOf("level", CaseNames.Levels), out var level) ? level : DeadlineLevel.None,
            Text = fields.Text("text", MaxText),
            Order = fields.OneOf("order", Orders) == "due" ? CaseOrder.Due : CaseOrder.Newest,
            Cursor = fields.Text("cursor"),
        };
    }

    private List<string>? GridsOf(string area, Dictionary<string, string[]> errors)
    {
        if (territories.Current?.Territory is not { } territory || territory.Find(area) is null)
        {
            errors["area"] = ["Is no area of the territory in force."];
            return null;
        }
        return area == territory.City.Code ? null : [.. territory.GridsUnder(area).Select(i => territory.Grids[i].Code)];
    }

    private static List<Stage> StagesOf(QueryFields fields, Dictionary<string, string[]> errors)
    {
        var stages = new List<Stage>();
        foreach (var name in fields.Text("stage")?.Split(',') ?? [])
            if (!CaseNames.TryParseStage(name, out var stage))
                errors.TryAdd("stage", [$"Must be one or more of {string.Join(", ", CaseNames.Stages)}, with commas between."]);
            else if (!stages.Contains(stage))
                stages.Add(stage);
        return stages;
    }

    /// <summary>Old cases may have a category that the catalogue no longer has; they are found by its code all the same, if it has the form of one.</summary>
    private string? CategoryOf(QueryFields fields, Dictionary<string, string[]> errors)
    {
        var category = fields.Text("category");
        if (category is not null && !rules.Categories.ContainsKey(category) && !category.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            errors.TryAdd("category", ["Is no category's code; GET /api/v1/categories lists them."]);
        return category;
    }
}
