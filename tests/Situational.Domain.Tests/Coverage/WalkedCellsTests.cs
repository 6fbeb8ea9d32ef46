using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using Situational.Domain.Coverage;
using Situational.Domain.Journal;
using Situational.Domain.Tests.Territory;

namespace Situational.Domain.Tests.Coverage;

public sealed class WalkedCellsTests
{
    private static readonly CoveragePeriod Day = new(CoverageCadence.Daily, new(2026, 11, 22));

    public static TheoryData<string> Shapes => ["square", "holes", "parts", "bent", "turned"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Raster_EveryCell_IsWalkableWhereNetTopologySuiteSaysSo(string shape)
    {
        var grid = Ground.Grid(Shape(shape));
        var raster = new CoverageRaster(grid, WalkableGround.Everything);
        var locator = new IndexedPointInAreaLocator(grid.Geometry);
        for (var cell = 0; cell < raster.Frame.Cells; cell++)
        {
            var (latitude, longitude) = raster.Frame.CentreOf(cell);
            Assert.Equal(locator.Locate(new(longitude, latitude)) == Location.Interior, raster.IsWalkable(cell));
        }
        Assert.InRange(raster.Walkable, raster.Frame.Cells / 4, raster.Frame.Cells);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Mark_AnyTrails_AgreesWithNetTopologySuiteWithinTheCell(string shape)
    {
        var raster = new CoverageRaster(Ground.Grid(Shape(shape)), WalkableGround.Everything);
        var random = new Random(5);
        for (var round = 0; round < 20; round++)
        {
            var cells = new WalkedCells(raster);
            var radius = 5 + random.NextDouble() * 30;
            var trails = Enumerable.Range(0, 4).Select(_ => Ground.Trail(
                [.. Enumerable.Range(0, 6).Select(_ => (random.NextDouble() * 700 - 100, random.NextDouble() * 700 - 100))])).ToArray();
            foreach (var trail in trails)
                cells.Mark(trail, radius);
            Tolerance.Check(cells, Ground.Exact(Shape(shape), trails, radius));
        }
    }

    [Fact]
    public void Mark_OneLine_MarksExactlyTheMiddlesWithinTheRadius()
    {
        var raster = new CoverageRaster(Ground.Grid(Ground.Square(0, 0, 300)), WalkableGround.Everything);
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var line = Ground.Trail([.. Enumerable.Range(0, 2).Select(_ => (random.NextDouble() * 500 - 100, random.NextDouble() * 500 - 100))]);
            if (round % 10 == 0)
                line[1] = line[0];
            if (round % 10 == 1)
                line[1].Latitude = line[0].Latitude;
            if (round % 10 == 2)
                line[1].Longitude = line[0].Longitude;
            var cells = new WalkedCells(raster);
            var fresh = cells.Mark(line);
            Assert.Equal(fresh, cells.Walked);
            for (var cell = 0; cell < raster.Frame.Cells; cell++)
            {
                var away = Away(raster.Frame, cell, line);
                if (raster.IsWalkable(cell) && Math.Abs(away - 15) > 1e-6)
                    Assert.Equal(away < 15, cells.IsWalked(cell));
            }
        }
    }

    [Fact]
    public void Mark_AgainAndInAnotherOrder_ChangesNothing()
    {
        var raster = new CoverageRaster(Ground.Grid(Shape("bent")), WalkableGround.Everything);
        var random = new Random(9);
        var trails = Enumerable.Range(0, 30).Select(_ => Ground.Trail(
            (random.NextDouble() * 500, random.NextDouble() * 500), (random.NextDouble() * 500, random.NextDouble() * 500))).ToArray();
        var (forth, back) = (new WalkedCells(raster), new WalkedCells(raster));
        Assert.True(trails.Sum(t => forth.Mark(t)) == forth.Walked && forth.Walked > 0);
        foreach (var trail in trails.Reverse())
            back.Mark([trail[1], trail[0]]);
        Assert.Equal(forth.ToSheet(Day).Cells.ToArray(), back.ToSheet(Day).Cells.ToArray());
        Assert.Equal(0, trails.Sum(t => forth.Mark(t)));
        Assert.Equal(0, forth.Add(back));
    }

    [Fact]
    public void Mark_AlongTheBorder_SpillsIntoTheNeighbour()
    {
        var (west, east) = (Cells(Ground.Square(0, 0, 200)), Cells(Ground.Square(200, 0, 200)));
        var trail = Ground.Trail((195, -50), (195, 250));
        west.Mark(trail);
        east.Mark(trail);
        // 15 m to the west of the trail and its 5 m to the border; 10 m beyond it.
        Assert.Equal(0.10, west.Share, 0.013);
        Assert.Equal(0.05, east.Share, 0.013);
    }

    [Fact]
    public void Mark_HolesAndUnwalkableAreas_NeverCount()
    {
        var shape = Ground.Square(0, 0, 200, Ground.Ring((50, 50), (150, 50), (150, 150), (50, 150)));
        var ground = new WalkableGround([Ground.Square(0, 150, 200)]);
        var cells = new WalkedCells(new(Ground.Grid(shape), ground));
        Assert.Equal(200 * 150 - 100 * 100, cells.Raster.WalkableSquareMeters, 2.0);
        Assert.Equal(0, cells.Mark(Ground.Trail((70, 100), (130, 100))));
        Assert.Equal(0, cells.Mark(Ground.Trail((0, 190), (200, 190))));
        cells.Mark(Ground.Trail((-50, 100), (250, 100)), 200);
        Assert.Equal((1.0, cells.Raster.Walkable), (cells.Share, cells.Walked));
        Assert.Equal(cells.Raster.WalkableSquareMeters, cells.ToSheet(Day).Figure.WalkedSquareMeters);
    }

    [Fact]
    public void Mark_WhatIsNoPlace_HasNoEffect()
    {
        var cells = Cells(Ground.Square(0, 0, 100));
        Assert.Equal(0, cells.Mark(double.NaN, 120, 30, 120, 15));
        Assert.Equal(0, cells.Mark(30, 120, double.PositiveInfinity, 120, 15));
        Assert.Equal(0, cells.Mark(-90, -180, -90, -180, 15));
        Assert.True(cells.Mark(90, 179, -90, -179, 1e9) > 0);
    }

    [Fact]
    public void Raster_AGridThatNobodyCanWalk_IsNeverMissing()
    {
        var cells = new WalkedCells(new(Ground.Grid(Ground.Square(0, 0, 100)), new([Ground.Square(-50, -50, 300)])));
        Assert.Equal((0, 0.0, 1.0), (cells.Raster.Walkable, cells.Raster.WalkableSquareMeters, cells.Share));
        Assert.Equal(0, cells.Mark(Ground.Trail((0, 0), (100, 100))));
        Assert.Equal(0, new WalkableGround([Ground.Square(-50, -50, 300)]).SquareMetersOf(Ground.Grid(Ground.Square(0, 0, 100))));
    }

    [Fact]
    public void Raster_ASliverBetweenTheMiddles_HasACell()
    {
        var sliver = Ground.Factory.CreatePolygon(Ground.Ring((0, 0), (300, 40), (300, 40.3)));
        var raster = new CoverageRaster(Ground.Grid(sliver), WalkableGround.Everything, 50);
        Assert.InRange(raster.Walkable, 1, 3);
    }

    [Theory]
    [InlineData(100, 5)]
    [InlineData(1280, 5)]
    [InlineData(5000, 19.6)]
    [InlineData(60_000, 235)]
    public void Frame_OfAnySize_HasAtMostSoManyCells(double side, double cellMeters)
    {
        var frame = CoverageFrame.Over(Ground.Square(0, 0, side).EnvelopeInternal);
        Assert.InRange(frame.Cells, side / cellMeters, CoverageFrame.MaxCells);
        Assert.Equal(cellMeters, frame.StepLatitude * frame.Scale.MetersPerDegreeLatitude, cellMeters / 50);
        Assert.Equal(cellMeters, frame.StepLongitude * frame.Scale.MetersPerDegreeLongitude, cellMeters / 50);
        Assert.True(CoverageFrame.TryParse(frame.ToString(), out var read));
        Assert.Equal(frame, read);
        var thread = CoverageFrame.Over(new Envelope(120, 121.9, 30, 30));
        Assert.Equal(1, thread.Rows);
        Assert.InRange(thread.Columns, 1000, CoverageFrame.MaxCells);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2 30 120 31 121 10 10")]
    [InlineData("1 30 120 31 121 10")]
    [InlineData("1 30 120 30 121 10 10")]
    [InlineData("1 NaN 120 31 121 10 10")]
    [InlineData("1 30 120 31 121 0 10")]
    [InlineData("1 30 120 31 121 65536 2")]
    [InlineData("1 30 120 31 121 -1 -1")]
    public void Frame_AnyOtherText_IsNotRead(string text) => Assert.False(CoverageFrame.TryParse(text, out _));

    [Fact]
    public void Sheet_WrittenAndRead_IsTheSame()
    {
        var cells = Cells(Shape("bent"));
        cells.Mark(Ground.Trail((0, 0), (500, 400), (100, 300)));
        var sheet = cells.ToSheet(Day);
        var read = new WalkedCells(cells.Raster);
        Assert.Equal(cells.Walked, read.Add(sheet));
        Assert.Equal(sheet.Cells.ToArray(), read.ToSheet(Day).Cells.ToArray());
        Assert.Equal(-1, read.Add(sheet with { Frame = "nonsense" }));
        Assert.Equal(-1, read.Add(sheet with { Cells = sheet.Cells[1..] }));
        Assert.Equal(cells.Walked, read.Walked);
    }

    [Fact]
    public void Sheet_OfAnotherFrame_IsCarriedOverByPlace()
    {
        // The same grid after the territory was drawn anew: moved, and smaller.
        var before = Cells(Ground.Square(0, 0, 400));
        before.Mark(Ground.Trail((0, 100), (400, 100)));
        var after = Cells(Ground.Square(203, 7, 300));
        Assert.True(after.Add(before.ToSheet(Day)) > 0);
        // 197 of its 300 m of the trail's 30 m were walked before, to the nearest cell.
        Assert.Equal(197 * 30 / 300.0 / 300.0, after.Share, 0.004);
        var direct = Cells(Ground.Square(203, 7, 300));
        direct.Add(before);
        Assert.Equal(after.ToSheet(Day).Cells.ToArray(), direct.ToSheet(Day).Cells.ToArray());
    }

    [Fact]
    public void States_OfCells_SayWhatIsToBeWalkedAndWhatWas()
    {
        var cells = Cells(Shape("holes"));
        cells.Mark(Ground.Trail((0, 10), (500, 10)));
        var states = cells.ToStates();
        for (var cell = 0; cell < cells.Raster.Frame.Cells; cell++)
            Assert.Equal(
                !cells.Raster.IsWalkable(cell) ? 0 : cells.IsWalked(cell) ? 3 : 1, states[cell / 4] >> (2 * (cell % 4)) & 3);
    }

    private static WalkedCells Cells(NetTopologySuite.Geometries.Geometry shape) => new(new(Ground.Grid(shape), WalkableGround.Everything));

    private static NetTopologySuite.Geometries.Geometry Shape(string name) => name switch
    {
        "square" => Ground.Square(0, 0, 500),
        "holes" => Ground.Square(0, 0, 500, Ground.Ring((100, 100), (220, 130), (180, 300)), Ground.Ring((300, 300), (450, 300), (450, 420), (300, 450))),
        "parts" => Ground.Factory.CreateMultiPolygon([Ground.Square(0, 0, 300), Ground.Square(310, 250, 250, Ground.Ring((350, 300), (400, 300), (400, 340)))]),
        "turned" => Ground.Factory.CreatePolygon(Ground.Ring((250, 0), (500, 250), (250, 500), (0, 250))),
        _ => Territories.Irregular(2, 2, 40, 0).Grids[0].Geometry is var bent
            ? NetTopologySuite.Geometries.Utilities.AffineTransformation.TranslationInstance(
                Ground.West - bent.EnvelopeInternal.MinX, Ground.South - bent.EnvelopeInternal.MinY).Transform(bent)
            : throw new InvalidOperationException(),
    };

    private static double Away(CoverageFrame frame, int cell, (double Latitude, double Longitude)[] line)
    {
        var (latitude, longitude) = frame.CentreOf(cell);
        return NetTopologySuite.Algorithm.DistanceComputer.PointToSegment(Plane(latitude, longitude), Plane(line[0].Latitude, line[0].Longitude), Plane(line[1].Latitude, line[1].Longitude));

        Coordinate Plane(double lat, double lon) =>
            new((lon - frame.West) * frame.Scale.MetersPerDegreeLongitude, (lat - frame.South) * frame.Scale.MetersPerDegreeLatitude);
    }
}
