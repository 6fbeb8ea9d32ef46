using Situational.Domain.Geometry;

namespace Situational.Domain.Tests.Geometry;

public sealed class DatumConversionTests
{
    // Pairs computed by the gcoord package of npm, an independent implementation.
    public static TheoryData<double, double, double, double, double, double> KnownPairs => new()
    {
        { 39.914266, 116.403988, 39.915670251113426, 116.41023240747266, 39.92196580126834, 116.41661560068297 }, // Beijing
        { 31.230416, 121.473701, 31.22847374224698, 121.47822405739267, 31.23432658138832, 121.48478247238995 }, // Shanghai
        { 43.825592, 87.616848, 43.826797436147594, 87.61969799823531, 43.83294127029601, 87.62614810195592 }, // Urumqi
        { 18.252847, 109.511909, 18.251141748703045, 109.51599327140339, 18.25692363216166, 109.52254078980954 }, // Sanya
        { 30.659462, 104.065735, 30.657041178599883, 104.0682424639204, 30.66307074057747, 104.07473697258524 }, // Chengdu, west of the origin
        { 45.756967, 126.642464, 45.758918130663396, 126.64843401023796, 45.76461182162859, 126.65506367010121 }, // Harbin
    };

    [Theory]
    [MemberData(nameof(KnownPairs))]
    public void FromWgs84_KnownPair_GivesThePublishedShift(double lat, double lon, double gcjLat, double gcjLon, double bdLat, double bdLon)
    {
        AssertNear((gcjLat, gcjLon), DatumConversion.FromWgs84(Datum.Gcj02, lat, lon), 1e-9);
        AssertNear((bdLat, bdLon), DatumConversion.FromWgs84(Datum.Bd09, lat, lon), 1e-9);
    }

    [Theory]
    [MemberData(nameof(KnownPairs))]
    public void ToWgs84_KnownPair_UndoesTheShift(double lat, double lon, double gcjLat, double gcjLon, double bdLat, double bdLon)
    {
        AssertNear((lat, lon), DatumConversion.ToWgs84(Datum.Gcj02, gcjLat, gcjLon), 1e-9);
        AssertNear((lat, lon), DatumConversion.ToWgs84(Datum.Bd09, bdLat, bdLon), 1e-9);
    }

    [Theory]
    [InlineData(Datum.Wgs84)]
    [InlineData(Datum.Gcj02)]
    [InlineData(Datum.Bd09)]
    public void ToWgs84_RasterOverChina_RoundTripsToATenthOfAMillimetre(Datum datum)
    {
        for (var lat = 18.013; lat < 53.5; lat += 0.71)
            for (var lon = 73.507; lon < 135; lon += 0.83)
            {
                var shifted = DatumConversion.FromWgs84(datum, lat, lon);
                AssertNear((lat, lon), DatumConversion.ToWgs84(datum, shifted.Latitude, shifted.Longitude), 1e-9);
            }
    }

    [Theory]
    [InlineData(30.28, -97.72)] // Austin
    [InlineData(-33.86, 151.2)] // Sydney
    [InlineData(0.8, 104.0)] // just south of the box
    [InlineData(60.0, 100.0)]
    public void ToWgs84_Gcj02OutsideChina_IsTheSame(double lat, double lon) =>
        Assert.Equal((lat, lon), DatumConversion.ToWgs84(Datum.Gcj02, lat, lon));

    [Fact]
    public void ToWgs84_Wgs84_IsTheSame() => Assert.Equal((39.9, 116.4), DatumConversion.ToWgs84(Datum.Wgs84, 39.9, 116.4));

    [Theory]
    [InlineData(double.NaN, 116)]
    [InlineData(39, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    public void ToWgs84_NotFinite_StaysNotFinite(double lat, double lon)
    {
        foreach (var datum in Enum.GetValues<Datum>())
        {
            var (latitude, longitude) = DatumConversion.ToWgs84(datum, lat, lon);
            Assert.False(double.IsFinite(latitude) && double.IsFinite(longitude));
        }
    }

    private static void AssertNear((double Latitude, double Longitude) expected, (double Latitude, double Longitude) actual, double degrees)
    {
        Assert.InRange(actual.Latitude, expected.Latitude - degrees, expected.Latitude + degrees);
        Assert.InRange(actual.Longitude, expected.Longitude - degrees, expected.Longitude + degrees);
    }
}
