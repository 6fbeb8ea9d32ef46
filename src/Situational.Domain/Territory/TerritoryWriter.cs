using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Situational.Domain.Territory;

/// <summary>
/// Writes a territory in the one form in which it is stored and served: areas by level and code, every shape given, shells counter-clockwise
/// and holes clockwise (RFC 7946, 3.1.6). The same territory always gives the same bytes, and <see cref="TerritoryReader"/> reads the same
/// territory from them. The version is not written.
/// </summary>
public static class TerritoryWriter
{
    // What is written is JSON in UTF-8, never part of a script: Chinese stays readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes it as a GeoJSON FeatureCollection in UTF-8, without a byte order mark.</summary>
    public static byte[] Write(CityTerritory territory)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        if (territory.Simulated)
            json.WriteBoolean("simulated", true);
        json.WriteStartArray("levels");
        foreach (var level in territory.Levels)
            json.WriteStringValue(level);
        json.WriteEndArray();
        json.WriteStartArray("features");
        foreach (var level in territory.Levels)
            foreach (var area in territory.Areas.Where(a => a.Level == level).OrderBy(a => a.Code, StringComparer.Ordinal))
                WriteArea(json, area);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteArea(Utf8JsonWriter json, Area area)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("properties");
        json.WriteString("code", area.Code);
        json.WriteString("name", area.Name);
        json.WriteString("level", area.Level);
        if (area.Parent is not null)
            json.WriteString("parent", area.Parent);
        json.WriteEndObject();
        json.WriteStartObject("geometry");
        var shape = Shapes.Normalize(area.Geometry);
        json.WriteString("type", shape is Polygon ? "Polygon" : "MultiPolygon");
        json.WriteStartArray("coordinates");
        if (shape is Polygon polygon)
            WriteRings(json, polygon);
        else
            for (var i = 0; i < shape.NumGeometries; i++)
            {
                json.WriteStartArray();
                WriteRings(json, (Polygon)shape.GetGeometryN(i));
                json.WriteEndArray();
            }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRings(Utf8JsonWriter json, Polygon polygon)
    {
        WriteRing(json, polygon.ExteriorRing.CoordinateSequence);
        for (var i = 0; i < polygon.NumInteriorRings; i++)
            WriteRing(json, polygon.GetInteriorRingN(i).CoordinateSequence);
    }

    private static void WriteRing(Utf8JsonWriter json, CoordinateSequence ring)
    {
        json.WriteStartArray();
        // Normal rings run the other way round than RFC 7946 wants.
        for (var i = ring.Count - 1; i >= 0; i--)
        {
            json.WriteStartArray();
            json.WriteNumberValue(ring.GetX(i));
            json.WriteNumberValue(ring.GetY(i));
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }
}
