using System.Collections.Immutable;
using Situational.Domain.Geometry;
using Situational.Domain.Territory;
using Situational.Grains.Messages;
using Situational.Host.Feed;

namespace Situational.Host.Ingest;

/// <summary>
/// Open cases beyond the border of a report's grid: a grid knows its own cases only, and streets, where most hazards lie, are borders. Asked of
/// the node's picture, and only when the merge distance reaches over a border.
/// </summary>
internal sealed class NearCases(ILiveCity city)
{
    private const int Most = 64;

    // eight directions around the place
    private static readonly (double North, double East)[] Around =
        [(1, 0), (0.707, 0.707), (0, 1), (-0.707, 0.707), (-1, 0), (-0.707, -0.707), (0, -1), (0.707, -0.707)];

    /// <summary>Cases of that category in the grids within so many metres, but for the report's own grid.</summary>
    public ImmutableArray<CaseBeyond> Of(TerritoryIndex index, int own, string category, double latitude, double longitude, double meters)
    {
        List<string>? grids = null;
        var scale = MetricScale.At(latitude);
        foreach (var (north, east) in Around)
        {
            var ordinal = index.Locate(
                latitude + north * meters / scale.MetersPerDegreeLatitude, longitude + east * meters / scale.MetersPerDegreeLongitude);
            if (ordinal >= 0 && ordinal != own && !(grids ??= []).Contains(index.Territory.Grids[ordinal].Code))
                grids.Add(index.Territory.Grids[ordinal].Code);
        }
        return grids is null
            ? []
            : [.. city.Cases(grids, category, Most).Select(row => new CaseBeyond(row.Id, row.Latitude, row.Longitude, row.ReportedAtMs))];
    }
}
