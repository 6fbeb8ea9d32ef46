using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Situational.Domain.Territory;

/// <summary>
/// Reads a territory from a GeoJSON FeatureCollection (RFC 7946). Each feature is an area with the properties <c>code</c>, <c>name</c>,
/// <c>level</c> and <c>parent</c>; grids have a Polygon or MultiPolygon, higher areas may omit theirs and get the union of their grids.
/// Whatever the input, it answers with a reading and throws nothing. Third and further ordinates and a byte order mark are dropped, unknown
/// members ignored. A member that is given twice is refused. Areas beyond 85° of latitude and territories that span 180° of longitude or
/// more, which is how one across the antimeridian looks, are refused: the house measures on a local plane.
/// </summary>
public static class TerritoryReader
{
    /// <summary>Most areas of all levels.</summary>
    public const int MaxAreas = 50_000;

    /// <summary>Largest file, bytes.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Largest file that <see cref="TerritoryWriter"/> wrote, bytes.</summary>
    public const int MaxStoredBytes = 4 * MaxBytes;

    /// <summary>Deepest nesting of the JSON; GeoJSON itself needs 8.</summary>
    public const int MaxDepth = 32;

    /// <summary>Most faults listed one by one.</summary>
    public const int MaxFaults = 100;

    /// <summary>Most warnings listed one by one.</summary>
    public const int MaxWarnings = 200;

    /// <summary>Most places where borders of areas may cross each other; what they have in common is counted only where an edge is met between its ends.</summary>
    public const int MaxCrossings = 1_000_000;

    /// <summary>Greatest latitude to either side, degrees.</summary>
    public const double MaxLatitude = 85;

    /// <summary>Fewest and most levels.</summary>
    public const int MinLevels = 2, MaxLevels = 6;

    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = MaxDepth };

    /// <summary>Reads and checks a territory.</summary>
    /// <param name="geoJson">The file, UTF-8, with or without a byte order mark.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="version">Version that the territory gets, from 1.</param>
    public static TerritoryReading Read(ReadOnlyMemory<byte> geoJson, TerritoryReadOptions options, int version)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        var findings = new TerritoryFindings();
        var maxBytes = options.CheckCoverage ? MaxBytes : MaxStoredBytes;
        if (geoJson.Length > maxBytes)
        {
            findings.Refuse(null, null, "too-large", string.Create(
                CultureInfo.InvariantCulture, $"The file has {geoJson.Length:N0} bytes; at most {maxBytes:N0} are read."));
            return findings.Refused();
        }
        if (geoJson.Span.StartsWith("\uFEFF"u8))
            geoJson = geoJson[3..];
        try
        {
            using var document = JsonDocument.Parse(geoJson, JsonOptions);
            return Read(document.RootElement, options, version, findings);
        }
        catch (JsonException e)
        {
            findings.Refuse(null, null, "not-json", $"The file is not JSON in UTF-8 of at most {MaxDepth} levels: {e.Message}");
        }
        catch (InvalidOperationException e)
        {
            // What System.Text.Json throws for a string that is no text: broken UTF-8 or half of a surrogate pair.
            findings.Refuse(null, null, "not-json", $"The file holds a string that is not Unicode text: {e.Message}");
        }
        catch (TopologyException e)
        {
            findings.Refuse(null, null, "invalid-geometry", $"The shapes cannot be laid over each other: {e.Message}");
        }
        return findings.Refused();
    }

    private static TerritoryReading Read(JsonElement root, TerritoryReadOptions options, int version, TerritoryFindings findings)
    {
        var collection = FeatureCollectionReader.Read(root, options, findings);
        if (collection is null)
            return findings.Refused();
        var drafts = FeatureReader.ReadAll(collection, options, findings);
        var top = findings.HasFaults ? null : TerritoryTree.FindRoot(drafts, collection.Levels, findings);
        if (top is null || findings.HasFaults)
            return findings.Refused();
        if (options.CheckCoverage && IsEntangled(drafts, findings))
            return findings.Refused();
        var shapes = new TerritoryShapes(drafts, collection.Levels[^1], findings);
        if (findings.HasFaults)
            return findings.Refused();
        var used = collection.Levels.Where(level => drafts.Exists(d => d.Level == level)).ToArray();
        var territory = new CityTerritory(version, used, shapes.Areas, collection.Simulated);
        return findings.Accepted(territory, options.CheckCoverage ? CoverageCheck.Run(territory, shapes.UnionOfGrids(), top.Shape) : []);
    }

    private static bool IsEntangled(List<AreaDraft> drafts, TerritoryFindings findings)
    {
        var shapes = Shapes.Factory.BuildGeometry(drafts.Select(d => d.Shape).OfType<NetTopologySuite.Geometries.Geometry>());
        if (Shapes.CountCrossings(shapes, MaxCrossings) < MaxCrossings)
            return false;
        findings.Refuse(null, null, "too-entangled", string.Create(
            CultureInfo.InvariantCulture, $"The borders of the areas cross each other {MaxCrossings:N0} times or more; no city's do."));
        return true;
    }
}
