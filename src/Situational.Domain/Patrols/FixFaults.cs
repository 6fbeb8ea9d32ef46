namespace Situational.Domain.Patrols;

/// <summary>The codes and details of <see cref="FixFault"/>, as the API answers them.</summary>
public static class FixFaults
{
    /// <summary>The code in kebab case and the detail in English: the field, its fault and the limit.</summary>
    /// <param name="fault">A fault; <see cref="FixFault.None"/> has no description.</param>
    public static FixFaultDescription Describe(FixFault fault) => fault switch
    {
        FixFault.LatitudeNotFinite => new("latitude-not-finite", "lat is not a finite number; it must lie in -90 to 90 degrees."),
        FixFault.LatitudeOutOfRange => new(
            "latitude-out-of-range", "lat lies outside -90 to 90 degrees; perhaps lat and lon are swapped."),
        FixFault.LongitudeNotFinite => new("longitude-not-finite", "lon is not a finite number; it must lie in -180 to 180 degrees."),
        FixFault.LongitudeOutOfRange => new("longitude-out-of-range", "lon lies outside -180 to 180 degrees."),
        FixFault.NullIsland => new("null-island", "lat and lon are both 0, which receivers send when they have no position."),
        FixFault.AccuracyOutOfRange => new("accuracy-out-of-range", "accuracy lies outside 0 to 100000 metres."),
        FixFault.SpeedOutOfRange => new("speed-out-of-range", "speed lies outside 0 to 200 metres per second."),
        FixFault.HeadingOutOfRange => new("heading-out-of-range", "heading must be at least 0 and less than 360 degrees."),
        FixFault.TimeNotPositive => new("time-not-positive", "at is 0 or negative; it must be milliseconds since 1970 or an RFC 3339 time."),
        FixFault.TimeInSeconds => new("time-in-seconds", "at looks like seconds since 1970; send milliseconds (times 1000)."),
        FixFault.TimeTooOld => new("time-too-old", "at lies before 2000-01-01T00:00:00Z."),
        FixFault.TimeTooFarAhead => new(
            "time-too-far-ahead", "at lies more than 100 years ahead; send milliseconds, not microseconds or nanoseconds."),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Only a fault can be described."),
    };
}

/// <summary>A fault in words.</summary>
/// <param name="Code">Kebab case, stable.</param>
/// <param name="Detail">English: the field, its fault and the limit.</param>
public readonly record struct FixFaultDescription(string Code, string Detail);
