namespace Situational.Domain.Territory;

/// <summary>
/// A raster of cells over the territory. A cell that no border touches knows its grid; one that borders touch has the few grids to ask, in
/// the order of their ordinals, each with only those of its edges that reach the cell's row. A point's row and column come from one monotone
/// function that is also applied to the ends of the edges, so that no edge can be missed by rounding. Immutable.
/// </summary>
/// <param name="outlines">The grids' outlines.</param>
/// <param name="columns">Columns from west to east.</param>
/// <param name="rows">Rows from south to north.</param>
internal sealed class CellTable(GridOutlines outlines, int columns, int rows)
{
    /// <summary>A cell that no grid touches.</summary>
    public const int NoGrid = -1;

    /// <summary>Cells from here downwards stand for a list of candidates: this minus the place of the list.</summary>
    public const int FirstList = -2;

    /// <summary>In the place of a candidate's edges: the grid covers the whole cell.</summary>
    public const int CoversCell = -1;

    private readonly double _west = outlines.Extent.MinX, _south = outlines.Extent.MinY;
    private readonly double _east = outlines.Extent.MaxX, _north = outlines.Extent.MaxY;
    private readonly double _columnsPerDegree = columns / Math.Max(outlines.Extent.Width, double.Epsilon);
    private readonly double _rowsPerDegree = rows / Math.Max(outlines.Extent.Height, double.Epsilon);

    public int Columns => columns;

    public int Rows => rows;

    /// <summary>Per cell, row by row from the south: an ordinal, <see cref="NoGrid"/> or a list.</summary>
    public required int[] Cells { get; init; }

    /// <summary>Lists of candidates: their number, then for each its ordinal and the place of its edges or <see cref="CoversCell"/>.</summary>
    public required int[] Candidates { get; init; }

    /// <summary>Edges of a grid in a row: the number of chains, then for each its first and last vertex.</summary>
    public required int[] Chains { get; init; }

    /// <summary>The ordinal of the grid that owns the point, or -1.</summary>
    public int Locate(double longitude, double latitude)
    {
        if (!(longitude >= _west && longitude <= _east && latitude >= _south && latitude <= _north))
            return NoGrid;
        var cell = Cells[RowOf(latitude) * columns + ColumnOf(longitude)];
        return cell >= NoGrid ? cell : Ask(FirstList - cell, longitude, latitude);
    }

    /// <summary>The column of a longitude; never decreases as the longitude grows.</summary>
    public int ColumnOf(double longitude) => Place(longitude, _west, _columnsPerDegree, columns);

    /// <summary>The row of a latitude; never decreases as the latitude grows.</summary>
    public int RowOf(double latitude) => Place(latitude, _south, _rowsPerDegree, rows);

    private static int Place(double value, double origin, double perDegree, int count) =>
        Math.Clamp((int)((value - origin) * perDegree), 0, count - 1);

    private int Ask(int list, double longitude, double latitude)
    {
        var candidates = Candidates;
        for (var (i, end) = (list + 1, list + 1 + 2 * candidates[list]); i < end; i += 2)
            if (candidates[i + 1] == CoversCell || IsIn(candidates[i + 1], longitude, latitude))
                return candidates[i];
        return NoGrid;
    }

    private bool IsIn(int edges, double longitude, double latitude)
    {
        var chains = Chains;
        var crossings = 0;
        for (var (i, end) = (edges + 1, edges + 1 + 2 * chains[edges]); i < end; i += 2)
            if (outlines.IsOnOrCrosses(chains[i], chains[i + 1], longitude, latitude, ref crossings))
                return true;
        return (crossings & 1) != 0;
    }
}
