using System.Collections.Immutable;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Cases;

/// <summary>A whistle (吹哨): a call to departments to come to a case.</summary>
/// <param name="Number">Its number in the case, from 1.</param>
/// <param name="Kind">Code of its kind.</param>
/// <param name="At">When it was blown, UTC.</param>
/// <param name="By">Who blew it.</param>
/// <param name="Note">What for, at most 4,000 characters.</param>
/// <param name="Musters">The departments' answers, in the order in which they were called.</param>
public sealed record Whistle(int Number, string Kind, DateTimeOffset At, Actor By, string? Note, ImmutableArray<Muster> Musters)
{
    /// <summary>Most departments that are called at once.</summary>
    public const int MaxCalled = 16;

    /// <summary>Most musters of one whistle, re-routed ones included; each department has at most one.</summary>
    public const int MaxMusters = 64;

    /// <summary>The muster of a department, or null.</summary>
    public Muster? MusterOf(string department)
    {
        foreach (var muster in Musters)
            if (string.Equals(muster.Department, department, StringComparison.Ordinal))
                return muster;
        return null;
    }

    /// <summary>How many departments it calls that have neither refused nor been dismissed.</summary>
    public int CountCalled()
    {
        var called = 0;
        foreach (var muster in Musters)
            if (muster.State is not (MusterState.Refused or MusterState.Dismissed))
                called++;
        return called;
    }

    /// <summary>How many of them have arrived or are done.</summary>
    public int CountArrived()
    {
        var arrived = 0;
        foreach (var muster in Musters)
            if (muster.State is MusterState.Arrived or MusterState.Done)
                arrived++;
        return arrived;
    }
}

/// <summary>One department's answer to a whistle (报到).</summary>
/// <param name="Department">Code of the department.</param>
/// <param name="State">Where it stands.</param>
/// <param name="NotifiedAt">When it was called, UTC.</param>
/// <param name="RoutedFrom">Code of the department that refused and proposed this one, or null.</param>
public sealed record Muster(string Department, MusterState State, DateTimeOffset NotifiedAt, string? RoutedFrom = null)
{
    /// <summary>When it acknowledged.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>When it set out.</summary>
    public DateTimeOffset? EnRouteAt { get; init; }

    /// <summary>When it said that it had arrived.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>Whether a unit's fix near the case confirms the arrival; null when no unit was named or none known.</summary>
    public bool? ArrivalVerified { get; init; }

    /// <summary>Metres between that fix and the case.</summary>
    public double? ArrivalMeters { get; init; }

    /// <summary>When it reported done or refused.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Note of its last step, or the reason of its refusal.</summary>
    public string? Note { get; init; }

    /// <summary>Code of the department that it proposed instead of itself.</summary>
    public string? CounterProposal { get; init; }

    /// <summary>
    /// Its clocks: acknowledge, arrive, solve. Each stops when what it waits for was done, and stays with the level that it had reached; those
    /// of a dismissed muster stop without counting what they used.
    /// </summary>
    public ImmutableArray<Clock> Clocks { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whether it ended: nothing more is expected of this department.</summary>
    public bool Ended => State is MusterState.Done or MusterState.Refused or MusterState.Dismissed;
}

/// <summary>State of a muster. The numbers stand in the journal.</summary>
public enum MusterState
{
    /// <summary>已通知: called, has not answered.</summary>
    Notified = 1,

    /// <summary>已应答: knows.</summary>
    Acknowledged = 2,

    /// <summary>途中: on its way.</summary>
    EnRoute = 3,

    /// <summary>到场: there.</summary>
    Arrived = 4,

    /// <summary>办结: says that its part is done.</summary>
    Done = 5,

    /// <summary>退哨: says that it is not responsible, with a reason and a counter-proposal.</summary>
    Refused = 6,

    /// <summary>撤销: no longer needed, because the case ended.</summary>
    Dismissed = 7,
}
