using NetTopologySuite.Geometries;
using Situational.Domain.Kpis;
using Situational.Domain.Territory;

namespace Situational.Domain.Tests.Kpis;

/// <summary>Trees of areas without shapes.</summary>
internal static class Trees
{
    /// <summary>A tree of a version; areas without children are the grids, all others of one level above.</summary>
    public static AreaTree Of(int version, params (string Code, string? Parent)[] areas)
    {
        var parents = areas.Select(a => a.Parent).ToHashSet();
        return AreaTree.Of(new CityTerritory(version, ["city", "community", "grid"],
            [.. areas.Select(a => new Area(a.Code, a.Code, a.Parent is null ? "city" : parents.Contains(a.Code) ? "community" : "grid", a.Parent, Polygon.Empty))]));
    }
}
