using Situational.Domain.Journal;

namespace Situational.Storage.Rows;

/// <summary>
/// When a grid was last heard in each slot of an hour: three bytes a slot, the milliseconds of the slot plus one, 0 for never. So a moment's
/// question when each grid was last heard reads a few thousand rows and not millions of points.
/// </summary>
internal static class HeardHour
{
    /// <summary>Bytes of an hour.</summary>
    public const int Bytes = 3 * TrailPiece.SlotsAnHour;

    /// <summary>Milliseconds of the last of these points in their slot, plus one.</summary>
    public static int MarkOf(long slot, DateTimeOffset at) => (int)(at.ToUnixTimeMilliseconds() - slot * TrailPiece.SlotMs) + 1;

    /// <summary>Where a slot stands in its hour, from 0.</summary>
    public static int PlaceOf(long slot) => (int)(slot - TrailPiece.HourOf(slot) * TrailPiece.SlotsAnHour);

    /// <summary>Notes that a grid was heard; false when it was already heard then or later.</summary>
    public static bool Note(byte[] hour, long slot, int mark)
    {
        var place = hour.AsSpan(3 * PlaceOf(slot), 3);
        if (Read(place) >= mark)
            return false;
        (place[0], place[1], place[2]) = ((byte)(mark >> 16), (byte)(mark >> 8), (byte)mark);
        return true;
    }

    /// <summary>When the grid was last heard in that hour before a slot; null for never.</summary>
    public static DateTimeOffset? LastBefore(long hour, ReadOnlySpan<byte> marks, long slot)
    {
        for (var one = Math.Min(slot, (hour + 1) * TrailPiece.SlotsAnHour) - 1; one >= hour * TrailPiece.SlotsAnHour && marks.Length == Bytes; one--)
            if (Read(marks.Slice(3 * PlaceOf(one), 3)) is var mark and > 0)
                return DateTimeOffset.FromUnixTimeMilliseconds(one * TrailPiece.SlotMs + mark - 1);
        return null;
    }

    /// <summary>Counts points of a span in, whose ends count.</summary>
    public static void Hear(Dictionary<string, DateTimeOffset> heard, List<TrailPoint> points, DateTimeOffset at, DateTimeOffset notBefore)
    {
        foreach (var point in points)
            if (point.At <= at && point.At >= notBefore)
                Hear(heard, point.Grid, point.At);
    }

    /// <summary>Counts in when a grid was heard; the last time stays.</summary>
    public static void Hear(Dictionary<string, DateTimeOffset> heard, string grid, DateTimeOffset when)
    {
        if (!heard.TryGetValue(grid, out var before) || before < when)
            heard[grid] = when;
    }

    private static int Read(ReadOnlySpan<byte> place) => place[0] << 16 | place[1] << 8 | place[2];
}
