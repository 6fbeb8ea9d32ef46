namespace Situational.Contracts.Http;

/// <summary>Answer of <c>GET /api/v1/coverage</c>: which share of an area's grids was walked.</summary>
/// <param name="Area">Code of the area.</param>
/// <param name="Cadence"><c>daily</c>, <c>monthly</c> or <c>quarterly</c>.</param>
/// <param name="AsOf">When it was counted; what was walked in the last 10 s may be missing.</param>
/// <param name="Periods">First days of the periods, the running one first.</param>
/// <param name="Shares">Share of the whole area by period, 0 to 1.</param>
/// <param name="Grids">Every grid of the area, the least walked in the running period first.</param>
public sealed record CoverageAnswer(
    string Area, string Cadence, DateTimeOffset AsOf, IReadOnlyList<DateOnly> Periods, IReadOnlyList<double> Shares,
    IReadOnlyList<GridCoverageAnswer> Grids);

/// <summary>One grid's coverage.</summary>
/// <param name="Code">The grid's code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Shares">Share by period, 0 to 1, rounded down to thousandths: only the whole is 1.</param>
public sealed record GridCoverageAnswer(string Code, string Name, IReadOnlyList<double> Shares);

/// <summary>Answer of <c>GET /api/v1/coverage/{grid}</c>: what was walked of a grid, cell by cell.</summary>
/// <param name="Grid">The grid's code.</param>
/// <param name="Cadence">As asked.</param>
/// <param name="Period">First day of the period.</param>
/// <param name="Share">0 to 1.</param>
/// <param name="South">Southern edge of the cells in WGS-84 degrees.</param>
/// <param name="West">Western edge.</param>
/// <param name="North">Northern edge.</param>
/// <param name="East">Eastern edge.</param>
/// <param name="Columns">Cells from west to east.</param>
/// <param name="Rows">Cells from south to north.</param>
/// <param name="Cells">Base64 of two bits a cell, row by row from the south-west, lowest bits first: 0 not of the grid or not walkable, 1 to be walked, 3 walked.</param>
public sealed record GridCellsAnswer(
    string Grid, string Cadence, DateOnly Period, double Share, double South, double West, double North, double East, int Columns, int Rows,
    string Cells);
