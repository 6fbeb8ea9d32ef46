using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Situational.Cli.Http;

namespace Situational.Cli.Replay;

/// <summary>Reads fixes from CSV with a header line; which column is which is guessed from common names or said by a mapping.</summary>
internal static class CsvTrack
{
    private static readonly Dictionary<string, string[]> CommonNames = new()
    {
        ["unit"] = ["unit", "unit_id", "vehicle_id", "vehicle", "device_id", "deviceid", "device", "id"],
        ["at"] = ["at", "timestamp", "time", "datetime", "date_time"],
        ["lat"] = ["lat", "latitude"],
        ["lon"] = ["lon", "lng", "long", "longitude"],
        ["accuracy"] = ["accuracy", "acc"],
        ["speed"] = ["speed"],
        ["heading"] = ["heading", "bearing", "course"],
        ["squad"] = ["squad", "team", "group"],
        ["callsign"] = ["callsign", "call_sign"],
    };

    private static readonly string[] Needed = ["unit", "at", "lat", "lon"];

    /// <summary>Reads all rows.</summary>
    /// <param name="text">The file.</param>
    /// <param name="mapping"><c>field=column,…</c> with the fields unit, at, lat, lon, accuracy (m), speed (m/s), heading (degrees), squad, callsign.</param>
    /// <param name="rows">Takes what is found.</param>
    public static void Read(TextReader text, string? mapping, TrackRows rows)
    {
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, MissingFieldFound = null });
        if (!csv.Read() || !csv.ReadHeader())
            throw new ClientException("the file is empty: a CSV file begins with a line of column names");
        var columns = Columns(csv.HeaderRecord!, mapping);
        while (csv.Read())
            ReadRow(csv, columns, rows);
    }

    private static void ReadRow(CsvReader csv, Dictionary<string, int> columns, TrackRows rows)
    {
        var line = csv.Parser.RawRow;
        if (Text("unit") is not { } unit)
            rows.Refuse(line, "unit is empty");
        else if (!TryTime(Text("at"), out var at))
            rows.Refuse(line, $"at: '{Text("at")}' is neither an ISO 8601 time nor seconds or milliseconds since 1970");
        else if (Number("lat") is not { } latitude)
            rows.Refuse(line, $"lat: '{Text("lat")}' is no number");
        else if (Number("lon") is not { } longitude)
            rows.Refuse(line, $"lon: '{Text("lon")}' is no number");
        else
            rows.Add(new TrackFix(unit, at, latitude, longitude, Number("accuracy"), Number("speed"), Number("heading"), Text("squad"), Text("callsign")));

        string? Text(string field) => columns.TryGetValue(field, out var index) && csv.GetField(index)?.Trim() is { Length: > 0 } value ? value : null;
        double? Number(string field) => double.TryParse(Text(field), CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }

    private static bool TryTime(string? text, out DateTimeOffset at)
    {
        const long lastSecond = 1L << 31;
        if (long.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            at = number < lastSecond ? DateTimeOffset.FromUnixTimeSeconds(number) : DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Min(number, 253_402_300_799_000));
            return true;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);
    }

    private static Dictionary<string, int> Columns(string[] header, string? mapping)
    {
        var columns = new Dictionary<string, int>();
        foreach (var (field, names) in CommonNames)
            for (var i = 0; i < names.Length && !columns.ContainsKey(field); i++)
                if (IndexOf(header, names[i]) is >= 0 and var index)
                    columns[field] = index;
        foreach (var pair in mapping?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            var (field, column) = pair.Split('=', 2, StringSplitOptions.TrimEntries) is [var f, var c] ? (f, c) : throw new ClientException($"--map: '{pair}' is not field=column");
            if (!CommonNames.ContainsKey(field))
                throw new ClientException($"--map: '{field}' is no field; the fields are {string.Join(", ", CommonNames.Keys)}");
            var index = IndexOf(header, column);
            columns[field] = index >= 0 ? index : throw new ClientException($"--map: the file has no column '{column}'; its columns are {string.Join(", ", header)}");
        }
        foreach (var field in Needed)
            if (!columns.ContainsKey(field))
                throw new ClientException($"no column for {field}; say it with --map {field}=COLUMN. The columns are {string.Join(", ", header)}");
        return columns;
    }

    private static int IndexOf(string[] header, string name) =>
        Array.FindIndex(header, h => string.Equals(h.Trim().TrimStart('\uFEFF'), name, StringComparison.OrdinalIgnoreCase));
}
