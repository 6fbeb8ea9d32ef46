using System.Globalization;
using System.Text;

namespace Situational.Cli.Tests.Load;

/// <summary>A city of square grids of about 500 m.</summary>
internal static class LoadCityFile
{
    /// <summary>So many rows and columns.</summary>
    /// <param name="side">Rows and columns.</param>
    /// <param name="south">Southern edge in degrees.</param>
    /// <param name="west">Western edge in degrees.</param>
    public static byte[] Squares(int side, double south = 31.2, double west = 121.4)
    {
        const double Step = 0.005;
        var json = new StringBuilder("""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"310000","name":"Load","level":"city"},"geometry":null}""");
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
            {
                var (s, w, n, e) = (south + row * Step, west + column * Step, south + (row + 1) * Step, west + (column + 1) * Step);
                json.Append(CultureInfo.InvariantCulture, $$$""",{"type":"Feature","properties":{"code":"310000{{{row:D3}}}{{{column:D3}}}","name":"{{{row}}}/{{{column}}}","level":"grid","parent":"310000"},"geometry":{"type":"Polygon","coordinates":[[[{{{w:F6}}},{{{s:F6}}}],[{{{e:F6}}},{{{s:F6}}}],[{{{e:F6}}},{{{n:F6}}}],[{{{w:F6}}},{{{n:F6}}}],[{{{w:F6}}},{{{s:F6}}}]]]}}""");
            }
        return Encoding.UTF8.GetBytes(json.Append("]}").ToString());
    }
}
