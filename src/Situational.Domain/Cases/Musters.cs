using System.Collections.Immutable;
using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;
using Situational.Domain.Geometry;

namespace Situational.Domain.Cases;

/// <summary>Whistles and what departments answer to them.</summary>
internal static class Musters
{
    /// <summary>A department is called.</summary>
    public static Muster Call(string department, WhistleKind kind, DateTimeOffset now, WorkingCalendar calendar, string? routedFrom = null) =>
        new(department, MusterState.Notified, now, routedFrom)
        {
            Clocks =
            [
                Clock.Start(ClockKind.Acknowledge, kind.Acknowledge, now, calendar), Clock.Start(ClockKind.Arrive, kind.Arrive, now, calendar),
                Clock.Start(ClockKind.Solve, kind.Solve, now, calendar),
            ],
        };

    /// <summary>What is wrong with an answer, or null.</summary>
    public static (string Field, string Text)? Fault(Case one, GridCommand.Step step, LoopRules rules)
    {
        if (step.Whistle is not { } number || Find(one, number) is not { } whistle)
            return ("whistle", one.Whistles.Length == 1 ? "There is whistle 1." : $"There are whistles 1 to {one.Whistles.Length}.");
        var department = step.Department ?? (step.By.Role == Role.Department ? step.By.Id : null);
        if (department is null || whistle.MusterOf(department) is not { } muster)
            return ("department", "The code of a department that this whistle calls is needed.");
        if (step.By.Role == Role.Department && department != step.By.Id)
            return ("department", "A department answers for itself only.");
        if (step.Muster is not { } to || MusterTransition.Of(to) is not { } row)
            return ("state", "It must be acknowledged, en-route, arrived, done or refused.");
        if (!row.From.Contains(muster.State))
            return ("state", $"A muster that is {CaseWords.Of(muster.State)} cannot become {CaseWords.Of(to)}; it can become {After(muster.State)}.");
        if (!row.Refuses)
            return null;
        if (StepFields.Said("reason", step.Reason, needed: true) is { } reason)
            return reason;
        if (step.CounterProposal is not { } instead || !rules.City.Departments.ContainsKey(instead))
            return ("counterProposal", "The code of a department of the catalogue that is responsible instead is needed.");
        return whistle.MusterOf(instead) is null ? null : ("counterProposal", "This whistle has called that department already.");
    }

    /// <summary>The events of an answer that has no fault.</summary>
    public static void Answer(Draft draft, Case one, GridCommand.Step step, DateTimeOffset now, LoopRules rules)
    {
        var whistle = Find(one, step.Whistle!.Value)!;
        var before = whistle.MusterOf(step.Department ?? step.By.Id)!;
        var row = MusterTransition.Of(step.Muster!.Value)!;
        var (verified, meters) = row.To == MusterState.Arrived ? Arrival(one, step.Near, now, rules) : (before.ArrivalVerified, before.ArrivalMeters);
        var ended = row.To is MusterState.Done or MusterState.Refused;
        draft.Add(new MusterStepped(now, one.Id, whistle.Number, before with
        {
            State = row.To,
            AcknowledgedAt = before.AcknowledgedAt ?? (row.Refuses ? null : now),
            EnRouteAt = row.To == MusterState.EnRoute ? now : before.EnRouteAt,
            ArrivedAt = row.To == MusterState.Arrived ? now : before.ArrivedAt,
            ArrivalVerified = verified,
            ArrivalMeters = meters,
            EndedAt = ended ? now : null,
            Note = (row.Refuses ? step.Reason : step.Note) ?? before.Note,
            CounterProposal = row.Refuses ? step.CounterProposal : null,
            Clocks = Stopped(before.Clocks, row.Ends, now, rules.City.Calendar),
        }, step.By));
        if (!row.Refuses)
            return;
        if (Routes(whistle, before) < rules.City.MaxReroutes && whistle.Musters.Length < Whistle.MaxMusters
            && rules.City.WhistleKinds.TryGetValue(whistle.Kind, out var kind))
            draft.Add(new MusterStepped(
                now, one.Id, whistle.Number, Call(step.CounterProposal!, kind, now, rules.City.Calendar, before.Department), Actor.System));
        else if (rules.Above(one) is { } above)
            draft.Add(new CaseEscalated(now, one.Id, above, "whistle-refused", Actor.System));
    }

    /// <summary>The whistle of that number, or null.</summary>
    public static Whistle? Find(Case one, int number)
    {
        foreach (var whistle in one.Whistles)
            if (whistle.Number == number)
                return whistle;
        return null;
    }

    /// <summary>How often the call that a muster answers was sent on before.</summary>
    private static int Routes(Whistle whistle, Muster muster)
    {
        var routes = 0;
        for (var at = muster; at?.RoutedFrom is { } from && routes <= Whistle.MaxMusters; at = whistle.MusterOf(from))
            routes++;
        return routes;
    }

    private static (bool? Verified, double? Meters) Arrival(Case one, UnitFix? near, DateTimeOffset now, LoopRules rules)
    {
        if (near is null || (now - near.MeasuredAt).Duration() > rules.City.Spot.FixWithin)
            return (null, null);
        var meters = Math.Round(Distance.Meters(one.Report.Latitude, one.Report.Longitude, near.Latitude, near.Longitude), 1);
        return (meters <= rules.City.ArrivalMeters, meters);
    }

    private static ImmutableArray<Clock> Stopped(ImmutableArray<Clock> clocks, ImmutableArray<ClockKind> ends, DateTimeOffset now, WorkingCalendar calendar)
    {
        var after = ImmutableArray.CreateBuilder<Clock>(clocks.Length);
        foreach (var clock in clocks)
            after.Add(ends.Contains(clock.Kind) ? clock.Stop(now, calendar) : clock);
        return after.MoveToImmutable();
    }

    private static string After(MusterState state)
    {
        var names = new List<string>();
        foreach (var row in MusterTransition.Rows)
            if (row.From.Contains(state))
                names.Add(CaseWords.Of(row.To));
        return names.Count == 0 ? "nothing else" : string.Join(" or ", names);
    }
}
