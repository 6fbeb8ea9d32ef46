using System.Globalization;
using System.Net;
using System.Text;
using Situational.Cli.Http;

namespace Situational.Cli.Load;

/// <summary>An invented city of square grids of about 200 m, for a system that has no territory.</summary>
internal static class LoadCity
{
    private const double Step = 0.002;

    /// <summary>Brings it into force.</summary>
    /// <exception cref="ClientException">Another territory is in force.</exception>
    public static async Task BringAsync(SituationalClient client, int grids, CancellationToken cancellationToken)
    {
        var answer = await client.PutTerritoryAsync(Squares(grids), "", cancellationToken);
        if (answer.Status == HttpStatusCode.Conflict)
            throw new ClientException("--grids: another territory is in force; without --grids it is used as it is");
        answer.Require("bringing the city into force");
    }

    /// <summary>The city as GeoJSON.</summary>
    /// <param name="grids">Grids, in rows that make about a square.</param>
    /// <param name="south">Southern edge in degrees.</param>
    /// <param name="west">Western edge in degrees.</param>
    public static byte[] Squares(int grids, double south = 31.1, double west = 121.3)
    {
        var columns = (int)Math.Ceiling(Math.Sqrt(grids));
        var json = new StringBuilder("""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"310000","name":"Load","level":"city"},"geometry":null}""", grids * 300);
        for (var i = 0; i < grids; i++)
        {
            var (row, column) = (i / columns, i % columns);
            var (s, w, n, e) = (south + row * Step, west + column * Step, south + (row + 1) * Step, west + (column + 1) * Step);
            json.Append(CultureInfo.InvariantCulture, $$$""",{"type":"Feature","properties":{"code":"310000{{{row:D3}}}{{{column:D3}}}000","name":"{{{row}}}/{{{column}}}","level":"grid","parent":"310000"},"geometry":{"type":"Polygon","coordinates":[[[{{{w:F6}}},{{{s:F6}}}],[{{{e:F6}}},{{{s:F6}}}],[{{{e:F6}}},{{{n:F6}}}],[{{{w:F6}}},{{{n:F6}}}],[{{{w:F6}}},{{{s:F6}}}]]]}}""");
        }
        return Encoding.UTF8.GetBytes(json.Append("]}").ToString());
    }
}
