using NetTopologySuite.Geometries;
using Situational.Domain.Geometry;
using Situational.Domain.Territory;

namespace Situational.Domain.Coverage;

/// <summary>
/// A grid as cells: those whose middle lies in its walkable part are to be walked. Immutable, safe for all threads; made in a time that grows
/// with rows times edges.
/// </summary>
public sealed class CoverageRaster
{
    private readonly ulong[] _mask;

    /// <summary>Makes the raster of a grid.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="ground">What of it can be walked.</param>
    /// <param name="cellMeters">Edge of a cell, metres; see <see cref="CoverageFrame.Over"/>.</param>
    public CoverageRaster(Area grid, WalkableGround ground, double cellMeters = CoverageFrame.DefaultCellMeters)
    {
        Grid = grid.Code;
        // The box is the whole grid's: when another piece of it becomes unwalkable, the cells stay where they are.
        Frame = CoverageFrame.Over(grid.Geometry.EnvelopeInternal, cellMeters);
        Scale = Frame.Scale;
        _mask = new ulong[(Frame.Cells + 63) / 64];
        var walkable = ground.Of(grid);
        WalkableSquareMeters = EqualArea.SquareMeters(walkable);
        if (walkable.IsEmpty)
            return;
        Fill(walkable);
        // A sliver between the middles of its cells is still walked by whoever passes it.
        if (Bits.Count(_mask) == 0 && Frame.CellAt(walkable.InteriorPoint.Y, walkable.InteriorPoint.X) is >= 0 and var cell)
            Bits.Set(_mask, cell, cell);
        Walkable = Bits.Count(_mask);
    }

    /// <summary>Code of the grid.</summary>
    public string Grid { get; }

    /// <summary>Where its cells lie.</summary>
    public CoverageFrame Frame { get; }

    /// <summary>Cells that are to be walked; 0 for a grid that nobody can walk.</summary>
    public int Walkable { get; }

    /// <summary>Area of the grid's walkable part, square metres, from its outline and not from the cells.</summary>
    public double WalkableSquareMeters { get; }

    /// <summary>Metres per degree in its middle.</summary>
    internal MetricScale Scale { get; }

    /// <summary>One bit a cell, 1 where it is to be walked.</summary>
    internal ReadOnlySpan<ulong> Mask => _mask;

    /// <summary>Whether a cell is to be walked.</summary>
    public bool IsWalkable(int cell) => Bits.Has(_mask, cell);

    /// <summary>Row by row: between the first and the second edge that its middle line crosses lies the inside, and so on.</summary>
    private void Fill(NetTopologySuite.Geometries.Geometry walkable)
    {
        var rings = NetTopologySuite.Geometries.Utilities.LinearComponentExtracter.GetLines(walkable).Cast<LineString>().Select(line => line.CoordinateSequence).ToArray();
        var crossings = new List<double>();
        for (var row = 0; row < Frame.Rows; row++)
        {
            var latitude = Frame.South + (row + 0.5) * Frame.StepLatitude;
            crossings.Clear();
            foreach (var ring in rings)
                AddCrossings(ring, latitude, crossings);
            crossings.Sort();
            for (var i = 0; i + 1 < crossings.Count; i += 2)
            {
                var first = Math.Max(0, (int)Math.Ceiling((crossings[i] - Frame.West) / Frame.StepLongitude - 0.5));
                var last = Math.Min(Frame.Columns - 1, (int)Math.Floor((crossings[i + 1] - Frame.West) / Frame.StepLongitude - 0.5));
                if (first <= last)
                    Bits.Set(_mask, row * Frame.Columns + first, row * Frame.Columns + last);
            }
        }
    }

    private static void AddCrossings(CoordinateSequence ring, double latitude, List<double> crossings)
    {
        for (var i = 1; i < ring.Count; i++)
        {
            double y1 = ring.GetY(i - 1), y2 = ring.GetY(i);
            // An edge that ends on the line counts where it lies above, so that a vertex is crossed once or twice, never half.
            if (y1 > latitude != y2 > latitude)
                crossings.Add(ring.GetX(i - 1) + (latitude - y1) / (y2 - y1) * (ring.GetX(i) - ring.GetX(i - 1)));
        }
    }
}
