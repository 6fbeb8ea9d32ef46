using Situational.Contracts.Http;

namespace Situational.Cli.Demo;

/// <summary>The invented people who act; every id says so.</summary>
internal static class DemoPeople
{
    /// <summary>Id of the officer and of the supervisor whose desks the demo opens.</summary>
    public const string FirstOfficer = "demo-officer-1", SupervisorId = "demo-supervisor";

    private const int Officers = 4;

    /// <summary>What every text ends with.</summary>
    public const string Mark = "（演示）";

    /// <summary>Whoever oversees the officers.</summary>
    public static ActorRequest Supervisor { get; } = new(SupervisorId, "supervisor");

    /// <summary>Id of whoever leads a squad.</summary>
    /// <param name="squad">Which of <see cref="DemoTerritory.Squads"/>, from 0.</param>
    public static string Lead(int squad) => $"demo-lead-{squad + 1}";

    /// <summary>One of the duty officers.</summary>
    public static ActorRequest Officer(Random random) => new($"demo-officer-{1 + random.Next(Officers)}", "officer");

    /// <summary>Whoever a case is given to.</summary>
    public static ActorRequest Handler(CaseAnswer one, Random random) => one.Assignee switch
    {
        { Kind: "unit" } unit => new(unit.Id, "worker"),
        { Kind: "squad" } squad when DemoTerritory.SquadOf(squad.Id) is >= 0 and var number => new(Lead(number), "worker"),
        { Kind: "department" } department => Department(department.Id),
        _ => Officer(random),
    };

    /// <summary>A department; its id is its code.</summary>
    public static ActorRequest Department(string code) => new(code, "department");

    /// <summary>Who rates, by the kind of rating.</summary>
    public static ActorRequest Rater(string kind, CaseAnswer one) => kind switch
    {
        "reporter" => new("demo-reporter", "reporter"),
        "department" => one.Assignee is { Kind: "department" } given ? Department(given.Id) : new("demo-department", "department"),
        "supervisor" => Supervisor,
        _ => new("demo-" + kind, "officer"),
    };

    /// <summary>A text that says that it is invented.</summary>
    public static string Say(string text) => text + Mark;

    /// <summary>One of several texts, which says that it is invented.</summary>
    public static string Say(Random random, params ReadOnlySpan<string> texts) => Say(texts[random.Next(texts.Length)]);
}
