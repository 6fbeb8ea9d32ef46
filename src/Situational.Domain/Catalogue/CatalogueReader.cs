using Situational.Domain.Configuration;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Catalogue;

/// <summary>
/// Reads a catalogue: <c>source</c>, <c>departments</c>, <c>classes</c>, <c>stages</c> (limits of every category that says no others),
/// <c>categories</c>, <c>whistleKinds</c>, <c>ratingKinds</c>, <c>spot</c> and <c>rules</c>; the last two may be left out. Whatever the input,
/// it answers with rules or faults and throws nothing.
/// </summary>
public static class CatalogueReader
{
    /// <summary>Most categories.</summary>
    public const int MaxCategories = 2_000;

    /// <summary>Most departments.</summary>
    public const int MaxDepartments = 500;

    /// <summary>Most classes, kinds of whistle and kinds of rating, each.</summary>
    public const int MaxKinds = 50;

    /// <summary>Most departments of one category.</summary>
    public const int MaxResponsible = 20;

    /// <summary>Longest name.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The catalogue that comes with the program.</summary>
    public static ReadOnlyMemory<byte> DefaultFile { get; } = ConfigurationFile.Embedded("catalogue.json");

    /// <summary>Reads and checks a catalogue.</summary>
    /// <param name="utf8">The file, UTF-8, at most 4 MiB.</param>
    /// <returns>What makes rules of it with a calendar, or null; and the faults.</returns>
    internal static (Func<WorkingCalendar, CityRules>? Catalogue, IReadOnlyList<ConfigurationFault> Faults) Read(ReadOnlyMemory<byte> utf8)
    {
        var file = new ConfigurationFile("catalogue");
        var rules = file.Read(utf8, Read);
        return (rules, file.Faults);
    }

    private static Func<WorkingCalendar, CityRules> Read(ConfigurationNode node)
    {
        node.Knows("source", "departments", "classes", "stages", "categories", "whistleKinds", "ratingKinds", "spot", "rules");
        var source = node.Text("source", 2_000);
        var departments = CatalogueFields.Coded(node, "departments", MaxDepartments, ["code", "name"], (code, name, _) => new Department(code, name));
        var categories = CategoryReader.Read(node, departments);
        var whistles = CatalogueFields.Coded(node, "whistleKinds", MaxKinds, ["code", "name", "acknowledge", "arrive", "solve"], (code, name, one) =>
            new WhistleKind(code, name, CatalogueFields.LimitOf(one, "acknowledge"), CatalogueFields.LimitOf(one, "arrive"), CatalogueFields.LimitOf(one, "solve")));
        var ratings = CatalogueFields.Coded(node, "ratingKinds", MaxKinds, ["code", "name"], (code, name, _) => new RatingKind(code, name));
        var spot = node.Object("spot", mayBeAbsent: true) is { } s ? SpotOf(s) : new();
        var numbers = node.Object("rules", mayBeAbsent: true) is { } r ? NumbersOf(r) : rules => rules;
        return calendar => numbers(new()
        {
            Source = source,
            Categories = categories,
            Departments = departments,
            WhistleKinds = whistles,
            RatingKinds = ratings,
            Calendar = calendar,
            Spot = spot,
        });
    }

    private static SpotRules SpotOf(ConfigurationNode node)
    {
        node.Knows("maxMeters", "fixWithinMinutes", "batchCount", "batchWithinMinutes", "recheckShare", "recheckSeed");
        var absent = new SpotRules();
        return new()
        {
            MaxMeters = node.Number("maxMeters", 1, 10_000, absent.MaxMeters),
            FixWithin = TimeSpan.FromMinutes(node.Whole("fixWithinMinutes", 1, 1_440, (int)absent.FixWithin.TotalMinutes)),
            BatchCount = node.Whole("batchCount", 2, 1_000, absent.BatchCount),
            BatchWithin = TimeSpan.FromMinutes(node.Whole("batchWithinMinutes", 1, 1_440, (int)absent.BatchWithin.TotalMinutes)),
            RecheckShare = node.Number("recheckShare", 0, 1, absent.RecheckShare),
            RecheckSeed = node.Find("recheckSeed") is null ? absent.RecheckSeed : node.Text("recheckSeed", 100),
        };
    }

    private static Func<CityRules, CityRules> NumbersOf(ConfigurationNode node)
    {
        node.Knows("reopenWithinDays", "autoMergeWithinMinutes", "arrivalMeters", "escalateOverdue", "minimumSample", "maxReroutes");
        var reopenDays = node.Whole("reopenWithinDays", 0, 365, 7);
        var autoMergeMinutes = node.Whole("autoMergeWithinMinutes", 0, 1_440, 10);
        var arrivalMeters = node.Number("arrivalMeters", 1, 10_000, 150);
        var escalateOverdue = node.Flag("escalateOverdue", true);
        var minimumSample = node.Whole("minimumSample", 1, 100_000, 30);
        var maxReroutes = node.Whole("maxReroutes", 0, 20, 3);
        return rules => rules with
        {
            ReopenWithin = TimeSpan.FromDays(reopenDays),
            AutoMergeWithin = TimeSpan.FromMinutes(autoMergeMinutes),
            ArrivalMeters = arrivalMeters,
            EscalateOverdue = escalateOverdue,
            MinimumSample = minimumSample,
            MaxReroutes = maxReroutes,
        };
    }
}
