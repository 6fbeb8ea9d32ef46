using Situational.Domain.Patrols;

namespace Situational.Host.Ingest;

/// <summary>Why the door refuses a fix: a code and a detail, as <c>RefusedFix</c> answers them.</summary>
internal sealed record FixRefusal(string Reason, string Detail)
{
    public static readonly FixRefusal NotAnObject = new("not-an-object", "Each fix must be a JSON object.");
    public static readonly FixRefusal UnitMissing = new("missing", "unit is missing.");
    public static readonly FixRefusal LatMissing = new("missing", "lat is missing.");
    public static readonly FixRefusal LonMissing = new("missing", "lon is missing.");
    public static readonly FixRefusal AtMissing = new("missing", "at is missing.");
    public static readonly FixRefusal UnitLength = new("unit-length", "unit must have 1 to 64 characters.");
    public static readonly FixRefusal UnitCharacters = new("unit-characters", "unit must be visible text without control or format characters.");
    public static readonly FixRefusal SquadLength = new("squad-length", "squad must have 1 to 64 characters.");
    public static readonly FixRefusal SquadCharacters = new("squad-characters", "squad must be visible text without control or format characters.");
    public static readonly FixRefusal CallSignLength = new("call-sign-length", "callSign must have 1 to 32 characters.");
    public static readonly FixRefusal CallSignCharacters = new("call-sign-characters", "callSign must be visible text without control or format characters.");
    public static readonly FixRefusal TimeUnreadable = new("time-unreadable", "at must be RFC 3339 with an offset, or whole milliseconds since 1970 as a number.");
    public static readonly FixRefusal BatteryOutOfRange = new("battery-out-of-range", "battery must be a whole number from 0 to 100.");
    public static readonly FixRefusal DatumUnknown = new("datum-unknown", "datum must be wgs84, gcj02 or bd09.");
    public static readonly FixRefusal UnknownUnit = new("unknown-unit", "Nobody has enrolled this unit, and units do not enrol themselves here.");
    public static readonly FixRefusal TooManyUnits = new("too-many-units", "The bound on enrolled units is reached.");
    public static readonly FixRefusal SquadFull = new("squad-full", "This unit is new and its squad has as many units as a squad may have.");
    public static readonly FixRefusal OffDuty = new("off-duty", "This unit is off duty, or was when it measured this: its position is not taken.");
    public static readonly FixRefusal EnrolmentUnavailable = new("enrolment-unavailable", "This unit is new and the store is away; send the fix again later.");

    private static readonly Dictionary<FixField, FixRefusal> WrongTypes = Enum.GetValues<FixField>()
        .Where(f => f != FixField.Unknown).ToDictionary(f => f, f => new FixRefusal("wrong-type", Expected(f)));

    private static readonly Dictionary<FixFault, FixRefusal> Faults = Enum.GetValues<FixFault>()
        .Where(f => f != FixFault.None).ToDictionary(f => f, f => FixFaults.Describe(f) is var d ? new FixRefusal(d.Code, d.Detail) : null!);

    /// <summary>The field holds a value of another kind.</summary>
    public static FixRefusal WrongType(FixField field) => WrongTypes[field];

    /// <summary>The domain refuses the fix.</summary>
    public static FixRefusal Of(FixFault fault) => Faults[fault];

    private static string Expected(FixField field) => field switch
    {
        FixField.Unit => "unit must be a string.",
        FixField.Squad => "squad must be a string.",
        FixField.CallSign => "callSign must be a string.",
        FixField.Datum => "datum must be a string.",
        FixField.At => "at must be a string or a number.",
        FixField.Lat => "lat must be a number.",
        FixField.Lon => "lon must be a number.",
        FixField.Accuracy => "accuracy must be a number.",
        FixField.Speed => "speed must be a number.",
        FixField.Heading => "heading must be a number.",
        FixField.Battery => "battery must be a number.",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };
}
