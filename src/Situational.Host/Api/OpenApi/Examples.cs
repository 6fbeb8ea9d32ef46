using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Situational.Contracts.Http;

namespace Situational.Host.Api.OpenApi;

/// <summary>The bodies of the OpenAPI document: one case of an invented city, from its report to its rating.</summary>
internal static class Examples
{
    private const string Grid = "110000001001001";
    private const string CaseId = Grid + "-7";
    private const string Photo = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static readonly DateTimeOffset Reported = new(2026, 11, 23, 1, 5, 0, TimeSpan.Zero);
    private static readonly ActorRequest Officer = new("wang", "officer");
    private static readonly ActorRequest Worker = new("w-017", "worker");
    private static readonly ActorRequest Department = new("public-works", "department");
    private static readonly ActorAnswer ByOfficer = new("wang", "officer");
    private static readonly ActorAnswer ByWorker = new("w-017", "worker");
    private static readonly ActorAnswer ByDepartment = new("public-works", "department");

    /// <summary>A report.</summary>
    public static ReportRequest Report { get; } = new(
        "road-collapse", "red", "清和街路面塌陷，约两米见方", new PlaceRequest(39.905, 116.405, "wgs84"), "worker", new ReporterRequest("张三", "13800000000"),
        ["https://photos.example.org/1.jpg"], "phone-4711", Worker);

    /// <summary>A report that leaves out what may be left out.</summary>
    public static JsonObject ShortReport => new()
    {
        ["category"] = "street-lamp",
        ["description"] = "路灯不亮",
        ["location"] = new JsonObject { ["lat"] = 39.9052, ["lon"] = 116.4051 },
        ["source"] = "resident",
    };

    /// <summary>A report of something that was fixed on the spot.</summary>
    public static ReportRequest SpotReport { get; } = new(
        "exposed-rubbish", null, "垃圾桶旁散落垃圾", new PlaceRequest(39.9061, 116.4062), "worker", Device: "phone-4711",
        Spot: new SpotRequest("w-017", "已清扫", ["https://photos.example.org/2.jpg"], Reported, Reported.AddMinutes(12)));

    /// <summary>A step's body by the step's name.</summary>
    /// <param name="now">The time: a suspension ends in the future.</param>
    public static ImmutableArray<(string Step, CaseStepRequest Body)> Steps(DateTimeOffset now) =>
    [
        ("accept", new CaseStepRequest(Officer, Severity: "orange", Note: "派人查看")),
        ("reject", new CaseStepRequest(Officer, Reason: "不属于城市管理范围")),
        ("dispatch", new CaseStepRequest(Officer, Assignee: new AssigneeRequest("department", "public-works"))),
        ("return", new CaseStepRequest(Department, Reason: "不属于本部门职责")),
        ("start", new CaseStepRequest(Department, Note: "抢修队出发")),
        ("hand-in", new CaseStepRequest(Department, Note: "路面已修复", Photos: ["https://photos.example.org/3.jpg"], Unit: "w-017")),
        ("verify", new CaseStepRequest(Officer, Note: "现场核查通过")),
        ("rework", new CaseStepRequest(Officer, Reason: "路面不平")),
        ("close", new CaseStepRequest(Officer)),
        ("suspend", new CaseStepRequest(Officer, Reason: "等待材料", Until: new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(90))),
        ("resume", new CaseStepRequest(Officer, Note: "材料已到")),
        ("reopen", new CaseStepRequest(Officer, Reason: "再次塌陷")),
        ("rate", new CaseStepRequest(new ActorRequest("resident-12", "reporter"), Kind: "reporter", Score: 5, Note: "很快")),
        ("merge", new CaseStepRequest(Officer, Into: Grid + "-3")),
        ("keep-apart", new CaseStepRequest(Officer, Into: Grid + "-3", Note: "两处不同的塌陷")),
        ("escalate", new CaseStepRequest(Officer, Reason: "需要区里协调")),
        ("whistle", new CaseStepRequest(Officer, Kind: "emergency", Departments: ["public-works", "traffic-police"], Note: "请到现场会商")),
        ("muster", new CaseStepRequest(Department, Whistle: 1, Department: "public-works", State: "arrived", Unit: "w-017")),
    ];

    /// <summary>A case as it stands while it is handled.</summary>
    public static CaseAnswer Case { get; } = new(
        CaseId, 4, Grid, 1, "road-collapse", "orange", "handling", "清和街路面塌陷，约两米见方", 39.905, 116.405, "worker", [Photo], Reported,
        Reported.AddMinutes(31), Reported.AddMinutes(31), null, "抢修队出发", new AssigneeRequest("department", "public-works"),
        Reported.AddHours(6), "none",
        [
            new ClockAnswer("handle", "4 working-hours", Reported.AddMinutes(20), Reported.AddHours(6), "none", false),
            new ClockAnswer("close", "2 working-days", Reported, Reported.AddDays(2), "none", false),
        ],
        null, null, 2, [Grid + "-3"], null, null, [], [], [],
        [
            new WhistleAnswer(1, "emergency", Reported.AddMinutes(22), ByOfficer, "请到现场会商",
            [
                new MusterAnswer("public-works", "arrived", Reported.AddMinutes(22), Reported.AddMinutes(24), Reported.AddMinutes(25),
                    Reported.AddMinutes(30), true, 12.5, null, null, null, null,
                    [new ClockAnswer("solve", "2 calendar-days", Reported.AddMinutes(22), Reported.AddDays(2).AddMinutes(22), "none", false)]),
            ]),
        ],
        ["return", "hand-in", "suspend", "merge", "escalate", "whistle", "muster"]);

    /// <summary>A page of cases.</summary>
    public static CasesAnswer Cases { get; } = new([Case], "4711");

    /// <summary>A page of a case's history.</summary>
    public static CaseHistoryAnswer History { get; } = new(
        CaseId,
        [
            new CaseEventAnswer(1, Reported, "opened", Grid) { By = ByWorker, Stage = "reported", Severity = "red", TerritoryVersion = 1 },
            new CaseEventAnswer(2, Reported.AddMinutes(15), "accept", Grid)
            {
                By = ByOfficer, Stage = "accepted", Severity = "orange", Note = "派人查看",
                Deadlines = [new ClockEndAnswer("accept", "1 working-hour", Reported.AddHours(1), true)],
            },
        ],
        "2");

    /// <summary>An answer to a photo.</summary>
    public static PhotoAnswer KeptPhoto { get; } = new(Photo, "image/jpeg", 284_113);

    /// <summary>A page of the audit trail.</summary>
    public static AuditAnswer Audit { get; } = new(
        [new AuditEntryAnswer(Reported.AddMinutes(15), "wang", "officer", "10.1.2.3", "case.accept", CaseId, null)], "4711");

    /// <summary>Fixes of this moment.</summary>
    public static FixRequest[] Fixes(DateTimeOffset now) =>
    [
        new FixRequest("w-017", 39.905, 116.405, now, Accuracy: 6, Speed: 1.2, Heading: 90, Squad: "north", CallSign: "北一", Battery: 81, Datum: "wgs84"),
        new FixRequest("w-018", 39.906, 116.406, now.AddSeconds(1)),
    ];

    /// <summary>The same, one a line.</summary>
    public static string FixLines(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"unit":"w-017","lat":39.905,"lon":116.405,"at":"{{now:yyyy-MM-dd'T'HH:mm:ss'Z'}}","accuracy":6}
        {"unit":"w-018","lat":39.906,"lon":116.406,"at":{{now.AddSeconds(1).ToUnixTimeMilliseconds()}}}

        """);

    /// <summary>What became of fixes.</summary>
    public static PositionsAnswer Recorded { get; } = new(
        3, 2, 2, 0, 0, 0, 0, 0, 1, [new RefusedFix(2, "w-019", "latitude-out-of-range", "lat must be a number from -90 to 90.")]);

    /// <summary>A city of one grid.</summary>
    public static JsonNode Territory => JsonNode.Parse(
        """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"code":"110000","name":"小城","level":"city"},"geometry":null},
        {"type":"Feature","properties":{"code":"110000001001001","name":"一号网格","level":"grid","parent":"110000"},
        "geometry":{"type":"Polygon","coordinates":[[[116.40,39.90],[116.41,39.90],[116.41,39.91],[116.40,39.91],[116.40,39.90]]]}}]}
        """)!;

    /// <summary>A territory that came into force.</summary>
    public static TerritoryAnswer InForce { get; } = new(1, "110000", 2, 1, [], []);

    /// <summary>A field that is wrong.</summary>
    public static ProblemDetails WrongField { get; } = new()
    {
        Status = StatusCodes.Status422UnprocessableEntity,
        Title = "Unprocessable Entity",
        Extensions = { ["errors"] = new Dictionary<string, string[]> { ["reason"] = ["A reason of 1 to 4,000 characters is needed."] } },
    };

    /// <summary>A step that the stage does not allow.</summary>
    public static ProblemDetails NotAllowed { get; } = new()
    {
        Status = StatusCodes.Status409Conflict,
        Title = "Conflict",
        Detail = "A case that is handling does not allow to verify.",
        Extensions =
        {
            ["stage"] = "handling", ["reason"] = "A case that is handling does not allow to verify.", ["revision"] = 4,
            ["allowed"] = new[] { "return", "hand-in", "suspend", "merge", "escalate", "whistle", "muster" }, ["case"] = Case,
        },
    };

    /// <summary>A case that changed since the caller saw it.</summary>
    public static ProblemDetails Stale { get; } = new()
    {
        Status = StatusCodes.Status412PreconditionFailed,
        Title = "Precondition Failed",
        Detail = "The case has changed since the revision in If-Match. Nothing was recorded.",
        Extensions =
        {
            ["stage"] = "handling", ["revision"] = 4, ["allowed"] = new[] { "return", "hand-in" },
            ["lastStep"] = new CaseEventAnswer(4, Reported.AddMinutes(31), "start", Grid) { By = ByDepartment, Stage = "handling" }, ["case"] = Case,
        },
    };
}
