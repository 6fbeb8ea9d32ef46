using System.Text.Json.Serialization;

namespace Situational.Domain.Deadlines;

/// <summary>
/// One limit that runs or is stopped. Plain data: it stands in the journal with its instants worked out, so that neither reading nor firing
/// needs a calendar, and a calendar that changes later moves nothing that has been promised. All instants are UTC.
/// </summary>
/// <param name="Kind">What it measures.</param>
/// <param name="Limit">How long that may take.</param>
/// <param name="StartedAt">When it started first.</param>
/// <param name="RunningSince">When it started or last resumed.</param>
/// <param name="ApproachingAt">When 80 % are used.</param>
/// <param name="DueAt">When all is used.</param>
/// <param name="TwiceAt">When twice as much is used. Of a stopped clock these three are what they were when it stopped.</param>
/// <param name="Used">What was used before <paramref name="RunningSince"/>, or of a stopped clock until it stopped; parts, see <see cref="Deadline.PartsOf(Limit)"/>.</param>
/// <param name="StoppedAt">When it stopped, or null while it runs.</param>
/// <param name="Fired">The highest level that was made known.</param>
public sealed record Clock(
    ClockKind Kind, Limit Limit, DateTimeOffset StartedAt, DateTimeOffset RunningSince, DateTimeOffset ApproachingAt, DateTimeOffset DueAt,
    DateTimeOffset TwiceAt, long Used = 0, DateTimeOffset? StoppedAt = null, DeadlineLevel Fired = DeadlineLevel.None)
{
    /// <summary>Whether it is stopped.</summary>
    [JsonIgnore]
    public bool Stopped => StoppedAt is not null;

    /// <summary>When the next level that has not fired is reached; may be past. Null when it is stopped or all have fired.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextAt => Stopped ? null : Fired switch
    {
        DeadlineLevel.None => ApproachingAt,
        DeadlineLevel.Approaching => DueAt,
        DeadlineLevel.Overdue => TwiceAt,
        _ => null,
    };

    /// <summary>Starts a clock.</summary>
    /// <param name="kind">What it measures.</param>
    /// <param name="limit">How long that may take.</param>
    /// <param name="at">When it starts.</param>
    /// <param name="calendar">The city's calendar.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of bounds.</exception>
    public static Clock Start(ClockKind kind, Limit limit, DateTimeOffset at, WorkingCalendar calendar)
    {
        var parts = Deadline.PartsOf(limit);
        return new(kind, limit, at.ToUniversalTime(), at.ToUniversalTime(),
            Deadline.After(at, parts / 5 * 4, limit.Unit, calendar),
            Deadline.After(at, parts, limit.Unit, calendar),
            Deadline.After(at, parts * 2, limit.Unit, calendar));
    }

    /// <summary>Stops it: what was used stays used, and what was reached stays reached. A stopped clock is answered as it is.</summary>
    /// <param name="at">When it stops.</param>
    /// <param name="calendar">The city's calendar.</param>
    public Clock Stop(DateTimeOffset at, WorkingCalendar calendar) => Stopped
        ? this
        : this with { Used = UsedAt(at, calendar), StoppedAt = at.ToUniversalTime() };

    /// <summary>Lets it run again for what is left. A running clock is answered as it is.</summary>
    /// <param name="at">When it resumes.</param>
    /// <param name="calendar">The city's calendar.</param>
    public Clock Resume(DateTimeOffset at, WorkingCalendar calendar)
    {
        if (StoppedAt is not { } stopped)
            return this;
        var parts = Deadline.PartsOf(Limit);
        var approaching = Again(ApproachingAt, parts / 5 * 4);
        var due = Max(approaching, Again(DueAt, parts));
        return this with
        {
            RunningSince = at.ToUniversalTime(),
            StoppedAt = null,
            ApproachingAt = approaching,
            DueAt = due,
            TwiceAt = Max(due, Again(TwiceAt, parts * 2)),
        };

        // A level that was reached before the clock stopped keeps its instant; the others wait for what is left.
        DateTimeOffset Again(DateTimeOffset level, long needs) =>
            level <= stopped ? level : Deadline.After(at, needs - Used, Limit.Unit, calendar);
    }

    /// <summary>Makes known the highest level that is reached and has not fired; null when there is none. A stopped clock knows what was reached when it stopped.</summary>
    /// <param name="now">The time.</param>
    public (Clock After, DeadlineLevel Level)? Fire(DateTimeOffset now)
    {
        var level = LevelAt(now);
        return level > Fired ? (this with { Fired = level }, level) : null;
    }

    /// <summary>The level that is reached at an instant, fired or not; of a stopped clock the one at which it stopped.</summary>
    /// <param name="at">The time.</param>
    public DeadlineLevel LevelAt(DateTimeOffset at)
    {
        var until = StoppedAt is { } stopped && stopped < at ? stopped : at;
        return until >= TwiceAt ? DeadlineLevel.OverdueTwice
            : until >= DueAt ? DeadlineLevel.Overdue
            : until >= ApproachingAt ? DeadlineLevel.Approaching
            : DeadlineLevel.None;
    }

    /// <summary>What is used at an instant, in parts; of a stopped clock what was used when it stopped.</summary>
    /// <param name="at">The time.</param>
    /// <param name="calendar">The city's calendar.</param>
    public long UsedAt(DateTimeOffset at, WorkingCalendar calendar) =>
        Stopped ? Used : Used + Deadline.Used(RunningSince, at, Limit.Unit, calendar);

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
