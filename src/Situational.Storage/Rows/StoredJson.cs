using System.Text.Json.Serialization;
using Situational.Domain.Journal;

namespace Situational.Storage.Rows;

/// <summary>What is stored beside events and cases; those have their form from <see cref="Domain.Cases.CaseJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(StoredState))]
[JsonSerializable(typeof(UnitDuty))]
[JsonSerializable(typeof(AlertAcknowledgement))]
[JsonSerializable(typeof(IReadOnlyCollection<string>))]
[JsonSerializable(typeof(IReadOnlyCollection<long>))]
internal sealed partial class StoredJson : JsonSerializerContext;
