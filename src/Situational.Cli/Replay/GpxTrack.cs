using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Situational.Cli.Http;

namespace Situational.Cli.Replay;

/// <summary>Reads fixes from GPX 1.0 or 1.1: each track is a unit, by its name or, without one, the file's.</summary>
internal static class GpxTrack
{
    /// <summary>Reads all track points.</summary>
    public static void Read(TextReader text, string fileName, TrackRows rows)
    {
        XDocument document;
        try
        {
            using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            document = XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            throw new ClientException($"the file is no GPX: {e.Message}", e);
        }
        var number = 0;
        foreach (var track in Named(document.Root, "trk"))
        {
            number++;
            var name = Named(track, "name").FirstOrDefault()?.Value.Trim();
            var unit = string.IsNullOrEmpty(name) ? number == 1 ? fileName : $"{fileName}-{number}" : name;
            foreach (var point in track.Descendants().Where(e => e.Name.LocalName == "trkpt"))
                ReadPoint(point, unit, rows);
        }
    }

    private static void ReadPoint(XElement point, string unit, TrackRows rows)
    {
        var line = ((IXmlLineInfo)point).LineNumber;
        var time = Named(point, "time").FirstOrDefault()?.Value;
        if (Number(point.Attribute("lat")) is not { } latitude)
            rows.Refuse(line, "lat is missing or no number");
        else if (Number(point.Attribute("lon")) is not { } longitude)
            rows.Refuse(line, "lon is missing or no number");
        else if (!DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            rows.Refuse(line, $"time: '{time}' is no ISO 8601 time");
        else
            rows.Add(new TrackFix(unit, at, latitude, longitude));
    }

    private static double? Number(XAttribute? attribute) =>
        double.TryParse(attribute?.Value, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static IEnumerable<XElement> Named(XElement? parent, string name) => parent?.Elements().Where(e => e.Name.LocalName == name) ?? [];
}
