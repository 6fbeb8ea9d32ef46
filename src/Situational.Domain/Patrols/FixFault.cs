namespace Situational.Domain.Patrols;

/// <summary>Why a fix (定位) is refused. Each has a code and a detail in <see cref="FixFaults"/>.</summary>
public enum FixFault
{
    /// <summary>The fix is well-formed.</summary>
    None = 0,

    /// <summary>Latitude is NaN or infinite.</summary>
    LatitudeNotFinite,

    /// <summary>Latitude lies outside -90 to 90 degrees.</summary>
    LatitudeOutOfRange,

    /// <summary>Longitude is NaN or infinite.</summary>
    LongitudeNotFinite,

    /// <summary>Longitude lies outside -180 to 180 degrees.</summary>
    LongitudeOutOfRange,

    /// <summary>Both are exactly 0: what receivers send when they have no position.</summary>
    NullIsland,

    /// <summary>Accuracy is infinite, negative or more than 100,000 m.</summary>
    AccuracyOutOfRange,

    /// <summary>Speed is infinite, negative or more than 200 m/s.</summary>
    SpeedOutOfRange,

    /// <summary>Heading is infinite, negative, or 360 degrees or more.</summary>
    HeadingOutOfRange,

    /// <summary>The time of measurement is 0 or negative.</summary>
    TimeNotPositive,

    /// <summary>The time of measurement is given in seconds where milliseconds are meant.</summary>
    TimeInSeconds,

    /// <summary>The time of measurement lies before the year 2000.</summary>
    TimeTooOld,

    /// <summary>The time of measurement lies so far ahead that it cannot be meant in milliseconds.</summary>
    TimeTooFarAhead,
}
