using System.Globalization;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using Situational.Domain.Geometry;

namespace Situational.Domain.Territory;

/// <summary>Looks for overlaps and gaps between the grids of a territory.</summary>
internal static class CoverageCheck
{
    /// <summary>Overlaps and gaps of at most this are not worth a word: rounding in the 6th decimal makes them.</summary>
    private const double NegligibleSquareMeters = 1;

    /// <summary>Most overlaps that are measured; beyond that it is said that there are more.</summary>
    private const int MaxMeasured = 5_000;

    /// <summary>Most pairs of neighbours that are laid over each other, some eight for each area of the largest territory.</summary>
    private const int MaxCompared = 400_000;

    /// <summary>The warnings, the largest first.</summary>
    /// <param name="territory">The territory.</param>
    /// <param name="union">The union of its grids.</param>
    /// <param name="cityShape">The city's own shape, or null if the city is no more than its grids; then gaps are the holes among them.</param>
    public static IReadOnlyList<TerritoryWarning> Run(
        CityTerritory territory, NetTopologySuite.Geometries.Geometry union, NetTopologySuite.Geometries.Geometry? cityShape)
    {
        var found = Gaps(union, cityShape);
        var complete = true;
        // What the grids have in sum beyond their union is what overlaps: a clean city is done here.
        var scale = MetricScale.At(union.EnvelopeInternal.Centre.Y).SquareMetersPerSquareDegree;
        if ((territory.Grids.Sum(g => g.Geometry.Area) - union.Area) * scale > NegligibleSquareMeters / 2)
            complete = AddOverlaps(territory.Grids, scale, found);
        found.Sort((a, b) => b.SquareMeters.CompareTo(a.SquareMeters));
        if (found.Count <= TerritoryReader.MaxWarnings && complete)
            return found;
        var more = found.Skip(TerritoryReader.MaxWarnings).ToList();
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{(complete ? "" : "At least ")}{more.Count} more overlaps and gaps are not listed, with {more.Sum(w => w.SquareMeters):F0} m² in sum.");
        return [.. found.Take(TerritoryReader.MaxWarnings), new("more", [], more.Sum(w => w.SquareMeters), text)];
    }

    private static List<TerritoryWarning> Gaps(NetTopologySuite.Geometries.Geometry union, NetTopologySuite.Geometries.Geometry? cityShape)
    {
        var found = new List<TerritoryWarning>();
        if (cityShape is not null)
        {
            var rest = Shapes.PolygonsOf(OverlayNGRobust.Overlay(cityShape, union, SpatialFunction.Difference));
            for (var i = 0; i < rest.NumGeometries; i++)
                Add(rest.GetGeometryN(i));
            return found;
        }
        for (var i = 0; i < union.NumGeometries; i++)
        {
            var polygon = (Polygon)union.GetGeometryN(i);
            for (var hole = 0; hole < polygon.NumInteriorRings; hole++)
                Add(Shapes.Factory.CreatePolygon(polygon.GetInteriorRingN(hole).Coordinates));
        }
        return found;

        void Add(NetTopologySuite.Geometries.Geometry gap)
        {
            var squareMeters = EqualArea.SquareMeters(gap);
            if (squareMeters <= NegligibleSquareMeters)
                return;
            var at = gap.EnvelopeInternal.Centre;
            found.Add(new("gap", [], squareMeters, string.Create(CultureInfo.InvariantCulture,
                $"No grid covers {squareMeters:F0} m² around latitude {at.Y:F6}, longitude {at.X:F6}.")));
        }
    }

    private static bool AddOverlaps(IReadOnlyList<Area> grids, double squareMetersPerSquareDegree, List<TerritoryWarning> found)
    {
        var tree = new STRtree<int>();
        for (var i = 0; i < grids.Count; i++)
            tree.Insert(grids[i].Geometry.EnvelopeInternal, i);
        tree.Build();
        var (measured, compared) = (0, 0);
        for (var i = 0; i < grids.Count; i++)
        {
            var envelope = grids[i].Geometry.EnvelopeInternal;
            foreach (var j in tree.Query(envelope).Where(j => j > i).Order())
            {
                var common = envelope.Intersection(grids[j].Geometry.EnvelopeInternal);
                if (common.Area * squareMetersPerSquareDegree <= NegligibleSquareMeters / 2)
                    continue;
                if (++compared > MaxCompared)
                    return false;
                var overlap = OverlayNGRobust.Overlay(grids[i].Geometry, grids[j].Geometry, SpatialFunction.Intersection);
                var squareMeters = EqualArea.SquareMeters(overlap);
                if (squareMeters <= NegligibleSquareMeters)
                    continue;
                found.Add(new("overlap", [grids[i].Code, grids[j].Code], squareMeters, string.Create(CultureInfo.InvariantCulture,
                    $"{grids[i].Code} and {grids[j].Code} overlap by {squareMeters:F0} m²; points there belong to {grids[i].Code}.")));
                if (++measured >= MaxMeasured)
                    return false;
            }
        }
        return true;
    }
}
