namespace Situational.Cli.Demo;

/// <summary>A point in WGS-84 degrees.</summary>
internal readonly record struct GeoPoint(double Latitude, double Longitude)
{
    /// <summary>The point on the 1e-7 degree raster (about 1 cm) in which the street is drawn.</summary>
    public GeoPoint Rounded() => new(Math.Round(Latitude, 7), Math.Round(Longitude, 7));
}
