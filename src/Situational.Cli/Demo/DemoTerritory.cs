using System.Text.Json;

namespace Situational.Cli.Demo;

/// <summary>The demo street as the GeoJSON that <c>PUT /api/v1/territory</c> takes, marked as simulated.</summary>
internal static class DemoTerritory
{
    // 999901 is no county of GB/T 2260: nobody can take these codes for a real place's.
    private const string StreetCode = "999901001";
    private static readonly string[] Communities = ["清和", "望江", "柳塘", "石桥", "南园", "东篱", "松涧", "锦湖"];

    /// <summary>Codes of the squads, one a community.</summary>
    public static IReadOnlyList<string> Squads { get; } = [.. Communities.Select(c => c + "巡防队")];

    /// <summary>Which squad has that code, from 0; -1 for none of the demo's.</summary>
    public static int SquadOf(string code)
    {
        for (var i = 0; i < Squads.Count; i++)
            if (Squads[i] == code)
                return i;
        return -1;
    }

    /// <summary>Writes the street.</summary>
    public static byte[] ToGeoJson(DemoStreet street)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteBoolean("simulated", true);
            json.WriteStartArray("features");
            WriteArea(json, StreetCode, "云溪街道", "street", null, null);
            for (var i = 0; i < Communities.Length; i++)
                WriteArea(json, CommunityCode(i), Communities[i], "community", StreetCode, null);
            var count = new int[Communities.Length];
            for (var row = 0; row < DemoStreet.Rows; row++)
                for (var column = 0; column < DemoStreet.Columns; column++)
                {
                    var community = DemoStreet.CommunityOf(column, row);
                    var number = ++count[community];
                    WriteArea(json, $"{CommunityCode(community)}{number:000}", $"{Communities[community]}{number:00}", "grid",
                        CommunityCode(community), street.Ring(column, row));
                }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static string CommunityCode(int index) => $"{StreetCode}{index + 1:000}";

    private static void WriteArea(Utf8JsonWriter json, string code, string name, string level, string? parent, IReadOnlyList<GeoPoint>? ring)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("properties");
        json.WriteString("code", code);
        json.WriteString("name", name);
        json.WriteString("level", level);
        if (parent is not null)
            json.WriteString("parent", parent);
        json.WriteEndObject();
        if (ring is null)
        {
            json.WriteNull("geometry");
        }
        else
        {
            json.WriteStartObject("geometry");
            json.WriteString("type", "Polygon");
            json.WriteStartArray("coordinates");
            json.WriteStartArray();
            foreach (var point in ring)
            {
                json.WriteStartArray();
                json.WriteNumberValue(point.Longitude);
                json.WriteNumberValue(point.Latitude);
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
