using System.Globalization;
using System.Text;

namespace Situational.Host.Tests.Support;

/// <summary>
/// The ground of <see cref="SmallCity"/> cut into so many rows and columns of equal grids. Grids of another cut may have the same code and
/// another shape, or appear, or vanish.
/// </summary>
/// <param name="side">Rows, and columns: 1 to 9.</param>
internal sealed class CutCity(int side)
{
    private const double South = 39.90, West = 116.40, Width = 0.02;

    /// <summary>Grids.</summary>
    public int Count => side * side;

    /// <summary>Code of the grid that contains a point of the city.</summary>
    public string GridAt(double latitude, double longitude)
    {
        var row = Math.Clamp((int)((latitude - South) / Width * side), 0, side - 1);
        var column = Math.Clamp((int)((longitude - West) / Width * side), 0, side - 1);
        return Code(row * side + column);
    }

    /// <summary>A point of the city that lies well inside one grid of every cut up to 4.</summary>
    public static (double Lat, double Lon) Point(int number)
    {
        // twelfths of the width: the middle of one lies on no border of halves, thirds or quarters
        var (row, column) = (number * 7 % 12, number * 5 % 12);
        return (South + Width * (row + 0.5) / 12, West + Width * (column + 0.5) / 12);
    }

    /// <summary>The city as GeoJSON.</summary>
    public byte[] GeoJson()
    {
        var json = new StringBuilder("""{"type":"FeatureCollection","features":[""");
        json.Append(CultureInfo.InvariantCulture, $$"""{"type":"Feature","properties":{"code":"{{SmallCity.City}}","name":"小城","level":"city"},"geometry":null}""");
        for (var i = 0; i < Count; i++)
        {
            var (s, w) = (Edge(South, i / side), Edge(West, i % side));
            var (n, e) = (Edge(South, i / side + 1), Edge(West, i % side + 1));
            json.Append(
                CultureInfo.InvariantCulture,
                $$$""",{"type":"Feature","properties":{"code":"{{{Code(i)}}}","name":"格{{{i + 1}}}","level":"grid","parent":"{{{SmallCity.City}}}"},"geometry":{"type":"Polygon","coordinates":[[[{{{w:F7}}},{{{s:F7}}}],[{{{e:F7}}},{{{s:F7}}}],[{{{e:F7}}},{{{n:F7}}}],[{{{w:F7}}},{{{n:F7}}}],[{{{w:F7}}},{{{s:F7}}}]]]}}""");
        }
        return Encoding.UTF8.GetBytes(json.Append("]}").ToString());
    }

    private double Edge(double from, int step) => from + Width * step / side;

    private static string Code(int index) => string.Create(CultureInfo.InvariantCulture, $"110000001001{index + 1:D3}");
}
