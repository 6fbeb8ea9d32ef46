using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Situational.Domain.Journal;

namespace Situational.Domain.Cases;

/// <summary>
/// The written form of cases and events: what journals keep and grids hand each other. Written forms are read for years: names and numbers
/// never change their meaning, and what is added may be absent.
/// </summary>
public static class CaseJson
{
    /// <summary>How everything of a journal is written. Chinese stays as it is instead of six bytes a character; the text never meets HTML.</summary>
    public static CaseJsonTypes Types { get; } = new(new JsonSerializerOptions(CaseJsonTypes.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = null,
    });

    /// <summary>Writes a case as UTF-8.</summary>
    public static byte[] Write(Case one) => JsonSerializer.SerializeToUtf8Bytes(one, Types.Case);

    /// <summary>Reads a case.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Case Read(ReadOnlySpan<byte> written) =>
        JsonSerializer.Deserialize(written, Types.Case) ?? throw new JsonException("There is no case.");
}

/// <summary>Source-generated readers and writers of the written form.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(GridEvent))]
[JsonSerializable(typeof(Case))]
[JsonSerializable(typeof(CaseFact))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(Handover))]
public sealed partial class CaseJsonTypes : JsonSerializerContext;
