using Situational.Grains.Messages;
using Situational.Host.Feed;

namespace Situational.Host.Ingest;

/// <summary>Where a unit that says it acted was last seen, from the node's live picture.</summary>
internal sealed class NearFixes(ILiveCity city)
{
    /// <summary>The unit's newest fix, or null when the picture has none: then the case is marked, not refused.</summary>
    public NearFix? Of(string? unit) => unit is not null && city.Unit(unit) is { } seen
        ? new NearFix(seen.Id, seen.Latitude, seen.Longitude, DateTimeOffset.FromUnixTimeMilliseconds(seen.MeasuredAtMs))
        : null;
}
