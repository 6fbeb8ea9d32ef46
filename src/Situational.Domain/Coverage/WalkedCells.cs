using Situational.Domain.Journal;

namespace Situational.Domain.Coverage;

/// <summary>
/// Which cells of a grid were walked in a period. Marking is a union: what is marked again, or in another order, changes nothing. Nothing
/// here allocates but making, reading and writing one. Used by one thread at a time.
/// </summary>
/// <param name="raster">The grid's cells.</param>
public sealed class WalkedCells(CoverageRaster raster)
{
    private readonly ulong[] _bits = new ulong[raster.Mask.Length];

    /// <summary>The grid's cells.</summary>
    public CoverageRaster Raster => raster;

    /// <summary>How many were walked.</summary>
    public int Walked { get; private set; }

    /// <summary>Share that was walked, 0 to 1; 1 only when no walkable cell is left, and where there is none.</summary>
    public double Share => raster.Walkable == 0 ? 1 : (double)Walked / raster.Walkable;

    /// <summary>Whether a cell was walked.</summary>
    public bool IsWalked(int cell) => Bits.Has(_bits, cell);

    /// <summary>
    /// Marks the walkable cells whose middle lies within the radius of the straight line between two points, and returns how many were not
    /// marked before. Works in a time that grows with the rows touched; a line far away costs nothing. No effect for coordinates that are not finite.
    /// </summary>
    /// <param name="fromLatitude">WGS-84 degrees.</param>
    /// <param name="fromLongitude">WGS-84 degrees.</param>
    /// <param name="toLatitude">WGS-84 degrees.</param>
    /// <param name="toLongitude">WGS-84 degrees.</param>
    /// <param name="radiusMeters">Metres, more than 0.</param>
    public int Mark(double fromLatitude, double fromLongitude, double toLatitude, double toLongitude, double radiusMeters)
    {
        if (!double.IsFinite(fromLatitude + fromLongitude + toLatitude + toLongitude))
            return 0;
        var frame = raster.Frame;
        var (perLongitude, perLatitude) = (raster.Scale.MetersPerDegreeLongitude, raster.Scale.MetersPerDegreeLatitude);
        var (width, height) = (frame.StepLongitude * perLongitude, frame.StepLatitude * perLatitude);
        var trail = new Trail(
            (fromLongitude - frame.West) * perLongitude, (fromLatitude - frame.South) * perLatitude,
            (toLongitude - frame.West) * perLongitude, (toLatitude - frame.South) * perLatitude, radiusMeters);

        var bottom = (int)Math.Clamp(Math.Ceiling(trail.Bottom / height - 0.5), 0, frame.Rows);
        var top = (int)Math.Clamp(Math.Floor(trail.Top / height - 0.5), -1, frame.Rows - 1);
        var fresh = 0;
        for (var row = bottom; row <= top; row++)
        {
            if (!trail.Stretch((row + 0.5) * height, out var left, out var right))
                continue;
            var first = (int)Math.Clamp(Math.Ceiling(left / width - 0.5), 0, frame.Columns);
            var last = (int)Math.Clamp(Math.Floor(right / width - 0.5), -1, frame.Columns - 1);
            if (first <= last)
                fresh += Bits.Set(_bits, raster.Mask, row * frame.Columns + first, row * frame.Columns + last);
        }
        Walked += fresh;
        return fresh;
    }

    /// <summary>Marks what another has marked, by the place of its cells, and returns how many were not marked before.</summary>
    /// <param name="other">Of the same grid, with any raster.</param>
    public int Add(WalkedCells other) =>
        other.Raster.Frame == raster.Frame ? AddAligned(other._bits) : AddPlaced(other.Raster.Frame, other._bits);

    /// <summary>Marks what a stored sheet has, by the place of its cells, and returns how many were not marked before; -1 if it cannot be read.</summary>
    public int Add(CoverageSheet sheet)
    {
        if (!CoverageFrame.TryParse(sheet.Frame, out var frame) || sheet.Cells.Length != (frame.Cells + 7) / 8)
            return -1;
        var bits = new ulong[(frame.Cells + 63) / 64];
        var bytes = sheet.Cells.Span;
        for (var i = 0; i < bytes.Length; i++)
            bits[i >> 3] |= (ulong)bytes[i] << (8 * (i & 7));
        return frame == raster.Frame ? AddAligned(bits) : AddPlaced(frame, bits);
    }

    /// <summary>As it is stored.</summary>
    public CoverageSheet ToSheet(CoveragePeriod period)
    {
        var bytes = new byte[(raster.Frame.Cells + 7) / 8];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(_bits[i >> 3] >> (8 * (i & 7)));
        var figure = new CoverageFigure(raster.Grid, period, raster.WalkableSquareMeters, Share * raster.WalkableSquareMeters);
        return new(figure, raster.Frame.ToString(), bytes);
    }

    /// <summary>Two bits a cell, lowest first: 0 not to be walked, 1 to be walked, 3 walked.</summary>
    public byte[] ToStates()
    {
        var bytes = new byte[(raster.Frame.Cells + 3) / 4];
        for (var cell = 0; cell < raster.Frame.Cells; cell++)
            bytes[cell >> 2] |= (byte)((raster.IsWalkable(cell) ? IsWalked(cell) ? 3 : 1 : 0) << (2 * (cell & 3)));
        return bytes;
    }

    private int AddAligned(ReadOnlySpan<ulong> bits)
    {
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] |= bits[i] & raster.Mask[i];
        return Recount();
    }

    /// <summary>A cell was walked if the other frame's cell under its middle was.</summary>
    private int AddPlaced(CoverageFrame frame, ReadOnlySpan<ulong> bits)
    {
        for (var cell = 0; cell < raster.Frame.Cells; cell++)
        {
            if (!raster.IsWalkable(cell))
                continue;
            var (latitude, longitude) = raster.Frame.CentreOf(cell);
            if (frame.CellAt(latitude, longitude) is >= 0 and var there && Bits.Has(bits, there))
                Bits.Set(_bits, cell, cell);
        }
        return Recount();
    }

    private int Recount()
    {
        var before = Walked;
        Walked = Bits.Count(_bits);
        return Walked - before;
    }
}
