using System.Collections.Immutable;
using Situational.Domain.Cases;

namespace Situational.Storage.Rows;

/// <summary>A <see cref="GridState"/> as stored. What is empty is left out.</summary>
internal sealed record StoredState(
    string Grid, long Version, int LastCaseNumber, DateTimeOffset? LastReportAt, IReadOnlyList<Case> Open,
    IReadOnlyList<Handover>? Outbound = null, IReadOnlyDictionary<string, int>? Arrived = null, IReadOnlyList<SpotTime>? SpotTimes = null)
{
    public static StoredState Of(GridState state) => new(
        state.Grid, state.Version, state.LastCaseNumber, state.LastReportAt, [.. state.Open.Values],
        state.Outbound.IsEmpty ? null : [.. state.Outbound.Values],
        state.Arrived.IsEmpty ? null : state.Arrived,
        state.SpotTimes.IsEmpty ? null : state.SpotTimes);

    public GridState ToState() => new(
        Grid, Version, LastCaseNumber, Open.ToImmutableDictionary(c => c.Id, StringComparer.Ordinal), LastReportAt)
    {
        Outbound = (Outbound ?? []).ToImmutableDictionary(handover => handover.Case.Id, StringComparer.Ordinal),
        Arrived = Arrived?.ToImmutableDictionary(StringComparer.Ordinal) ?? GridState.Empty(Grid).Arrived,
        SpotTimes = [.. SpotTimes ?? []],
    };

    /// <summary>The same in one fixed order, so that equal states are equal texts.</summary>
    public StoredState InOrder() => this with
    {
        Open = [.. Open.OrderBy(c => c.Id, StringComparer.Ordinal)],
        Outbound = Outbound is null ? null : [.. Outbound.OrderBy(handover => handover.Case.Id, StringComparer.Ordinal)],
        Arrived = Arrived is null ? null : Arrived.ToImmutableSortedDictionary(StringComparer.Ordinal),
    };
}
