using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using Situational.Testing;

namespace Situational.Cli.Tests.Austin;

/// <summary>The real day beside the checkout, read here by hand and not by the code under test.</summary>
internal static class AustinFiles
{
    public static FileInfo Neighborhoods => new(Path.Combine(Repository.Austin, "neighborhoods.geojson"));

    public static FileInfo Day => new(Path.Combine(Repository.Austin, "vehicle-positions-2017-03-21.csv"));

    /// <summary>Name and shape of every neighbourhood in the file's order; shapes that are not valid are mended by NetTopologySuite's fixer.</summary>
    public static List<(string Name, Geometry Shape)> ReadNeighborhoods()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Neighborhoods.FullName));
        var neighborhoods = new List<(string, Geometry)>();
        foreach (var feature in document.RootElement.GetProperty("features").EnumerateArray())
        {
            var geometry = feature.GetProperty("geometry");
            Assert.Equal("MultiPolygon", geometry.GetProperty("type").GetString());
            Geometry shape = new MultiPolygon([.. geometry.GetProperty("coordinates").EnumerateArray().Select(ReadPolygon)]);
            if (!shape.IsValid)
                shape = GeometryFixer.Fix(shape);
            neighborhoods.Add((feature.GetProperty("properties").GetProperty("name").GetString()!, shape));
        }
        return neighborhoods;
    }

    /// <summary>Every fix of the day in the file's order, which is not that of time.</summary>
    public static List<AustinFix> ReadDay()
    {
        var fixes = new List<AustinFix>();
        foreach (var line in File.ReadLines(Day.FullName).Skip(1))
        {
            var fields = line.Split(',');
            fixes.Add(new AustinFix(
                fields[0], fields[3], DateTimeOffset.Parse(fields[1], CultureInfo.InvariantCulture),
                double.Parse(fields[5], CultureInfo.InvariantCulture), double.Parse(fields[6], CultureInfo.InvariantCulture)));
        }
        return fixes;
    }

    private static Polygon ReadPolygon(JsonElement rings)
    {
        var read = rings.EnumerateArray().Select(ring => new LinearRing(
            [.. ring.EnumerateArray().Select(p => new Coordinate(p[0].GetDouble(), p[1].GetDouble()))])).ToArray();
        return new Polygon(read[0], read[1..]);
    }
}

/// <summary>One row of the day.</summary>
internal sealed record AustinFix(string Vehicle, string Route, DateTimeOffset At, double Latitude, double Longitude);
