using Situational.Contracts.Feed;

namespace Situational.Host.Feed;

/// <summary>A box in whole millionths of a degree, borders included.</summary>
internal readonly record struct FrameBox(int South, int West, int North, int East)
{
    /// <summary>Whether a point lies in it.</summary>
    public bool Contains(int latitude6, int longitude6) =>
        latitude6 >= South && latitude6 <= North && longitude6 >= West && longitude6 <= East;
}

/// <summary>What makes two watches the same: they share a channel, its frames and its snapshot.</summary>
/// <param name="Area">The area's code.</param>
/// <param name="Units">Whether unit rows are sent.</param>
/// <param name="Box">Where units and cases are sent of; null for the whole area.</param>
internal readonly record struct ChannelKey(string Area, bool Units, FrameBox? Box)
{
    /// <summary>Reads a request but for its area; throws <see cref="WatchRefusedException"/> naming the field, the fault and the limit.</summary>
    public static ChannelKey Parse(WatchRequest? request)
    {
        if (request is null || string.IsNullOrEmpty(request.Area))
            throw new WatchRefusedException("unknown-area", "area is missing: name an area's code, or city for the whole city.");
        if (request.Area.Length > 64)
            throw new WatchRefusedException("unknown-area", "area has more than 64 characters.");
        var units = request.Units switch
        {
            "all" or null => true,
            "none" => false,
            _ => throw new WatchRefusedException("bad-units", "units must be all or none."),
        };
        if (request.Since is { } since && (since.Epoch is null || since.Epoch.Length > 64 || since.Revision < 0))
            throw new WatchRefusedException("bad-since", "since must name an epoch of at most 64 characters and a revision of 0 or more.");
        return new ChannelKey(request.Area, units, request.Box is null ? null : ParseBox(request.Box));
    }

    private static FrameBox ParseBox(double[] box)
    {
        if (box.Length != 4)
            throw new WatchRefusedException("bad-box", "box must be [south, west, north, east].");
        var (south, west, north, east) = (box[0], box[1], box[2], box[3]);
        if (!(south is >= -90 and <= 90 && north is >= -90 and <= 90 && west is >= -180 and <= 180 && east is >= -180 and <= 180))
            throw new WatchRefusedException("bad-box", "box must lie within latitudes -90 to 90 and longitudes -180 to 180.");
        if (south > north || west > east)
            throw new WatchRefusedException("bad-box", "box must have south <= north and west <= east.");
        return new FrameBox(Micro(south), Micro(west), Micro(north), Micro(east));
    }

    private static int Micro(double degrees) => (int)Math.Round(degrees * 1e6);
}

/// <summary>A watch that cannot be: its message goes to the screen as it stands.</summary>
internal sealed class WatchRefusedException(string code, string detail) : Exception($"{code}: {detail}");
