using Microsoft.Extensions.Options;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;
using Situational.Domain.Patrols;
using Situational.Domain.Risk;
using Situational.Grains.Messages;
using Situational.Grains.Options;
using Situational.Host.Api;

namespace Situational.Host.History;

/// <summary>The numbers by which a moment of the past is judged: those that are configured now.</summary>
/// <param name="Risk">How grids are coloured, and when cases without clocks fall due.</param>
/// <param name="Silence">After how long without a word a grid is silent.</param>
/// <param name="Ages">How a unit's state follows from the age of its newest point: the limits of live units, and how seldom a trail may keep a point.</param>
internal sealed record PastRules(RiskRules Risk, TimeSpan Silence, AgeLimits Ages)
{
    /// <summary>The longest time before a moment that is looked through for what was heard and what the ticker says.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromHours(24);

    /// <summary>The time before a moment that is looked through for what was heard and what the ticker says.</summary>
    public TimeSpan LookBack => Silence < LongestLook ? Silence : LongestLook;

    /// <summary>As configured.</summary>
    public static PastRules Of(IOptions<RiskOptions> risk, IOptions<GridOptions> grids, IOptions<PatrolOptions> patrols)
    {
        // Of a unit that stands still a trail keeps a point so seldom: until the next one is due, nobody can say that it was not heard.
        var (ages, thinnedMs) = (patrols.Value.Limits, patrols.Value.Trail.MaxMs);
        return new PastRules(
            risk.Value.ToRules(), TimeSpan.FromMinutes(grids.Value.SilenceMinutes),
            new AgeLimits(ages.LiveMs + thinnedMs, ages.LateMs + thinnedMs, ages.StaleMs + thinnedMs));
    }

    /// <summary>Whether a case has no clocks, so that its severity says when it falls due: only in a suspension all clocks of an open case stand still.</summary>
    public static bool IsClockless(PastCase one) => one.DueAt is null && one.Stage.IsOpen() && one.Stage != Stage.Suspended;

    /// <summary>When a case falls due next, or its most overdue clock did; null when nothing runs.</summary>
    public DateTimeOffset? DueAt(PastCase one) => Risk.NextDueAt(one);

    /// <summary>How far a case is with its limits.</summary>
    public DeadlineLevel LevelOf(PastCase one, DateTimeOffset now) => Risk.LevelOf(one, now);

    /// <summary>A case as the feed shows it.</summary>
    public CaseRow RowOf(PastCase one, DateTimeOffset now) => new(
        one.Id, one.Category, (byte)one.Severity, (byte)one.Stage, one.Latitude, one.Longitude, one.ReportedAt.ToUnixTimeMilliseconds(),
        DueAt(one)?.ToUnixTimeMilliseconds() ?? 0, (byte)LevelOf(one, now), one.Escalations, one.Whistle, one.Called, one.Arrived,
        one.WhistledAt?.ToUnixTimeMilliseconds() ?? 0, one.Assignee is { } to ? $"{CaseNames.Of(to.Kind)}:{to.Id}" : null);
}
