using System.Text.Json;

namespace Situational.Host.Feed;

/// <summary>Writes the rows of frames as docs/feed.md describes them.</summary>
internal static class RowWriter
{
    /// <summary>A grid's row. It is kept with the grid as long as it is the same: a snapshot names every grid.</summary>
    public static void WriteGrid(Utf8JsonWriter json, GridSlot slot, CityPicture picture, RowText scratch) =>
        json.WriteRawValue(GridText(slot, picture, scratch), skipInputValidation: true);

    /// <summary>The columns after a unit's id.</summary>
    public static void WriteUnit(Utf8JsonWriter json, UnitSlot unit, CityPicture picture)
    {
        var row = unit.Row;
        json.WriteNumberValue(unit.Latitude6);
        json.WriteNumberValue(unit.Longitude6);
        // 359.6 is north, not 360.
        json.WriteNumberValue(float.IsFinite(row.HeadingDegrees) ? (int)MathF.Round(row.HeadingDegrees) % 360 : -1);
        json.WriteNumberValue(row.State);
        json.WriteNumberValue(row.MeasuredAtMs);
        json.WriteStringValue(picture.Grids[unit.Grid].Code);
        json.WriteStringValue(row.Squad);
        json.WriteStringValue(row.CallSign);
        json.WriteNumberValue(row.Marks);
        json.WriteNumberValue(row.BatteryPercent);
        json.WriteNumberValue(row.EnteredAtMs);
        json.WriteNumberValue(row.SosAtMs);
    }

    /// <summary>The columns after a case's id.</summary>
    public static void WriteCase(Utf8JsonWriter json, CaseSlot open, CityPicture picture)
    {
        var row = open.Row;
        json.WriteStringValue(picture.Grids[open.Grid].Code);
        json.WriteStringValue(row.Category);
        json.WriteNumberValue(row.Severity);
        json.WriteNumberValue(row.Stage);
        json.WriteNumberValue(open.Latitude6);
        json.WriteNumberValue(open.Longitude6);
        json.WriteNumberValue(row.ReportedAtMs);
        json.WriteNumberValue(row.DueAtMs);
        json.WriteNumberValue(row.Level);
        json.WriteNumberValue(row.Escalations);
        json.WriteStringValue(row.Whistle ?? "");
        json.WriteNumberValue(row.Called);
        json.WriteNumberValue(row.Arrived);
        json.WriteNumberValue(row.WhistledAtMs);
        json.WriteStringValue(row.Assignee ?? "");
    }

    /// <summary>An event's row.</summary>
    public static void WriteEvent(Utf8JsonWriter json, in CityEvent happened, CityPicture picture)
    {
        json.WriteStartArray();
        json.WriteNumberValue(happened.AtMs);
        json.WriteStringValue(happened.Kind);
        json.WriteStringValue(happened.Subject);
        json.WriteStringValue(picture.Grids[happened.Grid].Code);
        json.WriteNumberValue(happened.Number);
        json.WriteEndArray();
    }

    private static ReadOnlySpan<byte> GridText(GridSlot slot, CityPicture picture, RowText scratch)
    {
        if (slot.IsTextGood)
            return slot.Text;
        var json = scratch.Begin();
        ref readonly var summary = ref slot.Summary;
        json.WriteStartArray();
        json.WriteStringValue(slot.Code);
        json.WriteNumberValue(slot.Revision);
        // Blue would say that all is well; of a grid whose history was not read nobody knows.
        json.WriteNumberValue(summary.Loaded ? summary.Risk : 0);
        json.WriteNumberValue(double.IsFinite(summary.Score) ? Math.Round(summary.Score, 2) : 0);
        json.WriteNumberValue(summary.Silent ? 1 : 0);
        json.WriteNumberValue(summary.HeardAtMs);
        json.WriteNumberValue(summary.Red);
        json.WriteNumberValue(summary.Orange);
        json.WriteNumberValue(summary.Yellow);
        json.WriteNumberValue(summary.Blue);
        json.WriteNumberValue(summary.Overdue);
        json.WriteNumberValue(summary.Units);
        json.WriteEndArray();
        slot.Keep(scratch.End(), picture.Timestamp);
        return slot.Text;
    }
}
