using System.Text.Json.Serialization;

namespace Situational.Storage.Rows;

/// <summary>What is stored beside events and cases; those have their form from <see cref="Domain.Cases.CaseJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(StoredState))]
[JsonSerializable(typeof(IReadOnlyCollection<string>))]
[JsonSerializable(typeof(IReadOnlyCollection<long>))]
internal sealed partial class StoredJson : JsonSerializerContext;
