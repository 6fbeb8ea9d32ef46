using System.ComponentModel.DataAnnotations;

namespace Situational.Web;

/// <summary>Settings of the wall, section <c>Situational:Wall</c>.</summary>
public sealed class WallOptions
{
    /// <summary>The section these settings are read from.</summary>
    public const string Section = "Situational:Wall";

    /// <summary>Template of a tile server, such as <c>https://tiles.example.org/{z}/{x}/{y}.png</c>. Default: none, the territory itself is the base map.</summary>
    public string? TileUrl { get; set; }

    /// <summary>Who made the tiles, shown on the map. Required when <see cref="TileUrl"/> is set.</summary>
    public string? TileAttribution { get; set; }

    /// <summary>Closest zoom at which the tile server has tiles, 1 to 24. Default: 19.</summary>
    [Range(1, 24)]
    public int TileMaxZoom { get; set; } = 19;

    /// <summary>Seconds without a frame, or age of the picture, after which the wall says that it is not live. Range: 3 to 60. Default: 6.</summary>
    [Range(3, 60)]
    public int SilenceSeconds { get; set; } = 6;

    /// <summary>IANA name of the time zone of the wall's clock, such as <c>Asia/Shanghai</c>. Default: the zone of the screen.</summary>
    public string? TimeZone { get; set; }
}
