using System.Globalization;
using System.Text;

namespace Situational.Host.Tests.Support;

/// <summary>A city of four square grids, 0.01° wide, two by two around 39.91° N 116.41° E.</summary>
internal static class SmallCity
{
    public const string City = "110000";
    public const double CentreLatitude = 39.91;
    public const double CentreLongitude = 116.41;

    /// <summary>Codes of the grids: south-west, south-east, north-west, north-east.</summary>
    public static readonly string[] Grids = ["110000001001001", "110000001001002", "110000001001003", "110000001001004"];

    /// <summary>A point well inside the i-th grid.</summary>
    public static (double Lat, double Lon) Inside(int i) => (39.905 + i / 2 * 0.01, 116.405 + i % 2 * 0.01);

    /// <summary>The city as GeoJSON.</summary>
    public static byte[] GeoJson(string name = "小城")
    {
        var json = new StringBuilder("""{"type":"FeatureCollection","features":[""");
        json.Append(CultureInfo.InvariantCulture, $$"""{"type":"Feature","properties":{"code":"{{City}}","name":"{{name}}","level":"city"},"geometry":null}""");
        for (var i = 0; i < 4; i++)
        {
            var (s, w) = (39.90 + i / 2 * 0.01, 116.40 + i % 2 * 0.01);
            var (n, e) = (s + 0.01, w + 0.01);
            json.Append(
                CultureInfo.InvariantCulture,
                $$$""",{"type":"Feature","properties":{"code":"{{{Grids[i]}}}","name":"格{{{i + 1}}}","level":"grid","parent":"{{{City}}}"},"geometry":{"type":"Polygon","coordinates":[[[{{{w:F2}}},{{{s:F2}}}],[{{{e:F2}}},{{{s:F2}}}],[{{{e:F2}}},{{{n:F2}}}],[{{{w:F2}}},{{{n:F2}}}],[{{{w:F2}}},{{{s:F2}}}]]]}}""");
        }
        return Encoding.UTF8.GetBytes(json.Append("]}").ToString());
    }
}
