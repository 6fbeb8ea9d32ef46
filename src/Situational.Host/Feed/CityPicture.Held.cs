namespace Situational.Host.Feed;

/// <summary>
/// The side of grids whose rows wait: every fix in a grid is a new revision of it, and saying that to all screens each time would be most of
/// what they are sent.
/// </summary>
internal sealed partial class CityPicture
{
    private readonly List<GridSlot> _held = [];

    /// <summary>Grids that changed since the last cut, and those whose rows wait.</summary>
    public int GridsToSay => DirtyGrids.Count + _held.Count;

    /// <summary>The node's monotonic clock when frames are encoded.</summary>
    public long Timestamp { get; set; }

    /// <summary>
    /// Holds rows back of grids of which nothing but revision and time changed, until so much time has passed since their last one; until then
    /// snapshots and digests are of the rows that screens have. To be called before a cut.
    /// </summary>
    /// <param name="ticks">In ticks of the monotonic clock; 0 to hold none back.</param>
    public void HoldBack(long ticks)
    {
        if (_held.Count == 0 && ticks == 0)
            return;
        Step++;
        var held = 0;
        for (var i = 0; i < _held.Count; i++)
        {
            // One that has news was let go already.
            if (_held[i] is not { Held: true } slot)
                continue;
            if (Timestamp - slot.SaidAt < ticks)
            {
                _held[held++] = slot;
                continue;
            }
            slot.Held = false;
            DirtyGrids.Add(slot);
        }
        _held.RemoveRange(held, _held.Count - held);
        var dirty = 0;
        for (var i = 0; i < DirtyGrids.Count; i++)
        {
            var slot = DirtyGrids[i];
            if (slot.News || Timestamp - slot.SaidAt >= ticks)
            {
                DirtyGrids[dirty++] = slot;
                continue;
            }
            slot.Held = true;
            _held.Add(slot);
        }
        DirtyGrids.RemoveRange(dirty, DirtyGrids.Count - dirty);
    }
}
