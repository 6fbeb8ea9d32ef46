using Situational.Domain.Deadlines;

namespace Situational.Domain.Cases;

/// <summary>Lets time do what fell due.</summary>
internal static class TimeDecisions
{
    /// <summary>Most events of one tick; the rest is due at the next, which the caller makes at once.</summary>
    public const int MaxEvents = 500;

    /// <summary>Most events that one level makes: the level itself and an escalation.</summary>
    private const int EventsOfALevel = 2;

    /// <summary>Decides a tick: what fell first comes first.</summary>
    public static Decision Tick(GridState state, GridCommand.Tick tick, DateTimeOffset now, LoopRules rules)
    {
        var due = new List<(DateTimeOffset At, string Id)>();
        foreach (var (id, one) in state.Open)
            if (CaseClocks.NextAt(one) is { } at && at <= now)
                due.Add((at, id));
        if (due.Count == 0)
            return new Decision.Nothing();
        due.Sort(static (a, b) => a.At != b.At ? a.At.CompareTo(b.At) : string.CompareOrdinal(a.Id, b.Id));
        var draft = new Draft(state);
        foreach (var (_, id) in due)
            if (!Fall(draft, state.Open[id], tick.Awake, now, rules))
                return draft.Decide(null, more: true);
        return draft.Decide(null);
    }

    /// <summary>Does what fell due with a case until now. False when the draft is full and something is left.</summary>
    public static bool Fall(Draft draft, Case one, DateTimeOffset awake, DateTimeOffset now, LoopRules rules)
    {
        // A suspension that ended lets the clocks go on from its end, so that levels may have fallen since.
        while (Next(one) is { } next && next.At <= now)
        {
            if (draft.Count + EventsOfALevel > MaxEvents)
                return false;
            one = next.Clock is { } clock
                ? Reach(draft, one, clock, next.Whistle, next.Department, awake, now, rules)
                : Resume(draft, one, next.At, awake, now, rules);
        }
        return true;
    }

    private static Case Resume(Draft draft, Case one, DateTimeOffset end, DateTimeOffset awake, DateTimeOffset now, LoopRules rules)
    {
        var row = CaseSteps.Find(one, CaseStep.Resume, Actor.System, now, rules, out var why) ?? throw new InvalidOperationException(why);
        return draft.Add(new CaseStepped(now, one.Id, CaseStep.Resume, one.SuspendedFrom ?? Stage.Accepted, Actor.System,
            Clocks: CaseClocks.After(row, one, end, rules.City), Late: end < awake));
    }

    private static Case Reach(
        Draft draft, Case one, Clock clock, int? whistle, string? department, DateTimeOffset awake, DateTimeOffset now, LoopRules rules)
    {
        var level = clock.Fired + 1;
        var fell = CaseClocks.ReachedAt(clock, level);
        one = draft.Add(new DeadlinePassed(now, one.Id, clock with { Fired = level }, level, fell, fell < awake, whistle, department));
        var byRule = whistle is null && rules.City.EscalateOverdue;
        var reason = level switch
        {
            DeadlineLevel.Overdue when clock.Kind == ClockKind.Acknowledge => FirstSilent(one, whistle, department) ? "whistle-unanswered" : null,
            DeadlineLevel.Overdue when byRule => "overdue",
            DeadlineLevel.OverdueTwice when byRule => "overdue-twice",
            _ => null,
        };
        return reason is not null && rules.Above(one) is { } above ? draft.Add(new CaseEscalated(now, one.Id, above, reason, Actor.System)) : one;
    }

    /// <summary>Whether that department is the first of its whistle to be silent for too long: a whistle moves its case up once, however many are silent.</summary>
    private static bool FirstSilent(Case one, int? number, string? department)
    {
        foreach (var whistle in one.Whistles)
            if (whistle.Number == number)
                foreach (var muster in whistle.Musters)
                    if (muster.Department != department)
                        foreach (var clock in muster.Clocks)
                            if (clock is { Kind: ClockKind.Acknowledge, Fired: >= DeadlineLevel.Overdue })
                                return false;
        return true;
    }

    /// <summary>What time does next with a case; the clock is null for the end of its suspension.</summary>
    private static (DateTimeOffset At, Clock? Clock, int? Whistle, string? Department)? Next(Case one)
    {
        (DateTimeOffset At, Clock? Clock, int? Whistle, string? Department)? next =
            one is { Stage: Stage.Suspended, SuspendedUntil: { } until } ? (until, null, null, null) : null;
        foreach (var clock in one.Clocks)
            if (clock.NextAt is { } at && (next is null || at < next.Value.At))
                next = (at, clock, null, null);
        foreach (var whistle in one.Whistles)
            foreach (var muster in whistle.Musters)
                if (!muster.Ended)
                    foreach (var clock in muster.Clocks)
                        if (clock.NextAt is { } at && (next is null || at < next.Value.At))
                            next = (at, clock, whistle.Number, muster.Department);
        return next;
    }
}
