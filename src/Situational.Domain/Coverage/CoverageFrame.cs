using System.Globalization;
using NetTopologySuite.Geometries;
using Situational.Domain.Geometry;

namespace Situational.Domain.Coverage;

/// <summary>
/// Which ground the cells of a sheet stand for: a box of equal cells, counted row by row from the south-west. It follows from a grid's box
/// and the size of a cell alone, so the same grid has the same frame after a restart and on every silo.
/// </summary>
/// <param name="South">Southern edge, degrees.</param>
/// <param name="West">Western edge, degrees.</param>
/// <param name="North">Northern edge, degrees.</param>
/// <param name="East">Eastern edge, degrees.</param>
/// <param name="Columns">Cells from west to east, at least 1.</param>
/// <param name="Rows">Cells from south to north, at least 1; columns times rows at most <see cref="MaxCells"/>.</param>
public readonly record struct CoverageFrame(double South, double West, double North, double East, int Columns, int Rows)
{
    /// <summary>Edge of a cell, metres, where a grid is not too large for it.</summary>
    public const double DefaultCellMeters = 5;

    /// <summary>Most cells of a frame; a grid that would have more has larger ones.</summary>
    public const int MaxCells = 65_536;

    private const string Form = "1";

    /// <summary>How many cells.</summary>
    public int Cells => Columns * Rows;

    /// <summary>Metres per degree in its middle: the plane on which it is measured.</summary>
    public MetricScale Scale => MetricScale.At((South + North) / 2);

    /// <summary>Width of a cell, degrees.</summary>
    public double StepLongitude => (East - West) / Columns;

    /// <summary>Height of a cell, degrees.</summary>
    public double StepLatitude => (North - South) / Rows;

    /// <summary>The frame over a box.</summary>
    /// <param name="box">In degrees, x = longitude; not empty.</param>
    /// <param name="cellMeters">Edge of a cell, metres, more than 0; made larger until the cells are few enough.</param>
    public static CoverageFrame Over(Envelope box, double cellMeters = DefaultCellMeters)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cellMeters);
        var scale = MetricScale.At(box.Centre.Y);
        var (width, height) = (box.Width * scale.MetersPerDegreeLongitude, box.Height * scale.MetersPerDegreeLatitude);
        var cell = Math.Max(cellMeters, Math.Sqrt(width * height / MaxCells));
        double columns, rows;
        while ((columns = Along(width, cell)) * (rows = Along(height, cell)) > MaxCells)
            cell *= 1.01;
        return new(
            box.MinY, box.MinX, box.MinY + rows * cell / scale.MetersPerDegreeLatitude,
            box.MinX + columns * cell / scale.MetersPerDegreeLongitude, (int)columns, (int)rows);
    }

    /// <summary>The cell that a point lies in, or -1.</summary>
    /// <param name="latitude">Degrees.</param>
    /// <param name="longitude">Degrees.</param>
    public int CellAt(double latitude, double longitude)
    {
        if (!(latitude >= South && latitude < North && longitude >= West && longitude < East))
            return -1;
        var column = Math.Min(Columns - 1, (int)((longitude - West) / StepLongitude));
        var row = Math.Min(Rows - 1, (int)((latitude - South) / StepLatitude));
        return row * Columns + column;
    }

    /// <summary>The middle of a cell, degrees.</summary>
    public (double Latitude, double Longitude) CentreOf(int cell) =>
        (South + (cell / Columns + 0.5) * StepLatitude, West + (cell % Columns + 0.5) * StepLongitude);

    /// <summary>As it is written beside a sheet's cells; <see cref="TryParse"/> reads the very same frame.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Form} {South:R} {West:R} {North:R} {East:R} {Columns} {Rows}");

    /// <summary>Reads what <see cref="ToString"/> wrote; false for anything else.</summary>
    public static bool TryParse(string text, out CoverageFrame frame)
    {
        frame = default;
        var parts = text.Split(' ');
        if (parts.Length != 7 || parts[0] != Form || !Number(parts[1], out var south) || !Number(parts[2], out var west)
            || !Number(parts[3], out var north) || !Number(parts[4], out var east) || !Count(parts[5], out var columns) || !Count(parts[6], out var rows))
            return false;
        if (!(Wgs84.IsInRange(south, west) && Wgs84.IsInRange(north, east) && south < north && west < east) || (long)columns * rows > MaxCells)
            return false;
        frame = new(south, west, north, east, columns, rows);
        return true;

        static bool Number(string part, out double value) => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        static bool Count(string part, out int value) => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 0;
    }

    private static double Along(double meters, double cell) => Math.Max(1, Math.Ceiling(meters / cell));
}
