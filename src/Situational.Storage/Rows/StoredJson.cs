using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Situational.Domain.Cases;

namespace Situational.Storage.Rows;

/// <summary>The stored form of events, cases and snapshots. Written files are read for years: names and numbers never change their meaning.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(GridEvent))]
[JsonSerializable(typeof(Case))]
[JsonSerializable(typeof(StoredState))]
[JsonSerializable(typeof(IReadOnlyCollection<string>))]
internal sealed partial class StoredJson : JsonSerializerContext;

/// <summary>A <see cref="GridState"/> as stored.</summary>
internal sealed record StoredState(string Grid, long Version, int LastCaseNumber, DateTimeOffset? LastReportAt, IReadOnlyList<Case> Open)
{
    public static StoredState Of(GridState state) =>
        new(state.Grid, state.Version, state.LastCaseNumber, state.LastReportAt, [.. state.Open.Values]);

    public GridState ToState() => new(
        Grid, Version, LastCaseNumber, Open.ToImmutableDictionary(c => c.Id, StringComparer.Ordinal), LastReportAt);
}
