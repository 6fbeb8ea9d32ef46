using System.Text.Json;
using Situational.Cli.Http;

namespace Situational.Cli.Load;

/// <summary>The grids of the territory in force, as ground to walk on: where is it inside, and where is a place in it.</summary>
internal sealed class Ground
{
    private const int Cells = 256;
    private const int Tries = 64;
    private readonly List<Shape> _shapes;
    private readonly List<Shape>?[] _index = new List<Shape>?[Cells * Cells];

    private Ground(List<Shape> shapes)
    {
        _shapes = shapes;
        (South, West) = (shapes.Min(s => s.South), shapes.Min(s => s.West));
        (North, East) = (shapes.Max(s => s.North), shapes.Max(s => s.East));
        foreach (var shape in shapes)
            for (var row = Row(shape.South); row <= Row(shape.North); row++)
                for (var column = Column(shape.West); column <= Column(shape.East); column++)
                    (_index[row * Cells + column] ??= []).Add(shape);
    }

    /// <summary>Southern edge in degrees.</summary>
    public double South { get; }

    /// <summary>Western edge in degrees.</summary>
    public double West { get; }

    /// <summary>Northern edge in degrees.</summary>
    public double North { get; }

    /// <summary>Eastern edge in degrees.</summary>
    public double East { get; }

    /// <summary>Grids.</summary>
    public int Grids => _shapes.Count;

    /// <summary>Reads what <c>GET /api/v1/territory</c> answers.</summary>
    /// <exception cref="ClientException">It holds no grid with a shape.</exception>
    public static Ground Read(ReadOnlyMemory<byte> geoJson)
    {
        using var document = JsonDocument.Parse(geoJson);
        var shapes = new List<Shape>();
        foreach (var feature in document.RootElement.GetProperty("features").EnumerateArray())
        {
            if (feature.GetProperty("properties").GetProperty("level").GetString() != "grid"
                || feature.GetProperty("geometry") is not { ValueKind: JsonValueKind.Object } geometry)
                continue;
            var coordinates = geometry.GetProperty("coordinates");
            if (geometry.GetProperty("type").GetString() == "Polygon")
                shapes.Add(new Shape([.. coordinates.EnumerateArray().Select(Ring)]));
            else
                shapes.AddRange(coordinates.EnumerateArray().Select(polygon => new Shape([.. polygon.EnumerateArray().Select(Ring)])));
        }
        return shapes.Count > 0 ? new Ground(shapes) : throw new ClientException("the territory in force has no grid with a shape");
    }

    /// <summary>Whether a place lies in a grid.</summary>
    public bool Contains(double latitude, double longitude)
    {
        if (latitude < South || latitude > North || longitude < West || longitude > East)
            return false;
        if (_index[Row(latitude) * Cells + Column(longitude)] is { } near)
            foreach (var shape in near)
                if (shape.Contains(latitude, longitude))
                    return true;
        return false;
    }

    /// <summary>A place in any of the grids.</summary>
    public (double Latitude, double Longitude) Anywhere(Random random)
    {
        var latest = (0.0, 0.0);
        for (var i = 0; i < Tries; i++)
        {
            var shape = _shapes[random.Next(_shapes.Count)];
            latest = (
                shape.South + random.NextDouble() * (shape.North - shape.South), shape.West + random.NextDouble() * (shape.East - shape.West));
            if (shape.Contains(latest.Item1, latest.Item2))
                break;
        }
        return latest;
    }

    private static (double Lat, double Lon)[] Ring(JsonElement ring) => [.. ring.EnumerateArray().Select(p => (p[1].GetDouble(), p[0].GetDouble()))];

    private int Row(double latitude) => Math.Clamp((int)((latitude - South) / (North - South) * Cells), 0, Cells - 1);

    private int Column(double longitude) => Math.Clamp((int)((longitude - West) / (East - West) * Cells), 0, Cells - 1);

    /// <summary>A polygon with its holes.</summary>
    private sealed class Shape
    {
        private readonly (double Lat, double Lon)[][] _rings;

        public Shape((double Lat, double Lon)[][] rings)
        {
            _rings = rings;
            (South, North) = (rings[0].Min(p => p.Lat), rings[0].Max(p => p.Lat));
            (West, East) = (rings[0].Min(p => p.Lon), rings[0].Max(p => p.Lon));
        }

        public double South { get; }

        public double North { get; }

        public double West { get; }

        public double East { get; }

        /// <summary>Even-odd rule over all rings.</summary>
        public bool Contains(double lat, double lon)
        {
            var inside = false;
            foreach (var ring in _rings)
                for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
                    if (ring[i].Lat > lat != ring[j].Lat > lat
                        && lon < (ring[j].Lon - ring[i].Lon) * (lat - ring[i].Lat) / (ring[j].Lat - ring[i].Lat) + ring[i].Lon)
                        inside = !inside;
            return inside;
        }
    }
}
