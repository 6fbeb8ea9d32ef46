namespace Situational.Domain.Cases;

/// <summary>Keeps what a grid remembers within bounds; the same for the same state, in whatever order it was built.</summary>
internal static class GridBounds
{
    /// <summary>Notes a fix on the spot; the oldest go.</summary>
    public static GridState Noted(GridState state, SpotTime time)
    {
        var times = state.SpotTimes;
        if (times.Length >= GridState.MaxSpotTimes)
            times = times.RemoveRange(0, times.Length - GridState.MaxSpotTimes + 1);
        return state with { SpotTimes = times.Add(time) };
    }

    /// <summary>Notes an arrival. When there are too many, a quarter goes at once: of cases that are not open here, the lowest ids first.</summary>
    public static GridState Arrived(GridState state, string id, int hops)
    {
        var arrived = state.Arrived.SetItem(id, hops);
        if (arrived.Count > GridState.MaxArrived)
        {
            var ended = new List<string>();
            foreach (var (known, _) in arrived)
                if (known != id && !state.Open.ContainsKey(known))
                    ended.Add(known);
            ended.Sort(StringComparer.Ordinal);
            arrived = arrived.RemoveRange(ended.Take(GridState.MaxArrived / 4));
        }
        return state with { Arrived = arrived };
    }
}
