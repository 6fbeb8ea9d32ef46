using System.Text.Json.Nodes;
using Situational.Contracts.Http;

namespace Situational.Host.Api.OpenApi;

/// <summary>What the past's endpoints answer, as OpenAPI shows it.</summary>
internal static class HistoryExamples
{
    private const string Area = "440311", Grid = "440311001001003";

    private static readonly DateTimeOffset Begin = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A snapshot.</summary>
    public static readonly JsonNode Snapshot = JsonNode.Parse(
        """
        {"kind":"snapshot","epoch":"past-9f2c41d07be3-1","revision":1,"at":1795327500000,"digest":"0AC9AF21","territory":1,
        "grids":[["440311001001003",1,3,2,0,1795327441000,0,0,1,0,0,1]],
        "units":[["u-01",22751123,113925000,-1,0,1795327492000,"440311001001003","north","北一",0]],"gone":[],
        "cases":[["440311001001003-7","440311001001003","road-collapse",3,2,22751800,113924400,1795327441000,1795331041000,0,0,"",0,0,0]],"closed":[],
        "events":[[1795327441000,"reported","440311001001003-7","440311001001003",3]],
        "totals":{"red":0,"orange":0,"yellow":1,"blue":0,"approaching":0,"overdue":0,"overdueTwice":0,"escalated":0,"whistles":0,"live":1,"late":0,"stale":0,"gone":0,"silent":0,"grids":1},
        "trouble":[]}
        """)!;

    /// <summary>Marks.</summary>
    public static readonly HistoryMarksAnswer Marks = new(
        Area, Begin, Begin.AddMinutes(40), Begin.AddDays(-7), 600, [[2, 1, 0], [0, 0, 0], [4, 1, 1], [1, 2, 0]],
        [[Begin.AddMinutes(21).ToUnixTimeMilliseconds(), "reported", Grid + "-7", Grid, 1]]);

    /// <summary>A hand-over.</summary>
    public static readonly ShiftAnswer Shift = new(
        Area, Begin, Begin.AddHours(8), new ShiftFigures(1, 3, 12, 20, 2, 1, 0), new ShiftFigures(1, 2, 15, 18, 1, 1, 1), 14, 15, 1, 3,
        new ShiftCases(1, [new ShiftCase(Grid + "-7", Grid, "road-collapse", "red", "handling", "approaching", Begin.AddHours(9), new AssigneeRequest("squad", "north"), "清和街路面塌陷约两米", true)]),
        new ShiftCases(0, []), new ShiftCases(0, []), new ShiftCases(0, []), new ShiftCases(0, []), new ShiftGrids(1, [Grid]), []);
}
