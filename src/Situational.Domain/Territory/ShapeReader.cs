using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Valid;
using Situational.Domain.Geometry;

namespace Situational.Domain.Territory;

/// <summary>Reads, checks and mends the geometry of one feature.</summary>
internal sealed class ShapeReader(int feature, string? area, TerritoryReadOptions options, TerritoryFindings findings)
{
    /// <summary>Most positions of one area; real grids have tens, a province's border some ten thousands. A stored city may have a hole at each grid.</summary>
    private const int MaxPositions = 200_000;

    private int _positions;
    private bool _closed;

    /// <summary>Reads it; false after a fault. A higher area without one gives true and null.</summary>
    public bool TryRead(JsonElement? member, bool isGrid, out NetTopologySuite.Geometries.Geometry? geometry)
    {
        geometry = null;
        if (member is not { ValueKind: not JsonValueKind.Null } element)
            return !isGrid || Refuse("empty-geometry", "The grid has no geometry; it needs a Polygon or MultiPolygon.");
        if (element.ValueKind != JsonValueKind.Object)
            return Refuse("wrong-type", $"The geometry is a JSON {JsonText.Kind(element)}; it must be an object.");
        var members = new JsonMembers(element, ["type", "coordinates"]);
        if (members.Twice is { } twice)
            return Refuse("duplicate-member", $"The geometry gives the member {twice} twice.");
        var type = members[0] is { ValueKind: JsonValueKind.String } t ? t.GetString() : null;
        if (type is not ("Polygon" or "MultiPolygon"))
            return Refuse("geometry-type", "The geometry's type must be Polygon or MultiPolygon.");
        if (members[1] is not { ValueKind: JsonValueKind.Array } coordinates)
            return Refuse("wrong-type", "The geometry's coordinates must be an array.");
        var read = type == "Polygon" ? ReadPolygon(coordinates) : ReadMultiPolygon(coordinates);
        if (read is null)
            return false;
        if (read.IsEmpty)
            return Refuse("empty-geometry", "The geometry has no coordinates.");
        if (read.EnvelopeInternal.Width >= Wgs84.MaxLongitude)
            return Refuse("crosses-antimeridian", "The geometry spans 180° of longitude or more; areas across the antimeridian are not read.");
        if (Check(read) is not { } whole)
            return false;
        geometry = Shapes.Normalize(whole);
        return true;
    }

    private NetTopologySuite.Geometries.Geometry? ReadMultiPolygon(JsonElement parts)
    {
        var polygons = new List<Polygon>(parts.GetArrayLength());
        foreach (var part in parts.EnumerateArray())
        {
            if (part.ValueKind != JsonValueKind.Array)
            {
                Refuse("wrong-type", $"A polygon of the geometry is a JSON {JsonText.Kind(part)}; it must be an array of rings.");
                return null;
            }
            if (ReadPolygon(part) is not { } polygon)
                return null;
            if (!polygon.IsEmpty)
                polygons.Add(polygon);
        }
        return polygons.Count == 1 ? polygons[0] : Shapes.Factory.CreateMultiPolygon([.. polygons]);
    }

    private Polygon? ReadPolygon(JsonElement rings)
    {
        LinearRing? shell = null;
        var holes = new List<LinearRing>();
        foreach (var ring in rings.EnumerateArray())
        {
            if (ReadRing(ring) is not { } read)
                return null;
            if (shell is null)
                shell = read;
            else
                holes.Add(read);
        }
        return shell is null ? Shapes.Factory.CreatePolygon() : Shapes.Factory.CreatePolygon(shell, [.. holes]);
    }

    private LinearRing? ReadRing(JsonElement ring)
    {
        if (ring.ValueKind != JsonValueKind.Array)
        {
            Refuse("wrong-type", $"A ring of the geometry is a JSON {JsonText.Kind(ring)}; it must be an array of positions.");
            return null;
        }
        var length = ring.GetArrayLength();
        if ((_positions += length) > MaxPositions && options.CheckCoverage)
        {
            Refuse("too-many-positions", $"The geometry has more than {MaxPositions} positions.");
            return null;
        }
        var coordinates = new List<Coordinate>(length + 1);
        foreach (var position in ring.EnumerateArray())
        {
            if (ReadPosition(position) is not { } coordinate)
                return null;
            coordinates.Add(coordinate);
        }
        if (coordinates.Count == 0)
        {
            Refuse("empty-geometry", "A ring of the geometry has no positions.");
            return null;
        }
        if (!coordinates[0].Equals2D(coordinates[^1]))
        {
            if (!options.Repair)
            {
                Refuse("unclosed-ring", $"A ring ends at {At(coordinates[^1])} and not where it begins, at {At(coordinates[0])}.");
                return null;
            }
            coordinates.Add(coordinates[0].Copy());
            _closed = true;
        }
        if (coordinates.Count < 4)
        {
            Refuse("too-few-positions", $"A ring has {coordinates.Count} positions; a closed ring has at least 4.");
            return null;
        }
        return Shapes.Factory.CreateLinearRing([.. coordinates]);
    }

    private Coordinate? ReadPosition(JsonElement position)
    {
        if (position.ValueKind != JsonValueKind.Array || position.GetArrayLength() < 2)
        {
            Refuse("wrong-type", "A position must be an array of longitude and latitude.");
            return null;
        }
        double x = 0, y = 0;
        var place = 0;
        foreach (var ordinate in position.EnumerateArray())
        {
            if (ordinate.ValueKind != JsonValueKind.Number)
            {
                Refuse("wrong-type", $"A position holds a JSON {JsonText.Kind(ordinate)}; it must hold numbers.");
                return null;
            }
            // Adding zero makes a negative zero positive, so that equal places are written alike.
            if (place == 0)
                x = Number(ordinate) + 0.0;
            else if (place == 1)
                y = Number(ordinate) + 0.0;
            place++;
        }
        if (Wgs84.IsInRange(y, x) && Math.Abs(y) <= TerritoryReader.MaxLatitude)
            return new Coordinate(x, y);
        var looksSwapped = Wgs84.IsInRange(x, y) && Math.Abs(x) <= TerritoryReader.MaxLatitude;
        var swapped = looksSwapped ? " Latitude and longitude look swapped: GeoJSON gives the longitude first." : "";
        Refuse(looksSwapped ? "coordinates-swapped" : Wgs84.IsInRange(y, x) ? "too-near-pole" : "coordinates-out-of-range", string.Create(
            CultureInfo.InvariantCulture,
            $"A position has longitude {x} and latitude {y}; they must be within ±{Wgs84.MaxLongitude} and ±{TerritoryReader.MaxLatitude}.{swapped}"));
        return null;
    }

    private static double Number(JsonElement element) => element.TryGetDouble(out var value) ? value : double.PositiveInfinity;

    private NetTopologySuite.Geometries.Geometry? Check(NetTopologySuite.Geometries.Geometry read)
    {
        var error = new IsValidOp(read).ValidationError;
        if (error is null && !_closed)
            return read;
        if (error is null)
        {
            findings.Mended(feature, area, "Closed a ring that did not end where it began.");
            return read;
        }
        var (reason, what) = Describe(error.ErrorType);
        var where = error.Coordinate is { } at ? $" at {At(at)}" : "";
        if (!options.Repair)
        {
            Refuse(reason, $"The geometry has {what}{where}.");
            return null;
        }
        if (Shapes.CountCrossings(read, Shapes.MaxCrossings) >= Shapes.MaxCrossings)
        {
            Refuse(reason, $"The geometry has {what}{where}, and crosses itself {Shapes.MaxCrossings} times or more: too often to be mended.");
            return null;
        }
        var mended = Shapes.PolygonsOf(GeometryFixer.Fix(read));
        if (mended.IsEmpty || !mended.IsValid)
        {
            Refuse(reason, $"The geometry has {what}{where}, and could not be mended.");
            return null;
        }
        findings.Mended(feature, area, string.Create(CultureInfo.InvariantCulture,
            $"Mended {what}{where}{(_closed ? " and closed a ring" : "")}; the area is now {EqualArea.SquareMeters(mended):F0} m²."));
        return mended;
    }

    private static (string Reason, string What) Describe(TopologyValidationErrors error) => error switch
    {
        TopologyValidationErrors.SelfIntersection or TopologyValidationErrors.RingSelfIntersection => ("self-intersection", "a ring that intersects itself"),
        TopologyValidationErrors.HoleOutsideShell => ("hole-outside-shell", "a hole outside its shell"),
        TopologyValidationErrors.NestedHoles => ("nested-holes", "a hole within a hole"),
        TopologyValidationErrors.NestedShells => ("nested-shells", "a polygon within another of its polygons"),
        TopologyValidationErrors.DisconnectedInteriors => ("disconnected-interior", "holes that cut it in two"),
        TopologyValidationErrors.DuplicateRings => ("duplicate-rings", "the same ring twice"),
        TopologyValidationErrors.TooFewPoints => ("too-few-positions", "a ring of fewer than three different positions"),
        _ => ("invalid-geometry", "a fault (" + error + ")"),
    };

    private bool Refuse(string reason, string text)
    {
        findings.Refuse(feature, area, reason, text);
        return false;
    }

    private static string At(Coordinate c) => string.Create(CultureInfo.InvariantCulture, $"latitude {c.Y}, longitude {c.X}");
}
