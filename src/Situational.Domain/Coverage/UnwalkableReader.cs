using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Situational.Domain.Territory;

namespace Situational.Domain.Coverage;

/// <summary>
/// Reads the file of what nobody can walk: a GeoJSON FeatureCollection (RFC 7946) of Polygons and MultiPolygons in WGS-84, whose properties
/// do not matter. What is wrong is refused, as in a territory; nothing is mended. Throws nothing.
/// </summary>
public static class UnwalkableReader
{
    /// <summary>Largest file, bytes.</summary>
    public const int MaxBytes = TerritoryReader.MaxBytes;

    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = TerritoryReader.MaxDepth };
    private static readonly TerritoryReadOptions Options = new() { NamesOnly = true };

    /// <summary>Reads it.</summary>
    /// <param name="geoJson">The file, UTF-8, with or without a byte order mark.</param>
    public static UnwalkableReading Read(ReadOnlyMemory<byte> geoJson)
    {
        var findings = new TerritoryFindings();
        if (geoJson.Length > MaxBytes)
        {
            findings.Refuse(null, null, "too-large", string.Create(
                CultureInfo.InvariantCulture, $"The file has {geoJson.Length:N0} bytes; at most {MaxBytes:N0} are read."));
            return new(null, findings.Refused().Faults);
        }
        if (geoJson.Span.StartsWith("\uFEFF"u8))
            geoJson = geoJson[3..];
        try
        {
            using var document = JsonDocument.Parse(geoJson, JsonOptions);
            var shapes = ReadShapes(document.RootElement, findings);
            if (!findings.HasFaults)
                return new(new(shapes), []);
        }
        catch (JsonException e)
        {
            findings.Refuse(null, null, "not-json", $"The file is not JSON in UTF-8 of at most {TerritoryReader.MaxDepth} levels: {e.Message}");
        }
        catch (InvalidOperationException e)
        {
            // What System.Text.Json throws for a string that is no text: broken UTF-8 or half of a surrogate pair.
            findings.Refuse(null, null, "not-json", $"The file holds a string that is not Unicode text: {e.Message}");
        }
        catch (TopologyException e)
        {
            findings.Refuse(null, null, "invalid-geometry", $"The shapes cannot be looked at: {e.Message}");
        }
        return new(null, findings.Refused().Faults);
    }

    private static List<NetTopologySuite.Geometries.Geometry> ReadShapes(JsonElement root, TerritoryFindings findings)
    {
        var shapes = new List<NetTopologySuite.Geometries.Geometry>();
        if (FeatureCollectionReader.Read(root, Options, findings) is not { } collection)
            return shapes;
        if (collection.Features.GetArrayLength() == 0)
            findings.Refuse(null, null, "no-areas", "The file's features are empty; without unwalkable areas, name no file.");
        var index = 0;
        foreach (var feature in collection.Features.EnumerateArray())
        {
            if (ReadShape(feature, index, findings) is { } shape)
                shapes.Add(shape);
            index++;
        }
        return shapes;
    }

    private static NetTopologySuite.Geometries.Geometry? ReadShape(JsonElement feature, int index, TerritoryFindings findings)
    {
        if (feature.ValueKind != JsonValueKind.Object)
            return Refuse("wrong-type", $"The feature is a JSON {JsonText.Kind(feature)}; it must be an object.");
        var members = new JsonMembers(feature, ["type", "geometry"]);
        if (members.Twice is { } twice)
            return Refuse("duplicate-member", $"The feature gives the member {twice} twice.");
        if (members[0] is not { ValueKind: JsonValueKind.String } type || !type.ValueEquals("Feature"u8))
            return Refuse("wrong-type", "The feature's type must be Feature.");
        // Like a grid, an unwalkable area has a shape or is wrong.
        return new ShapeReader(index, null, Options, findings).TryRead(members[1], isGrid: true, out var shape) ? shape : null;

        NetTopologySuite.Geometries.Geometry? Refuse(string reason, string text)
        {
            findings.Refuse(index, null, reason, text);
            return null;
        }
    }
}

/// <summary>What was read.</summary>
/// <param name="Ground">What is left to be walked, or null when there are faults.</param>
/// <param name="Faults">Why the file is refused; bounded as those of a territory.</param>
public sealed record UnwalkableReading(WalkableGround? Ground, IReadOnlyList<TerritoryFault> Faults);
