using NetTopologySuite.Geometries;
using NetTopologySuite.Index;
using NetTopologySuite.Index.Strtree;
using Situational.Domain.Geometry;

namespace Situational.Domain.Territory;

/// <summary>The boxes of all grids in a tree, for questions about lines. Immutable, safe for all threads.</summary>
internal sealed class GridBoxes
{
    private readonly GridOutlines _outlines;
    private readonly STRtree<int> _tree = new();

    public GridBoxes(GridOutlines outlines)
    {
        _outlines = outlines;
        for (var grid = 0; grid < outlines.Count; grid++)
        {
            var bounds = outlines.Bounds(grid);
            _tree.Insert(new Envelope(bounds[0], bounds[2], bounds[1], bounds[3]), grid);
        }
        // A tree that is built can be asked by all threads at once.
        _tree.Build();
    }

    /// <summary>Adds the grids whose box, widened by so many metres, the line touches.</summary>
    public void AddNear(
        double fromLatitude, double fromLongitude, double toLatitude, double toLongitude, double meters, ICollection<int> ordinals)
    {
        if (!double.IsFinite(fromLatitude + toLatitude + fromLongitude + toLongitude) || _outlines.Count == 0)
            return;
        // A degree is shortest at the end nearer to the pole, so that nothing is missed.
        var scale = MetricScale.At(Math.Min(TerritoryReader.MaxLatitude, Math.Max(Math.Abs(fromLatitude), Math.Abs(toLatitude))));
        var (east, north) = (meters / scale.MetersPerDegreeLongitude, meters / MetricScale.At(0).MetersPerDegreeLatitude);
        var box = new Envelope(fromLongitude, toLongitude, fromLatitude, toLatitude);
        box.ExpandBy(east, north);
        _tree.Query(box, new Touched(_outlines, fromLongitude, fromLatitude, toLongitude, toLatitude, east, north, ordinals));
    }

    /// <summary>Keeps those whose widened box the line itself touches: that of a long slanting line is met by many more.</summary>
    private sealed class Touched(
        GridOutlines outlines, double x1, double y1, double x2, double y2, double east, double north, ICollection<int> ordinals) : IItemVisitor<int>
    {
        public void VisitItem(int item)
        {
            var bounds = outlines.Bounds(item);
            var (enter, leave) = (0.0, 1.0);
            if (Clip(x1, x2 - x1, bounds[0] - east, bounds[2] + east, ref enter, ref leave)
                && Clip(y1, y2 - y1, bounds[1] - north, bounds[3] + north, ref enter, ref leave))
                ordinals.Add(item);
        }

        // Liang and Barsky: which part of the line lies between two parallels, of the part that is left.
        private static bool Clip(double start, double run, double least, double most, ref double enter, ref double leave)
        {
            if (run == 0)
                return start >= least && start <= most;
            var (first, last) = ((least - start) / run, (most - start) / run);
            if (first > last)
                (first, last) = (last, first);
            enter = Math.Max(enter, first);
            leave = Math.Min(leave, last);
            return enter <= leave;
        }
    }
}
