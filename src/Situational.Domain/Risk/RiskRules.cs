using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;

namespace Situational.Domain.Risk;

/// <summary>The numbers of <see cref="RiskFormula"/>. Points have no unit.</summary>
public sealed record RiskRules
{
    /// <summary>Points of an open red case. Default 8.</summary>
    public double RedPoints { get; init; } = 8;

    /// <summary>Points of an open orange case. Default 4.</summary>
    public double OrangePoints { get; init; } = 4;

    /// <summary>Points of an open yellow case. Default 2.</summary>
    public double YellowPoints { get; init; } = 2;

    /// <summary>Points of an open blue case. Default 1.</summary>
    public double BluePoints { get; init; } = 1;

    /// <summary>What an overdue case adds, as a share of its points. Default 1: it counts double.</summary>
    public double OverdueShare { get; init; } = 1;

    /// <summary>What a case adds of which a clock has used 80 %, as a share of its points. Default 0.25.</summary>
    public double ApproachingShare { get; init; } = 0.25;

    /// <summary>What a case adds of which a clock has used twice its limit, as a share of its points. Default 2: it counts three times.</summary>
    public double OverdueTwiceShare { get; init; } = 2;

    /// <summary>What every full day that a case is open adds, as a share of its points. Default 0.25.</summary>
    public double DayShare { get; init; } = 0.25;

    /// <summary>For how many full days a case grows. Default 4.</summary>
    public int MaxDays { get; init; } = 4;

    /// <summary>Score from which a grid is yellow. Default 2.</summary>
    public double YellowFrom { get; init; } = 2;

    /// <summary>Score from which a grid is orange. Default 8.</summary>
    public double OrangeFrom { get; init; } = 8;

    /// <summary>Score from which a grid is red. Default 16.</summary>
    public double RedFrom { get; init; } = 16;

    /// <summary>How long a red case may stay open. Default 2 h.</summary>
    public TimeSpan RedLimit { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long an orange case may stay open. Default 8 h.</summary>
    public TimeSpan OrangeLimit { get; init; } = TimeSpan.FromHours(8);

    /// <summary>How long a yellow case may stay open. Default 24 h.</summary>
    public TimeSpan YellowLimit { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a blue case may stay open. Default 72 h.</summary>
    public TimeSpan BlueLimit { get; init; } = TimeSpan.FromHours(72);

    /// <summary>Points of an open case of that severity.</summary>
    public double PointsOf(Severity severity) => severity switch
    {
        Severity.Red => RedPoints,
        Severity.Orange => OrangePoints,
        Severity.Yellow => YellowPoints,
        _ => BluePoints,
    };

    /// <summary>How long a case of that severity may stay open.</summary>
    public TimeSpan LimitOf(Severity severity) => severity switch
    {
        Severity.Red => RedLimit,
        Severity.Orange => OrangeLimit,
        Severity.Yellow => YellowLimit,
        _ => BlueLimit,
    };

    /// <summary>
    /// When a case without clocks is due: so long after it was reported as its severity's limit says, by the clock on the wall. Cases have none
    /// in histories from before there were clocks, and in categories for which nobody has set a limit.
    /// </summary>
    public DateTimeOffset DueAt(Case open) => open.ReportedAt + LimitOf(open.Severity);

    /// <summary>
    /// When a case falls due next: by its running clocks, or as <see cref="DueAt"/> says if it never had any. Null while all its clocks stand
    /// still, and when it has ended.
    /// </summary>
    public DateTimeOffset? NextDueAt(Case open) => HasClocks(open) ? open.NextClock?.DueAt : DueAt(open);

    /// <summary>How far a case is with its limits: as its clocks have made known, or by <see cref="DueAt"/> if it has none.</summary>
    /// <param name="open">The case.</param>
    /// <param name="now">The time, UTC.</param>
    public DeadlineLevel LevelOf(Case open, DateTimeOffset now) =>
        HasClocks(open) ? open.Level : now > DueAt(open) ? DeadlineLevel.Overdue : DeadlineLevel.None;

    /// <inheritdoc cref="NextDueAt(Case)"/>
    public DateTimeOffset? NextDueAt(PastCase open) => HasClocks(open) ? open.DueAt : open.ReportedAt + LimitOf(open.Severity);

    /// <inheritdoc cref="LevelOf(Case, DateTimeOffset)"/>
    public DeadlineLevel LevelOf(PastCase open, DateTimeOffset now) =>
        HasClocks(open) ? open.Level : now > open.ReportedAt + LimitOf(open.Severity) ? DeadlineLevel.Overdue : DeadlineLevel.None;

    /// <summary>What a case of that level adds, as a share of its points.</summary>
    public double ShareOf(DeadlineLevel level) => level switch
    {
        DeadlineLevel.Approaching => ApproachingShare,
        DeadlineLevel.Overdue => OverdueShare,
        DeadlineLevel.OverdueTwice => OverdueTwiceShare,
        _ => 0,
    };

    /// <summary>The colour of a score.</summary>
    public Severity ColourOf(double score) =>
        score >= RedFrom ? Severity.Red : score >= OrangeFrom ? Severity.Orange : score >= YellowFrom ? Severity.Yellow : Severity.Blue;

    private static bool HasClocks(Case open) => !open.Clocks.IsEmpty || open.Stage == Stage.Suspended || !open.IsOpen;

    /// <summary>Clocks of an open case stand still in a suspension only.</summary>
    private static bool HasClocks(PastCase open) => open.DueAt is not null || open.Stage == Stage.Suspended || !open.Stage.IsOpen();
}
