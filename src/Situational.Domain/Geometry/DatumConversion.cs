namespace Situational.Domain.Geometry;

/// <summary>
/// Conversion between the datums, with the published approximations of GCJ-02 and BD-09. Inverses are iterated until they give the
/// input back to better than 1e-9 degrees (0.1 mm). Coordinates that are not finite come back not finite.
/// </summary>
public static class DatumConversion
{
    // GCJ-02 computes on the Krasovsky 1940 ellipsoid and shifts around 105° E 35° N.
    private const double KrasovskySemiMajorAxisMeters = 6_378_245.0;
    private const double KrasovskyEccentricitySquared = 0.00669342162296594323;
    private const double OriginLatitude = 35;
    private const double OriginLongitude = 105;

    // The box in which GCJ-02 differs from WGS-84; outside of it maps are not shifted.
    private const double SouthLimit = 0.8293, NorthLimit = 55.8271, WestLimit = 72.004, EastLimit = 137.8347;

    private const double BaiduLatitudeOffset = 0.006;
    private const double BaiduLongitudeOffset = 0.0065;
    private const double BaiduRadialDegrees = 0.00002;
    private const double BaiduAngularRadians = 0.000003;
    private const double BaiduFrequency = Math.PI * 3000 / 180;

    private const double InverseToleranceDegrees = 1e-10;
    private const int MaxInverseSteps = 20;

    /// <summary>Converts to WGS-84.</summary>
    /// <param name="datum">What the input refers to.</param>
    /// <param name="latitude">Degrees.</param>
    /// <param name="longitude">Degrees.</param>
    public static (double Latitude, double Longitude) ToWgs84(Datum datum, double latitude, double longitude)
    {
        if (datum == Datum.Bd09)
            (latitude, longitude) = BaiduToGcj(latitude, longitude);
        return datum == Datum.Wgs84 ? (latitude, longitude) : GcjToWgs(latitude, longitude);
    }

    /// <summary>Converts from WGS-84; for display and for clients of maps that are shifted.</summary>
    /// <param name="datum">What the result refers to.</param>
    /// <param name="latitude">WGS-84 degrees.</param>
    /// <param name="longitude">WGS-84 degrees.</param>
    public static (double Latitude, double Longitude) FromWgs84(Datum datum, double latitude, double longitude)
    {
        if (datum != Datum.Wgs84 && IsShifted(latitude, longitude))
        {
            var (north, east) = Shift(latitude, longitude);
            (latitude, longitude) = (latitude + north, longitude + east);
        }
        return datum == Datum.Bd09 ? GcjToBaidu(latitude, longitude) : (latitude, longitude);
    }

    private static bool IsShifted(double latitude, double longitude) =>
        latitude is >= SouthLimit and <= NorthLimit && longitude is >= WestLimit and <= EastLimit;

    private static (double Latitude, double Longitude) GcjToWgs(double latitude, double longitude)
    {
        if (!IsShifted(latitude, longitude))
            return (latitude, longitude);
        var (lat, lon) = (latitude, longitude);
        for (var step = 0; step < MaxInverseSteps; step++)
        {
            // The shift varies by less than 1 in 100 over its own length, so each step gains two digits or more.
            var (north, east) = Shift(lat, lon);
            var (lackNorth, lackEast) = (latitude - north - lat, longitude - east - lon);
            (lat, lon) = (lat + lackNorth, lon + lackEast);
            if (Math.Abs(lackNorth) < InverseToleranceDegrees && Math.Abs(lackEast) < InverseToleranceDegrees)
                break;
        }
        return (lat, lon);
    }

    private static (double North, double East) Shift(double latitude, double longitude)
    {
        var (x, y) = (longitude - OriginLongitude, latitude - OriginLatitude);
        var root = Math.Sqrt(Math.Abs(x));
        var ripple = (20 * Math.Sin(6 * x * Math.PI) + 20 * Math.Sin(2 * x * Math.PI)) * 2 / 3;
        var northMeters = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple
            + (20 * Math.Sin(y * Math.PI) + 40 * Math.Sin(y / 3 * Math.PI)) * 2 / 3
            + (160 * Math.Sin(y / 12 * Math.PI) + 320 * Math.Sin(y / 30 * Math.PI)) * 2 / 3;
        var eastMeters = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple
            + (20 * Math.Sin(x * Math.PI) + 40 * Math.Sin(x / 3 * Math.PI)) * 2 / 3
            + (150 * Math.Sin(x / 12 * Math.PI) + 300 * Math.Sin(x / 30 * Math.PI)) * 2 / 3;
        var (sine, cosine) = Math.SinCos(double.DegreesToRadians(latitude));
        var w = 1 - KrasovskyEccentricitySquared * sine * sine;
        var across = KrasovskySemiMajorAxisMeters / Math.Sqrt(w);
        var meridian = across * (1 - KrasovskyEccentricitySquared) / w;
        return (double.RadiansToDegrees(northMeters / meridian), double.RadiansToDegrees(eastMeters / (across * cosine)));
    }

    private static (double Latitude, double Longitude) GcjToBaidu(double latitude, double longitude)
    {
        var radius = Math.Sqrt(longitude * longitude + latitude * latitude) + BaiduRadialDegrees * Math.Sin(latitude * BaiduFrequency);
        var angle = Math.Atan2(latitude, longitude) + BaiduAngularRadians * Math.Cos(longitude * BaiduFrequency);
        return (radius * Math.Sin(angle) + BaiduLatitudeOffset, radius * Math.Cos(angle) + BaiduLongitudeOffset);
    }

    private static (double Latitude, double Longitude) BaiduToGcj(double latitude, double longitude)
    {
        var (lat, lon) = (latitude - BaiduLatitudeOffset, longitude - BaiduLongitudeOffset);
        for (var step = 0; step < MaxInverseSteps; step++)
        {
            var (backLatitude, backLongitude) = GcjToBaidu(lat, lon);
            var (lackNorth, lackEast) = (latitude - backLatitude, longitude - backLongitude);
            (lat, lon) = (lat + lackNorth, lon + lackEast);
            if (Math.Abs(lackNorth) < InverseToleranceDegrees && Math.Abs(lackEast) < InverseToleranceDegrees)
                break;
        }
        return (lat, lon);
    }
}
