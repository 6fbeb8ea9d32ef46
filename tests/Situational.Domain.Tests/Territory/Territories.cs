using NetTopologySuite.Geometries;
using Situational.Cli.Demo;
using Situational.Domain.Territory;
using Situational.Testing;

namespace Situational.Domain.Tests.Territory;

/// <summary>Territories to test with.</summary>
internal static class Territories
{
    private static readonly GeometryFactory Factory = new(PrecisionModel.Floating.Value, 4326);

    /// <summary>A round boundary with a lake, cut into squares of 100 m.</summary>
    public static CityTerritory Lattice()
    {
        var boundary = Factory.CreatePoint(new Coordinate(120.16, 30.27)).Buffer(0.015, 16)
            .Difference(Factory.CreatePoint(new Coordinate(120.165, 30.272)).Buffer(0.004, 8));
        return GridLattice.Cut(boundary, 100, "湖城", "999900", 1);
    }

    /// <summary>Rows of bent quadrangles that share borders and vertices, some of them joined, some left out: a street as surveyors draw it.</summary>
    /// <param name="columns">Grids from west to east.</param>
    /// <param name="rows">Grids from south to north.</param>
    /// <param name="verticesPerGrid">Vertices of each outline, a multiple of 4.</param>
    /// <param name="leaveOut">Every so many a grid is left out; 0 for none.</param>
    public static CityTerritory Irregular(int columns, int rows, int verticesPerGrid, int leaveOut)
    {
        var random = new Random(7);
        const double step = 0.004;
        var perEdge = verticesPerGrid / 4;
        var (nodeColumns, nodeRows) = (columns * perEdge + 1, rows * perEdge + 1);
        var nodes = new Coordinate[nodeColumns, nodeRows];
        for (var x = 0; x < nodeColumns; x++)
            for (var y = 0; y < nodeRows; y++)
                nodes[x, y] = new(
                    Math.Round(120.1 + (x + 0.6 * (random.NextDouble() - 0.5)) * step / perEdge, 7),
                    Math.Round(30.2 + (y + 0.6 * (random.NextDouble() - 0.5)) * step / perEdge, 7));
        List<Area> areas = [new("1", "City", "city", null, Factory.CreatePolygon())];
        var codes = Enumerable.Range(1, columns * rows).ToArray();
        random.Shuffle(codes); // so that the lowest code is not always south-west
        for (var i = 0; i < columns * rows; i++)
        {
            if (leaveOut > 0 && i % leaveOut == leaveOut - 1)
                continue;
            var (left, bottom) = (i % columns * perEdge, i / columns * perEdge);
            var ring = new List<Coordinate>();
            for (var k = 0; k < perEdge; k++)
                ring.Add(nodes[left + k, bottom]);
            for (var k = 0; k < perEdge; k++)
                ring.Add(nodes[left + perEdge, bottom + k]);
            for (var k = 0; k < perEdge; k++)
                ring.Add(nodes[left + perEdge - k, bottom + perEdge]);
            for (var k = 0; k <= perEdge; k++)
                ring.Add(nodes[left, bottom + perEdge - k]);
            areas.Add(new($"999901001{codes[i]:000000}", $"N{i}", "grid", "1", Factory.CreatePolygon([.. ring])));
        }
        return new(1, ["city", "grid"], areas);
    }

    /// <summary>The demo city's street, as it comes in through the reader.</summary>
    public static CityTerritory DemoStreet()
    {
        var read = TerritoryReader.Read(DemoTerritory.ToGeoJson(Cli.Demo.DemoStreet.Build(7)), new TerritoryReadOptions(), 1);
        Assert.Empty(read.Faults);
        Assert.Empty(read.Warnings);
        Assert.True(read.Territory!.Simulated);
        return read.Territory;
    }

    /// <summary>The Austin neighbourhoods; skips the test where they are missing.</summary>
    public static CityTerritory Austin()
    {
        Repository.RequireAustin(Assert.Skip);
        var geoJson = File.ReadAllBytes(Path.Combine(Repository.Austin, "neighborhoods.geojson"));
        return TerritoryReader.Read(geoJson, new() { NamesOnly = true }, 1).Territory!;
    }
}
