using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Situational.Domain.Cases;

namespace Situational.Host.Api;

/// <summary>Cases as a GeoJSON FeatureCollection (RFC 7946).</summary>
internal sealed class GeoJsonCases(CaseTables.Words words) : ICaseFile
{
    /// <summary>Its media type.</summary>
    public const string MediaType = "application/geo+json";

    // Chinese stays readable; what HTML could misread stays escaped
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private bool _first = true;

    /// <inheritdoc />
    public string ContentType => MediaType;

    /// <inheritdoc />
    public string Name => "cases.geojson";

    /// <inheritdoc />
    public void Begin(IBufferWriter<byte> output) => output.Write("{\"type\":\"FeatureCollection\",\"features\":["u8);

    /// <inheritdoc />
    public void Write(IBufferWriter<byte> output, Case one)
    {
        output.Write(_first ? "\n"u8 : ",\n"u8);
        _first = false;
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", one.Id);
        json.WriteStartObject("geometry");
        json.WriteString("type", "Point");
        json.WriteStartArray("coordinates");
        json.WriteNumberValue(Math.Round(one.Report.Longitude, 7));
        json.WriteNumberValue(Math.Round(one.Report.Latitude, 7));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("grid", one.Grid);
        json.WriteNumber("territoryVersion", one.TerritoryVersion);
        json.WriteString("category", one.Report.Category);
        json.WriteString("categoryName", words.Category(one.Report.Category));
        json.WriteString("severity", CaseNames.Of(one.Severity));
        json.WriteString("stage", CaseNames.Of(one.Stage));
        json.WriteString("description", one.Report.Description);
        json.WriteString("source", one.Report.Source);
        json.WriteString("reportedAt", one.ReportedAt);
        json.WriteString("updatedAt", one.UpdatedAt);
        if (one.ClosedAt is { } ended)
            json.WriteString("endedAt", ended);
        if (one.NextClock is { } clock)
            json.WriteString("dueAt", clock.DueAt);
        json.WriteString("level", CaseNames.Of(one.Level));
        if (one.Assignee is { } given)
        {
            json.WriteString("assigneeKind", CaseNames.Of(given.Kind));
            json.WriteString("assignee", given.Id);
        }
        if (one.EscalatedTo is { } area)
            json.WriteString("escalatedTo", area);
        json.WriteNumber("reports", 1 + one.Joined.Length);
        json.WriteBoolean("onTheSpot", one.Spot is not null);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <inheritdoc />
    public void End(IBufferWriter<byte> output, string? next)
    {
        output.Write("\n]"u8);
        if (next is not null)
        {
            output.Write(",\"next\":"u8);
            output.Write(JsonSerializer.SerializeToUtf8Bytes(next));
        }
        output.Write("}\n"u8);
    }
}
