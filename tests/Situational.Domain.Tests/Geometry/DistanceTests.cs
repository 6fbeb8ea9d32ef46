using Situational.Domain.Geometry;

namespace Situational.Domain.Tests.Geometry;

public sealed class DistanceTests
{
    private const double QuarterMeridian = 10_007_557.2; // of the mean sphere: π R / 2

    [Theory]
    [InlineData(30, 120, 30, 120, 0)]
    [InlineData(0, 0, 0, 90, QuarterMeridian)]
    [InlineData(0, 0, 90, 123, QuarterMeridian)]
    [InlineData(0, 0, 0, 180, 2 * QuarterMeridian)]
    [InlineData(90, 0, -90, 77, 2 * QuarterMeridian)]
    [InlineData(0, 179.5, 0, -179.5, 111_195.1)]
    [InlineData(39.9042, 116.4074, 31.2304, 121.4737, 1_067_300)] // Beijing to Shanghai
    public void Meters_KnownPair_GivesTheGreatCircle(double lat1, double lon1, double lat2, double lon2, double meters)
    {
        Assert.InRange(Distance.Meters(lat1, lon1, lat2, lon2), meters * 0.9999 - 0.001, meters * 1.0001 + 0.001);
        Assert.Equal(Distance.Meters(lat1, lon1, lat2, lon2), Distance.Meters(lat2, lon2, lat1, lon1), 6);
    }

    [Fact]
    public void Meters_NotFinite_IsNaN() => Assert.True(double.IsNaN(Distance.Meters(double.NaN, 0, 1, 1)));

    // Lengths of a degree by the tables of the ellipsoid (Snyder, Map Projections, table 10 for the meridian).
    [Theory]
    [InlineData(0, 110_574.3, 111_319.5)]
    [InlineData(30, 110_852.4, 96_486.3)]
    [InlineData(45, 111_131.8, 78_846.8)]
    [InlineData(60, 111_412.2, 55_800.0)]
    [InlineData(-60, 111_412.2, 55_800.0)]
    [InlineData(90, 111_694.0, 0)]
    public void MetricScale_AtLatitude_GivesTheEllipsoidsDegree(double latitude, double north, double east)
    {
        var scale = MetricScale.At(latitude);
        Assert.InRange(scale.MetersPerDegreeLatitude, north - 1, north + 1);
        Assert.InRange(scale.MetersPerDegreeLongitude, east - 1, east + 1);
    }

    [Fact]
    public void MetricScale_ShortDistance_AgreesWithTheSphere()
    {
        var meters = MetricScale.At(30.25).Meters(0.01, 0.01);
        var sphere = Distance.Meters(30.245, 120, 30.255, 120.01);
        Assert.InRange(meters, sphere * 0.994, sphere * 1.006);
    }

    [Theory]
    [InlineData(90, 180, true)]
    [InlineData(-90, -180, true)]
    [InlineData(90.0001, 0, false)]
    [InlineData(0, -180.0001, false)]
    [InlineData(double.NaN, 0, false)]
    [InlineData(0, double.NegativeInfinity, false)]
    public void IsInRange_Bounds_AreInside(double latitude, double longitude, bool inside) =>
        Assert.Equal(inside, Wgs84.IsInRange(latitude, longitude));
}
