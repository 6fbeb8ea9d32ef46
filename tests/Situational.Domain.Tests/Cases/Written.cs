using System.Text.Json;
using Situational.Domain.Cases;

namespace Situational.Domain.Tests.Cases;

/// <summary>The written form, by which things of many parts are compared: two that are written the same are the same.</summary>
internal static class Written
{
    public static string Of(Case one) => JsonSerializer.Serialize(one, CaseJson.Types.Case);

    public static string Of(GridEvent one) => JsonSerializer.Serialize(one, CaseJson.Types.GridEvent);

    public static GridEvent Event(string written) => JsonSerializer.Deserialize(written, CaseJson.Types.GridEvent)!;

    public static Case Case(string written) => JsonSerializer.Deserialize(written, CaseJson.Types.Case)!;

    public static string Of(GridState state) => string.Join('\n',
    [
        $"{state.Grid} {state.Version} {state.LastCaseNumber} {state.LastReportAt:O}",
        .. state.Open.Values.OrderBy(c => c.Id, StringComparer.Ordinal).Select(Of),
        "outbound",
        .. state.Outbound.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key} {JsonSerializer.Serialize(o.Value, CaseJson.Types.Handover)}"),
        "arrived",
        .. state.Arrived.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key} {a.Value}"),
        "spot",
        .. state.SpotTimes.Select(t => $"{t.Unit} {t.At:O}"),
    ]);

    /// <summary>The state as it comes back from its written form.</summary>
    public static GridState Again(GridState state) => state with
    {
        Open = state.Open.ToDictionary(c => c.Key, c => Case(Of(c.Value))).ToImmutable(),
        Outbound = state.Outbound
            .ToDictionary(o => o.Key, o => JsonSerializer.Deserialize(JsonSerializer.Serialize(o.Value, CaseJson.Types.Handover), CaseJson.Types.Handover)!)
            .ToImmutable(),
    };

    private static System.Collections.Immutable.ImmutableDictionary<string, T> ToImmutable<T>(this Dictionary<string, T> all) =>
        System.Collections.Immutable.ImmutableDictionary.CreateRange(StringComparer.Ordinal, all);
}
