using Situational.Domain.Coverage;

namespace Situational.Domain.Tests.Coverage;

/// <summary>
/// How near the cells are to the exact area (docs/coverage.md). A cell is wrong only where an edge runs through it, and then as often for as
/// against; so along the edge of what was walked and of the grid an eighth of a cell's width is allowed, plus two cells.
/// </summary>
internal static class Tolerance
{
    public static double Of(CoverageRaster raster, (double Share, double EdgeMeters, double SquareMeters) exact)
    {
        var cell = raster.Frame.StepLatitude * raster.Frame.Scale.MetersPerDegreeLatitude;
        return (exact.EdgeMeters * cell / 8 + 2 * cell * cell) / exact.SquareMeters;
    }

    public static double Check(WalkedCells cells, (double Share, double EdgeMeters, double SquareMeters) exact)
    {
        var off = Math.Abs(cells.Share - exact.Share);
        Assert.True(off <= Of(cells.Raster, exact), $"{cells.Raster.Grid}: cells {cells.Share:F5}, exact {exact.Share:F5}, allowed {Of(cells.Raster, exact):F5}");
        return off;
    }
}
