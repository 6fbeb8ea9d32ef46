using NetTopologySuite.Geometries;
using Situational.Domain.Geometry;
using Situational.Domain.Territory;

namespace Situational.Domain.Tests.Territory;

public sealed class GridLatticeTests
{
    [Fact]
    public void Cut_RoundBoundaryWithALake_CoversItWithSquaresWithoutOverlap()
    {
        var territory = Territories.Lattice();

        Assert.Equal(["city", "grid"], territory.Levels);
        Assert.Equal("999900", territory.City.Code);
        Assert.All(territory.Grids, g => Assert.Matches("^999900001[0-9]{6}$", g.Code));
        var whole = EqualArea.SquareMeters(territory.City.Geometry);
        var areas = territory.Grids.Select(g => EqualArea.SquareMeters(g.Geometry)).ToArray();
        Assert.InRange(areas.Sum(), whole - areas.Length, whole + 0.01); // pieces below 1 m² are left out
        Assert.InRange(areas.Count(a => a is > 9_990 and < 10_010), areas.Length * 3 / 4, areas.Length);
        Assert.All(areas, a => Assert.InRange(a, 1, 10_010));
        Assert.All(territory.Grids, g => Assert.True(g.Geometry.IsValid));
    }

    [Fact]
    public void Cut_WrittenAndRead_HasNothingToWarnOf()
    {
        var reading = TerritoryReader.Read(TerritoryWriter.Write(Territories.Lattice()), new(), 1);

        Assert.Empty(reading.Faults);
        Assert.Empty(reading.Warnings);
    }

    [Fact]
    public void Cut_Square_NumbersRowsFromTheSouthWest()
    {
        var scale = MetricScale.At(30.005);
        var boundary = new GeometryFactory().ToGeometry(new Envelope(120, 120 + 290 / scale.MetersPerDegreeLongitude, 30.004, 30.004 + 190 / scale.MetersPerDegreeLatitude));

        var grids = GridLattice.Cut(boundary, 100, "City", "330102", 1).Grids;

        Assert.Equal(["1-1", "1-2", "1-3", "2-1", "2-2", "2-3"], grids.Select(g => g.Name));
        Assert.Equal("330102001001006", grids[5].Code);
        Assert.InRange(EqualArea.SquareMeters(grids[5].Geometry), 8_090, 8_110); // the corner is 90 m × 90 m
    }

    [Fact]
    public void Cut_BadInput_IsRefused()
    {
        var factory = new GeometryFactory();
        var square = factory.ToGeometry(new Envelope(120, 121, 30, 31));
        Assert.Throws<ArgumentOutOfRangeException>(() => GridLattice.Cut(square, 9.9, "City", "330102", 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => GridLattice.Cut(square, double.NaN, "City", "330102", 1));
        Assert.Throws<ArgumentException>(() => GridLattice.Cut(square, 100, "City", "330102", 1));
        Assert.Throws<ArgumentException>(() => GridLattice.Cut(square.Boundary, 5_000, "City", "330102", 1));
        Assert.Throws<ArgumentException>(() => GridLattice.Cut(factory.CreatePolygon(), 5_000, "City", "330102", 1));
        Assert.Throws<ArgumentException>(() => GridLattice.Cut(factory.ToGeometry(new Envelope(0, 1, 84, 86)), 5_000, "City", "330102", 1));
    }
}
