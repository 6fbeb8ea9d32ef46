using NetTopologySuite.Geometries;
using Situational.Domain.Geometry;
using Situational.Domain.Territory;

namespace Situational.Domain.Tests.Patrols;

/// <summary>A street of square grids of 500 m side by side from west to east, and places named in metres from its south-west corner.</summary>
internal static class Street
{
    public const double SideMeters = 500;

    private const double South = 30.25, West = 120.15;
    private static readonly MetricScale Scale = MetricScale.At(South);

    public static TerritoryIndex Of(int grids)
    {
        var areas = new List<Area> { new("3301", "City", "city", null, Box(0, grids)) };
        for (var i = 0; i < grids; i++)
            areas.Add(new Area($"3301{i:00}", $"Grid {i}", "grid", "3301", Box(i, i + 1)));
        return new TerritoryIndex(new CityTerritory(1, ["city", "grid"], areas));
    }

    public static (double Latitude, double Longitude) At(double eastMeters, double northMeters = 250) =>
        (South + northMeters / Scale.MetersPerDegreeLatitude, West + eastMeters / Scale.MetersPerDegreeLongitude);

    private static Polygon Box(int from, int to)
    {
        var (south, west) = At(from * SideMeters, 0);
        var (north, east) = At(to * SideMeters, SideMeters);
        return new Polygon(new LinearRing([new(west, south), new(east, south), new(east, north), new(west, north), new(west, south)]));
    }
}
