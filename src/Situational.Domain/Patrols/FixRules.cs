namespace Situational.Domain.Patrols;

/// <summary>Says whether a fix is well-formed. Whether it is newer or plausible is judged elsewhere.</summary>
public static class FixRules
{
    /// <summary>Largest accuracy radius taken, in metres.</summary>
    public const double MaxAccuracyMeters = 100_000;

    /// <summary>Largest speed taken, in metres per second.</summary>
    public const double MaxSpeedMetersPerSecond = 200;

    /// <summary>2000-01-01T00:00:00Z in milliseconds since 1970: no fix is older.</summary>
    public const long EarliestMs = 946_684_800_000;

    /// <summary>How far ahead of the clock a time may lie before its unit is in doubt, in milliseconds: 100 years.</summary>
    public const long FarthestAheadMs = 100L * 366 * 24 * 3600 * 1000;

    // The years 2000 to 2100 in seconds since 1970; as milliseconds these are days of January and February 1970.
    private const long SecondsOf2000 = 946_684_800;
    private const long SecondsOf2100 = 4_102_444_800;

    /// <summary>The first fault of a fix, or <see cref="FixFault.None"/>.</summary>
    /// <param name="latitude">Degrees, -90 to 90.</param>
    /// <param name="longitude">Degrees, -180 to 180.</param>
    /// <param name="accuracyMeters">0 to <see cref="MaxAccuracyMeters"/>; NaN if unknown.</param>
    /// <param name="speedMetersPerSecond">0 to <see cref="MaxSpeedMetersPerSecond"/>; NaN if unknown.</param>
    /// <param name="headingDegrees">0 up to but not including 360; NaN if unknown.</param>
    /// <param name="measuredAtMs">Milliseconds since 1970, UTC.</param>
    /// <param name="nowMs">The clock, milliseconds since 1970, UTC.</param>
    public static FixFault Check(
        double latitude, double longitude, double accuracyMeters, double speedMetersPerSecond, double headingDegrees,
        long measuredAtMs, long nowMs)
    {
        if (!double.IsFinite(latitude))
            return FixFault.LatitudeNotFinite;
        if (latitude is < -90 or > 90)
            return FixFault.LatitudeOutOfRange;
        if (!double.IsFinite(longitude))
            return FixFault.LongitudeNotFinite;
        if (longitude is < -180 or > 180)
            return FixFault.LongitudeOutOfRange;
        if (latitude == 0 && longitude == 0)
            return FixFault.NullIsland;
        if (accuracyMeters is < 0 or > MaxAccuracyMeters)
            return FixFault.AccuracyOutOfRange;
        if (speedMetersPerSecond is < 0 or > MaxSpeedMetersPerSecond)
            return FixFault.SpeedOutOfRange;
        if (headingDegrees is < 0 or >= 360)
            return FixFault.HeadingOutOfRange;
        return CheckTime(measuredAtMs, nowMs);
    }

    private static FixFault CheckTime(long measuredAtMs, long nowMs)
    {
        if (measuredAtMs <= 0)
            return FixFault.TimeNotPositive;
        if (measuredAtMs is >= SecondsOf2000 and <= SecondsOf2100)
            return FixFault.TimeInSeconds;
        if (measuredAtMs < EarliestMs)
            return FixFault.TimeTooOld;
        return measuredAtMs - nowMs > FarthestAheadMs ? FixFault.TimeTooFarAhead : FixFault.None;
    }
}
