using System.Collections.Immutable;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Cases;

/// <summary>A row of the table of musters.</summary>
/// <param name="To">The state that a department says it has reached.</param>
/// <param name="From">The states that allow it; states between may be left out.</param>
/// <param name="Ends">The clocks that stop with it.</param>
/// <param name="Refuses">Whether it needs a reason and a counter-proposal.</param>
public sealed record MusterTransition(MusterState To, ImmutableArray<MusterState> From, ImmutableArray<ClockKind> Ends, bool Refuses = false)
{
    /// <summary>The rows.</summary>
    public static ImmutableArray<MusterTransition> Rows { get; } =
    [
        new(MusterState.Acknowledged, [MusterState.Notified], [ClockKind.Acknowledge]),
        new(MusterState.EnRoute, [MusterState.Notified, MusterState.Acknowledged], [ClockKind.Acknowledge]),
        new(MusterState.Arrived, [MusterState.Notified, MusterState.Acknowledged, MusterState.EnRoute], [ClockKind.Acknowledge, ClockKind.Arrive]),
        new(MusterState.Done, [MusterState.Arrived], [ClockKind.Solve]),
        new(MusterState.Refused, [MusterState.Notified, MusterState.Acknowledged], [ClockKind.Acknowledge, ClockKind.Arrive, ClockKind.Solve], Refuses: true),
    ];

    /// <summary>The row that leads to a state, or null when nobody can say that they reached it.</summary>
    public static MusterTransition? Of(MusterState state)
    {
        foreach (var row in Rows)
            if (row.To == state)
                return row;
        return null;
    }
}
