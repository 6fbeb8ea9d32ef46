using Situational.Domain.Geometry;

namespace Situational.Domain.Territory;

/// <summary>Builds a <see cref="CellTable"/> whose memory and building time stay bounded whatever the grids look like.</summary>
internal sealed class CellTableBuilder
{
    /// <summary>Cells for each grid: enough that most points fall into cells that no border touches.</summary>
    private const int CellsPerGrid = 256;
    private const int MinCells = 1 << 16, MaxCells = 1 << 21;

    // A table that would need more is built again with a quarter of the cells: many grids over each other, or very long borders.
    private const int MaxSteps = 1 << 27, MaxCandidates = 1 << 23, MaxChains = 1 << 24;

    /// <summary>By how much an edge's part in a row is widened, in parts of a cell: far more than rounding, far less than matters.</summary>
    private const double Margin = 1e-6;
    private const double MinMarginDegrees = 1e-12;

    private const int OpenList = -2, ClosedList = -3;

    private readonly GridOutlines _outlines;
    private readonly CellTable _frame;
    private readonly int[] _cells;
    private readonly int[] _touched; // ordinal + 1 of the last grid with an edge in the cell
    private readonly List<(int First, int Last)>[] _rowChains;
    private readonly List<(int Cell, int Ordinal, int Edges)> _candidates = [];
    private readonly List<int> _chains = [];
    private readonly double _width, _height, _marginX, _marginY;
    private long _steps;

    private CellTableBuilder(GridOutlines outlines, int columns, int rows)
    {
        _outlines = outlines;
        _frame = new(outlines, columns, rows) { Cells = [], Candidates = [], Chains = [] };
        _cells = new int[columns * rows];
        Array.Fill(_cells, CellTable.NoGrid);
        _touched = new int[_cells.Length];
        _rowChains = new List<(int, int)>[rows];
        for (var row = 0; row < rows; row++)
            _rowChains[row] = [];
        (_width, _height) = (outlines.Extent.Width / columns, outlines.Extent.Height / rows);
        (_marginX, _marginY) = (Math.Max(_width * Margin, MinMarginDegrees), Math.Max(_height * Margin, MinMarginDegrees));
    }

    /// <summary>Builds the table.</summary>
    public static CellTable Build(GridOutlines outlines)
    {
        if (outlines.Extent.IsNull)
            return new(outlines, 1, 1) { Cells = [CellTable.NoGrid], Candidates = [], Chains = [] };
        var scale = MetricScale.At(outlines.Extent.Centre.Y);
        var aspect = outlines.Extent.Height * scale.MetersPerDegreeLatitude / (outlines.Extent.Width * scale.MetersPerDegreeLongitude);
        for (var cells = Math.Clamp((long)outlines.Count * CellsPerGrid, MinCells, MaxCells); ; cells /= 4)
        {
            var rows = (int)Math.Clamp(Math.Sqrt(cells * aspect), 1, cells);
            var columns = (int)Math.Max(1, cells / rows);
            var builder = new CellTableBuilder(outlines, columns, rows);
            if (builder.TryAddAll(cells <= 1))
                return builder.Finish();
        }
    }

    private bool TryAddAll(bool whateverTheCost)
    {
        for (var grid = 0; grid < _outlines.Count; grid++)
        {
            Add(grid);
            if (!whateverTheCost && (_steps > MaxSteps || _candidates.Count > MaxCandidates || _chains.Count > MaxChains))
                return false;
        }
        return true;
    }

    private void Add(int grid)
    {
        var bounds = _outlines.Bounds(grid);
        var (west, east) = (_frame.ColumnOf(bounds[0]), _frame.ColumnOf(bounds[2]));
        var (south, north) = (_frame.RowOf(bounds[1]), _frame.RowOf(bounds[3]));
        _steps += (long)(east - west + 1) * (north - south + 1);
        for (var row = south; row <= north; row++)
            _rowChains[row].Clear();
        for (var ring = _outlines.FirstRing(grid); ring < _outlines.FirstRing(grid + 1); ring++)
            for (var vertex = _outlines.FirstVertex(ring) + 1; vertex < _outlines.FirstVertex(ring + 1); vertex++)
                AddEdge(grid, vertex);
        for (var row = south; row <= north; row++)
            AddRow(grid, row, west, east);
    }

    private void AddEdge(int grid, int vertex)
    {
        var vertices = _outlines.Vertices;
        double x1 = vertices[2 * vertex - 2], y1 = vertices[2 * vertex - 1], x2 = vertices[2 * vertex], y2 = vertices[2 * vertex + 1];
        if (y1 > y2)
            (x1, y1, x2, y2) = (x2, y2, x1, y1);
        var (south, north) = (_frame.RowOf(y1), _frame.RowOf(y2));
        _steps += north - south + 1;
        for (var row = south; row <= north; row++)
        {
            var chains = _rowChains[row];
            if (chains.Count > 0 && chains[^1].Last == vertex - 1)
                chains[^1] = (chains[^1].First, vertex);
            else
                chains.Add((vertex - 1, vertex));

            // The edge's part in the row, a little longer than it is.
            var bottom = _outlines.Extent.MinY + row * _height - _marginY;
            var top = _outlines.Extent.MinY + (row + 1) * _height + _marginY;
            var fromX = bottom > y1 && y2 > y1 ? x1 + (bottom - y1) / (y2 - y1) * (x2 - x1) : x1;
            var toX = top < y2 && y2 > y1 ? x1 + (top - y1) / (y2 - y1) * (x2 - x1) : x2;
            var west = _frame.ColumnOf(Math.Max(Math.Min(fromX, toX) - _marginX, Math.Min(x1, x2)));
            var east = _frame.ColumnOf(Math.Min(Math.Max(fromX, toX) + _marginX, Math.Max(x1, x2)));
            _touched.AsSpan(row * _frame.Columns + west, east - west + 1).Fill(grid + 1);
            _steps += east - west + 1;
        }
    }

    private void AddRow(int grid, int row, int west, int east)
    {
        var edges = _chains.Count;
        _chains.Add(_rowChains[row].Count);
        foreach (var (first, last) in _rowChains[row])
        {
            _chains.Add(first);
            _chains.Add(last);
        }
        _steps += _chains.Count - edges;
        var (known, covers) = (false, false);
        for (var column = west; column <= east; column++)
        {
            var cell = row * _frame.Columns + column;
            if (_touched[cell] == grid + 1)
            {
                if (_cells[cell] is CellTable.NoGrid or OpenList)
                {
                    _cells[cell] = OpenList;
                    _candidates.Add((cell, grid, edges));
                }
                known = false;
                continue;
            }
            // Between cells with edges all cells are in or all are out.
            if (!known)
                (known, covers) = (true, CoversCentre(row, column));
            if (covers && _cells[cell] == CellTable.NoGrid)
            {
                _cells[cell] = grid;
            }
            else if (covers && _cells[cell] == OpenList)
            {
                _cells[cell] = ClosedList;
                _candidates.Add((cell, grid, CellTable.CoversCell));
            }
        }
    }

    private bool CoversCentre(int row, int column)
    {
        var x = _outlines.Extent.MinX + (column + 0.5) * _width;
        var y = _outlines.Extent.MinY + (row + 0.5) * _height;
        var crossings = 0;
        foreach (var (first, last) in _rowChains[row])
            if (_outlines.IsOnOrCrosses(first, last, x, y, ref crossings))
                return true;
        return (crossings & 1) != 0;
    }

    private CellTable Finish()
    {
        // A stable sort by cell keeps each list in the order of ordinals, in which the candidates were found.
        var starts = new int[_cells.Length + 1];
        foreach (var (cell, _, _) in _candidates)
            starts[cell + 1]++;
        for (var cell = 0; cell < _cells.Length; cell++)
            starts[cell + 1] += starts[cell];
        var next = starts.AsSpan(0, _cells.Length).ToArray();
        var sorted = new (int Ordinal, int Edges)[_candidates.Count];
        foreach (var (cell, ordinal, edges) in _candidates)
            sorted[next[cell]++] = (ordinal, edges);

        var lists = new List<int>();
        var (previousFrom, previousTo, previousPlace) = (0, 0, 0);
        for (var cell = 0; cell < _cells.Length; cell++)
        {
            var (from, to) = (starts[cell], starts[cell + 1]);
            if (from == to)
                continue;
            // Neighbours along a border often have the same list.
            if (!sorted.AsSpan(from, to - from).SequenceEqual(sorted.AsSpan(previousFrom, previousTo - previousFrom)))
            {
                (previousFrom, previousTo, previousPlace) = (from, to, lists.Count);
                lists.Add(to - from);
                for (var i = from; i < to; i++)
                {
                    lists.Add(sorted[i].Ordinal);
                    lists.Add(sorted[i].Edges);
                }
            }
            _cells[cell] = CellTable.FirstList - previousPlace;
        }
        return new(_outlines, _frame.Columns, _frame.Rows) { Cells = _cells, Candidates = [.. lists], Chains = [.. _chains] };
    }
}
