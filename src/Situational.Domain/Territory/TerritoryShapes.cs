using NetTopologySuite.Operation.OverlayNG;
using Situational.Domain.Geometry;

namespace Situational.Domain.Territory;

/// <summary>Gives every area its shape: its own, or the union of the grids under it, built level by level.</summary>
internal sealed class TerritoryShapes
{
    private readonly Dictionary<string, List<AreaDraft>> _children;
    private readonly Dictionary<string, NetTopologySuite.Geometries.Geometry> _unions = new(StringComparer.Ordinal);
    private readonly string _gridLevel;

    public TerritoryShapes(List<AreaDraft> drafts, string gridLevel, TerritoryFindings findings)
    {
        _gridLevel = gridLevel;
        _children = drafts.Where(d => d.Parent is not null).GroupBy(d => d.Parent!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var extent = new NetTopologySuite.Geometries.Envelope();
        foreach (var draft in drafts)
            if (draft.Shape is not null)
                extent.ExpandToInclude(draft.Shape.EnvelopeInternal);
        if (extent.Width >= Wgs84.MaxLongitude)
        {
            findings.Refuse(null, null, "crosses-antimeridian",
                "The areas together span 180° of longitude or more; territories across the antimeridian are not read.");
            return;
        }
        var areas = new List<Area>(drafts.Count);
        foreach (var draft in drafts)
        {
            var shape = draft.Shape ?? Shapes.Normalize(Shapes.Valid(UnionUnder(draft)));
            if (shape.IsEmpty)
                findings.Refuse(draft.Feature, draft.Code, "empty-geometry", "The area has neither a geometry nor a grid under it.");
            areas.Add(new(draft.Code, draft.Name, draft.Level, draft.Parent, shape));
        }
        Areas = areas;
        UnionOfGrids = () => UnionUnder(drafts.Single(d => d.Parent is null));
    }

    /// <summary>The areas in the file's order.</summary>
    public IReadOnlyList<Area> Areas { get; } = [];

    /// <summary>The union of all grids.</summary>
    public Func<NetTopologySuite.Geometries.Geometry> UnionOfGrids { get; } = () => Shapes.Factory.CreatePolygon();

    private NetTopologySuite.Geometries.Geometry UnionUnder(AreaDraft draft)
    {
        if (draft.Level == _gridLevel)
            return draft.Shape!;
        if (_unions.TryGetValue(draft.Code, out var known))
            return known;
        var parts = _children.GetValueOrDefault(draft.Code)?.Select(UnionUnder).ToList() ?? [];
        var union = parts.Count == 0
            ? Shapes.Factory.CreatePolygon()
            : Shapes.PolygonsOf(OverlayNGRobust.Union(parts, Shapes.Factory));
        return _unions[draft.Code] = union;
    }
}
