using System.Globalization;
using System.Text;

namespace Situational.Browser.Tests;

/// <summary>An invented city of square grids, labelled as such.</summary>
/// <param name="columns">Grids from west to east.</param>
/// <param name="rows">Grids from south to north.</param>
/// <param name="without">Numbers of grids that are left out.</param>
internal sealed class Lattice(int columns, int rows, params int[] without)
{
    private const double South = 22.70, West = 113.90, Step = 0.004;

    public int Grids => columns * rows - without.Length;

    public static string City => "999902";

    public string Code(int grid) => string.Create(CultureInfo.InvariantCulture, $"999902001{grid + 1:000000}");

    public static string Name(int grid) => string.Create(CultureInfo.InvariantCulture, $"格{grid + 1}");

    /// <summary>A place in a grid; (0.5, 0.5) is its middle.</summary>
    public (double Lat, double Lon) Place(int grid, double right = 0.5, double up = 0.5) =>
        (Math.Round(South + (grid / columns + up) * Step, 6), Math.Round(West + (grid % columns + right) * Step, 6));

    public byte[] ToGeoJson()
    {
        var text = new StringBuilder("{\"type\":\"FeatureCollection\",\"simulated\":true,\"features\":[");
        text.Append("{\"type\":\"Feature\",\"properties\":{\"code\":\"999902\",\"name\":\"试验城\",\"level\":\"city\"},\"geometry\":null}");
        for (var grid = 0; grid < columns * rows; grid++)
        {
            if (without.Contains(grid))
                continue;
            var (south, west) = Place(grid, 0, 0);
            var (north, east) = Place(grid, 1, 1);
            text.Append(CultureInfo.InvariantCulture,
                $",{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{Code(grid)}\",\"name\":\"{Name(grid)}\",\"level\":\"grid\",\"parent\":\"999902\"}},");
            text.Append(CultureInfo.InvariantCulture,
                $"\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}");
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }
}
