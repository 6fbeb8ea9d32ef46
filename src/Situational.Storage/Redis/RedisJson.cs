using System.Text.Json.Serialization;
using Situational.Domain.Journal;

namespace Situational.Storage.Redis;

/// <summary>The stored form of what SQLite keeps in columns. Names never change their meaning.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredFix))]
internal sealed partial class RedisJson : JsonSerializerContext;
