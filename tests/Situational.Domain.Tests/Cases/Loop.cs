using System.Collections.Immutable;
using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Tests.Cases;

/// <summary>A grid that a test drives through the loop. Limits count minutes, so that times can be read off.</summary>
internal sealed class Loop
{
    public const string Grid = "330106001001001";
    public const string First = Grid + "-1";

    public static readonly Actor Officer = new("officer-wang", Role.Officer);
    public static readonly Actor Worker = new("worker-li", Role.Worker);
    public static readonly Actor Supervisor = new("supervisor-zhao", Role.Supervisor);
    public static readonly Actor Reporter = new("reporter-chen", Role.Reporter);
    public static readonly Actor Sanitation = new("sanitation", Role.Department);
    public static readonly Assignee Unit = new(AssigneeKind.Unit, "u1");

    /// <summary>Category whose stages all have limits in minutes: accept 10, dispatch 20, handle 60, verify 30, close 200.</summary>
    public const string Pothole = "pothole";

    public static readonly CityRules City = CityRules.Default with
    {
        Categories = new Dictionary<string, Category>(CityRules.Default.Categories)
        {
            [Pothole] = CityRules.Default.Categories[CityRules.CatchAll] with
            {
                Code = Pothole,
                Limits = new Dictionary<ClockKind, Limit>
                {
                    [ClockKind.Accept] = Minutes(10),
                    [ClockKind.Dispatch] = Minutes(20),
                    [ClockKind.Handle] = Minutes(60),
                    [ClockKind.Verify] = Minutes(30),
                    [ClockKind.Close] = Minutes(200),
                },
                MergeMeters = 50,
                MergeWithin = TimeSpan.FromHours(24),
                FastestHandling = TimeSpan.FromMinutes(5),
            },
        },
        WhistleKinds = new Dictionary<string, WhistleKind>
        {
            ["management"] = new("management", new LocalName("管理服务哨", "Management"), Minutes(10), Minutes(40), Minutes(100)),
        },
        Spot = new SpotRules { RecheckShare = 0 },
    };

    public static readonly LoopRules Rules = new(City, 100, ["330106001001", "330106001", "330106", "3301"]);

    public GridState State { get; set; } = GridState.Empty(Grid);

    public DateTimeOffset Now { get; set; } = Reports.Noon;

    public LoopRules By { get; set; } = Rules;

    /// <summary>Every event so far.</summary>
    public List<GridEvent> Events { get; } = [];

    /// <summary>The newest row of every case, as the projection has it.</summary>
    public Dictionary<string, Case> Rows { get; } = [];

    public Case One => Rows[First];

    public static Report Report(double metersNorth = 0, string? device = null, string text = "Hole in the road", string category = Pothole) =>
        new(category, Severity.Yellow, text, 30.25 + metersNorth / 110_860, 120.15, "worker", null, null, [], device);

    public static GridCommand.Step Step(CaseStep what, Actor? by = null, string id = First) => new(id, what, by ?? Officer);

    /// <summary>A step with everything that it needs.</summary>
    public static GridCommand.Step Full(CaseStep what, Actor? by = null, string id = First) => Step(what, by, id) with
    {
        Note = "note",
        Reason = "reason",
        Assignee = Unit,
        Until = Reports.Noon.AddDays(30),
        RatingKind = by?.Role switch { Role.Reporter => "reporter", Role.Supervisor => "supervisor", Role.Department => "department", _ => "community" },
        Score = 4,
        Other = Grid + "-2",
        WhistleKind = "management",
        Departments = ["sanitation", "water"],
        Whistle = 1,
        Department = "sanitation",
        Muster = MusterState.Acknowledged,
    };

    public static OnTheSpot Spot(DateTimeOffset? found = null, DateTimeOffset? done = null) => new("u1", "filled", [], found, done);

    public Decision Decide(GridCommand command) => GridDecisions.Decide(
        State, command is GridCommand.Step { Ended: null } step && Rows.TryGetValue(step.CaseId, out var row) && !row.IsOpen ? step with { Ended = row } : command,
        Now, By);

    /// <summary>Takes a command that must be accepted, and holds what was decided against what its events fold to.</summary>
    public Decision.Accepted Do(GridCommand command, double afterMinutes = 1)
    {
        Now = Now.AddMinutes(afterMinutes);
        var decision = Decide(command);
        if (decision is Decision.NotAllowed refused)
            Assert.Fail(refused.Reason);
        if (decision is Decision.Faulty faulty)
            Assert.Fail($"{faulty.Field}: {faulty.Fault}");
        var accepted = Assert.IsType<Decision.Accepted>(decision);
        Take(accepted);
        return accepted;
    }

    public void Take(Decision.Accepted accepted)
    {
        // Writing everything out for each of many commands would take longer than all else.
        if (Events.Count < 50 || Events.Count % 50 == 0)
            Assert.Equal(Written.Of(accepted.After), Written.Of(GridFold.Apply(State, accepted.Events)));
        State = accepted.After;
        Events.AddRange(accepted.Events);
        foreach (var row in accepted.Changed)
            Rows[row.Id] = row;
    }

    public Loop Open(int count = 1)
    {
        for (var i = 0; i < count; i++)
            Do(new GridCommand.Open(Report(metersNorth: 1_000 * State.LastCaseNumber), 1, Reporter), 0);
        return this;
    }

    /// <summary>Takes steps with everything that they need, a minute each: handling by a worker, the rest by an officer.</summary>
    public Loop Through(params CaseStep[] steps)
    {
        foreach (var step in steps)
            Do(Full(step, step is CaseStep.Start or CaseStep.HandIn ? Worker : Officer));
        return this;
    }

    /// <summary>Ticks until nothing more is due, and answers with the events.</summary>
    public ImmutableArray<GridEvent> Tick(DateTimeOffset? awake = null)
    {
        var events = ImmutableArray.CreateBuilder<GridEvent>();
        while (Decide(new GridCommand.Tick(awake ?? Reports.Noon)) is Decision.Accepted accepted)
        {
            Take(accepted);
            events.AddRange(accepted.Events);
        }
        return events.ToImmutable();
    }

    public void TickAt(DateTimeOffset until, int everyMinutes)
    {
        for (; Now <= until; Now = Now.AddMinutes(everyMinutes))
            Tick();
    }

    /// <summary>A new case in the given stage, of the first case of a fresh grid with a second case beside it.</summary>
    public static Loop In(Stage stage)
    {
        var loop = new Loop().Open(2);
        return stage switch
        {
            Stage.Reported => loop,
            Stage.Accepted => loop.Through(CaseStep.Accept),
            Stage.Dispatched => loop.Through(CaseStep.Accept, CaseStep.Dispatch),
            Stage.Handling => loop.Through(CaseStep.Accept, CaseStep.Dispatch, CaseStep.Start),
            Stage.Handled => loop.Through(CaseStep.Accept, CaseStep.Dispatch, CaseStep.Start, CaseStep.HandIn),
            Stage.Verified => loop.Through(CaseStep.Accept, CaseStep.Dispatch, CaseStep.Start, CaseStep.HandIn, CaseStep.Verify),
            Stage.Closed => loop.Through(CaseStep.Accept, CaseStep.Dispatch, CaseStep.Start, CaseStep.HandIn, CaseStep.Verify, CaseStep.Close),
            Stage.Rejected => loop.Through(CaseStep.Reject),
            Stage.Returned => loop.Through(CaseStep.Accept, CaseStep.Dispatch, CaseStep.Return),
            Stage.Rework => loop.Through(CaseStep.Accept, CaseStep.Dispatch, CaseStep.Start, CaseStep.HandIn, CaseStep.Rework),
            Stage.Suspended => loop.Through(CaseStep.Accept, CaseStep.Suspend),
            Stage.Merged => loop.Through(CaseStep.Merge),
            _ => throw new ArgumentOutOfRangeException(nameof(stage)),
        };
    }

    private static Limit Minutes(int amount) => new(amount, LimitUnit.Minutes);
}
