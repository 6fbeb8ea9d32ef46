using System.Text.Json;
using Situational.Contracts.Http;
using Situational.Domain.Geometry;
using Situational.Host.Api;

namespace Situational.Host.Ingest;

/// <summary>Reads a report from JSON and names every field that is wrong, with its limit. Unknown fields are ignored.</summary>
internal static class ReportReader
{
    private const int MaxCategory = 64;
    private const int MaxDescription = 4_000;
    private const int MaxName = 100;
    private const int MaxPhone = 32;

    private static readonly string[] Sources = ["worker", "resident", "courier", "sensor", "system", "demo"];

    /// <summary>The report, or null when <paramref name="errors"/> was given at least one.</summary>
    public static ReportRequest? Read(JsonElement body, Dictionary<string, string[]> errors)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors["body"] = ["Must be a JSON object."];
            return null;
        }
        var fields = new JsonFields(body, "", errors);
        var category = fields.PlainText("category", MaxCategory, required: true);
        var severity = fields.OneOf("severity", CaseNames.Severities, required: false);
        var description = fields.FreeText("description", MaxDescription, required: true);
        var location = Location(fields);
        var source = fields.OneOf("source", Sources);
        var reporter = Reporter(fields);
        var photos = PhotoFields.Read(fields);
        var device = fields.PlainText("device", ActorFields.MaxId, required: false);
        var by = ActorFields.Read(fields);
        var spot = Spot(fields);
        return errors.Count > 0
            ? null
            : new ReportRequest(category!, severity, description!, location!, source!, reporter, photos, device, by, spot);
    }

    /// <summary>The place in WGS-84.</summary>
    public static (double Latitude, double Longitude) PlaceOf(ReportRequest report) => DatumConversion.ToWgs84(
        report.Location.Datum switch { "gcj02" => Datum.Gcj02, "bd09" => Datum.Bd09, _ => Datum.Wgs84 }, report.Location.Lat, report.Location.Lon);

    private static PlaceRequest? Location(JsonFields fields)
    {
        if (fields.Object("location", required: true) is not { } place)
            return null;
        var lat = place.Number("lat", -90, 90);
        var lon = place.Number("lon", -180, 180);
        var datum = place.OneOf("datum", ["wgs84", "gcj02", "bd09"], required: false);
        if (lat is null || lon is null)
            return null;
        if (lat == 0 && lon == 0)
            place.Refuse("lat", "lat and lon are both 0, which receivers send when they have no position.");
        return new PlaceRequest(lat.Value, lon.Value, datum);
    }

    private static ReporterRequest? Reporter(JsonFields fields) => fields.Object("reporter", required: false) is not { } reporter
        ? null
        : new ReporterRequest(reporter.PlainText("name", MaxName, required: false), reporter.PlainText("phone", MaxPhone, required: false));

    private static SpotRequest? Spot(JsonFields fields)
    {
        if (fields.Object("spot", required: false) is not { } spot)
            return null;
        var unit = spot.PlainText("unit", ActorFields.MaxId, required: true);
        var note = spot.FreeText("note", MaxDescription, required: true);
        var photos = PhotoFields.Read(spot);
        var found = spot.Time("foundAt");
        var mended = spot.Time("fixedAt");
        if (found > mended)
            spot.Refuse("fixedAt", "Must not be before foundAt.");
        return unit is null || note is null ? null : new SpotRequest(unit, note, photos, found, mended);
    }
}
