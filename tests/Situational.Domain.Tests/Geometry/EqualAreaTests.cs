using NetTopologySuite.Geometries;
using Situational.Domain.Geometry;

namespace Situational.Domain.Tests.Geometry;

public sealed class EqualAreaTests
{
    private static readonly GeometryFactory Factory = new();

    [Fact]
    public void SquareMeters_WholeEllipsoid_IsItsSurface() =>
        Assert.Equal(510_065_621.7, EqualArea.SquareMeters(Factory.ToGeometry(new Envelope(-180, 180, -90, 90))) / 1e6, 0); // km², of WGS-84

    [Theory]
    [InlineData(0)]
    [InlineData(30.25)]
    [InlineData(-45)]
    [InlineData(70)]
    public void SquareMeters_SmallSquare_AgreesWithTheLocalPlane(double latitude)
    {
        var square = Factory.ToGeometry(new Envelope(120, 120.001, latitude - 0.0005, latitude + 0.0005));
        var plane = square.Area * MetricScale.At(latitude).SquareMetersPerSquareDegree;
        Assert.InRange(EqualArea.SquareMeters(square), plane * 0.99999, plane * 1.00001);
    }

    [Fact]
    public void SquareMeters_HolesAndParts_AreTakenOffAndAdded()
    {
        var large = Factory.ToGeometry(new Envelope(0, 0.02, 0, 0.01));
        var small = Factory.ToGeometry(new Envelope(0.004, 0.006, 0.004, 0.006));
        var rest = large.Difference(small);
        Assert.Equal(EqualArea.SquareMeters(large) - EqualArea.SquareMeters(small), EqualArea.SquareMeters(rest), 3);
        Assert.Equal(EqualArea.SquareMeters(large), EqualArea.SquareMeters(Factory.CreateGeometryCollection([rest, small, Factory.CreatePoint(new Coordinate(1, 1))])), 3);
    }
}
