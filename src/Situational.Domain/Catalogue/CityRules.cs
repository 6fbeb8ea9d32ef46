using Situational.Domain.Deadlines;

namespace Situational.Domain.Catalogue;

/// <summary>What a city has laid down about its cases: categories, departments, whistles, the calendar, and the numbers beside them. Immutable.</summary>
public sealed record CityRules
{
    /// <summary>Code of the category that every catalogue has, for what fits no other.</summary>
    public const string CatchAll = "other";

    private static readonly Lazy<CityRules> Shipped = new(() =>
    {
        var reading = Read(CatalogueReader.DefaultFile, CalendarReader.DefaultFile);
        return reading.Rules ?? throw new InvalidOperationException(string.Join(' ', reading.Faults.Select(fault => fault.Text)));
    });

    /// <summary>The rules that come with the program.</summary>
    /// <exception cref="InvalidOperationException">The machine has no time zone data for Asia/Shanghai.</exception>
    public static CityRules Default => Shipped.Value;

    /// <summary>Where the catalogue is from, and whose its codes are.</summary>
    public required string Source { get; init; }

    /// <summary>Categories by code, in the catalogue's order. At most 2,000, <see cref="CatchAll"/> among them.</summary>
    public required IReadOnlyDictionary<string, Category> Categories { get; init; }

    /// <summary>Departments by code, in the catalogue's order. At most 500.</summary>
    public required IReadOnlyDictionary<string, Department> Departments { get; init; }

    /// <summary>Kinds of whistle by code, in the catalogue's order. At most 50.</summary>
    public required IReadOnlyDictionary<string, WhistleKind> WhistleKinds { get; init; }

    /// <summary>Who rates, by code, in the catalogue's order. At most 50.</summary>
    public required IReadOnlyDictionary<string, RatingKind> RatingKinds { get; init; }

    /// <summary>When the city works.</summary>
    public required WorkingCalendar Calendar { get; init; }

    /// <summary>Rules for what is fixed on the spot.</summary>
    public SpotRules Spot { get; init; } = new();

    /// <summary>How long after closing a case can be reopened. 0 to 365 days. Default 7 days.</summary>
    public TimeSpan ReopenWithin { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Reports with identical device and text within this time are merged without asking. 0 to 24 h. Default 10 min.</summary>
    public TimeSpan AutoMergeWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A unit's fix at most so far from the case verifies an arrival. Metres, 1 to 10,000. Default 150.</summary>
    public double ArrivalMeters { get; init; } = 150;

    /// <summary>Whether a case that becomes overdue moves up one level by itself. Default true.</summary>
    public bool EscalateOverdue { get; init; } = true;

    /// <summary>Fewest cases with which an area or department is ranked. 1 to 100,000. Default 30.</summary>
    public int MinimumSample { get; init; } = 30;

    /// <summary>How often a refused whistle is sent on to another department. 0 to 20. Default 3.</summary>
    public int MaxReroutes { get; init; } = 3;

    /// <summary>The category of that code, or the catch-all if the catalogue does not have it, or no longer.</summary>
    /// <param name="code">A category's code.</param>
    public Category CategoryOrOther(string code) => Categories.TryGetValue(code, out var category) ? category : Categories[CatchAll];

    /// <summary>Reads the rules of a city; every fault of both files is named.</summary>
    /// <param name="catalogueUtf8">The catalogue, see <see cref="CatalogueReader"/>.</param>
    /// <param name="calendarUtf8">The calendar, see <see cref="CalendarReader"/>.</param>
    public static CityRulesReading Read(ReadOnlyMemory<byte> catalogueUtf8, ReadOnlyMemory<byte> calendarUtf8)
    {
        var (catalogue, faults) = CatalogueReader.Read(catalogueUtf8);
        var calendar = CalendarReader.Read(calendarUtf8);
        return catalogue is not null && calendar.Calendar is not null
            ? new(catalogue(calendar.Calendar), [])
            : new(null, [.. faults, .. calendar.Faults]);
    }
}
