namespace Situational.Contracts.Feed;

/// <summary>What a screen asks of the hub method <c>Watch</c>. The contract is docs/feed.md.</summary>
/// <param name="Area">Code of the area to watch; the city's code shows everything.</param>
/// <param name="Since">Where the screen stands, if it has a picture already; absent for a first watch.</param>
/// <param name="Units"><c>all</c> (default) or <c>none</c>: whether unit rows are sent.</param>
/// <param name="Box">[south, west, north, east] in degrees: only units and cases inside are sent. Absent: the whole area.</param>
public sealed record WatchRequest(
    string Area,
    WatchCursor? Since = null,
    string Units = "all",
    double[]? Box = null);

/// <summary>A place in one node's feed.</summary>
/// <param name="Epoch">Identity of the node's live view; another epoch means another numbering.</param>
/// <param name="Revision">The last revision the screen has applied.</param>
public sealed record WatchCursor(string Epoch, long Revision);

/// <summary>Names used on the feed.</summary>
public static class FeedNames
{
    /// <summary>Path of the hub.</summary>
    public const string HubPath = "/hubs/situation";

    /// <summary>The hub's one streaming method.</summary>
    public const string WatchMethod = "Watch";

    /// <summary>Code of the pseudo-grid that owns units whose fix lies in no grid. Seen only by watches of the city.</summary>
    public const string Outside = "outside";
}
