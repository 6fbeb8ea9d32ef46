using Situational.Contracts.Http;

namespace Situational.Host.Api.OpenApi;

/// <summary>Answers about the city as the OpenAPI document shows them.</summary>
internal static class CityExamples
{
    private const string Grid = "110000001001001";

    private static readonly DateTimeOffset Seen = new(2026, 11, 23, 1, 5, 0, TimeSpan.Zero);

    /// <summary>An area.</summary>
    public static AreaAnswer Area { get; } = new(
        "110000", "小城", "city", null, [Grid], 1, 1, new SeverityCounts(1, 2, 0, 4), new UnitCounts(12, 1, 0, 0), 0);

    /// <summary>A grid.</summary>
    public static GridAnswer GridNow { get; } = new(
        Grid, "一号网格", "110000", 1, 944_921_088, "orange", 9.5, ["红色案件 1 件未结（+8）"], false, Seen, new SeverityCounts(1, 0, 0, 1),
        [Grid + "-7", Grid + "-8"], ["w-017"]);

    /// <summary>Units.</summary>
    public static UnitAnswer[] Units { get; } = [new UnitAnswer("w-017", "北一", "north", Grid, 39.905, 116.405, Seen, "live", 90, [], 76, Seen.AddMinutes(-24))];

    /// <summary>The host.</summary>
    public static HealthAnswer Health { get; } = new("ok", "embedded", 1, []);

    /// <summary>Categories.</summary>
    public static CategoriesAnswer Categories { get; } = new(
        "GB/T 30428.2",
        [
            new CategoryAnswer(
                "road-collapse", new NameAnswer("路面塌陷", "Road collapse"), "event", new NameAnswer("突发事件", "Emergencies"), true, "red",
                new Dictionary<string, string> { ["accept"] = "30 minutes", ["handle"] = "4 working-hours", ["close"] = "2 working-days" }, 50, 1_440, 30,
                ["public-works", "traffic-police"]),
        ]);

    /// <summary>Departments.</summary>
    public static DepartmentsAnswer Departments { get; } = new(
        "GB/T 30428.2", [new CodedAnswer("public-works", new NameAnswer("市政设施管理处", "Public works"))]);

    /// <summary>Kinds of whistle.</summary>
    public static WhistleKindsAnswer WhistleKinds { get; } = new(
        "GB/T 30428.2",
        [new WhistleKindAnswer("emergency", new NameAnswer("应急处置哨", "Emergency"), "10 minutes", "30 minutes", "2 calendar-days")]);

    /// <summary>Kinds of rating.</summary>
    public static RatingKindsAnswer RatingKinds { get; } = new(
        "GB/T 30428.2", 1, 5, [new CodedAnswer("reporter", new NameAnswer("上报人", "Reporter"))]);

    /// <summary>Two days of a calendar.</summary>
    public static CalendarAnswer Calendar { get; } = new(
        2026, "Asia/Shanghai", "国务院办公厅关于2026年部分节假日安排的通知", new DateOnly(2025, 1, 1), new DateOnly(2026, 12, 31),
        [
            new CalendarDayAnswer(new DateOnly(2026, 10, 1), [], true),
            new CalendarDayAnswer(new DateOnly(2026, 10, 10), ["09:00-12:00", "13:00-18:00"], true),
        ]);

    /// <summary>Versions of the territory.</summary>
    public static TerritoryVersionsAnswer Versions { get; } = new([new TerritoryVersionAnswer(1, Seen, new string('0', 64))], true, 0);
}
