namespace Situational.Domain.Geometry;

/// <summary>What a pair of coordinates refers to. Inside the house everything is <see cref="Wgs84"/>.</summary>
public enum Datum
{
    /// <summary>WGS-84, as receivers measure it.</summary>
    Wgs84 = 0,

    /// <summary>GCJ-02 (国测局坐标), the shifted coordinates of Chinese maps.</summary>
    Gcj02 = 1,

    /// <summary>BD-09 (百度坐标), Baidu's further shift of GCJ-02.</summary>
    Bd09 = 2,
}
